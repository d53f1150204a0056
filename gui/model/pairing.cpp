#include "gui/model/pairing.hpp"

#include "core/crypto/secret.hpp"
#include "core/l10n/errors.hpp"
#include "gui/text/nearby.hpp"
#include "sync/pairing/pairing_code.hpp"

namespace kiem::model {
namespace {

// Eight letters, a dash, and room for spaces and a slip; an invitation is far longer.
constexpr std::size_t kLongestShortCode = 16;

void ask(Step& step, NodeRequest request) {
  ++step.state.beside_asked;
  step.requests.push_back(std::move(request));
}

void go_back(UiState& state) {
  state.page = state.back.empty() ? Page::tasks : state.back.back();
  if (!state.back.empty()) state.back.pop_back();
}

std::string sentence_of(Lang lang, const Beside& beside, const Error& error) {
  const bool is_host = beside.side == Beside::Side::host;
  if (error.code == ErrorCode::peer_unreachable) {
    return is_host ? say(lang, text::pairing::kNobodyCame)
                   : say(lang, text::pairing::kNotFound, kiem::quoted(beside.code));
  }
  const bool is_over = error.code == ErrorCode::peer_refused && !error.args.empty() && error.args[0] == "pairing_over";
  if (is_over || error.code == ErrorCode::peer_lost) return say(lang, text::pairing::kNeighbourLeft);
  return error_sentence(lang, error);
}

}  // namespace

bool is_short_code(std::string_view typed_code) {
  return typed_code.size() <= kLongestShortCode || read_pairing_code(typed_code).has_value();
}

void find_host(Step& step) {
  UiState& state = step.state;
  if (state.page != Page::pairing) {
    if (state.page == Page::join) state.back.push_back(state.page);
    state.page = Page::pairing;
  }
  state.beside->step = Beside::Step::looking;
  ask(step, PairWith{state.beside->code});
}

void show_code(Step& step, const InitiativeNaming& initiative) {
  if (step.state.beside) return;
  step.state.notice.reset();
  step.state.beside = Beside{};
  ask(step, OpenPairing{initiative, step.state.invited_as});
}

void compare_words(Step& step, bool same) {
  UiState& state = step.state;
  if (!state.beside || state.beside->step != Beside::Step::comparing) return;
  state.beside->step = Beside::Step::answered;
  ask(step, AnswerPairing{same});
}

void leave_pairing(Step& step) {
  UiState& state = step.state;
  const bool is_asked = state.beside && state.beside->step != Beside::Step::later;
  state.beside.reset();
  if (is_asked) {
    ask(step, AnswerPairing{false});
    state.beside_left = state.beside_asked;
  }
  if (state.page == Page::pairing) go_back(state);
}

void forget_pairing(UiState& state) {
  state.beside.reset();
  state.beside_asked = 0;
  state.beside_left = 0;
  if (state.page == Page::pairing) go_back(state);
}

bool is_about_pairing(const NodeRequest& request) {
  return std::holds_alternative<OpenPairing>(request) || std::holds_alternative<PairWith>(request) ||
         std::holds_alternative<AwaitPairing>(request) || std::holds_alternative<AnswerPairing>(request);
}

bool is_of_left_pairing(UiState& state) {
  if (state.beside_asked > 0) --state.beside_asked;
  if (state.beside_left > 0) {
    --state.beside_left;
    return true;
  }
  return !state.beside;
}

std::vector<NodeRequest> take_code(UiState& state, const PairingOpened& opened) {
  state.beside->code = opened.code;
  state.beside->step = Beside::Step::waiting;
  ++state.beside_asked;
  return {AwaitPairing{}};
}

void take_words(UiState& state, const PairingShown& shown) {
  state.beside->words = shown.words;
  state.beside->step = Beside::Step::comparing;
  // Both people stand there and look at their screens, whatever page was open meanwhile.
  if (state.page != Page::pairing) state.back.push_back(std::exchange(state.page, Page::pairing));
  state.task.reset();
  state.pending.reset();
}

void take_pairing_failure(UiState& state, const Error& error) {
  state.notice =
      Notice{Notice::Kind::error, sentence_of(state.settings.lang, *state.beside, error), error_choices(error)};
  const bool is_guest = state.beside->side == Beside::Side::guest;
  state.beside.reset();
  // The code that was typed is still in the form.
  if (is_guest && state.page == Page::pairing) go_back(state);
}

}  // namespace kiem::model
