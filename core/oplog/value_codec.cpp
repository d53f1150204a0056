#include "core/oplog/codec.hpp"

namespace kiem {
namespace {

// The first element of a value's array. Numbers are permanent; one above kLastType is kept whole as UnknownValue.
enum ValueType : std::uint64_t {
  kText = 0,
  kInteger = 1,
  kDate = 2,
  kTime = 3,
  kLength = 4,
  kRecurrence = 5,
  kChoice = 6,
  kPrincipal = 7,
  kRecord = 8,
  kVersion = 9,
  kFile = 10,
  kKey = 11,
  kSealed = 12,
  kNone = 13,
  kDevice = 14,
  kLastType = kDevice,
};

constexpr std::uint16_t kMinutesOfDay = 1440;

class ValueWriter {
 public:
  explicit ValueWriter(CborWriter& out) : out_(out) {}

  void operator()(const TextValue& value) {
    KIEM_CHECK(value.language.size() <= kMaxLanguageBytes);
    open(value.language.empty() ? 2 : 3, kText);
    out_.text(value.text);
    if (!value.language.empty()) out_.text(value.language);
  }
  void operator()(const IntegerValue& value) {
    open(2, kInteger);
    out_.integer(value.number);
  }
  void operator()(const DateValue& value) {
    open(2, kDate);
    out_.integer(value.days);
  }
  void operator()(const TimeValue& value) {
    KIEM_CHECK(value.minutes < kMinutesOfDay);
    KIEM_CHECK(value.zone.size() <= kMaxZoneBytes && value.zone != kDefaultZone);
    open(value.zone.empty() ? 2 : 3, kTime);
    out_.unsigned_integer(value.minutes);
    if (!value.zone.empty()) out_.text(value.zone);
  }
  void operator()(const LengthValue& value) {
    open(2, kLength);
    out_.unsigned_integer(value.minutes);
  }
  void operator()(const RecurrenceValue& value) {
    open(2, kRecurrence);
    out_.text(value.rule);
  }
  void operator()(const ChoiceValue& value) {
    open(2, kChoice);
    out_.unsigned_integer(value.choice);
  }
  void operator()(const PrincipalValue& value) {
    open(2, kPrincipal);
    out_.bytes(view(value.principal));
  }
  void operator()(const RecordValue& value) {
    open(2, kRecord);
    out_.bytes(view(value.record));
  }
  void operator()(const VersionValue& value) {
    KIEM_CHECK(!value.heads.empty() && value.heads.size() <= kMaxReferences && codec::ascends(value.heads));
    open(2, kVersion);
    codec::write_ids(out_, value.heads);
  }
  void operator()(const FileValue& value) {
    open(4, kFile);
    out_.bytes(view(value.ciphertext));
    out_.bytes(view(value.key));
    out_.unsigned_integer(value.size);
  }
  void operator()(const KeyValue& value) {
    open(2, kKey);
    out_.bytes(view(value.key));
  }
  void operator()(const SealedValue& value) {
    open(5, kSealed);
    out_.bytes(value.reference);
    out_.bytes(view(value.ciphertext));
    out_.bytes(view(value.lock));
    out_.bytes(view(value.subject));
  }
  void operator()(const NoValue&) { open(1, kNone); }
  void operator()(const DeviceValue& value) {
    open(2, kDevice);
    out_.bytes(view(value.device));
  }
  void operator()(const UnknownValue& value) {
    CborReader reader(value.item);
    KIEM_CHECK(is_cbor_item(value.item) && reader.array(1));
    const auto type = reader.unsigned_integer();
    KIEM_CHECK(type && *type > kLastType);
    out_.raw(value.item);
  }

