#include "gui/host/node_thread.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>

#include "core/crypto/system_rng.hpp"
#include "sync/cli/system_services.hpp"
#include "sync/transport/zmq_network.hpp"
#include "tests/support/fake_secret_holder.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {
namespace {

using namespace gui;

class RealClock final : public Clock {
 public:
  WallTime wall() override { return {1'800'000'000'000}; }
  std::uint64_t monotonic_ms() override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  }
};

// The drawing thread's side of it, which here waits for news.
struct Window {
  explicit Window(bool with_network = true, SecretHolder* keyring = nullptr, std::function<void()> give_up = {}) {
    NodeServices services{{clock, rng, log}, {}, {}, folder.path() / "none", folder.path() / "practice", {}};
    services.open_network = [with_network](const BoxKeyPair& keys, Clock& at) -> Result<std::unique_ptr<Network>> {
      if (!with_network) return fail(ErrorCode::out_of_memory, Fault::machine);
      return ZmqNetwork::create(keys, at);
    };
    services.keyring = keyring;
    services.give_up_keyring = std::move(give_up);
    services.wake = [this] {
      const std::lock_guard lock(mutex);
      woken = true;
      bell.notify_one();
    };
    auto started = NodeThread::start(std::move(services));
    REQUIRE(started.has_value());
    thread = *std::move(started);
  }
  News next() {
    while (news.empty()) {
      std::unique_lock lock(mutex);
      REQUIRE(bell.wait_for(lock, std::chrono::seconds(60), [this] { return woken; }));
      woken = false;
      lock.unlock();
      news = thread->take_news();
    }
    News first = std::move(news.front());
    news.erase(news.begin());
    return first;
  }
  // The next news of this kind; others are dropped.
  template <class Wanted>
  Wanted expect() {
    while (true) {
      News told = next();
      if (auto* const wanted = std::get_if<Wanted>(&told)) return std::move(*wanted);
    }
  }
  std::filesystem::path home() { return folder.store(); }
  Unlock key() {
    Bytes bytes(32, 7);
    return KeyFile{SecretBytes::copy_of(bytes)};
  }

  TempHome folder;
  RealClock clock;
  SystemRng rng;
  CollectedLog log;
  std::mutex mutex;
  std::condition_variable bell;
  bool woken = false;
  std::vector<News> news;
  std::unique_ptr<NodeThread> thread;  // goes first
};

TEST_CASE("a store is made, asked, shut and opened again on its own thread") {
  Window window;
  window.thread->make(window.home(), window.key(), "Noor");
  const auto made = window.expect<StoreMade>();
  REQUIRE(made.words.has_value());
  window.thread->ask(Request(CreateInitiative{"Tuin"}));
  const auto created = window.expect<RequestAnswered>();
  CHECK(std::holds_alternative<Request>(created.request));
  CHECK(created.answer.has_value());
  window.thread->shut();
  window.thread->ask(Request(ShowStatus{}));
  CHECK(window.expect<RequestAnswered>().answer.error().code == ErrorCode::store_closed);
  window.thread->open(window.home(), window.key());
  CHECK(window.expect<StoreOpened>().opened.has_value());
  window.thread->ask(Request(ShowStatus{}));
  CHECK(window.expect<RequestAnswered>().answer.has_value());
}

TEST_CASE("a change is told once however many there were, and again after it was taken") {
  Window window;
  window.thread->make(window.home(), window.key(), "Noor");
  window.thread->ask(Request(CreateInitiative{"Tuin"}));
  AddTask task;
  task.title = "Heg knippen";
  window.thread->ask(Request(task));
  window.expect<RequestAnswered>();
  window.expect<StoreChanged>();
  task.title = "Snoeien";
  window.thread->ask(Request(task));
  window.expect<StoreChanged>();
}

