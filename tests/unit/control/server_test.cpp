#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "tests/unit/control/callers.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::uint64_t kPatience = control::kPatienceMs;

Bytes prefix_of(std::size_t length) {
  Bytes prefix;
  for (unsigned shift = 32; shift > 0; shift -= 8) prefix.push_back(static_cast<std::uint8_t>(length >> (shift - 8)));
  return prefix;
}
Bytes frame_with(ByteView item) {
  Bytes frame = prefix_of(item.size());
  append(frame, item);
  return frame;
}
ErrorCode refusal(const RawCaller& caller) {
  const auto answer = caller.answer();
  REQUIRE(answer);
  REQUIRE_FALSE(*answer);
  return answer->error().code;
}
NodeAnswer large_answer() {
  Tasks tasks;
  tasks.tasks.resize(20);
  for (auto& task : tasks.tasks) task.note = std::string(1'000'000, 'n');
  return Answer(std::move(tasks));
}

}  // namespace

TEST_CASE("a caller hears who answers, asks, and gets the answer") {
  TurnedServer turned;
  const NodeRequest request = Request(ClaimTask{{"Soep"}, {"Koken"}, 2, Naming{"Oma"}});
  Asker asker(turned.path, request);
  const auto call = turned.await_call();
  CHECK(same(call.request, request));
  turned.server->answer(call.id, added("Koken"), turned.now);
  const auto result = asker.wait();
  REQUIRE(result);
  REQUIRE(*result);
  CHECK(title_of(**result) == "Koken");
  REQUIRE(asker.hello());
  CHECK(asker.hello()->role == ControlRole::node);
  CHECK(asker.hello()->pid == 4711);
  CHECK(asker.hello()->listens == std::vector<std::string>{"tcp://127.0.0.1:7411"});
  turned.turn();
  CHECK(turned.watched() == 1);
  CHECK_FALSE(turned.server->next_hangup());
}

TEST_CASE("an error is answered with its code, its fault and its words") {
  TurnedServer turned;
  Asker asker(turned.path, status_request());
  const auto call = turned.await_call();
  turned.server->answer(call.id, fail(ErrorCode::ambiguous, Fault::damage, {"task", "k\xff", ""}), turned.now);
  const auto result = asker.wait();
  REQUIRE(result);
  REQUIRE_FALSE(*result);
  CHECK(result->error().code == ErrorCode::ambiguous);
  CHECK(result->error().fault == Fault::damage);
  CHECK(result->error().args == std::vector<std::string>{"task", "k\xff", ""});
}

TEST_CASE("two callers at once are answered each with its own, in any order and as late as it takes") {
  TurnedServer turned;
  Asker first(turned.path, JoinByCode{"first"});
  const auto one = turned.await_call();
  Asker second(turned.path, JoinByCode{"second"});
  const auto two = turned.await_call();
  CHECK(one.id != two.id);
  turned.now += 100 * kPatience;
  turned.turn();
  CHECK_FALSE(turned.server->next_deadline());
  turned.server->answer(two.id, added(std::get<JoinByCode>(two.request).code), turned.now);
  CHECK(title_of(second.wait()->value()) == "second");
  turned.server->answer(one.id, added(std::get<JoinByCode>(one.request).code), turned.now);
  CHECK(title_of(first.wait()->value()) == "first");
}

TEST_CASE("the largest file goes in and a large answer comes out") {
  TurnedServer turned;
  Bytes contents(control::kMaxImportBytes);
  for (std::size_t i = 0; i < contents.size(); ++i) contents[i] = static_cast<std::uint8_t>(i * 7 >> 3U);
  const NodeRequest request = Request(ImportFile{{}, "taken.csv", std::move(contents), false});
  Asker asker(turned.path, request);
  const auto call = turned.await_call();
  CHECK(same(call.request, request));
  const NodeAnswer answer = large_answer();
  turned.server->answer(call.id, answer, turned.now);
  while (turned.watched() > 1) turned.turn(kEventuallyMs);
  const auto result = asker.wait();
  REQUIRE(result);
  REQUIRE(*result);
  CHECK(same(**result, answer));
}

TEST_CASE("a request that comes byte by byte is taken when it is whole") {
  TurnedServer turned;
  const RawCaller caller(turned.path);
  Bytes all = to_bytes(control::encode_caller_hello().view());
  append(all, control::encode_request(JoinByCode{"abc"}).value().view());
  for (const auto byte : all) {
    CHECK_FALSE(turned.server->next_call());
    caller.write(Bytes{byte});
    turned.turn();
  }
  const auto call = turned.server->next_call();
  REQUIRE(call);
  CHECK(std::get<JoinByCode>(call->request).code == "abc");
  REQUIRE(caller.hello());
  turned.server->answer(call->id, added("done"), turned.now);
  const auto answer = caller.answer();
  REQUIRE(answer);
  CHECK(title_of(answer->value()) == "done");
  CHECK(caller.is_cut());
}

