#include "sync/discovery/avahi.hpp"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "core/base/bytes.hpp"
#include "sync/control/descriptor.hpp"
#include "sync/discovery/udp_datagrams.hpp"
#include "sync/transport/quiet_thread.hpp"

namespace kiem {
namespace {

constexpr const char* kType = "_kiem._udp";
constexpr std::size_t kMaxWaiting = 64;
constexpr std::size_t kMaxText = 255;
constexpr std::size_t kNameBytes = 8;
constexpr std::array<std::string_view, 2> kParts{"a=", "b="};

std::string host_of(const AvahiAddress& address, int interface) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool is_six = address.protocol == 1;
  if (inet_ntop(is_six ? AF_INET6 : AF_INET, &address.data, text.data(), text.size()) == nullptr) return "";
  std::string host(text.data());
  std::array<char, IF_NAMESIZE> name{};
  const bool is_link_local = is_six && address.data.six[0] == 0xfe && (address.data.six[1] & 0xc0U) == 0x80;
  if (is_link_local && interface > 0 && ::if_indextoname(static_cast<unsigned>(interface), name.data()) != nullptr) {
    host += "%" + std::string(name.data());
  }
  return host;
}

class Avahi final : public DnsSd {
 public:
  explicit Avahi(const AvahiCalls& calls) : calls_(calls), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  Avahi(const Avahi&) = delete;
  Avahi& operator=(const Avahi&) = delete;
  ~Avahi() override {
    if (poll_ == nullptr) return;
    {
      const std::lock_guard guard(mutex_);
      stops_ = true;
    }
    calls_.poll_wakeup(poll_);
    thread_.reset();
    calls_.poll_free(poll_);
  }

  bool begin() {
    if (!wake_.is_open()) return false;
    poll_ = calls_.poll_new();
    if (poll_ == nullptr) return false;
    thread_.emplace([this] { run(); });
    return thread_->is_running();
  }

  [[nodiscard]] int wake_fd() const override { return wake_.fd(); }

  bool announce(ByteView beacon) override {
    bool is_taken = false;
    {
      const std::lock_guard guard(mutex_);
      wanted_ = to_bytes(beacon);
      is_new_ = true;
      is_taken = is_taken_;
    }
    calls_.poll_wakeup(poll_);
    return is_taken;
  }

  [[nodiscard]] std::optional<Datagram> next() override {
    const std::lock_guard guard(mutex_);
    if (waiting_.empty()) {
      std::uint64_t count = 0;
      static_cast<void>(::read(wake_.fd(), &count, sizeof(count)));
      return std::nullopt;
    }
    Datagram first = std::move(waiting_.front());
    waiting_.pop_front();
    return first;
  }

 private:
  // --- on our thread, and so is all that the library calls back ---
  void run() {
    bool tries = true;
    while (const auto wanted = what_is_wanted()) {
      if (state_ == AvahiCalls::kFailed) {
        // A daemon that was there will come back; whatever else failed is tried again with the next announcement.
        tries = has_run_;
        note_taken(false);
        drop_client();
      }
      if (client_ == nullptr && (tries || wanted->is_new)) begin_client();
      tries = false;
      if (state_ == AvahiCalls::kRunning && (is_state_new_ || wanted->is_new)) {
        is_state_new_ = false;
        has_run_ = true;
        browse();
        note_taken(publish(wanted->beacon));
      }
      if (state_ != AvahiCalls::kRunning) note_taken(false);
      // What failed in the calls above is seen to before anything is waited for.
      if (state_ != AvahiCalls::kFailed && calls_.poll_iterate(poll_, -1) != 0) break;
    }
    note_taken(false);
    drop_client();
  }

  struct Wanted {
    Bytes beacon;
    bool is_new = false;
  };
  // Nothing: no more.
  std::optional<Wanted> what_is_wanted() {
    const std::lock_guard guard(mutex_);
    if (stops_) return std::nullopt;
    return Wanted{wanted_, std::exchange(is_new_, false)};
  }
  void note_taken(bool is_taken) {
    const std::lock_guard guard(mutex_);
    is_taken_ = is_taken;
  }

  void begin_client() {
    state_ = 0;
    has_run_ = false;
    int error = 0;
    // It tells its state before it is made; of one that could not be made nothing counts.
    client_ = calls_.client_new(calls_.poll_get(poll_), AvahiCalls::kNoFail, &Avahi::on_client, this, &error);
    if (client_ == nullptr) state_ = 0;
  }
  void drop_client() {
    if (client_ != nullptr) calls_.client_free(client_);
    client_ = nullptr;
    browser_ = nullptr;
    group_ = nullptr;
    state_ = 0;
  }

  void browse() {
    if (browser_ != nullptr) return;
    browser_ = calls_.browse(client_, AvahiCalls::kAnyInterface, AvahiCalls::kAnyProtocol, kType, nullptr, 0,
                             &Avahi::on_browsed, this);
  }

