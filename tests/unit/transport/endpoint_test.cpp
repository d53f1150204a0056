#include "sync/transport/endpoint.hpp"

#include <doctest/doctest.h>

namespace kiem {
namespace {

TEST_CASE("an address is read and written the same") {
  for (const char* text : {"tcp://127.0.0.1:7171", "tcp://*:0", "tcp://[::1]:1", "tcp://[fe80::1%eth0]:65535",
                           "tcp://buurthuis.local:80", "tcp://[::ffff:10.0.0.1]:9"}) {
    const auto endpoint = parse_endpoint(text);
    REQUIRE_MESSAGE(endpoint.has_value(), text);
    CHECK(to_text(*endpoint) == text);
  }
  CHECK(*parse_endpoint("tcp://[::1]:12") == Endpoint{"::1", 12});
}

TEST_CASE("what is not an address is refused and named") {
  const std::string longest(253, 'a');
  CHECK(parse_endpoint("tcp://" + longest + ":1").has_value());
  for (const std::string& text : {std::string{},
                                  std::string{"tcp://"},
                                  std::string{"tcp://:1"},
                                  std::string{"tcp://a"},
                                  std::string{"tcp://a:"},
                                  std::string{"tcp://a:65536"},
                                  std::string{"tcp://a:100000"},
                                  std::string{"tcp://a:-1"},
                                  std::string{"tcp://a:1 "},
                                  std::string{"tcp://a b:1"},
                                  std::string{"ipc://a:1"},
                                  std::string{"127.0.0.1:1"},
                                  std::string{"tcp://[]:1"},
                                  std::string{"tcp://[a]:1"},
                                  std::string{"tcp://::1:1"},
                                  std::string{"tcp://a:1;b:2"},
                                  std::string{"tcp://**:1"},
                                  std::string{"tcp://a:1#key"},
                                  std::string{"tcp://[::1:1"},
                                  "tcp://" + longest + "a:1",
                                  std::string{"tcp://a\0b:1", 11}}) {
    const auto endpoint = parse_endpoint(text);
    REQUIRE_MESSAGE(!endpoint.has_value(), text);
    CHECK(endpoint.error().code == ErrorCode::bad_address);
    CHECK(endpoint.error().args == std::vector<std::string>{text});
  }
}

TEST_CASE("every interface and a port for the system to choose can be listened on, not called") {
  CHECK(is_dialable({"127.0.0.1", 1}));
  CHECK_FALSE(is_dialable({"127.0.0.1", 0}));
  CHECK_FALSE(is_dialable({"*", 1}));
  CHECK_FALSE(is_dialable({"", 1}));
}

}  // namespace
}  // namespace kiem
