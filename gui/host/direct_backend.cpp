#include "gui/host/direct_backend.hpp"

#include "gui/host/remembering.hpp"

namespace kiem::gui {

void DirectBackend::open(const std::filesystem::path& home, Unlock unlock) {
  community_.reset();
  tell_opened(Community::open(home, unlock, env_, options_), false);
}

void DirectBackend::open_remembered(const std::filesystem::path& home) {
  community_.reset();
  tell_opened(gui::open_remembered(home, keyring_, env_, options_), true);
}

void DirectBackend::tell_opened(Result<std::unique_ptr<Community>> opened, bool remembered) {
  Status told;
  if (opened) {
    take(*std::move(opened));
  } else {
    told = tl::unexpected<Error>(opened.error());
  }
  news_.emplace_back(StoreOpened{std::move(told), remembered});
}

void DirectBackend::make(const std::filesystem::path& home, Unlock unlock, const std::string& name) {
  community_.reset();
  std::string words;
  auto made = Community::create(home, unlock, name, env_, words, options_);
  if (!made) {
    news_.emplace_back(StoreMade{tl::unexpected<Error>(made.error())});
    return;
  }
  take(*std::move(made));
  news_.emplace_back(StoreMade{std::move(words)});
}

void DirectBackend::practise(const std::string&) {
  news_.emplace_back(PracticeBegun{fail(ErrorCode::practice_only, Fault::person, {"picture"})});
}

void DirectBackend::choose_passphrase(Passphrase passphrase) {
  if (community_ == nullptr) {
    news_.emplace_back(PassphraseChosen{fail(ErrorCode::store_closed)});
    return;
  }
  Status chosen = community_->store().put_slot(std::move(passphrase));
  tell_slots();
  news_.emplace_back(PassphraseChosen{std::move(chosen)});
}

void DirectBackend::remember(bool on) {
  if (community_ == nullptr) {
    news_.emplace_back(Remembering{on, fail(ErrorCode::store_closed)});
    return;
  }
  Store& store = community_->store();
  Status done = on ? gui::remember(store, keyring_, env_.rng) : stop_remembering(store, keyring_);
  tell_slots();
  news_.emplace_back(Remembering{on, std::move(done)});
}

void DirectBackend::take(std::unique_ptr<Community> opened) {
  community_ = std::move(opened);
  tell_slots();
  community_->on_change([this](const Change&) { news_.emplace_back(StoreChanged{}); });
}

void DirectBackend::ask(NodeRequest request) {
  Result<NodeAnswer> answer = fail(ErrorCode::nobody_known);
  if (community_ == nullptr) {
    answer = fail(ErrorCode::store_closed);
  } else if (const auto* const plain = std::get_if<Request>(&request)) {
    answer = community_->perform(*plain).map([](Answer given) { return NodeAnswer(std::move(given)); });
  } else if (std::holds_alternative<LookAround>(request)) {
    answer = NodeAnswer(Surroundings{});
  }
  news_.emplace_back(RequestAnswered{std::move(request), std::move(answer)});
}

}  // namespace kiem::gui
