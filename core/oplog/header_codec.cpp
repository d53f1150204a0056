#include "core/oplog/codec.hpp"

namespace kiem {
namespace codec {
namespace {

Result<std::uint32_t> read_number(CborReader& reader) {
  KIEM_TRY_GET(const std::uint64_t number, reader.unsigned_integer(UINT32_MAX));
  return static_cast<std::uint32_t>(number);
}

// Keys 8 and 9 are left out when empty, everything else is always there.
bool is_present(const Header& header, std::uint64_t key) {
  if (key == kAccessHeads) return !header.access_heads.empty();
  if (key == kSeen) return !header.seen.empty();
  return true;
}

}  // namespace

void write_header_value(CborWriter& out, const Header& header, std::uint64_t key) {
  switch (key) {
    case kFormat:
      return out.unsigned_integer(header.format);
    case kSuiteKey:
      return out.unsigned_integer(header.suite);
    case kEnc:
      return out.unsigned_integer(header.enc);
    case kSpace:
      return out.bytes(view(header.space));
    case kCircle:
      return out.bytes(view(header.circle));
    case kDevice:
      return out.bytes(view(header.device));
    case kSeq:
      return out.unsigned_integer(header.seq);
    case kPrev:
      return out.bytes(view(header.prev));
    case kAccessHeads:
      KIEM_CHECK(header.access_heads.size() <= kMaxAccessHeads && ascends(header.access_heads));
      return write_ids(out, header.access_heads);
    case kSeen:
      KIEM_CHECK(header.seen.size() <= kMaxSeen && is_unique(header.seen));
      return write_ids(out, header.seen);
    case kClass:
      return out.unsigned_integer(static_cast<std::uint64_t>(header.op_class));
    case kClaimed:
      return out.integer(header.claimed.ms);
    case kBonesHash:
      return out.bytes(view(header.bones_hash));
    case kBonesSize:
      return out.unsigned_integer(header.bones_size);
    default:
      KIEM_UNREACHABLE("a known header key");
  }
}

Status read_header_value(CborReader& reader, std::uint64_t key, Header& header) {
  const CborReader before = reader;
  switch (key) {
    case kFormat: {
      KIEM_TRY_GET(header.format, read_number(reader));
      return {};
    }
    case kSuiteKey: {
      KIEM_TRY_GET(header.suite, read_number(reader));
      return {};
    }
    case kEnc: {
      KIEM_TRY_GET(header.enc, read_number(reader));
      return {};
    }
    case kSpace: {
      KIEM_TRY_GET(header.space, reader.id<SpaceId>());
      return {};
    }
    case kCircle: {
      KIEM_TRY_GET(header.circle, reader.id<CircleId>());
      return {};
    }
    case kDevice: {
      KIEM_TRY_GET(header.device, reader.id<DeviceId>());
      return {};
    }
    case kSeq: {
      KIEM_TRY_GET(header.seq, reader.unsigned_integer());
      return {};
    }
    case kPrev: {
      KIEM_TRY_GET(header.prev, reader.id<OpId>());
      return {};
    }
    case kAccessHeads: {
      KIEM_TRY_GET(header.access_heads, read_ids<OpId>(reader, "access heads", 0, kMaxAccessHeads));
      if (!ascends(header.access_heads)) return before.refuse("ascending access heads");
      return {};
    }
    case kSeen: {
      KIEM_TRY_GET(header.seen, read_ids<OpId>(reader, "seen", 0, kMaxSeen));
      if (!is_unique(header.seen)) return before.refuse("seen heads that differ");
      return {};
    }
    case kClass: {
      // A class of a later version only changes the haste, so its number is kept and read as normal.
      KIEM_TRY_GET(const std::uint64_t number, reader.unsigned_integer(UINT8_MAX));
      header.op_class = static_cast<OpClass>(number);
      return {};
    }
    case kClaimed: {
      KIEM_TRY_GET(header.claimed.ms, reader.integer());
      return {};
    }
    case kBonesHash: {
      KIEM_TRY_GET(header.bones_hash, reader.id<Hash32>());
      return {};
    }
    case kBonesSize: {
      KIEM_TRY_GET(header.bones_size, read_number(reader));
      if (header.bones_size > kMaxOperationBytes) return over("bones", kMaxOperationBytes);
      return {};
    }
    default:
      return read_unknown(reader, key, header.unknown);
  }
}

const char* flaw_of_place(const Header& header) {
  if (header.space.is_zero() != header.circle.is_zero()) return "space and circle both of zeros, or neither";
  if (header.space.is_zero() && header.seq != 0) return "seq 0 in a founding operation";
  if ((header.seq == 0) != header.prev.is_zero()) return "prev of zeros at seq 0 and nowhere else";
  return nullptr;
}

}  // namespace codec

Bytes encode(const Header& header) {
  KIEM_CHECK(codec::flaw_of_place(header) == nullptr);
  std::size_t count = header.unknown.size();
  for (std::uint64_t key = 0; key < codec::kFirstUnknownHeaderKey; ++key) {
    if (codec::is_present(header, key)) ++count;
  }
  CborWriter out;
  out.map(count);
  for (std::uint64_t key = 0; key < codec::kFirstUnknownHeaderKey; ++key) {
    if (!codec::is_present(header, key)) continue;
    out.unsigned_integer(key);
    codec::write_header_value(out, header, key);
  }
  codec::write_unknown(out, header.unknown, codec::kFirstUnknownHeaderKey);
  return out.take();
}

Result<Header> decode_header(ByteView bytes) {
  if (bytes.size() > kMaxOperationBytes) return codec::over("header", kMaxOperationBytes);
  CborReader reader(bytes);
  KIEM_TRY_GET(const std::size_t count, reader.map());
  Header header;
  std::optional<std::uint64_t> last;
  std::uint64_t next_known = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const CborReader before = reader;
    KIEM_TRY_GET(const std::uint64_t key, codec::read_key(reader, last));
    // Every known key that was jumped over must be one that is left out when empty.
    for (; next_known < std::min<std::uint64_t>(key, codec::kFirstUnknownHeaderKey); ++next_known) {
      if (codec::is_present(header, next_known)) return before.refuse("key " + std::to_string(next_known));
    }
    next_known = key + 1;
    KIEM_TRY(codec::read_header_value(reader, key, header));
    if (key < codec::kFirstUnknownHeaderKey && !codec::is_present(header, key)) {
      return before.refuse("no key for an empty list");
    }
  }
  if (next_known < codec::kFirstUnknownHeaderKey) return reader.refuse("key " + std::to_string(next_known));
  KIEM_TRY(reader.finish());
  if (const char* flaw = codec::flaw_of_place(header)) return CborReader(bytes).refuse(flaw);
  if (bytes.size() + header.bones_size > kMaxOperationBytes) return codec::over("operation", kMaxOperationBytes);
  return header;
}

}  // namespace kiem
