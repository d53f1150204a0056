// Locking and what opens a store: intents, answers and the words that go with them.
#include <doctest/doctest.h>

#include "core/l10n/errors.hpp"
#include "gui/model/answers.hpp"
#include "gui/model/screen.hpp"
#include "tests/unit/model/samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

SlotKinds slots_of_a_person() { return {.passphrase = true, .recovery = true}; }
SlotKinds slots_of_practice() { return {.key_file = true, .recovery = true}; }

Facts lockable() {
  Facts known = facts_with_task();
  known.slots = slots_of_a_person();
  return known;
}

UiState on_page(Page page) {
  UiState now = state();
  now.page = page;
  return now;
}

const FormField* field_in(const FormModel& form, Field field) {
  for (const FormField& each : form.fields) {
    if (each.field == field) return &each;
  }
  return nullptr;
}

template <class Wanted>
const Wanted* asked_of_host(const Step& step) {
  for (const HostAsk& ask : step.host) {
    if (const auto* const wanted = std::get_if<Wanted>(&ask)) return wanted;
  }
  return nullptr;
}

// --- locking ---------------------------------------------------------------------------------------------------------

TEST_CASE("locking shuts the store, leaves the page for the passphrase, and keeps what was being written") {
  UiState now = on_page(Page::add_task);
  now.back = {Page::tasks};
  now.pending = Pending{Pending::Kind::claim, id_of<RecordId>(2), 3};
  now.notice = Notice{Notice::Kind::done, "Heg knippen staat erop.", {}};
  now.why = id_of<PrincipalId>(11);
  now.passphrase_shown = true;
  typed(now, Field::task_title) = "Soep koken";
  typed(now, Field::search) = "linde";
  for (const Field field : kSecretFields) typed(now, field) = "geheim";
  const Step step = apply(now, lockable(), Lock{});
  CHECK(asked_of_host<LockStore>(step) != nullptr);
  CHECK(step.requests.empty());
  CHECK(step.state.page == Page::unlock);
  CHECK(step.state.locked_from == Page::add_task);
  CHECK(step.state.back == std::vector<Page>{Page::tasks});
  CHECK_FALSE(step.state.pending);
  CHECK_FALSE(step.state.notice);
  CHECK_FALSE(step.state.why);
  CHECK_FALSE(step.state.passphrase_shown);
  CHECK(typed(step.state, Field::task_title) == "Soep koken");
  CHECK(typed(step.state, Field::search).empty());
  for (const Field field : kSecretFields) CHECK(typed(step.state, field).empty());
  CHECK(queries_of(step.state).empty());
}

TEST_CASE("nothing is locked without a passphrase to open it, and not while words or an act would be lost") {
  const auto locks = [](const Facts& known, const UiState& now) { return !apply(now, known, Lock{}).host.empty(); };
  CHECK(locks(lockable(), state()));
  CHECK_FALSE(locks(facts(), state()));
  Facts known = lockable();
  known.slots = slots_of_practice();
  CHECK_FALSE(locks(known, state()));
  known = lockable();
  known.recovery_words = {{RecoveryWords::Of::person, "appel boom"}};
  CHECK_FALSE(locks(known, on_page(Page::words)));
  for (const Busy busy : {Busy::opening, Busy::making, Busy::joining, Busy::choosing, Busy::remembering}) {
    UiState now = state();
    now.busy = busy;
    CHECK_FALSE(locks(lockable(), now));
  }
  CHECK_FALSE(locks(lockable(), on_page(Page::unlock)));
  CHECK_FALSE(locks(lockable(), on_page(Page::forgotten)));
  UiState first = on_page(Page::first_run);
  first.has_store = false;
  CHECK_FALSE(locks(lockable(), first));
}

TEST_CASE("a locked store says why, and that what was being typed is still there") {
  Step step = apply(on_page(Page::add_task), lockable(), Lock{true});
  const auto help = [&] { return form_model(reader(), lockable(), step.state).help; };
  CHECK(help() == "Je was er even niet, dus Kiem is op slot. Met je wachtwoord gaat het weer open.");
  typed(step.state, Field::task_note) = "met ladder";
  CHECK(
      help() ==
      "Je was er even niet, dus Kiem is op slot. Met je wachtwoord gaat het weer open. Wat je aan het typen was, staat "
      "er nog.");
  step = apply(state(), lockable(), Lock{});
  CHECK(help() == "Kiem is op slot. Met je wachtwoord gaat het weer open.");
}