 private:
  void open(std::size_t count, ValueType type) {
    out_.array(count);
    out_.unsigned_integer(type);
  }
  CborWriter& out_;
};

// An optional text behind `count` elements read so far; absent is empty, an empty one or `fallback` is refused because
// absence says it.
Result<std::string> read_optional_text(CborReader& reader, std::size_t left, std::string_view what, std::size_t max,
                                       std::string_view fallback) {
  if (left == 0) return std::string();
  const CborReader before = reader;
  KIEM_TRY_GET(const std::string_view text, reader.text());
  if (text.size() > max) return codec::over(what, max);
  if (text.empty() || text == fallback) return before.refuse("no element for what is meant anyway");
  return std::string(text);
}

// The elements behind the type; `left` of them.
Result<Value> read_known(CborReader& reader, std::uint64_t type, std::size_t left) {
  switch (type) {
    case kText: {
      TextValue value;
      KIEM_TRY_GET(value.text, reader.text());
      KIEM_TRY_GET(value.language, read_optional_text(reader, left - 1, "language", kMaxLanguageBytes, ""));
      return value;
    }
    case kInteger: {
      KIEM_TRY_GET(const std::int64_t number, reader.integer());
      return IntegerValue{number};
    }
    case kDate: {
      KIEM_TRY_GET(const std::int64_t days, reader.integer(INT32_MIN, INT32_MAX));
      return DateValue{static_cast<std::int32_t>(days)};
    }
    case kTime: {
      TimeValue value;
      KIEM_TRY_GET(const std::uint64_t minutes, reader.unsigned_integer(kMinutesOfDay - 1));
      value.minutes = static_cast<std::uint16_t>(minutes);
      KIEM_TRY_GET(value.zone, read_optional_text(reader, left - 1, "zone", kMaxZoneBytes, kDefaultZone));
      return value;
    }
    case kLength: {
      KIEM_TRY_GET(const std::uint64_t minutes, reader.unsigned_integer(UINT32_MAX));
      return LengthValue{static_cast<std::uint32_t>(minutes)};
    }
    case kRecurrence: {
      KIEM_TRY_GET(const std::string_view rule, reader.text());
      return RecurrenceValue{std::string(rule)};
    }
    case kChoice: {
      KIEM_TRY_GET(const std::uint64_t choice, reader.unsigned_integer(UINT32_MAX));
      return ChoiceValue{static_cast<std::uint32_t>(choice)};
    }
    case kPrincipal: {
      KIEM_TRY_GET(const PrincipalId principal, reader.id<PrincipalId>());
      return PrincipalValue{principal};
    }
    case kRecord: {
      KIEM_TRY_GET(const RecordId record, reader.id<RecordId>());
      return RecordValue{record};
    }
    case kVersion: {
      const CborReader before = reader;
      VersionValue value;
      KIEM_TRY_GET(value.heads, codec::read_ids<OpId>(reader, "version heads", 1, kMaxReferences));
      if (!codec::ascends(value.heads)) return before.refuse("ascending heads");
      return value;
    }
    case kFile: {
      FileValue value;
      KIEM_TRY_GET(value.ciphertext, reader.id<Hash32>());
      KIEM_TRY_GET(value.key, reader.id<Hash32>());
      KIEM_TRY_GET(value.size, reader.unsigned_integer());
      return value;
    }
    case kKey: {
      KIEM_TRY_GET(const Hash32 key, reader.id<Hash32>());
      return KeyValue{key};
    }
    case kSealed: {
      SealedValue value;
      KIEM_TRY_GET(const ByteView reference, reader.bytes(value.reference.size(), value.reference.size()));
      std::copy(reference.begin(), reference.end(), value.reference.begin());
      KIEM_TRY_GET(value.ciphertext, reader.id<Hash32>());
      KIEM_TRY_GET(value.lock, reader.id<RecordId>());
      KIEM_TRY_GET(value.subject, reader.id<PrincipalId>());
      return value;
    }
    case kNone:
      return NoValue{};
    case kDevice: {
      KIEM_TRY_GET(const DeviceId device, reader.id<DeviceId>());
      return DeviceValue{device};
    }
    default:
      KIEM_UNREACHABLE("a known value type");
  }
}

// How many elements the array of a known type has at least; a text and a time may have one more.
std::size_t fewest_elements(std::uint64_t type) {
  switch (type) {
    case kNone:
      return 1;
    case kFile:
      return 4;
    case kSealed:
      return 5;
    default:
      return 2;
  }
}

Result<Value> read_value(CborReader& reader) {
  const CborReader before = reader;
  KIEM_TRY_GET(const std::size_t count, reader.array(1));
  KIEM_TRY_GET(const std::uint64_t type, reader.unsigned_integer());
  if (type > kLastType) {
    reader = before;
    KIEM_TRY_GET(const ByteView item, reader.item());
    return UnknownValue{to_bytes(item)};
  }
  const std::size_t fewest = fewest_elements(type);
  const std::size_t most = type == kText || type == kTime ? fewest + 1 : fewest;
  if (count < fewest || count > most) return before.refuse("as many elements as the value's type has");
  return read_known(reader, type, count - 1);
}

}  // namespace

Bytes encode(const Value& value) {
  CborWriter out;
  std::visit(ValueWriter(out), value);
  return out.take();
}

Result<Value> decode_value(ByteView bytes) {
  if (bytes.size() > kMaxOperationBytes) return codec::over("value", kMaxOperationBytes);
  CborReader reader(bytes);
  KIEM_TRY_GET(Value value, read_value(reader));
  KIEM_TRY(reader.finish());
  return value;
}

Bytes encode_part(ByteView salt, const PartValues& values) {
  KIEM_CHECK(salt.size() == kPartSaltBytes);
  KIEM_CHECK(values.size() <= kMaxMutations);
  CborWriter out;
  out.raw(salt);
  out.array(values.size());
  for (const auto& value : values) std::visit(ValueWriter(out), value);
  Bytes part = out.take();
  part.resize((part.size() + kPartPadding - 1) / kPartPadding * kPartPadding);
  return part;
}

Result<PartValues> decode_part(ByteView bytes) {
  if (bytes.size() > kMaxOperationBytes) return codec::over("part", kMaxOperationBytes);
  if (bytes.empty() || bytes.size() % kPartPadding != 0) {
    return CborReader(bytes).refuse("a length that is a multiple of 32");
  }
  const ByteView content = bytes.subspan(kPartSaltBytes);
  CborReader reader(content);
  KIEM_TRY_GET(const std::size_t count, codec::read_count(reader, "values", 0, kMaxMutations));
  PartValues values;
  for (std::size_t i = 0; i < count; ++i) {
    KIEM_TRY_GET(Value value, read_value(reader));
    values.push_back(std::move(value));
  }
  const ByteView fill = content.subspan(reader.position());
  if (fill.size() >= kPartPadding) return reader.refuse("fewer than 32 bytes of fill");
  if (std::any_of(fill.begin(), fill.end(), [](std::uint8_t byte) { return byte != 0; })) {
    return reader.refuse("fill of zeros");
  }
  return values;
}

}  // namespace kiem
