#include "tests/unit/discovery/fake_avahi.hpp"

#include <cstdlib>
#include <cstring>
#include <utility>

#include "core/base/check.hpp"

namespace kiem::test {
namespace {

constexpr int kConnecting = 101;
FakeAvahi* the_fake = nullptr;
// What is never looked into.
template <class Made>
Made* some() {
  static int place = 0;
  return reinterpret_cast<Made*>(&place);
}

}  // namespace

struct FakeAvahiCalls {
  static int iterate(AvahiSimplePoll*, int) {
    FakeAvahi& fake = *the_fake;
    std::deque<std::function<void()>> jobs;
    {
      std::unique_lock lock(fake.mutex_);
      fake.told_.wait(lock, [&] { return fake.is_woken_ || !fake.jobs_.empty(); });
      fake.is_woken_ = false;
      jobs.swap(fake.jobs_);
    }
    for (const auto& job : jobs) job();
    return 0;
  }
  static void wake_up(AvahiSimplePoll*) {
    const std::lock_guard guard(the_fake->mutex_);
    the_fake->is_woken_ = true;
    the_fake->told_.notify_all();
  }
  static AvahiStringList* add(AvahiStringList* list, const std::uint8_t* text, std::size_t size) {
    auto* const one = static_cast<AvahiStringList*>(std::malloc(sizeof(AvahiStringList) + size));
    KIEM_CHECK(one != nullptr);
    one->next = list;
    one->size = size;
    std::memcpy(&one->text[0], text, size);
    return one;
  }
  static void free_list(AvahiStringList* list) {
    while (list != nullptr) std::free(std::exchange(list, list->next));
  }
  static AvahiClient* make_client(const AvahiPoll*, int flags, AvahiCalls::ClientTold told, void* self, int* error) {
    KIEM_CHECK(flags == AvahiCalls::kNoFail);
    int state = kConnecting;
    {
      const std::lock_guard guard(the_fake->mutex_);
      the_fake->told_.notify_all();
      if (!the_fake->has_bus_) {
        ++the_fake->refused_;
        *error = -21;
        return nullptr;
      }
      ++the_fake->made_;
      the_fake->client_told_ = told;
      the_fake->self_ = self;
      if (the_fake->has_daemon_) state = AvahiCalls::kRunning;
    }
    told(some<AvahiClient>(), state, self);
    return some<AvahiClient>();
  }
  static void free_client(AvahiClient*) {
    const std::lock_guard guard(the_fake->mutex_);
    ++the_fake->freed_;
    the_fake->client_told_ = nullptr;
    the_fake->browsed_ = nullptr;
    the_fake->announced_.clear();
    the_fake->told_.notify_all();
  }
  static AvahiServiceBrowser* browse(AvahiClient*, int, int, const char*, const char*, int, AvahiCalls::Browsed browsed,
                                     void*) {
    const std::lock_guard guard(the_fake->mutex_);
    the_fake->browsed_ = browsed;
    the_fake->told_.notify_all();
    return some<AvahiServiceBrowser>();
  }
  static AvahiServiceResolver* resolve(AvahiClient*, int, int, const char* name, const char* type, const char* domain,
                                       int, int, AvahiCalls::Resolved resolved, void* self) {
    AvahiAddress address{};
    address.data.four[0] = 10;
    address.data.four[3] = 2;
    AvahiStringList* list = nullptr;
    for (const Bytes& text : the_fake->heard_) list = add(list, text.data(), text.size());
    resolved(some<AvahiServiceResolver>(), 1, 0, AvahiCalls::kFound, name, type, domain, "buur.local", &address, 1,
             list, 0, self);
    free_list(list);
    return some<AvahiServiceResolver>();
  }
  static int add_service(AvahiEntryGroup*, int, int, int, const char* name, const char*, const char*, const char*,
                         std::uint16_t, AvahiStringList* list) {
    FakeAvahi::Service service{name, {}};
    for (; list != nullptr; list = list->next) {
      service.texts.emplace_back(&list->text[0], &list->text[0] + list->size);
    }
    the_fake->added_ = std::move(service);
    return 0;
  }
  static int commit(AvahiEntryGroup*) {
    std::unique_lock lock(the_fake->mutex_);
    the_fake->leaves_waiting_ = !the_fake->answers_;
    the_fake->told_.notify_all();
    the_fake->told_.wait(lock, [] { return the_fake->answers_; });
    the_fake->leaves_waiting_ = false;
    if (!the_fake->has_daemon_) return -1;
    the_fake->announced_.push_back(*std::exchange(the_fake->added_, std::nullopt));
    the_fake->told_.notify_all();
    return 0;
  }
  static int reset(AvahiEntryGroup*) {
    const std::lock_guard guard(the_fake->mutex_);
    the_fake->announced_.clear();
    the_fake->told_.notify_all();
    return the_fake->has_daemon_ ? 0 : -1;
  }
};

FakeAvahi::FakeAvahi() {
  KIEM_CHECK(the_fake == nullptr);
  the_fake = this;
}

FakeAvahi::~FakeAvahi() { the_fake = nullptr; }

AvahiCalls FakeAvahi::calls() {
  AvahiCalls all{};
  all.poll_new = [] { return some<AvahiSimplePoll>(); };
  all.poll_get = [](AvahiSimplePoll*) -> const AvahiPoll* { return some<AvahiPoll>(); };
  all.poll_iterate = &FakeAvahiCalls::iterate;
  all.poll_wakeup = &FakeAvahiCalls::wake_up;
  all.poll_free = [](AvahiSimplePoll*) {};
  all.list_add = &FakeAvahiCalls::add;
  all.list_free = &FakeAvahiCalls::free_list;
  all.client_new = &FakeAvahiCalls::make_client;
  all.client_free = &FakeAvahiCalls::free_client;
  all.browse = &FakeAvahiCalls::browse;
  all.resolve = &FakeAvahiCalls::resolve;
  all.resolver_free = [](AvahiServiceResolver*) { return 0; };
  all.group_new = [](AvahiClient*, AvahiCalls::GroupTold, void*) { return some<AvahiEntryGroup>(); };
  all.group_add = &FakeAvahiCalls::add_service;
  all.group_commit = &FakeAvahiCalls::commit;
  all.group_reset = &FakeAvahiCalls::reset;
  return all;
}

void FakeAvahi::later(std::function<void()> job) {
  jobs_.push_back(std::move(job));
  told_.notify_all();
}

// The client that is there when it is told.
void FakeAvahi::tell(int state) {
  later([this, state] {
    if (client_told_ != nullptr) client_told_(some<AvahiClient>(), state, self_);
  });
}

void FakeAvahi::daemon_comes() {
  const std::lock_guard guard(mutex_);
  has_daemon_ = true;
  tell(AvahiCalls::kRunning);
}

void FakeAvahi::daemon_goes() {
  const std::lock_guard guard(mutex_);
  has_daemon_ = false;
  tell(AvahiCalls::kFailed);
}

void FakeAvahi::bus_comes() {
  const std::lock_guard guard(mutex_);
  has_bus_ = has_daemon_ = true;
}

void FakeAvahi::bus_goes() {
  const std::lock_guard guard(mutex_);
  has_bus_ = has_daemon_ = false;
  tell(AvahiCalls::kFailed);
}

void FakeAvahi::stop_answering() {
  const std::lock_guard guard(mutex_);
  answers_ = false;
}

void FakeAvahi::answer_again() {
  const std::lock_guard guard(mutex_);
  answers_ = true;
  told_.notify_all();
}

void FakeAvahi::hear(std::vector<Bytes> texts) {
  const std::lock_guard guard(mutex_);
  later([this, texts = std::move(texts)] {
    heard_ = texts;
    if (browsed_ != nullptr) {
      browsed_(some<AvahiServiceBrowser>(), 1, 0, AvahiCalls::kNew, "kiem-0", "_kiem._udp", "local", 0, self_);
    }
    const std::lock_guard inner(mutex_);
    ++told_of_others_;
    told_.notify_all();
  });
}

}  // namespace kiem::test
