#include "tests/unit/wire/session_vectors.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"
#include "core/domain/membership_acts.hpp"
#include "core/oplog/packing.hpp"
#include "core/oplog/segment.hpp"
#include "sync/wire/frontier.hpp"
#include "sync/wire/moves.hpp"
#include "tests/support/fakes.hpp"
#include "tests/tools/samples.hpp"

namespace kiem::test {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

// Walks the one list of fields of a message and writes down key paths and values.
class Describer {
 public:
  Describer(Fields& fields, std::string path) : fields_(fields), path_(std::move(path)) {}
  template <class T>
  void need(std::uint64_t key, const T& value) {
    tell(at(key), value);
  }
  template <class T>
  void maybe(std::uint64_t key, const std::optional<T>& value) {
    if (value) tell(at(key), *value);
  }
  void flag(std::uint64_t key, bool value) {
    if (value) fields_.emplace_back(at(key), "true");
  }
  template <class T>
  void list(std::uint64_t key, const std::vector<T>& values, std::size_t, std::size_t) {
    for (std::size_t i = 0; i < values.size(); ++i) tell(at(key) + "." + std::to_string(i), values[i]);
  }

 private:
  [[nodiscard]] std::string at(std::uint64_t key) const {
    return path_.empty() ? std::to_string(key) : path_ + "." + std::to_string(key);
  }
  template <class T>
  void tell(const std::string& path, const T& value) {
    if constexpr (std::is_integral_v<T>) {
      fields_.emplace_back(path, std::to_string(value));
    } else if constexpr (std::is_same_v<T, Bytes>) {
      fields_.emplace_back(path, to_hex(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
      fields_.emplace_back(path, value);
    } else if constexpr (requires { value.bytes; }) {
      fields_.emplace_back(path, to_hex(view(value)));
    } else {
      T copy = value;
      Describer inner(fields_, path);
      copy.fields(inner);
    }
  }
  Fields& fields_;
  std::string path_;
};

Fields describe(const wire::Message& message) {
  Fields fields;
  std::visit(
      [&](auto body) {
        if constexpr (!std::is_same_v<decltype(body), wire::UnknownMessage>) {
          Describer describer(fields, {});
          body.fields(describer);
        }
      },
      message);
  return fields;
}

class Samples {
 public:
  explicit Samples(std::uint64_t seed) : rng_(seed) {}
  template <class IdType>
  IdType id() {
    IdType made;
    rng_.fill(made.bytes);
    return made;
  }
  Bytes bytes(std::size_t size) {
    Bytes made(size);
    rng_.fill(made);
    return made;
  }

 private:
  SeededRng rng_;
};

SessionVector vector_of(std::string name, const wire::Message& message) {
  return {std::move(name), std::string(wire::name_of(message)), wire::encode(message), {}, describe(message)};
}

SessionVector refused(std::string name, Bytes bytes, ErrorCode error) {
  return {std::move(name), {}, std::move(bytes), error, {}};
}

template <class... Inputs>
SessionVector hash_vector(std::string name, ByteView hash, const Inputs&... inputs) {
  SessionVector vector{std::move(name), {}, to_bytes(hash), {}, {}};
  (vector.fields.emplace_back(inputs.first, to_hex(inputs.second)), ...);
  return vector;
}

std::pair<std::string, ByteView> input(const char* name, ByteView bytes) { return {name, bytes}; }

Bytes make_rows(Samples& make) {
  std::vector<wire::FrontierRow> rows(2);
  for (auto& row : rows) {
    const Bytes name = make.bytes(wire::kChainNameBytes);
    std::copy(name.begin(), name.end(), row.name.begin());
    row.count = 1 + make.bytes(1).front();
  }
  std::sort(rows.begin(), rows.end());
  return wire::encode_rows(rows);
}

void add_hashes(std::vector<SessionVector>& vectors, Samples& make) {
  const Bytes secret = make.bytes(32);
  const auto space = make.id<SpaceId>();
  const auto from = make.id<BoxPublicKey>();
  const auto to = make.id<BoxPublicKey>();
  const Hash32 tag = keyed_hash_of(secret, "kiem.sync.space.0", {view(space), view(from), view(to)});
  vectors.push_back(hash_vector("the tag of a space, from one key to another", view(short_of(tag)),
                                input("secret", secret), input("space", view(space)), input("from", view(from)),
                                input("to", view(to))));
  const auto device = make.id<DeviceId>();
  const Hash32 name = keyed_hash_of(secret, "kiem.sync.chain.0", {view(short_of(tag)), le32(1), view(device)});
  vectors.push_back(hash_vector("the name of a device's chain in circle 1 between two devices",
                                ByteView(name.bytes).first(wire::kChainNameBytes), input("secret", secret),
                                input("tag", view(short_of(tag))), input("device", view(device))));
  const Bytes seed = make.bytes(kInvitationSeedBytes);
  const VerifyKey key = invitation_key(seed).verify_key();
  vectors.push_back(hash_vector("an invitation's public key from its seed", view(key), input("seed", seed)));
  vectors.push_back(
      hash_vector("an invitation's label from its public key", view(label_of(key)), input("key", view(key))));
  const auto fresh = make.id<Hash32>();
  vectors.push_back(hash_vector("the challenge of an admission, bound to both transport keys",
                                view(join_challenge(fresh, from, to)), input("fresh", view(fresh)),
                                input("admitting", view(from)), input("joining", view(to))));
}

// Two segments of one chain packed one behind the other, the device told by its beginning.
void add_packing(std::vector<SessionVector>& vectors, std::uint64_t seed) {
  SeededRng rng(seed);
  const auto run = sample_run(3, rng);
  const auto device = same_bytes<Hash32>(decode_header(run.front().header)->device);
  SessionVector vector{"segments packed: these are the words", {}, {}, {}, {}};
  Packer packer;
  Packed packed;
  const std::span<const UnverifiedOperation> all(run);
  for (const auto& part : {all.first(2), all.subspan(2)}) {
    std::vector<OpId> ids;
    for (const auto& each : part) ids.push_back(op_id(each.header));
    const Bytes segment = encode_segment(part);
    const auto tells = [&](const Hash32& id) -> Result<bool> { return id == device; };
    KIEM_CHECK(packer.add(segment, ids, {}, tells, packed));
    vector.fields.emplace_back("segment " + std::to_string(vector.fields.size()), to_hex(segment));
  }
  vector.bytes = packed.words;
  vector.fields.emplace_back("chance", to_hex(packed.chance));
  vector.fields.emplace_back("known", to_hex(view(device)));
  vectors.push_back(std::move(vector));
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

}  // namespace

std::vector<wire::Message> sample_messages(std::uint64_t seed) {
  Samples make(seed);
  const auto some = [&] { return make.id<Short>(); };
  wire::Hello hello;
  hello.versions = {wire::kVersion};
  hello.practice = true;
  hello.epoch = some();
  hello.device = make.id<DeviceId>();
  hello.counter = 4711;
  hello.yours = some();
  hello.spaces = {{some(), some(), some(), {{0, 4000}, {1, 4000}, {2, 0}}}};
  hello.clock = 1'801'000'000;
  return {hello,
          wire::Heads{1, {{some(), {{1, some(), {some()}}, {2, some(), {some(), some()}}}}}, true},
          wire::Want{{{0, {some()}}, {5, {}}}, true},
          wire::Probe{{0, 3}},
          wire::Samples{{{0, {some(), some(), some()}}}},
          wire::Segments{make.bytes(3), make.bytes(1), 40, true, 7},
          wire::Piece{make.bytes(5), true},
          wire::Done{0, 4711},
          wire::Level{0, some(), false, 4712},
          wire::Ack{65536, 4712, false},
          wire::Bye{8},
          wire::Again{some(),
                      make.id<wire::Remembered>(),
                      4711,
                      4000,
                      wire::encode_moves(std::vector<wire::Move>{{3, 1}, {40, 300}}, 1000),
                      true,
                      {{0, 1, some(), 7}},
                      3900},
          wire::Known{4712, 4001, wire::encode_moves(std::vector<wire::Move>{{40, 2}}, 1000), true, {}, {}},
          wire::Whole{},
          wire::Frontier{1, {{some(), 1, make_rows(make)}}, true},
          wire::Lack{wire::encode_moves(std::vector<wire::Move>{{1, 1}}, 2), {}},
          wire::Knock{{wire::kVersion}, some(), true},
          wire::Challenge{make.id<Hash32>(), make.id<SpaceId>(), make.id<OpId>()},
          wire::Join{make.id<DeviceId>(), make.id<Signature>(), make.id<Signature>(), {make.bytes(4)}, "Bram O."},
          wire::Admitted{make.bytes(6)},
          wire::Have{{{some(), {{1, some(), {some()}}}}}, 12},
          wire::Graft{some(), 1, some(), {some()}, true},
          wire::Prune{some(), 1}};
}

std::vector<SessionVector> make_session_vectors(std::uint64_t seed) {
  std::vector<SessionVector> vectors;
  for (const auto& message : sample_messages(seed)) {
    vectors.push_back(vector_of("a " + std::string(wire::name_of(message)) + " with its fields", message));
  }
  vectors.push_back(vector_of("Heads without a chain, when nothing changed", wire::Heads{0, {}, true}));
  vectors.push_back(vector_of("a Want of nothing", wire::Want{{}, true}));
  vectors.push_back(vector_of("an Ack of a window without a counter", wire::Ack{262144, {}, false}));

  const auto frame = [](std::uint32_t type, const auto& body) {
    CborWriter out;
    out.array(2);
    out.unsigned_integer(type);
    body(out);
    return out.take();
  };
  const Bytes later = frame(wire::Bye::kType, [](CborWriter& out) {
    out.map(2);
    out.unsigned_integer(0);
    out.unsigned_integer(0);
    out.unsigned_integer(77);
    out.text("of a later version");
  });
  vectors.push_back({"a field of a later version is skipped", "Bye", later, {}, {{"0", "0"}}});
  for (const std::uint32_t type : {100U, 200U}) {
    vectors.push_back({"a type of a later version, " +
                           std::string(type < wire::kFirstMustType ? "passed over" : "which ends the session"),
                       "unknown",
                       frame(type, [](CborWriter& out) { out.map(0); }),
                       {},
                       {}});
  }
  vectors.push_back(vector_of("a Known of who has the same", wire::Known{4712, {}, {}, false, {}, {}}));
  vectors.push_back(vector_of("a Done that tells a clock", wire::Done{1, 4711, 1'801'000'000}));
  vectors.push_back(vector_of("a Lack of nothing", wire::Lack{}));
  vectors.push_back(vector_of("a Lack of nothing from who sends much", wire::Lack{{}, 20'000}));
  Bytes behind = wire::encode(wire::Bye{0});
  behind.push_back(0);
  vectors.push_back(refused("a byte behind the message", behind, ErrorCode::not_canonical));
  vectors.push_back(refused("a required field that is missing",
                            frame(wire::Done::kType,
                                  [](CborWriter& out) {
                                    out.map(1);
                                    out.unsigned_integer(0);
                                    out.unsigned_integer(0);
                                  }),
                            ErrorCode::not_canonical));
  vectors.push_back(refused("a flag that says false instead of staying away",
                            frame(wire::Want::kType,
                                  [](CborWriter& out) {
                                    out.map(1);
                                    out.unsigned_integer(1);
                                    out.boolean(false);
                                  }),
                            ErrorCode::not_canonical));
  vectors.push_back(refused("more versions than a list may hold",
                            frame(wire::Knock::kType,
                                  [](CborWriter& out) {
                                    out.map(2);
                                    out.unsigned_integer(0);
                                    out.array(wire::kMaxVersions + 1);
                                    for (std::uint32_t i = 0; i <= wire::kMaxVersions; ++i) out.unsigned_integer(i);
                                    out.unsigned_integer(1);
                                    out.bytes(Bytes(16, 0));
                                  }),
                            ErrorCode::too_large));
  Samples make(seed + 1);
  add_hashes(vectors, make);
  add_packing(vectors, seed);
  return vectors;
}

std::string to_json(const std::vector<SessionVector>& vectors) {
  std::string out = "{\"version\": 0, \"vectors\": [\n";
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    const auto& vector = vectors[i];
    out += "  {\"name\": " + quoted(vector.name);
    if (!vector.message.empty()) out += ", \"message\": " + quoted(vector.message);
    out += ", \"bytes\": " + quoted(to_hex(vector.bytes));
    if (vector.error) {
      out += ", \"error\": " + quoted(*vector.error == ErrorCode::too_large ? "too_large" : "not_canonical");
    }
    if (!vector.fields.empty()) {
      out += ", \"fields\": {";
      for (std::size_t f = 0; f < vector.fields.size(); ++f) {
        out += (f > 0 ? ", " : "") + quoted(vector.fields[f].first) + ": " + quoted(vector.fields[f].second);
      }
      out += "}";
    }
    out += i + 1 < vectors.size() ? "},\n" : "}\n";
  }
  return out + "]}\n";
}

}  // namespace kiem::test