TEST_CASE("greeting and request in one write are taken in one turn") {
  TurnedServer turned;
  const RawCaller caller(turned.path);
  caller.greet();
  caller.ask(status_request());
  turned.turn();
  CHECK(turned.server->next_call());
}

TEST_CASE("a silent caller is cut after five seconds and not before") {
  TurnedServer turned;
  const RawCaller mute(turned.path);
  const RawCaller greeted(turned.path);
  greeted.greet();
  turned.turn();
  CHECK(mute.hello());
  CHECK(greeted.hello());
  CHECK(turned.server->next_deadline() == turned.now + kPatience);
  turned.now += kPatience - 1;
  turned.turn();
  CHECK(turned.watched() == 3);
  CHECK_FALSE(mute.is_cut());
  turned.now += 1;
  turned.turn();
  CHECK(turned.watched() == 1);
  CHECK(mute.is_cut());
  CHECK(greeted.is_cut());
  CHECK_FALSE(turned.server->next_deadline());
  CHECK_FALSE(turned.server->next_hangup());
}

TEST_CASE("bytes in drops do not make five seconds longer, 64 KiB do") {
  TurnedServer turned;
  const auto frame = control::encode_request(Request(ImportFile{{}, "", Bytes(1'000'000, 1), false}));
  const ByteView bytes = frame->view();
  const RawCaller drops(turned.path);
  drops.greet();
  const RawCaller flood(turned.path);
  flood.greet();
  turned.turn();
  const std::uint64_t start = turned.now;
  turned.now += kPatience - 1;
  drops.write(bytes.first(1000));
  flood.write(bytes.first(control::kPatienceBytes));
  turned.turn();
  CHECK(turned.server->next_deadline() == start + kPatience);
  turned.now += 1;
  turned.turn();
  CHECK(drops.hello());
  CHECK(drops.is_cut());
  CHECK(turned.watched() == 2);
  CHECK(turned.server->next_deadline() == start + 2 * kPatience - 1);
}

TEST_CASE("a server that was busy for long takes what came meanwhile before it judges") {
  TurnedServer turned;
  const RawCaller caller(turned.path);
  turned.turn();
  caller.greet();
  caller.ask(status_request());
  turned.now += 10 * kPatience;
  turned.turn();
  CHECK(turned.server->next_call());
}