TEST_CASE("a page of an earlier moment is told, and the thread goes on") {
  Window window;
  const auto pages = [&] {
    std::ifstream file(window.home() / "store.kiem", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  window.thread->make(window.home(), window.key(), "Noor");
  window.thread->ask(Request(CreateInitiative{"Tuin"}));
  CHECK(window.expect<RequestAnswered>().answer.has_value());
  const auto shut = [&] {
    window.thread->shut();
    window.thread->ask(Request(ShowStatus{}));  // answered once it is
    CHECK_FALSE(window.expect<RequestAnswered>().answer.has_value());
  };
  shut();
  const std::string before = pages();
  window.thread->open(window.home(), window.key());
  CHECK(window.expect<StoreOpened>().opened.has_value());
  AddTask task;
  task.title = "Heg knippen";
  window.thread->ask(Request(task));
  CHECK(window.expect<RequestAnswered>().answer.has_value());
  shut();
  std::string mixed = pages();
  constexpr std::size_t kPage = 4096;
  std::size_t page = before.size() / kPage;
  do --page;
  while (before.compare(page * kPage, kPage, mixed, page * kPage, kPage) == 0);
  REQUIRE(page > 2);
  mixed.replace(page * kPage, kPage, before, page * kPage, kPage);
  std::ofstream(window.home() / "store.kiem", std::ios::binary | std::ios::trunc) << mixed;

  window.thread->open(window.home(), window.key());
  CHECK(window.expect<StoreOpened>().opened.has_value());
  CHECK(window.expect<PagesDoubted>().error.code == ErrorCode::page_replaced);
  window.thread->ask(Request(ShowStatus{}));
  CHECK(window.expect<RequestAnswered>().answer.has_value());
}

TEST_CASE("what is missing or taken is told, and the thread goes on") {
  Window window;
  window.thread->open(window.home(), window.key());
  CHECK(window.expect<StoreOpened>().opened.error().code == ErrorCode::store_missing);
  window.thread->practise("Noor");
  CHECK(window.expect<PracticeBegun>().code.error().code == ErrorCode::file_missing);
  window.thread->make(window.home(), window.key(), "Noor");
  CHECK(window.expect<StoreMade>().words.has_value());
  window.thread->make(window.home(), window.key(), "Noor");
  CHECK(window.expect<StoreMade>().words.error().code == ErrorCode::store_exists);
}

TEST_CASE("with the plug pulled acts go on, and a call says that nobody answers") {
  Window window;
  window.thread->make(window.home(), window.key(), "Noor");
  window.thread->plug(false);
  window.thread->ask(Request(CreateInitiative{"Tuin"}));
  CHECK(window.expect<RequestAnswered>().answer.has_value());
  window.thread->ask(SyncWith{"tcp://127.0.0.1:1", BoxPublicKey{}});
  CHECK(window.expect<RequestAnswered>().answer.error().code == ErrorCode::peer_unreachable);
  window.thread->plug(true);
  window.thread->ask(Request(ShowStatus{}));
  CHECK(window.expect<RequestAnswered>().answer.has_value());
}

TEST_CASE("a machine without a network to give is told as a store that cannot go on") {
  Window window(false);
  window.thread->make(window.home(), window.key(), "Noor");
  CHECK(window.expect<StoreFailed>().error.code == ErrorCode::out_of_memory);
  window.thread->ask(Request(ShowStatus{}));
  CHECK(window.expect<RequestAnswered>().answer.error().code == ErrorCode::store_closed);
}

// A desktop that asks its person, who never answers, until the question is given up.
struct WaitingKeyring final : SecretHolder {
  Result<std::optional<SecretBytes>> fetch(const StoreId&) override {
    std::unique_lock lock(mutex);
    is_asked = true;
    bell.notify_all();
    bell.wait(lock, [this] { return is_given_up; });
    return fail(ErrorCode::keyring_failed, Fault::machine, {"cancelled"});
  }
  Status keep(const StoreId&, ByteView) override { return fail(ErrorCode::keyring_failed); }
  Status forget(const StoreId&) override { return fail(ErrorCode::keyring_failed); }
  void wait_until_asked() {
    std::unique_lock lock(mutex);
    REQUIRE(bell.wait_for(lock, std::chrono::seconds(60), [this] { return is_asked; }));
  }
  void give_up() {
    const std::lock_guard lock(mutex);
    is_given_up = true;
    bell.notify_all();
  }

  std::mutex mutex;
  std::condition_variable bell;
  bool is_asked = false;
  bool is_given_up = false;
};

TEST_CASE("what opens the store is changed on its thread, without its node ending") {
  FakeSecretHolder keyring;
  Window window(true, &keyring);
  window.thread->make(window.home(), window.key(), "Noor");
  CHECK(window.expect<SlotsTold>().slots.key_file);
  static_cast<void>(window.expect<NowListening>());
  window.thread->choose_passphrase(Passphrase{SecretBytes::copy_of(view("correct paard"))});
  CHECK(window.expect<SlotsTold>().slots.passphrase);
  CHECK(window.expect<PassphraseChosen>().chosen.has_value());
  window.thread->remember(true);
  CHECK(window.expect<SlotsTold>().slots.held);
  CHECK(window.expect<Remembering>().done.has_value());
  // Another NowListening would tell of another node.
  window.thread->ask(Request(ShowStatus{}));
  while (true) {
    const News next = window.next();
    CHECK_FALSE(std::holds_alternative<NowListening>(next));
    if (std::holds_alternative<RequestAnswered>(next)) break;
  }

  window.thread->shut();
  window.thread->open_remembered(window.home());
  const auto opened = window.expect<StoreOpened>();
  CHECK(opened.remembered);
  CHECK(opened.opened.has_value());
  window.thread->remember(false);
  const auto forgotten = window.expect<Remembering>();
  CHECK_FALSE(forgotten.on);
  CHECK(forgotten.done.has_value());
  window.thread->open_remembered(window.home());
  CHECK(window.expect<StoreOpened>().opened.error().code == ErrorCode::no_slot_opens);
  window.thread->remember(true);
  CHECK(window.expect<Remembering>().done.error().code == ErrorCode::store_closed);
  window.thread->choose_passphrase(Passphrase{SecretBytes::copy_of(view("correct paard"))});
  CHECK(window.expect<PassphraseChosen>().chosen.error().code == ErrorCode::store_closed);
}

TEST_CASE("without a keyring a remembered store is not opened, and the reason is the keyring") {
  Window window;
  window.thread->make(window.home(), window.key(), "Noor");
  static_cast<void>(window.expect<StoreMade>());
  window.thread->remember(true);
  CHECK(window.expect<Remembering>().done.error().code == ErrorCode::keyring_failed);
  window.thread->open_remembered(window.home());
  CHECK(window.expect<StoreOpened>().opened.error().code == ErrorCode::keyring_failed);
}

TEST_CASE("a desktop that waits for its person keeps neither the lock nor the end waiting") {
  for (const bool shuts : {true, false}) {
    WaitingKeyring keyring;
    Window window(true, &keyring, [&keyring] { keyring.give_up(); });
    window.thread->make(window.home(), window.key(), "Noor");
    static_cast<void>(window.expect<StoreMade>());
    window.thread->open_remembered(window.home());
    keyring.wait_until_asked();
    if (shuts) {
      window.thread->shut();
      CHECK(window.expect<StoreOpened>().opened.error().code == ErrorCode::keyring_failed);
    }
    window.thread.reset();
  }
}

TEST_CASE("ending it in the middle of work loses no answer of the store and waits for nobody") {
  Window window;
  window.thread->make(window.home(), window.key(), "Noor");
  window.thread->ask(Request(CreateInitiative{"Tuin"}));
  window.thread.reset();
}

}  // namespace
}  // namespace kiem::test
