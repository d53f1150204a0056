#include <doctest/doctest.h>

#include "core/crypto/hash.hpp"
#include "core/schema/schema_file.hpp"
#include "tests/unit/control/samples.hpp"

using namespace kiem;
using namespace kiem::test;

namespace {

constexpr std::uint64_t kSeeds = 60;
constexpr std::size_t kBentWhole = 128;  // bytes of an item of which every bit is bent

NodeRequest request_from(std::uint64_t seed, std::size_t which) {
  SeededRng rng(seed);
  NodeRequest request;
  // Every alternative of the inner variant, then those beside it.
  if (which < std::variant_size_v<Request>) {
    pick_variant(rng, request.emplace<Request>(), which);
  } else {
    pick_variant(rng, request, which - std::variant_size_v<Request> + 1);
  }
  return request;
}
constexpr std::size_t kRequests = std::variant_size_v<Request> + std::variant_size_v<NodeRequest> - 1;

Result<NodeAnswer> answer_from(std::uint64_t seed, std::size_t which) {
  SeededRng rng(seed);
  NodeAnswer answer;
  if (which < std::variant_size_v<Answer>) {
    pick_variant(rng, answer.emplace<Answer>(), which);
    return answer;
  }
  const std::size_t beside = which - std::variant_size_v<Answer> + 1;
  if (beside < std::variant_size_v<NodeAnswer>) {
    pick_variant(rng, answer, beside);
    return answer;
  }
  Error error{ErrorCode::usage, Fault::person, {}};
  pick(rng, error);
  return tl::unexpected(std::move(error));
}
constexpr std::size_t kAnswers = std::variant_size_v<Answer> + std::variant_size_v<NodeAnswer>;

Bytes request_item(const NodeRequest& request) {
  const auto frame = control::encode_request(request);
  REQUIRE(frame);
  return to_bytes(item_of(*frame));
}
Bytes answer_item(const Result<NodeAnswer>& answer) { return to_bytes(item_of(control::encode_answer(answer))); }

bool same_answer(const Result<NodeAnswer>& a, const Result<NodeAnswer>& b) {
  if (a.has_value() != b.has_value()) return false;
  return a ? same(*a, *b) : same(a.error(), b.error());
}

ErrorCode code_of(const auto& result) {
  REQUIRE_FALSE(result.has_value());
  return result.error().code;
}

// Whatever is taken is written as the same bytes; everything else is a peer's fault.
void check_request_bytes(ByteView item) {
  const auto request = control::decode_request(item);
  if (request) {
    CHECK(request_item(*request) == to_bytes(item));
  } else {
    CHECK(request.error().fault == Fault::peer);
  }
}
void check_answer_bytes(ByteView item) {
  const auto answer = control::decode_answer(item);
  if (answer) {
    CHECK(answer_item(*answer) == to_bytes(item));
  } else {
    CHECK(answer.error().fault == Fault::peer);
  }
}

// The fields of T lie one behind the other, so the list names each of them once and in order.
template <class T>
void check_order() {
  const T value{};
  const auto places =
      std::apply([](const auto&... field) { return std::vector<const void*>{static_cast<const void*>(&field)...}; },
                 control::fields_of(value));
  bool ascending = true;
  for (std::size_t i = 1; i < places.size(); ++i) ascending = ascending && std::less<>()(places[i - 1], places[i]);
  CHECK_MESSAGE(ascending, typeid(T).name());
}
template <class... T>
void check_orders(const std::variant<T...>*) {
  (
      [] {
        if constexpr (!control::kIsVariant<T>) check_order<T>();
      }(),
      ...);
}

}  // namespace

TEST_CASE("every request comes back as it was, in one canonical item") {
  for (std::size_t which = 0; which < kRequests; ++which) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      CAPTURE(which);
      CAPTURE(seed);
      const NodeRequest request = request_from(seed, which);
      const Bytes item = request_item(request);
      CHECK(is_cbor_item(item));
      const auto again = control::decode_request(item);
      REQUIRE(again);
      CHECK(same(request, *again));
      CHECK(request_item(*again) == item);
    }
  }
}

