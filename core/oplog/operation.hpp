// An operation: what one act of a person on one device writes in one circle (DESIGN D2; FORMAT.md sections 3 to 6).
//
// Three layers. The *header* names place and past and commits to the bones; the *bones* say what happened to which
// record without a value or a name, and commit to every part; the *parts* (flesh) hold values and free text, one
// common part and any number of personal ones, and are all that can ever be dropped. Header and bones are kept as the
// exact bytes that were hashed; the structs here are their decoded form, and encode(decode(bytes)) == bytes for every
// byte string that decode accepts.
//
// Plain values, no ownership beyond their members, any thread. Decoding bytes from outside gives a Result that names
// the offset (not_canonical) or the limit (too_large), both a peer's fault; encoding a struct that breaks a rule or a
// count here is a broken promise of ours. The sum of bytes alone is left to check_whole, since a text too long to fit
// is a person's doing and deserves an answer.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/env.hpp"
#include "core/base/result.hpp"
#include "core/crypto/keys.hpp"
#include "core/schema/schema_name.hpp"

namespace kiem {

// --- limits (FORMAT.md section 7) ------------------------------------------------------------------------------------
constexpr std::size_t kMaxOperationBytes = std::size_t{16} * 1024;  // header + bones + all parts
constexpr std::size_t kMaxAccessHeads = 8;
constexpr std::size_t kMaxSeen = 8;
constexpr std::size_t kMaxMutations = 256;
constexpr std::size_t kMaxReferences = 64;  // per list of references
constexpr std::size_t kMaxCiteLists = 8;    // per mutation
constexpr std::size_t kMaxRecords = 64;     // per mutation
constexpr std::size_t kMaxNumbers = 16;     // per mutation
constexpr std::size_t kMaxParts = 64;
constexpr std::size_t kMaxLanguageBytes = 35;  // RFC 5646 section 4.4.1
constexpr std::size_t kMaxZoneBytes = 64;
constexpr std::size_t kPartSaltBytes = 16;
constexpr std::size_t kPartPadding = 32;
// Integer keys of header, bones and mutation: below kFirstMustKey an unknown one is kept and ignored, from there on it
// makes the operation unknown: stored and forwarded, not applied until an upgrade.
constexpr std::uint64_t kFirstMustKey = 128;
constexpr std::uint64_t kLastKey = 255;

constexpr std::uint32_t kFormatNumber = 0;
// Suite 1 = BLAKE2b-256, Ed25519, XChaCha20-Poly1305.
constexpr std::uint32_t kSuite = 1;
// The zone of a time that names none.
inline constexpr std::string_view kDefaultZone = "Europe/Amsterdam";

enum class OpClass : std::uint8_t { normal = 0, urgent = 1 };

// A key that this version does not know, with its canonical CBOR value, kept so that the bytes can be made again.
struct UnknownField {
  std::uint64_t key = 0;
  Bytes value;
  bool operator==(const UnknownField&) const = default;
};

struct Header {
  std::uint32_t format = kFormatNumber;
  std::uint32_t suite = kSuite;
  std::uint32_t enc = 0;  // 0 = clear; others reserved
  SpaceId space;          // zeros in a space's founding operation, as are circle and prev (and seq is 0)
  CircleId circle;
  DeviceId device;
  std::uint64_t seq = 0;
  OpId prev;                           // zeros at seq 0, and only there
  std::vector<OpId> access_heads;      // ascending, unique, at most kMaxAccessHeads
  std::vector<OpId> seen;              // longest had first (no order is checked), unique, at most kMaxSeen
  OpClass op_class = OpClass::normal;  // another number of a later version is kept and hurries nobody
  WallTime claimed;                    // a remark; decides nothing
  Hash32 bones_hash;
  std::uint32_t bones_size = 0;
  std::vector<UnknownField> unknown;
  bool operator==(const Header&) const = default;
};

// Names earlier mutations: `run` of them from `mutation` on, in operation `op`, or in the author's own chain `back`
// operations ago (0 = this very operation). mutation + run is at most kMaxMutations. A reference never makes an
// operation wait.
struct Reference {
  std::optional<OpId> op;
  std::uint64_t back = 0;  // 0 beside op
  std::uint32_t mutation = 0;
  std::uint32_t run = 1;  // at least 1
  bool operator==(const Reference&) const = default;
};

// References that replace nothing, with what they are for (FORMAT.md section 5 lists the purposes per kind).
struct Cite {
  std::uint32_t purpose = 0;
  std::vector<Reference> references;
  bool operator==(const Cite&) const = default;
};

struct Mutation {
  SchemaName collection;
  std::uint32_t kind = 0;          // MutationKind, or a number of a later version
  std::optional<RecordId> record;  // absent: the record that this operation creates (its id is the operation's)
  std::optional<SchemaName> field;
  std::vector<Reference> supersedes;
  std::vector<Cite> cites;               // ascending by purpose, unique
  std::vector<RecordId> records;         // other records this speaks of, in the order that the kind gives them meaning
  std::vector<std::uint64_t> numbers;    // rule and number and the like, as the kind says
  std::optional<PrincipalId> principal;  // for whom it counts, only when that is not the author
  std::optional<std::uint32_t> part;     // the part that holds its value
  Bytes authority;                       // canonical CBOR of an act of membership; empty outside the access circle
  std::vector<UnknownField> unknown;
  bool operator==(const Mutation&) const = default;
};

// What the bones keep of a part for ever: of whom it speaks, how long it is, and its hash.
struct PartEntry {
  std::optional<PrincipalId> subject;  // none for the common part
  std::uint32_t size = 0;              // of the whole part: salt, content, zero fill; a multiple of kPartPadding
  Hash32 hash;                         // hash_of(kTagPart, {part bytes})
  bool operator==(const PartEntry&) const = default;
};

struct Bones {
  std::uint32_t schema = 0;
  ActId act;
  std::vector<Mutation> mutations;  // 1 to kMaxMutations
  std::vector<PartEntry> parts;     // at most one without subject, and that one first
  std::vector<UnknownField> unknown;
  bool operator==(const Bones&) const = default;
};

// --- values (FORMAT.md section 6) ------------------------------------------------------------------------------------
struct TextValue {
  std::string text;      // UTF-8, NFC is the writer's duty, checked for validity only
  std::string language;  // BCP 47, or empty when not said
  bool operator==(const TextValue&) const = default;
};
struct IntegerValue {
  std::int64_t number = 0;
  bool operator==(const IntegerValue&) const = default;
};
struct DateValue {
  std::int32_t days = 0;  // since 1970-01-01, proleptic Gregorian, a local date
  bool operator==(const DateValue&) const = default;
};
struct TimeValue {
  std::uint16_t minutes = 0;  // of the local day, below 1440
  std::string zone;           // IANA name; empty = kDefaultZone, which is never spelled out
  bool operator==(const TimeValue&) const = default;
};
struct LengthValue {
  std::uint32_t minutes = 0;
  bool operator==(const LengthValue&) const = default;
};
struct RecurrenceValue {
  std::string rule;  // RFC 5545 RRULE
  bool operator==(const RecurrenceValue&) const = default;
};
struct ChoiceValue {
  std::uint32_t choice = 0;
  bool operator==(const ChoiceValue&) const = default;
};
struct PrincipalValue {
  PrincipalId principal;
  bool operator==(const PrincipalValue&) const = default;
};
struct RecordValue {
  RecordId record;
  bool operator==(const RecordValue&) const = default;
};
struct VersionValue {
  std::vector<OpId> heads;  // 1 to kMaxReferences, ascending, unique
  bool operator==(const VersionValue&) const = default;
};
struct FileValue {
  Hash32 ciphertext;
  Hash32 key;
  std::uint64_t size = 0;
  bool operator==(const FileValue&) const = default;
};
struct KeyValue {
  Hash32 key;
  bool operator==(const KeyValue&) const = default;
};
struct DeviceValue {
  DeviceId device;
  bool operator==(const DeviceValue&) const = default;
};
// May stand wherever a value may (D7): the ciphertext travels beside the log.
struct SealedValue {
  std::array<std::uint8_t, 16> reference{};
  Hash32 ciphertext;
  RecordId lock;
  PrincipalId subject;
  bool operator==(const SealedValue&) const = default;
};
// A field emptied on purpose.
struct NoValue {
  bool operator==(const NoValue&) const = default;
};
// A value type of a later version: its whole canonical CBOR item, an array that begins with the type.
struct UnknownValue {
  Bytes item;
  bool operator==(const UnknownValue&) const = default;
};
using Value = std::variant<TextValue, IntegerValue, DateValue, TimeValue, LengthValue, RecurrenceValue, ChoiceValue,
                           PrincipalValue, RecordValue, VersionValue, FileValue, KeyValue, DeviceValue, SealedValue,
                           NoValue, UnknownValue>;

// The values of one part, in the order of the mutations that name it; a mutation has at most one value.
using PartValues = std::vector<Value>;

// --- tags (FORMAT.md section 2) --------------------------------------------------------------------------------------
inline constexpr std::string_view kTagOperation = "kiem.op.0";
inline constexpr std::string_view kTagBones = "kiem.bones.0";
inline constexpr std::string_view kTagPart = "kiem.part.0";
inline constexpr std::string_view kTagSignature = "kiem.sign.0";

// --- bytes from outside, nothing checked beyond their size -----------------------------------------------------------
struct UnverifiedOperation {
  Bytes header;
  Bytes bones;
  std::vector<std::optional<Bytes>> parts;  // as many as the bones list; absent ones were dropped or not sent
  std::optional<Signature> signature;       // absent inside a segment: a later operation of the chain vouches
  bool operator==(const UnverifiedOperation&) const = default;
};

[[nodiscard]] Bytes encode(const Header& header);
[[nodiscard]] Result<Header> decode_header(ByteView bytes);
[[nodiscard]] Bytes encode(const Bones& bones);
[[nodiscard]] Result<Bones> decode_bones(ByteView bytes);
// salt: kPartSaltBytes. The answer is salt, canonical CBOR array of the values, zeros up to kPartPadding.
[[nodiscard]] Bytes encode_part(ByteView salt, const PartValues& values);
[[nodiscard]] Result<PartValues> decode_part(ByteView bytes);
// One value alone: its canonical CBOR item, as it stands in a part.
[[nodiscard]] Bytes encode(const Value& value);
[[nodiscard]] Result<Value> decode_value(ByteView bytes);

[[nodiscard]] OpId op_id(ByteView header_bytes);
[[nodiscard]] Hash32 bones_hash(ByteView bones_bytes);
[[nodiscard]] Hash32 part_hash(ByteView part_bytes);
// What is signed under kTagSignature: the suite (le32), then the operation id.
[[nodiscard]] Bytes signed_message(std::uint32_t suite, const OpId& id);

// True when the header or bones hold a key of the must range, or a format, suite or enc this version does not know:
// the operation is stored and forwarded, and not applied.
[[nodiscard]] bool is_unknown(const Header& header, const Bones& bones);
// By the header alone: ask first, because the bones of a format or enc that this version does not know need not decode.
[[nodiscard]] bool is_unknown(const Header& header);

// The whole operation in one piece, as bundles, vectors and `present` copies carry it (FORMAT.md section 4):
// array [header bstr, bones bstr, signature bstr / null, [* part bstr / null]].
[[nodiscard]] Bytes encode(const UnverifiedOperation& operation);
[[nodiscard]] Result<UnverifiedOperation> decode_operation(ByteView bytes);
// The pieces against what commits to them: size and hash of the bones, the number of parts, size and hash of each part
// that is here, and the sum of header, bones and all listed parts (absent ones too) against kMaxOperationBytes.
// not_canonical or too_large; what a part says is decode_part's to judge.
[[nodiscard]] Status check_whole(const UnverifiedOperation& operation, const Header& header, const Bones& bones);

}  // namespace kiem