TEST_CASE("what was read from the store is forgotten when it locks, and what opens it is not") {
  Facts known = lockable();
  known.invitation = InvitationMade{};
  known.came_back = CameBack{person(11, "Sven L."), {}, {}};
  known.listens = {"tcp://10.0.0.1:7000"};
  known.plugged_in = false;
  take_locked(known);
  CHECK_FALSE(known.status);
  CHECK_FALSE(known.tasks);
  CHECK_FALSE(known.task);
  CHECK_FALSE(known.people);
  CHECK_FALSE(known.invitation);
  CHECK_FALSE(known.came_back);
  CHECK(known.listens.empty());
  CHECK(known.slots->passphrase);
  CHECK_FALSE(known.plugged_in);
}

TEST_CASE("the passphrase leads back to the page that was left, and to the page before it") {
  UiState now = on_page(Page::add_place);
  now.back = {Page::tasks, Page::places};
  Facts known = lockable();
  now = apply(std::move(now), known, Lock{}).state;
  typed(now, Field::passphrase) = "correct paard";
  const auto requests = take_opened(known, now, {});
  CHECK(now.page == Page::add_place);
  CHECK(now.back == std::vector<Page>{Page::tasks, Page::places});
  CHECK_FALSE(now.locked_from);
  CHECK_FALSE(now.lock_note);
  CHECK(typed(now, Field::passphrase).empty());
  CHECK_FALSE(requests.empty());
}

TEST_CASE("only a store with a passphrase has a lock, on every page and in the settings") {
  Facts known = lockable();
  CHECK(shell_model(reader(), known, state()).lock);
  CHECK(std::get<MoreModel>(screen_model(reader(), known, on_page(Page::more)).body).lock);
  SettingsModel settings = settings_model(reader(), known, state());
  REQUIRE(settings.choices.size() == 5);
  CHECK(settings.choices[3].caption == "Vanzelf op slot");
  CHECK(settings.choices[3].options.size() == kLockMinutes.size());
  CHECK(settings.choices[3].options[1].label == "Na 15 minuten");
  CHECK(settings.choices[3].options[1].on);
  CHECK(settings.choices[4].caption == "Onthoud op deze laptop");
  CHECK(settings.choices[4].options[0].on);
  CHECK(settings.keys.find("Ctrl en L") != std::string::npos);
  known.slots = slots_of_practice();
  CHECK_FALSE(shell_model(reader(), known, state()).lock);
  settings = settings_model(reader(), known, state());
  CHECK(settings.choices.size() == 3);
  CHECK(settings.keys.find("Ctrl en L") == std::string::npos);
  known.slots = SlotKinds{.passphrase = true, .key_file = true};
  CHECK(settings_model(reader(), known, state()).choices.size() == 4);
}

TEST_CASE("when it locks by itself is chosen and kept") {
  const Step step = apply(state(), lockable(), ChooseLockMinutes{0});
  CHECK(step.state.settings.lock_minutes == 0);
  REQUIRE(asked_of_host<KeepSettings>(step) != nullptr);
  CHECK(asked_of_host<KeepSettings>(step)->settings.lock_minutes == 0);
  CHECK(apply(step.state, lockable(), ChooseLockMinutes{0}).host.empty());
  CHECK(apply(state(), lockable(), ChooseLockMinutes{7}).host.empty());
}

// --- remembering -----------------------------------------------------------------------------------------------------

TEST_CASE("remembering is asked of the host, once at a time, and taking it away only when there is something") {
  Facts known = lockable();
  const Step on = apply(state(), known, Remember{true});
  REQUIRE(asked_of_host<RememberStore>(on) != nullptr);
  CHECK(asked_of_host<RememberStore>(on)->on);
  CHECK(on.state.busy == Busy::remembering);
  CHECK_FALSE(settings_model(reader(), known, on.state).choices[4].options[1].enabled);
  CHECK(apply(on.state, known, Remember{true}).host.empty());
  CHECK(apply(state(), known, Remember{false}).host.empty());
  known.slots->held = true;
  CHECK(settings_model(reader(), known, state()).choices[4].options[1].on);
  // Once more, for a keyring that lost its key.
  CHECK(asked_of_host<RememberStore>(apply(state(), known, Remember{true})) != nullptr);
  CHECK_FALSE(asked_of_host<RememberStore>(apply(state(), known, Remember{false}))->on);
  known.slots = slots_of_practice();
  CHECK(apply(state(), known, Remember{true}).host.empty());
}