TEST_CASE("every answer and every error comes back as it was, in one canonical item") {
  for (std::size_t which = 0; which < kAnswers; ++which) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      CAPTURE(which);
      CAPTURE(seed);
      const auto answer = answer_from(seed, which);
      const Bytes item = answer_item(answer);
      CHECK(is_cbor_item(item));
      const auto again = control::decode_answer(item);
      REQUIRE(again);
      CHECK(same_answer(answer, *again));
      CHECK(answer_item(*again) == item);
    }
  }
}

TEST_CASE("each list of fields names each field once, in the order of the struct") {
  check_orders(static_cast<const Request*>(nullptr));
  check_orders(static_cast<const NodeRequest*>(nullptr));
  check_orders(static_cast<const Answer*>(nullptr));
  check_orders(static_cast<const NodeAnswer*>(nullptr));
  check_orders(
      static_cast<
          const std::variant<Error, ClaimExplanation, PersonRef, ClaimRow, TaskCard, ConflictRow::Side, ConflictRow,
                             PlaceRow, PersonRow, InitiativeRow::Meeting, InitiativeRow, LogChange, LogRow,
                             ImportAnswer::LeftOut, ImportAnswer::Problem, FieldInput, Label, FieldModel, KeepModel,
                             CollectionModel, FieldCell, RecordModel, DueRow, FoundText, Conflicts::Row>*>(nullptr));
}

TEST_CASE("bytes that are cut short, go on, or are bent anywhere are refused or mean themselves") {
  for (std::size_t which = 0; which < std::max(kRequests, kAnswers); ++which) {
    CAPTURE(which);
    const std::uint64_t seed = which + 1;
    for (const bool is_request : {true, false}) {
      if (which >= (is_request ? kRequests : kAnswers)) continue;
      Bytes item = is_request ? request_item(request_from(seed, which)) : answer_item(answer_from(seed, which));
      const auto refused = [&](ByteView bytes) {
        return is_request ? !control::decode_request(bytes).has_value() : !control::decode_answer(bytes).has_value();
      };
      for (std::size_t length = 0; length < item.size(); ++length) CHECK(refused(ByteView(item).first(length)));
      item.push_back(0);
      CHECK(refused(item));
      item.pop_back();
      // Every bit of what begins an item and most of its parts, one of each byte behind that: a long item is read as a
      // whole for each.
      for (std::size_t at = 0; at < item.size(); ++at) {
        for (std::size_t bit = at < kBentWhole ? 0 : at % 8; bit < 8; bit += at < kBentWhole ? 1 : 8) {
          item[at] = static_cast<std::uint8_t>(item[at] ^ (1U << bit));
          is_request ? check_request_bytes(item) : check_answer_bytes(item);
          item[at] = static_cast<std::uint8_t>(item[at] ^ (1U << bit));
        }
      }
    }
  }
}

TEST_CASE("the example of the protocol's document") {
  const NodeRequest request = Request(ClaimTask{{""}, {"Soep"}, 2, std::nullopt});
  const auto frame = control::encode_request(request);
  REQUIRE(frame);
  CHECK(to_hex(frame->view()) == "0000000f820082068481408144536f657002f6");
}

// When this fails, a struct that travels has changed: raise control::kProtocol and put the new hash here.
TEST_CASE("the shape of all that travels is protocol 8's") {
  Bytes all;
  const auto put = [&](ByteView item) { append(all, item); };
  for (std::size_t which = 0; which < kRequests; ++which) put(request_item(request_from(which, which)));
  for (std::size_t which = 0; which < kAnswers; ++which) put(answer_item(answer_from(which, which)));
  CHECK(control::kProtocol == 8);
  CHECK(to_hex(view(hash_of("kiem.test.shape", {all}))) ==
        "0609b7a688eef8c9f199239a6046ef5ba8265306383ec9a0d21b185a1eba3998");
}

TEST_CASE("an enum's last value is taken and one more is not") {
  const auto invite = [](std::uint64_t role) {
    CborWriter out;
    out.array(2);
    out.unsigned_integer(1);
    out.array(3);
    out.array(1);
    out.bytes({});
    out.unsigned_integer(role);
    out.array(0);
    return out.take();
  };
  CHECK(control::decode_request(invite(4)));
  CHECK(code_of(control::decode_request(invite(5))) == ErrorCode::not_canonical);
  const auto error = [](std::uint64_t code, std::uint64_t fault) {
    CborWriter out;
    out.array(2);
    out.unsigned_integer(1);
    out.array(3);
    out.unsigned_integer(code);
    out.unsigned_integer(fault);
    out.array(0);
    return out.take();
  };
  const auto last = static_cast<std::uint64_t>(ErrorCode::missing_input);
  CHECK(control::decode_answer(error(last, 3)));
  CHECK(code_of(control::decode_answer(error(last + 1, 3))) == ErrorCode::not_canonical);
  CHECK(code_of(control::decode_answer(error(last, 4))) == ErrorCode::not_canonical);
}