  // Instead of what was said before. Whether the daemon took it.
  bool publish(ByteView beacon) {
    if (group_ == nullptr && beacon.empty()) return true;
    if (group_ == nullptr) group_ = calls_.group_new(client_, &Avahi::on_group, this);
    if (group_ == nullptr || calls_.group_reset(group_) != 0) return false;
    if (beacon.size() < kNameBytes) return true;
    AvahiStringList* list = nullptr;
    for (const Bytes& text : texts_of(beacon)) list = calls_.list_add(list, text.data(), text.size());
    // A new name for each, so that who has resolved the one before looks at this one too.
    const std::string name = "kiem-" + to_hex(beacon.first(kNameBytes));
    const int added = calls_.group_add(group_, AvahiCalls::kAnyInterface, AvahiCalls::kAnyProtocol, 0, name.c_str(),
                                       kType, nullptr, nullptr, kBeaconPort, list);
    calls_.list_free(list);
    return added == 0 && calls_.group_commit(group_) == 0;
  }

  static void on_client(AvahiClient*, int state, void* self) {
    auto& avahi = *static_cast<Avahi*>(self);
    // A failed one is dropped, whatever it tells besides.
    if (avahi.state_ == AvahiCalls::kFailed) return;
    avahi.state_ = state;
    avahi.is_state_new_ = true;
  }
  static void on_group(AvahiEntryGroup*, int, void*) {}
  static void on_browsed(AvahiServiceBrowser*, int interface, int protocol, int event, const char* name,
                         const char* type, const char* domain, unsigned flags, void* self) {
    auto& avahi = *static_cast<Avahi*>(self);
    if (event != AvahiCalls::kNew || (flags & AvahiCalls::kOurOwn) != 0) return;
    // It is freed when it has answered.
    avahi.calls_.resolve(avahi.client_, interface, protocol, name, type, domain, AvahiCalls::kAnyProtocol, 0,
                         &Avahi::on_resolved, self);
  }
  static void on_resolved(AvahiServiceResolver* resolver, int interface, int, int event, const char*, const char*,
                          const char*, const char*, const AvahiAddress* address, std::uint16_t, AvahiStringList* list,
                          unsigned flags, void* self) {
    auto& avahi = *static_cast<Avahi*>(self);
    if (event == AvahiCalls::kFound && address != nullptr && (flags & AvahiCalls::kOurOwn) == 0) {
      avahi.heard(*address, interface, list);
    }
    avahi.calls_.resolver_free(resolver);
  }
  void heard(const AvahiAddress& address, int interface, const AvahiStringList* list) {
    std::vector<Bytes> texts;
    for (; list != nullptr && texts.size() < kMaxWaiting; list = list->next) {
      texts.emplace_back(&list->text[0], &list->text[0] + list->size);
    }
    auto beacon = beacon_of(texts);
    if (!beacon) return;
    const std::lock_guard guard(mutex_);
    if (waiting_.size() == kMaxWaiting) return;
    waiting_.push_back({*std::move(beacon), host_of(address, interface)});
    const std::uint64_t one = 1;
    static_cast<void>(::write(wake_.fd(), &one, sizeof(one)));
  }

  AvahiCalls calls_;
  control::Descriptor wake_;
  AvahiSimplePoll* poll_ = nullptr;

  // Our thread's.
  AvahiClient* client_ = nullptr;
  AvahiServiceBrowser* browser_ = nullptr;
  AvahiEntryGroup* group_ = nullptr;
  int state_ = 0;  // as the client told last; 0: there is none
  bool is_state_new_ = false;
  bool has_run_ = false;  // the client's daemon was there

  std::mutex mutex_;
  Bytes wanted_;         // under the mutex, and so are these
  bool is_new_ = false;  // not said yet
  bool is_taken_ = false;
  bool stops_ = false;
  std::deque<Datagram> waiting_;

  std::optional<QuietThread> thread_;
};

}  // namespace

std::vector<Bytes> texts_of(ByteView beacon) {
  const std::size_t half = (beacon.size() + 1) / 2;
  std::vector<Bytes> texts;
  for (std::size_t part = 0; part < kParts.size(); ++part) {
    Bytes text = to_bytes(view(kParts.at(part)));
    append(text, beacon.subspan(std::min(part * half, beacon.size()),
                                std::min(half, beacon.size() - std::min(part * half, beacon.size()))));
    texts.push_back(std::move(text));
  }
  return texts;
}

std::optional<Bytes> beacon_of(const std::vector<Bytes>& texts) {
  Bytes beacon;
  for (const std::string_view key : kParts) {
    const auto part = std::find_if(texts.begin(), texts.end(), [&](const Bytes& text) {
      return text.size() <= kMaxText && text_view(text).starts_with(key);
    });
    if (part == texts.end()) return std::nullopt;
    append(beacon, ByteView(*part).subspan(key.size()));
  }
  return beacon;
}

std::unique_ptr<DnsSd> connect_avahi(const AvahiCalls& calls) {
  auto made = std::make_unique<Avahi>(calls);
  return made->begin() ? std::move(made) : nullptr;
}

std::unique_ptr<DnsSd> connect_avahi(const AvahiLibraries& libraries) {
  const auto calls = load_avahi(libraries);
  return calls ? connect_avahi(*calls) : nullptr;
}

}  // namespace kiem