TEST_CASE("what became of remembering is told, also when the keyring keeps something that opens nothing") {
  const Error refused{ErrorCode::keyring_failed, Fault::machine, {"locked"}};
  const auto told = [](bool on, const Status& done) {
    UiState now = state();
    now.busy = Busy::remembering;
    take_remembering(now, on, done);
    CHECK(now.busy == Busy::no);
    REQUIRE(now.notice);
    return *now.notice;
  };
  CHECK(told(true, {}).kind == Notice::Kind::done);
  CHECK(told(true, tl::unexpected(refused)).text == error_sentence(Lang::nl, refused));
  CHECK(told(false, {}).text == "Kiem vraagt voortaan weer om je wachtwoord.");
  CHECK(told(false, tl::unexpected(refused)).kind == Notice::Kind::done);
  CHECK(told(false, tl::unexpected(refused)).text.find("niets meer opent") != std::string::npos);
  CHECK(told(false, fail(ErrorCode::disk_full, Fault::machine)).kind == Notice::Kind::error);
}

TEST_CASE("a key that opens nothing asks for the passphrase in one calm sentence, and damage is an error") {
  const auto after = [](Error error) {
    Facts known;
    known.slots = slots_of_a_person();
    UiState now;
    now.page = Page::unlock;
    now.busy = Busy::opening;
    CHECK(take_remembered(known, now, tl::unexpected(std::move(error))).empty());
    CHECK(now.busy == Busy::no);
    CHECK(now.page == Page::unlock);
    return now;
  };
  UiState now = after({ErrorCode::no_slot_opens, Fault::person, {}});
  CHECK_FALSE(now.notice);
  CHECK(form_model(reader(), Facts{}, now).help ==
        "Deze laptop heeft de sleutel niet meer. Met je wachtwoord gaat Kiem open; bij Instellingen kan het onthouden "
        "weer "
        "aan.");
  const Error refused{ErrorCode::keyring_failed, Fault::machine, {"locked"}};
  now = after(refused);
  CHECK_FALSE(now.notice);
  CHECK(form_model(reader(Lang::en), Facts{}, now).help == error_sentence(Lang::en, refused));
  now = after({ErrorCode::store_busy, Fault::person, {"/x"}});
  REQUIRE(now.notice);
  CHECK(now.notice->kind == Notice::Kind::error);
  CHECK_FALSE(now.lock_note);
}

TEST_CASE("a key that opens leads to the board") {
  Facts known;
  UiState now;
  now.page = Page::unlock;
  CHECK_FALSE(take_remembered(known, now, {}).empty());
  CHECK(now.page == Page::tasks);
}

// --- a passphrase that is forgotten ----------------------------------------------------------------------------------

TEST_CASE("the way by recovery words is there when the store has one, and leads back") {
  UiState now = on_page(Page::unlock);
  typed(now, Field::passphrase) = "wat was het";
  Facts known;
  CHECK_FALSE(form_model(reader(), known, now).other);
  known.slots = slots_of_a_person();
  const auto other = form_model(reader(), known, now).other;
  REQUIRE(other);
  CHECK(other->label == "Wachtwoord vergeten?");
  now = apply(std::move(now), known, other->intent).state;
  CHECK(now.page == Page::forgotten);
  CHECK(typed(now, Field::passphrase).empty());
  const FormModel form = form_model(reader(), known, now);
  REQUIRE(field_in(form, Field::recovery_words) != nullptr);
  CHECK_FALSE(field_in(form, Field::recovery_words)->secret);  // until it is hidden
  CHECK(field_in(form_model(reader(), known, apply(now, known, form.show_secret->intent).state), Field::recovery_words)
            ->secret);
  typed(now, Field::recovery_words) = "appel boom";
  const Step back = apply(now, known, form.back->intent);
  CHECK(back.requests.empty());
  CHECK(back.state.page == Page::unlock);
  CHECK(typed(back.state, Field::recovery_words).empty());
  now.busy = Busy::opening;
  CHECK(apply(now, known, GoBack{}).state.page == Page::forgotten);
}

TEST_CASE("words are handed to the host as they were typed, and a lack of them is said") {
  UiState now = on_page(Page::forgotten);
  const Step empty = apply(now, Facts{}, UnlockByWords{});
  CHECK(empty.host.empty());
  CHECK(empty.state.notice->text == "Vul je twaalf herstelwoorden in.");
  typed(now, Field::recovery_words) = "1. Appel, boom";
  const Step step = apply(now, Facts{}, UnlockByWords{});
  REQUIRE(asked_of_host<OpenByWords>(step) != nullptr);
  CHECK(asked_of_host<OpenByWords>(step)->words == "1. Appel, boom");
  CHECK(step.state.busy == Busy::opening);
  CHECK(apply(step.state, Facts{}, UnlockByWords{}).host.empty());
}