TEST_CASE("a variant's last alternative is taken and one more is not") {
  constexpr std::size_t kLast = std::variant_size_v<Request> - 1;
  const auto head = [](std::uint64_t which) {
    CborWriter out;
    out.array(2);
    out.unsigned_integer(0);
    out.array(2);
    out.unsigned_integer(which);
    return out.take();
  };
  const Bytes item = request_item(request_from(1, kLast));
  const auto as = [&](std::uint64_t which) {
    Bytes made = head(which);
    append(made, ByteView(item).subspan(head(kLast).size()));
    return made;
  };
  CHECK(as(kLast) == item);
  CHECK(control::decode_request(item));
  CHECK(code_of(control::decode_request(as(kLast + 1))) == ErrorCode::not_canonical);
}

TEST_CASE("a request's text, file and list go up to their bounds") {
  const auto text = [](std::size_t size) { return NodeRequest(JoinByCode{std::string(size, 'x')}); };
  CHECK(control::decode_request(request_item(text(control::kMaxRequestText))));
  CHECK(code_of(control::encode_request(text(control::kMaxRequestText + 1))) == ErrorCode::too_large);
  CHECK(control::encode_request(text(control::kMaxRequestText + 1)).error().fault == Fault::person);

  const auto file = [](std::size_t size) {
    return NodeRequest(Request(ImportFile{{"x"}, std::string(control::kMaxRequestText, 'f'), Bytes(size, 7), true}));
  };
  const auto largest = control::decode_request(request_item(file(control::kMaxImportBytes)));
  REQUIRE(largest);
  CHECK(same(*largest, file(control::kMaxImportBytes)));
  CHECK(code_of(control::encode_request(file(control::kMaxImportBytes + 1))) == ErrorCode::too_large);

  const auto schema = [](std::size_t size) {
    return NodeRequest(Request(ExtendSchema{{"x"}, std::string(size, '#')}));
  };
  CHECK(control::decode_request(request_item(schema(kMaxSchemaFileBytes))));
  CHECK(code_of(control::encode_request(schema(control::kMaxRequestText + 1))) == ErrorCode::too_large);

  // A record's fields count as items.
  const auto record = [](std::size_t size) {
    return NodeRequest(Request(AddRecord{{}, "tool", std::vector<FieldInput>(size, FieldInput{"name", "x"})}));
  };
  CHECK(control::decode_request(request_item(record(control::kMaxAddresses))));
  CHECK(code_of(control::encode_request(record(control::kMaxAddresses + 1))) == ErrorCode::too_large);

  const auto list = [](std::size_t size) {
    return NodeRequest(InviteNewcomer{{}, Role::volunteer, std::vector<std::string>(size, "a")});
  };
  CHECK(control::decode_request(request_item(list(control::kMaxAddresses))));
  CHECK(code_of(control::encode_request(list(control::kMaxAddresses + 1))) == ErrorCode::too_large);
}

TEST_CASE("bytes of a request beyond its bounds are refused however they were made") {
  const auto join = [](std::size_t size) {
    CborWriter out;
    out.array(2);
    out.unsigned_integer(2);
    out.array(1);
    out.bytes(Bytes(size, 'x'));
    return out.take();
  };
  CHECK(control::decode_request(join(control::kMaxRequestText)));
  CHECK(code_of(control::decode_request(join(control::kMaxRequestText + 1))) == ErrorCode::not_canonical);

  const auto invite = [](std::size_t size) {
    CborWriter out;
    out.array(2);
    out.unsigned_integer(1);
    out.array(3);
    out.array(1);
    out.bytes({});
    out.unsigned_integer(3);
    out.array(size);
    for (std::size_t i = 0; i < size; ++i) out.bytes({});
    return out.take();
  };
  CHECK(control::decode_request(invite(control::kMaxAddresses)));
  CHECK(code_of(control::decode_request(invite(control::kMaxAddresses + 1))) == ErrorCode::not_canonical);

  const Bytes most(control::kRequestBounds.item_bytes, 0);
  CHECK(code_of(control::decode_request(most)) == ErrorCode::not_canonical);
  CHECK(code_of(control::decode_request(Bytes(most.size() + 1, 0))) == ErrorCode::too_large);
}