TEST_CASE("a caller that does not take its answer is cut, one that takes it slowly is not") {
  TurnedServer turned;
  const RawCaller caller(turned.path);
  caller.greet();
  caller.ask(status_request());
  const auto call = turned.await_call();
  CHECK(caller.hello());
  turned.server->answer(call.id, large_answer(), turned.now);
  CHECK(turned.server->next_deadline() == turned.now + kPatience);
  Bytes some(300'000);
  for (int i = 0; i < 5; ++i) {
    turned.now += kPatience - 1;
    const auto got = ::recv(caller.fd(), some.data(), some.size(), MSG_DONTWAIT);
    REQUIRE(got >= static_cast<ssize_t>(control::kPatienceBytes));
    turned.turn();
    CHECK(turned.watched() == 2);
  }
  turned.turn();
  turned.now += kPatience;
  turned.turn();
  CHECK(turned.watched() == 1);
  CHECK_FALSE(turned.server->next_hangup());
}

TEST_CASE("what is no greeting is told so") {
  TurnedServer turned;
  for (const Bytes& item : {Bytes{}, Bytes{0xff}, Bytes{0x81, control::kProtocol, 0x00}, Bytes{0x80}, Bytes{0x00}}) {
    const RawCaller caller(turned.path);
    caller.write(frame_with(item));
    turned.turn();
    REQUIRE(caller.hello());
    CHECK(refusal(caller) == ErrorCode::peer_garbage);
    CHECK(caller.is_cut());
    turned.turn();
    CHECK(turned.watched() == 1);
  }
}

TEST_CASE("a greeting or a request beyond its bound is told so by its prefix alone") {
  TurnedServer turned;
  const RawCaller greeting(turned.path);
  greeting.write(prefix_of(control::kHelloBounds.item_bytes + 1));
  const RawCaller request(turned.path);
  request.greet();
  request.write(prefix_of(control::kRequestBounds.item_bytes + 1));
  const RawCaller fits(turned.path);
  fits.greet();
  fits.write(prefix_of(control::kRequestBounds.item_bytes));
  turned.turn();
  CHECK(greeting.hello());
  CHECK(refusal(greeting) == ErrorCode::too_large);
  CHECK(request.hello());
  CHECK(refusal(request) == ErrorCode::too_large);
  CHECK(fits.hello());
  CHECK_FALSE(fits.is_cut());
  CHECK(turned.watched() == 2);
}

TEST_CASE("a caller of another version hears ours and is let go") {
  TurnedServer turned;
  const RawCaller caller(turned.path);
  CborWriter out;
  out.array(2);
  out.unsigned_integer(control::kProtocol + 1);
  out.null();
  caller.write(frame_with(out.view()));
  turned.turn();
  CHECK(caller.hello());
  CHECK(caller.is_cut());
  CHECK(turned.watched() == 1);
}

TEST_CASE("what is no request is told so") {
  TurnedServer turned;
  for (const Bytes& item : {Bytes{}, Bytes{0x82, 0x02, 0x81}, Bytes{0x82, 0x00, 0x82, 0x0f, 0x80, 0x00}}) {
    const RawCaller caller(turned.path);
    caller.greet();
    caller.write(frame_with(item));
    turned.turn();
    REQUIRE(caller.hello());
    CHECK(refusal(caller) == ErrorCode::peer_garbage);
    CHECK_FALSE(turned.server->next_call());
    CHECK_FALSE(turned.server->next_hangup());
  }
}

TEST_CASE("a caller that hangs up before its request is whole is forgotten") {
  TurnedServer turned;
  RawCaller mute(turned.path);
  RawCaller greeted(turned.path);
  greeted.greet();
  RawCaller half(turned.path);
  half.greet();
  half.write(prefix_of(100));
  turned.turn();
  CHECK(turned.watched() == 4);
  mute.hang_up();
  greeted.hang_up();
  half.hang_up();
  turned.turn();
  CHECK(turned.watched() == 1);
  CHECK_FALSE(turned.server->next_call());
  CHECK_FALSE(turned.server->next_hangup());
}

TEST_CASE("a request whose caller hung up before anybody took it is not given") {
  TurnedServer turned;
  RawCaller caller(turned.path);
  caller.greet();
  caller.ask(status_request());
  turned.turn();
  caller.hang_up();
  turned.turn();
  CHECK_FALSE(turned.server->next_call());
  CHECK_FALSE(turned.server->next_hangup());
  CHECK(turned.watched() == 1);
}

TEST_CASE("a caller that hangs up while it waits is reported once, and its answer harms nobody") {
  TurnedServer turned;
  RawCaller caller(turned.path);
  caller.greet();
  caller.ask(status_request());
  const auto call = turned.await_call();
  caller.hang_up();
  CHECK(turned.await_hangup() == call.id);
  CHECK_FALSE(turned.server->next_hangup());
  turned.server->answer(call.id, added("late"), turned.now);
  CHECK(turned.watched() == 1);
}

TEST_CASE("a caller that hung up unseen costs nothing when it is answered") {
  TurnedServer turned;
  RawCaller caller(turned.path);
  caller.greet();
  caller.ask(status_request());
  const auto call = turned.await_call();
  caller.hang_up();
  turned.server->answer(call.id, large_answer(), turned.now);
  turned.turn();
  CHECK(turned.watched() == 1);
  CHECK_FALSE(turned.server->next_hangup());
}

TEST_CASE("a caller that hangs up in the middle of its answer is let go") {
  TurnedServer turned;
  RawCaller caller(turned.path);
  caller.greet();
  caller.ask(status_request());
  const auto call = turned.await_call();
  turned.server->answer(call.id, large_answer(), turned.now);
  CHECK(turned.watched() == 2);
  caller.hang_up();
  turned.turn();
  CHECK(turned.watched() == 1);
  CHECK_FALSE(turned.server->next_hangup());
}

TEST_CASE("one connection carries one request: more is a breach, and reported as a hang-up") {
  TurnedServer turned;
  const RawCaller caller(turned.path);
  caller.greet();
  caller.ask(status_request());
  const auto call = turned.await_call();
  caller.write(Bytes{0});
  CHECK(turned.await_hangup() == call.id);
  REQUIRE(caller.hello());
  CHECK(refusal(caller) == ErrorCode::peer_garbage);
  CHECK(caller.is_cut());
  turned.server->answer(call.id, added("late"), turned.now);
  turned.turn();
  CHECK(turned.watched() == 1);
}

TEST_CASE("an answer is given once") {
  TurnedServer turned;
  const RawCaller caller(turned.path);
  caller.greet();
  caller.ask(status_request());
  const auto call = turned.await_call();
  CHECK(caller.hello());
  turned.server->answer(call.id, large_answer(), turned.now);
  turned.server->answer(call.id, added("again"), turned.now);
  turned.server->answer(CallId{999}, added("nobody"), turned.now);
  std::size_t read = 0;
  control::IncomingFrame frame(control::kAnswerBounds);
  while (frame.receive(caller.fd(), MSG_DONTWAIT, SIZE_MAX, read) == control::Flow::more) turned.turn();
  const auto answer = control::decode_answer(frame.item());
  REQUIRE(answer);
  REQUIRE(*answer);
  CHECK(same(**answer, large_answer()));
}

TEST_CASE("an answer beyond the bounds is told as too large") {
  TurnedServer turned;
  Asker asker(turned.path, status_request());
  const auto call = turned.await_call();
  turned.server->answer(call.id, added(std::string(control::kMaxAnswerText + 1, 'x')), turned.now);
  const auto result = asker.wait();
  REQUIRE(result);
  REQUIRE_FALSE(*result);
  CHECK(result->error().code == ErrorCode::too_large);
}

TEST_CASE("a ninth caller waits until one of eight is done") {
  TurnedServer turned;
  std::vector<std::unique_ptr<RawCaller>> callers;
  for (std::size_t i = 0; i < kMaxCallers + 1; ++i) {
    callers.push_back(std::make_unique<RawCaller>(turned.path));
    callers.back()->greet();
    callers.back()->ask(status_request());
  }
  turned.turn();
  CHECK(turned.watched() == kMaxCallers);
  for (std::size_t i = 0; i < kMaxCallers; ++i) CHECK(callers[i]->hello());
  CHECK_FALSE(callers.back()->hello());
  turned.now += 10 * kPatience;
  turned.turn();
  CHECK_FALSE(callers.back()->is_cut());
  const auto call = turned.server->next_call();
  REQUIRE(call);
  turned.server->answer(call->id, added("done"), turned.now);
  turned.turn();
  CHECK(callers.back()->hello());
  std::size_t calls = 0;
  while (turned.server->next_call()) ++calls;
  CHECK(calls == kMaxCallers);
}

TEST_CASE("without a descriptor left the listening socket is let be for a second") {
  TurnedServer turned;
  const RawCaller caller(turned.path);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const int lowest_free = ::dup(caller.fd());
  REQUIRE(lowest_free >= 0);
  ::close(lowest_free);
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(lowest_free);
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &tight) == 0);
  // poll() itself refuses more entries than the limit; one is below it.
  turned.turn();
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(turned.watched() == 0);
  CHECK(turned.server->next_deadline() == turned.now + 1000);
  CHECK_FALSE(caller.hello());
  turned.now += 1000;
  turned.turn();
  turned.turn();
  CHECK(caller.hello());
}

