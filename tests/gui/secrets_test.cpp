// The desktop's keyring as it is: GNOME Keyring behind a private bus. Run by keyring_session.sh, which says what stands
// ready for tests of which name; by itself this program would ask the keyring of whoever runs it.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "gui/secrets/secret_service.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::gui {
namespace {

StoreId store(std::uint8_t number) {
  StoreId id;
  id.bytes.fill(number);
  return id;
}

// All bytes there are, so that none of them ends or changes a secret on the way.
Bytes every_byte() {
  Bytes bytes(256);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i);
  return bytes;
}

Bytes kept(SecretService& service, const StoreId& id) {
  const auto fetched = service.fetch(id);
  REQUIRE_MESSAGE(fetched.has_value(), fetched.error().args.at(0));
  REQUIRE(fetched->has_value());
  const ByteView bytes = (*fetched)->view();
  return {bytes.begin(), bytes.end()};
}

bool holds(SecretService& service, const StoreId& id) {
  const auto fetched = service.fetch(id);
  REQUIRE_MESSAGE(fetched.has_value(), fetched.error().args.at(0));
  return fetched->has_value();
}

// What was said; empty when it was no refusal.
template <class T>
std::string refusal(const Result<T>& result) {
  if (result || result.error().code != ErrorCode::keyring_failed || result.error().args.size() != 1) return {};
  return result.error().args.front();
}

// --- an open keyring -------------------------------------------------------------------------------------------------

TEST_CASE("an open keyring gives back what it was given, and forgets it") {
  SecretService service;
  CHECK_FALSE(holds(service, store(1)));
  REQUIRE(service.keep(store(1), every_byte()).has_value());
  CHECK(kept(service, store(1)) == every_byte());
  REQUIRE(service.forget(store(1)).has_value());
  CHECK_FALSE(holds(service, store(1)));
  CHECK(service.forget(store(1)).has_value());  // nothing is no failure
}

TEST_CASE("an open keyring replaces what it kept, and keeps stores apart") {
  SecretService service;
  REQUIRE(service.keep(store(2), Bytes(32, 7)).has_value());
  REQUIRE(service.keep(store(3), Bytes(32, 8)).has_value());
  REQUIRE(service.keep(store(2), Bytes(32, 9)).has_value());
  CHECK(kept(service, store(2)) == Bytes(32, 9));
  CHECK(kept(service, store(3)) == Bytes(32, 8));
  REQUIRE(service.forget(store(2)).has_value());
  CHECK_FALSE(holds(service, store(2)));
  CHECK(kept(service, store(3)) == Bytes(32, 8));
}

TEST_CASE("an open keyring answers another program, and one thread after another") {
  SecretService writer;
  REQUIRE(writer.keep(store(4), Bytes(32, 5)).has_value());  // stays, for the rounds that follow
  std::thread other([] {
    SecretService reader;
    CHECK(kept(reader, store(4)) == Bytes(32, 5));
  });
  other.join();
  writer.cancel();  // nothing is under way
  CHECK(kept(writer, store(4)) == Bytes(32, 5));
}

// --- one that does not take part -------------------------------------------------------------------------------------

TEST_CASE("a locked keyring that nobody can open refuses, and does not say that it is empty") {
  SecretService service;
  CHECK_FALSE(refusal(service.fetch(store(4))).empty());
  CHECK_FALSE(refusal(service.forget(store(4))).empty());
  CHECK_FALSE(refusal(service.keep(store(5), Bytes(32, 5))).empty());
}

TEST_CASE("a keyring that does not answer can be given up from another thread, and asked again") {
  SecretService service;
  for (int i = 0; i < 2; ++i) {
    std::string said;
    std::atomic<bool> is_done = false;
    std::thread waits([&] {
      said = refusal(service.fetch(store(4)));
      is_done = true;
    });
    while (!is_done) {
      service.cancel();
      std::this_thread::yield();
    }
    waits.join();
    CHECK(said.find("cancelled") != std::string::npos);
  }
}

TEST_CASE("a desktop without a keyring refuses in the words of its bus") {
  SecretService service;
  const std::string said = refusal(service.fetch(store(4)));
  CHECK(said.find("org.freedesktop.secrets") != std::string::npos);
  CHECK(said.find("locked") == std::string::npos);
  CHECK_FALSE(refusal(service.keep(store(4), Bytes(32, 5))).empty());
  CHECK_FALSE(refusal(service.forget(store(4))).empty());
}

TEST_CASE("a bus that goes is told, and takes nobody with it") {
  SecretService service;
  CHECK_FALSE(holds(service, store(9)));
  REQUIRE(std::system("kill \"$BUS_PID\"") == 0);
  // Until the news of it is here the bus may still seem to be there; asking again tells.
  while (service.fetch(store(9))) {
  }
  CHECK_FALSE(refusal(service.fetch(store(9))).empty());
  CHECK_FALSE(refusal(service.keep(store(9), Bytes(32, 5))).empty());
}

TEST_CASE("without a bus every call refuses") {
  SecretService service;
  CHECK_FALSE(refusal(service.fetch(store(4))).empty());
  CHECK_FALSE(refusal(service.keep(store(4), Bytes(32, 5))).empty());
  CHECK_FALSE(refusal(service.forget(store(4))).empty());
}

TEST_CASE("without the library, or with another one, every call refuses by its name") {
  for (const char* const name : {"libkiem-none.so.0", "libc.so.6"}) {
    SecretService service(name);
    CHECK(refusal(service.fetch(store(4))).find(name) != std::string::npos);
    CHECK_FALSE(refusal(service.keep(store(4), Bytes(32, 5))).empty());
    CHECK_FALSE(refusal(service.forget(store(4))).empty());
    service.cancel();
  }
}

}  // namespace
}  // namespace kiem::gui