TEST_CASE("a number keeps to the width of its field") {
  const auto log = [](std::uint64_t limit) {
    CborWriter out;
    out.array(2);
    out.unsigned_integer(0);
    out.array(2);
    out.unsigned_integer(14);
    out.array(3);
    out.array(1);
    out.bytes({});
    out.null();
    out.unsigned_integer(limit);
    return out.take();
  };
  CHECK(control::decode_request(log(UINT32_MAX)));
  CHECK_FALSE(control::decode_request(log(std::uint64_t{UINT32_MAX} + 1)));
}

TEST_CASE("an answer's text and lists go up to their bounds, and beyond them the answer says so") {
  const auto told = [](const NodeAnswer& answer) {
    const auto decoded = control::decode_answer(answer_item(answer));
    REQUIRE(decoded);
    return *decoded;
  };
  const auto text = [](std::size_t size) { return NodeAnswer(Answer(TaskAdded{{}, std::string(size, 't')})); };
  CHECK(told(text(control::kMaxAnswerText)).has_value());
  CHECK(code_of(told(text(control::kMaxAnswerText + 1))) == ErrorCode::too_large);

  // All lists of one answer count together.
  const auto pages = [](std::size_t size) {
    DoctorAnswer doctor;
    doctor.damaged_pages.assign(size, 5);
    return NodeAnswer(Answer(std::move(doctor)));
  };
  CHECK(told(pages(control::kMaxAnswerItems)).has_value());
  CHECK(code_of(told(pages(control::kMaxAnswerItems + 1))) == ErrorCode::too_large);
  const auto nested = [](std::size_t size) {
    LogAnswer log;
    log.rows.resize(2);
    log.rows[1].changes.resize(size);
    return NodeAnswer(Answer(std::move(log)));
  };
  CHECK(told(nested(control::kMaxAnswerItems - 2)).has_value());
  const auto beyond = told(nested(control::kMaxAnswerItems - 1));
  CHECK(code_of(beyond) == ErrorCode::too_large);
  CHECK(beyond.error().args == std::vector<std::string>{"answer", std::to_string(64U << 20U)});
}

TEST_CASE("bytes of an answer with more items than the bound are refused") {
  const auto doctor = [](std::size_t size) {
    CborWriter out;
    out.array(2);
    out.unsigned_integer(0);
    out.array(2);
    out.unsigned_integer(0);
    out.array(2);
    out.unsigned_integer(13);
    out.array(16);
    out.unsigned_integer(1);
    out.unsigned_integer(1);
    out.array(size);
    for (std::size_t i = 0; i < size; ++i) out.unsigned_integer(0);
    out.boolean(true);
    out.bytes({});
    out.unsigned_integer(0);
    out.boolean(true);
    out.boolean(true);
    out.bytes({});
    for (int i = 0; i < 2; ++i) out.boolean(true);
    out.unsigned_integer(0);
    for (int i = 0; i < 2; ++i) out.boolean(true);
    for (int i = 0; i < 2; ++i) out.unsigned_integer(0);
    return out.take();
  };
  CHECK(control::decode_answer(doctor(control::kMaxAnswerItems)));
  CHECK_FALSE(control::decode_answer(doctor(control::kMaxAnswerItems + 1)));
}

TEST_CASE("an answer of exactly 64 MiB travels and one byte more does not") {
  constexpr std::size_t kLast = 70'000;
  Tasks tasks;
  tasks.tasks.resize(64);
  for (auto& task : tasks.tasks) task.note = std::string(control::kMaxAnswerText, 'n');
  tasks.tasks.back().note = std::string(kLast, 'n');
  const std::size_t size = answer_item(NodeAnswer(Answer(tasks))).size();
  const std::size_t left = control::kAnswerBounds.item_bytes - size;
  REQUIRE(kLast + left < control::kMaxAnswerText);
  tasks.tasks.back().note.resize(kLast + left);
  const Bytes largest = answer_item(NodeAnswer(Answer(tasks)));
  CHECK(largest.size() == control::kAnswerBounds.item_bytes);
  const auto decoded = control::decode_answer(largest);
  REQUIRE(decoded);
  CHECK(decoded->has_value());
  CHECK(code_of(control::decode_answer(Bytes(largest.size() + 1, 0))) == ErrorCode::too_large);
  tasks.tasks.back().note.push_back('n');
  const auto refused = control::decode_answer(answer_item(NodeAnswer(Answer(std::move(tasks)))));
  REQUIRE(refused);
  CHECK(code_of(*refused) == ErrorCode::too_large);
}