TEST_CASE("another user is let go without a word") {
  if (::geteuid() != 0) {
    MESSAGE("only the superuser can be somebody else; may_speak() is tested by itself");
    return;
  }
  TurnedServer turned;
  // The mode of the file alone would keep another user out.
  REQUIRE(::chmod(turned.home.path().c_str(), 0711) == 0);
  REQUIRE(::chmod(turned.path.c_str(), 0666) == 0);
  constexpr uid_t kNobody = 65534;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  turned.path.native().copy(address.sun_path, sizeof address.sun_path - 1);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (::setuid(kNobody) != 0) ::_exit(2);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ::_exit(3);
    char byte = 0;
    ::_exit(::recv(fd, &byte, 1, 0) == 0 ? 0 : 4);
  }
  turned.turn(kEventuallyMs);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(turned.watched() == 1);
}

TEST_CASE("a client does not ask a server of another user") {
  if (::geteuid() != 0) {
    MESSAGE("only the superuser can be somebody else; may_speak() is tested by itself");
    return;
  }
  TempHome home;
  const auto path = home.path() / "control.sock";
  const auto socket = control::ControlSocket::listen(path);
  REQUIRE(socket);
  REQUIRE(::chmod(home.path().c_str(), 0711) == 0);
  REQUIRE(::chmod(path.c_str(), 0666) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (::setuid(65534) != 0) ::_exit(2);
    const auto caller = control::connect_to(path);
    ::_exit(!caller && caller.error().code == ErrorCode::peer_garbage ? 0 : 3);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a greeting beyond its bounds is no server") {
  const TempHome home;
  const auto path = home.path() / "control.sock";
  const auto server = ControlServer::listen(path, {ControlRole::node, 1, std::vector<std::string>(65, "x")});
  REQUIRE_FALSE(server);
  CHECK(server.error().code == ErrorCode::too_large);
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a second server takes the place of one that left its socket") {
  TurnedServer turned;
  auto second = ControlServer::listen(turned.path, {ControlRole::client, 2, {}});
  REQUIRE(second);
  turned.server = std::move(*second);
  const RawCaller caller(turned.path);
  turned.turn();
  const auto hello = caller.hello();
  REQUIRE(hello);
  CHECK(hello->role == ControlRole::client);
}
