#include <sys/socket.h>

#include <algorithm>

#include "tests/unit/control/callers.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

// Takes one caller, says `words` to it, hears it out for as many bytes as are expected, says `answer`, and hangs up.
class FalseServer {
 public:
  FalseServer() : socket_(control::ControlSocket::listen(path())) { REQUIRE(socket_); }
  [[nodiscard]] std::filesystem::path path() const { return home_.path() / "control.sock"; }

  void serve(ByteView words, std::size_t expected = 0, ByteView answer = {}) const {
    pollfd entry{socket_->fd(), POLLIN, 0};
    REQUIRE(::poll(&entry, 1, kEventuallyMs) == 1);
    const control::Descriptor caller(::accept4(socket_->fd(), nullptr, nullptr, SOCK_CLOEXEC));
    REQUIRE(caller.is_open());
    say(caller.fd(), words);
    Bytes heard(expected);
    REQUIRE(::recv(caller.fd(), heard.data(), expected, expected > 0 ? MSG_WAITALL : MSG_DONTWAIT) <=
            static_cast<ssize_t>(expected));
    say(caller.fd(), answer);
  }

 private:
  static void say(int fd, ByteView words) {
    if (words.empty()) return;  // a caller that heard enough may be gone
    REQUIRE(::send(fd, words.data(), words.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(words.size()));
  }
  TempHome home_;
  Result<control::ControlSocket> socket_;
};

Bytes framed(ByteView item) {
  Bytes frame(control::kPrefixBytes + item.size());
  frame[3] = static_cast<std::uint8_t>(item.size());
  std::copy(item.begin(), item.end(), frame.begin() + control::kPrefixBytes);
  return frame;
}
Bytes good_hello() { return to_bytes(control::encode_hello({ControlRole::client, 5, {}}).value().view()); }
// What a client says before it waits for the answer.
std::size_t words_of(const NodeRequest& request) {
  return control::encode_caller_hello().size() + control::encode_request(request).value().size();
}
ErrorCode asked_code(const std::optional<Result<NodeAnswer>>& result) {
  REQUIRE(result);
  REQUIRE_FALSE(*result);
  return result->error().code;
}

}  // namespace

TEST_CASE("a client finds nobody where there is no socket") {
  const TempHome home;
  const auto client = ControlClient::connect(home.path() / "control.sock");
  REQUIRE(client);
  CHECK_FALSE(*client);
}

TEST_CASE("a client says when there can be no socket") {
  const auto client = ControlClient::connect("/" + std::string(200, 'x'));
  REQUIRE_FALSE(client);
  CHECK(client.error().code == ErrorCode::disk_failed);
}

TEST_CASE("a server that ends before it said who it is, is nobody") {
  const FalseServer server;
  Asker silent(server.path(), status_request());
  server.serve({});
  CHECK_FALSE(silent.wait());
  Asker half(server.path(), status_request());
  server.serve(ByteView(good_hello()).first(6));
  CHECK_FALSE(half.wait());
}

TEST_CASE("a server that ends with a request of ours is lost") {
  TurnedServer turned;
  Asker asker(turned.path, status_request());
  CHECK(same(turned.await_call().request, status_request()));
  turned.server.reset();
  const auto result = asker.wait();
  CHECK(asked_code(result) == ErrorCode::peer_lost);
  CHECK(result->error().args == std::vector<std::string>{turned.path.string()});
}

TEST_CASE("a server that ends in the middle of its answer is lost") {
  const FalseServer server;
  Asker asker(server.path(), status_request());
  const auto answer = control::encode_answer(added("Koken"));
  server.serve(good_hello(), words_of(status_request()), answer.view().first(answer.size() - 1));
  CHECK(asked_code(asker.wait()) == ErrorCode::peer_lost);
}

TEST_CASE("a server of another version is known as such") {
  const FalseServer server;
  Asker asker(server.path(), status_request());
  server.serve(framed(Bytes{0x82, static_cast<std::uint8_t>(control::kProtocol + 1), 0xf6}));
  CHECK(asked_code(asker.wait()) == ErrorCode::peer_other_version);
}

TEST_CASE("what greets like no Kiem is garbage") {
  const FalseServer server;
  for (const Bytes& words :
       {framed(Bytes{0xff}), framed(Bytes{}), framed(Bytes{0x81, control::kProtocol}), Bytes(4, 0xff)}) {
    Asker asker(server.path(), status_request());
    server.serve(words);
    CHECK(asked_code(asker.wait()) == ErrorCode::peer_garbage);
  }
}

TEST_CASE("what answers like no Kiem is garbage") {
  const FalseServer server;
  for (const Bytes& words : {framed(Bytes{0xff}), framed(Bytes{0x82, 0x02, 0x80}), Bytes(4, 0xff)}) {
    Asker asker(server.path(), status_request());
    server.serve(good_hello(), words_of(status_request()), words);
    CHECK(asked_code(asker.wait()) == ErrorCode::peer_garbage);
  }
}

TEST_CASE("an answer that comes before all of the request was sent is read") {
  const FalseServer server;
  Asker asker(server.path(), Request(ImportFile{{}, "", Bytes(8'000'000, 1), false}));
  const auto answer = control::encode_answer(fail(ErrorCode::disk_full, Fault::machine));
  server.serve(good_hello(), 1000, answer.view());
  CHECK(asked_code(asker.wait()) == ErrorCode::disk_full);
}

TEST_CASE("a request beyond the bounds is refused before it is sent") {
  TurnedServer turned;
  Asker asker(turned.path, JoinByCode{std::string(control::kMaxRequestText + 1, 'x')});
  while (turned.watched() == 1) turned.turn(kEventuallyMs);
  while (turned.watched() == 2) turned.turn(kEventuallyMs);
  CHECK(asked_code(asker.wait()) == ErrorCode::too_large);
  CHECK_FALSE(turned.server->next_call());
}