TEST_CASE("an error whose args are beyond the bounds keeps its code and its fault") {
  const Error error{ErrorCode::ambiguous, Fault::damage, {std::string(control::kMaxAnswerText + 1, 'x')}};
  const auto decoded = control::decode_answer(answer_item(tl::unexpected(error)));
  REQUIRE(decoded);
  REQUIRE_FALSE(*decoded);
  CHECK(decoded->error().code == ErrorCode::ambiguous);
  CHECK(decoded->error().fault == Fault::damage);
  CHECK(decoded->error().args.empty());
}

TEST_CASE("a count that promises what does not come is refused") {
  CborWriter out;
  out.array(2);
  out.unsigned_integer(1);
  out.array(3);
  out.array(1);
  out.bytes({});
  out.unsigned_integer(3);
  out.array(1000);
  CHECK_FALSE(control::decode_request(out.view()));
}

TEST_CASE("a server's greeting comes back as it was") {
  for (const auto role : {ControlRole::node, ControlRole::client}) {
    const ControlHello hello{role, 4711, {"tcp://127.0.0.1:7411", "tcp://[::1]:7411"}};
    const auto frame = control::encode_hello(hello);
    REQUIRE(frame);
    const auto again = control::decode_hello(item_of(*frame));
    REQUIRE(again);
    CHECK(again->role == role);
    CHECK(again->pid == 4711);
    CHECK(again->listens == hello.listens);
    Bytes longer = to_bytes(item_of(*frame));
    longer.push_back(0);
    CHECK_FALSE(control::decode_hello(longer));
    for (std::size_t length = 0; length + 1 < longer.size(); ++length) {
      CHECK_FALSE(control::decode_hello(ByteView(longer).first(length)));
    }
  }
}

TEST_CASE("a greeting is bounded") {
  const auto hello = [](std::size_t count, std::size_t size) {
    return control::encode_hello({ControlRole::node, 1, std::vector<std::string>(count, std::string(size, 'a'))});
  };
  CHECK(hello(64, 20));
  CHECK(code_of(hello(65, 20)) == ErrorCode::too_large);
  CHECK(hello(1, 255));
  CHECK(code_of(hello(1, 256)) == ErrorCode::too_large);
  CHECK(code_of(hello(17, 255)) == ErrorCode::too_large);
}

TEST_CASE("another protocol number is known as such, whatever comes behind it") {
  CborWriter out;
  out.array(3);
  out.unsigned_integer(control::kProtocol + 1);
  out.text("of tomorrow");
  CHECK(code_of(control::decode_hello(out.view())) == ErrorCode::peer_other_version);
  CHECK(code_of(control::decode_caller_hello(out.view())) == ErrorCode::peer_other_version);
}

TEST_CASE("a caller's greeting is its protocol number and nothing else") {
  Bytes item = to_bytes(item_of(control::encode_caller_hello()));
  CHECK(item == Bytes{0x81, control::kProtocol});
  CHECK(control::decode_caller_hello(item));
  item.push_back(0);
  CHECK(code_of(control::decode_caller_hello(item)) == ErrorCode::not_canonical);
  CHECK(code_of(control::decode_caller_hello({})) == ErrorCode::not_canonical);
  CHECK(code_of(control::decode_caller_hello(Bytes{0x82, control::kProtocol, 0x00})) == ErrorCode::not_canonical);
  CHECK(code_of(control::decode_caller_hello(Bytes{0x80})) == ErrorCode::not_canonical);
}

TEST_CASE("a frame begins with its item's length, most significant byte first") {
  const auto frame = control::encode_request(NodeRequest(JoinByCode{std::string(300, 'x')}));
  REQUIRE(frame);
  const ByteView bytes = frame->view();
  CHECK(bytes[0] == 0);
  CHECK(bytes[1] == 0);
  CHECK((std::size_t{bytes[2]} << 8U | bytes[3]) == bytes.size() - 4);
}