TEST_CASE("words of another paper are told as wrong words and stay to be mended") {
  Facts known;
  UiState now = on_page(Page::forgotten);
  typed(now, Field::recovery_words) = "appel boom";
  CHECK(take_opened(known, now, fail(ErrorCode::no_slot_opens)).empty());
  CHECK(now.page == Page::forgotten);
  CHECK(now.notice->text == error_sentence(Lang::nl, {ErrorCode::wrong_words, Fault::person, {}}));
  CHECK(typed(now, Field::recovery_words) == "appel boom");
}

TEST_CASE("after the words a new passphrase is chosen before anything else, and there is no way round it") {
  Facts known;
  known.slots = slots_of_a_person();
  UiState now = on_page(Page::forgotten);
  typed(now, Field::recovery_words) = "appel boom";
  CHECK(take_opened(known, now, {}).empty());
  CHECK(now.page == Page::new_passphrase);
  CHECK(typed(now, Field::recovery_words).empty());
  CHECK(queries_of(now).empty());
  now.back = {Page::tasks};
  CHECK(apply(now, known, GoBack{}).state.page == Page::new_passphrase);
  const FormModel form = form_model(reader(), known, now);
  CHECK(form.fields.size() == 2);
  CHECK(form.fields[0].secret);
  CHECK_FALSE(form.back);
  CHECK_FALSE(form.other);

  CHECK(apply(now, known, form.go.intent).state.notice);
  typed(now, Field::passphrase) = "nieuw paard";
  CHECK(apply(now, known, form.go.intent).host.empty());
  typed(now, Field::passphrase_again) = "nieuw paard";
  const Step step = apply(now, known, form.go.intent);
  REQUIRE(asked_of_host<PutPassphrase>(step) != nullptr);
  CHECK(asked_of_host<PutPassphrase>(step)->passphrase == "nieuw paard");
  now = step.state;
  CHECK(take_passphrase(now, fail(ErrorCode::disk_full, Fault::machine)).empty());
  CHECK(now.page == Page::new_passphrase);
  CHECK(typed(now, Field::passphrase) == "nieuw paard");
  CHECK_FALSE(take_passphrase(now, {}).empty());
  CHECK(now.page == Page::tasks);
  CHECK(typed(now, Field::passphrase).empty());
  CHECK(typed(now, Field::passphrase_again).empty());
}

TEST_CASE("a store that locks before the new passphrase is chosen opens on the board") {
  Facts known = lockable();
  UiState now = apply(on_page(Page::new_passphrase), known, Lock{true}).state;
  CHECK(now.page == Page::unlock);
  static_cast<void>(take_opened(known, now, {}));
  CHECK(now.page == Page::tasks);
}

TEST_CASE("secrets are wiped where they pass, and other words are not") {
  Intent secret = Type{Field::recovery_words, "appel boom"};
  wipe_secrets(secret);
  CHECK(std::get<Type>(secret).text.empty());
  Intent plain = Type{Field::task_title, "Heg knippen"};
  wipe_secrets(plain);
  CHECK(std::get<Type>(plain).text == "Heg knippen");
  for (HostAsk ask : {HostAsk(OpenStore{"a"}), HostAsk(OpenByWords{"a"}), HostAsk(PutPassphrase{"a"}),
                      HostAsk(MakeStore{"Noor", "a"})}) {
    wipe_secrets(ask);
    std::visit(
        [](const auto& each) {
          if constexpr (requires { each.passphrase; }) CHECK(each.passphrase.empty());
          if constexpr (requires { each.words; }) CHECK(each.words.empty());
          if constexpr (requires { each.name; }) CHECK(each.name == "Noor");
        },
        ask);
  }
  UiState now = on_page(Page::begin);
  now.has_store = false;
  typed(now, Field::passphrase) = "geheim";
  typed(now, Field::your_name) = "Noor";
  FormModel form = form_model(reader(), Facts{}, now);
  wipe_secrets(form);
  CHECK(field_in(form, Field::passphrase)->value.empty());
  CHECK(field_in(form, Field::your_name)->value == "Noor");
}

}  // namespace
}  // namespace kiem::model
