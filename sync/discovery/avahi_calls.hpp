// What we need of Avahi's C interface (0.6 to 0.8, libavahi-client.so.3), declared by us so that building Kiem takes no
// package of it, and found in the libraries when the program runs. Tests bring functions of their own.
//
// Plain pointers to functions, valid as long as the program runs. Those of one poll and of what is made with it belong
// to one thread, but for poll_wakeup.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

extern "C" {
struct AvahiClient;
struct AvahiEntryGroup;
struct AvahiPoll;
struct AvahiServiceBrowser;
struct AvahiServiceResolver;
struct AvahiSimplePoll;
struct AvahiStringList {
  AvahiStringList* next;
  std::size_t size;
  std::uint8_t text[1];  // NOLINT(modernize-avoid-c-arrays): as the library lays it out, SIZE bytes begin here
};
struct AvahiAddress {
  int protocol;  // 0: IPv4, 1: IPv6
  union {
    std::uint8_t four[4];  // NOLINT(modernize-avoid-c-arrays): as the library lays it out
    std::uint8_t six[16];  // NOLINT(modernize-avoid-c-arrays): as the library lays it out
  } data;
};
}

namespace kiem {

struct AvahiLibraries {
  std::string client = "libavahi-client.so.3";
  std::string common = "libavahi-common.so.3";
};

struct AvahiCalls {
  // What a client is told of its daemon. Of a failed one nothing comes any more.
  static constexpr int kRunning = 2;
  static constexpr int kFailed = 100;
  static constexpr int kNoFail = 2;  // a client may be made before there is a daemon
  static constexpr int kNew = 0;     // of a browser
  static constexpr int kFound = 0;   // of a resolver
  static constexpr unsigned kOurOwn = 16;
  static constexpr int kAnyInterface = -1;
  static constexpr int kAnyProtocol = -1;

  using ClientTold = void (*)(AvahiClient*, int state, void*);
  using Browsed = void (*)(AvahiServiceBrowser*, int interface, int protocol, int event, const char* name,
                           const char* type, const char* domain, unsigned flags, void*);
  using Resolved = void (*)(AvahiServiceResolver*, int interface, int protocol, int event, const char* name,
                            const char* type, const char* domain, const char* host, const AvahiAddress*,
                            std::uint16_t port, AvahiStringList*, unsigned flags, void*);
  using GroupTold = void (*)(AvahiEntryGroup*, int state, void*);

  AvahiSimplePoll* (*poll_new)();
  const AvahiPoll* (*poll_get)(AvahiSimplePoll*);
  int (*poll_iterate)(AvahiSimplePoll*, int timeout_ms);  // 0: again
  void (*poll_wakeup)(AvahiSimplePoll*);                  // from any thread
  void (*poll_free)(AvahiSimplePoll*);
  AvahiStringList* (*list_add)(AvahiStringList*, const std::uint8_t*, std::size_t);
  void (*list_free)(AvahiStringList*);
  AvahiClient* (*client_new)(const AvahiPoll*, int flags, ClientTold, void*, int* error);
  void (*client_free)(AvahiClient*);  // and all that was made of it
  AvahiServiceBrowser* (*browse)(AvahiClient*, int interface, int protocol, const char* type, const char* domain,
                                 int flags, Browsed, void*);
  AvahiServiceResolver* (*resolve)(AvahiClient*, int interface, int protocol, const char* name, const char* type,
                                   const char* domain, int address_protocol, int flags, Resolved, void*);
  int (*resolver_free)(AvahiServiceResolver*);
  AvahiEntryGroup* (*group_new)(AvahiClient*, GroupTold, void*);
  int (*group_add)(AvahiEntryGroup*, int interface, int protocol, int flags, const char* name, const char* type,
                   const char* domain, const char* host, std::uint16_t port, AvahiStringList*);
  int (*group_commit)(AvahiEntryGroup*);
  int (*group_reset)(AvahiEntryGroup*);
};

// Nothing: a library is missing, or one of the functions.
[[nodiscard]] std::optional<AvahiCalls> load_avahi(const AvahiLibraries& libraries);

}  // namespace kiem
