#include "core/oplog/codec.hpp"

namespace kiem {
namespace codec {
namespace {

enum BonesKey : std::uint64_t { kSchema = 0, kAct = 1, kMutations = 2, kParts = 3, kFirstUnknownBonesKey = 4 };

bool is_part_size(std::uint64_t size) { return size >= kPartPadding && size % kPartPadding == 0; }

// Part 0 alone may speak of nobody.
bool is_subject_first(const std::vector<PartEntry>& parts) {
  return std::all_of(parts.begin() + std::min<std::ptrdiff_t>(1, std::ssize(parts)), parts.end(),
                     [](const PartEntry& part) { return part.subject.has_value(); });
}

bool names_known_parts(const Bones& bones) {
  return std::all_of(bones.mutations.begin(), bones.mutations.end(),
                     [&](const Mutation& mutation) { return !mutation.part || *mutation.part < bones.parts.size(); });
}

void write_parts(CborWriter& out, const std::vector<PartEntry>& parts) {
  out.array(parts.size());
  for (const auto& part : parts) write_part_entry(out, part);
}

Result<std::vector<PartEntry>> read_parts(CborReader& reader) {
  KIEM_TRY_GET(const std::size_t count, read_count(reader, "parts", 1, kMaxParts));
  std::vector<PartEntry> parts;
  parts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    KIEM_TRY_GET(PartEntry part, read_part_entry(reader));
    parts.push_back(part);
  }
  return parts;
}

Result<std::vector<Mutation>> read_mutations(CborReader& reader) {
  KIEM_TRY_GET(const std::size_t count, read_count(reader, "mutations", 1, kMaxMutations));
  std::vector<Mutation> mutations;
  for (std::size_t i = 0; i < count; ++i) {
    KIEM_TRY_GET(Mutation mutation, read_mutation(reader));
    mutations.push_back(std::move(mutation));
  }
  return mutations;
}

}  // namespace

Status check_parts(const CborReader& reader, const Bones& bones) {
  if (bones.parts.size() > kMaxParts) return over("parts", kMaxParts);
  for (const auto& part : bones.parts) {
    if (!is_part_size(part.size)) return reader.refuse("parts padded to a multiple of 32 bytes");
  }
  if (!is_subject_first(bones.parts)) return reader.refuse("no part without subject but the first");
  if (!names_known_parts(bones)) return reader.refuse("part numbers that are in the list");
  return {};
}

void write_bones(CborWriter& out, const Bones& bones, bool with_parts) {
  KIEM_CHECK(!bones.mutations.empty() && bones.mutations.size() <= kMaxMutations);
  KIEM_CHECK(check_parts(CborReader(ByteView{}), bones));
  const bool has_parts = with_parts && !bones.parts.empty();
  out.map(3 + (has_parts ? 1 : 0) + bones.unknown.size());
  out.unsigned_integer(kSchema);
  out.unsigned_integer(bones.schema);
  out.unsigned_integer(kAct);
  out.bytes(view(bones.act));
  out.unsigned_integer(kMutations);
  out.array(bones.mutations.size());
  for (const auto& mutation : bones.mutations) write_mutation(out, mutation);
  if (has_parts) {
    out.unsigned_integer(kParts);
    write_parts(out, bones.parts);
  }
  write_unknown(out, bones.unknown, kFirstUnknownBonesKey);
}

Result<Bones> read_bones(CborReader& reader, bool with_parts) {
  const CborReader before = reader;
  KIEM_TRY_GET(const std::size_t count, reader.map());
  if (count < 3) return before.refuse("keys 0, 1 and 2");
  Bones bones;
  std::optional<std::uint64_t> last;
  for (std::size_t i = 0; i < count; ++i) {
    const CborReader at_key = reader;
    KIEM_TRY_GET(const std::uint64_t key, read_key(reader, last));
    if (i <= kMutations && key != i) return at_key.refuse("key " + std::to_string(i));
    switch (key) {
      case kSchema: {
        KIEM_TRY_GET(const std::uint64_t schema, reader.unsigned_integer(UINT32_MAX));
        bones.schema = static_cast<std::uint32_t>(schema);
        break;
      }
      case kAct: {
        KIEM_TRY_GET(bones.act, reader.id<ActId>());
        break;
      }
      case kMutations: {
        KIEM_TRY_GET(bones.mutations, read_mutations(reader));
        break;
      }
      case kParts: {
        if (!with_parts) return at_key.refuse("parts beside the bones");
        KIEM_TRY_GET(bones.parts, read_parts(reader));
        break;
      }
      default:
        KIEM_TRY(read_unknown(reader, key, bones.unknown));
    }
  }
  if (with_parts) KIEM_TRY(check_parts(before, bones));
  return bones;
}

Result<PartEntry> read_part_entry(CborReader& reader) {
  PartEntry part;
  KIEM_TRY(reader.array(3, 3));
  KIEM_TRY_GET(const CborType type, reader.peek());
  if (type == CborType::null) {
    KIEM_TRY(reader.null());
  } else {
    KIEM_TRY_GET(part.subject, reader.id<PrincipalId>());
  }
  const CborReader at_size = reader;
  KIEM_TRY_GET(const std::uint64_t size, reader.unsigned_integer(UINT32_MAX));
  if (size > kMaxOperationBytes) return over("part", kMaxOperationBytes);
  if (!is_part_size(size)) return at_size.refuse("a size that is a multiple of 32");
  part.size = static_cast<std::uint32_t>(size);
  KIEM_TRY_GET(part.hash, reader.id<Hash32>());
  return part;
}

void write_part_entry(CborWriter& out, const PartEntry& part) {
  out.array(3);
  if (part.subject) {
    out.bytes(view(*part.subject));
  } else {
    out.null();
  }
  out.unsigned_integer(part.size);
  out.bytes(view(part.hash));
}

std::size_t bytes_of_parts(const Bones& bones) {
  std::size_t total = 0;
  for (const auto& part : bones.parts) total += part.size;
  return total;
}

}  // namespace codec

Bytes encode(const Bones& bones) {
  CborWriter out;
  codec::write_bones(out, bones, true);
  return out.take();
}

Result<Bones> decode_bones(ByteView bytes) {
  if (bytes.size() > kMaxOperationBytes) return codec::over("bones", kMaxOperationBytes);
  CborReader reader(bytes);
  KIEM_TRY_GET(Bones bones, codec::read_bones(reader, true));
  KIEM_TRY(reader.finish());
  if (bytes.size() + codec::bytes_of_parts(bones) > kMaxOperationBytes) {
    return codec::over("operation", kMaxOperationBytes);
  }
  return bones;
}

}  // namespace kiem
