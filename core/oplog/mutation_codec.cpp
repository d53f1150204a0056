#include "core/oplog/codec.hpp"

namespace kiem::codec {
namespace {

enum MutationKey : std::uint64_t {
  kCollection = 0,
  kKind = 1,
  kRecord = 2,
  kField = 3,
  kSupersedes = 4,
  kCites = 5,
  kRecords = 6,
  kNumbers = 7,
  kPrincipal = 8,
  kPart = 9,
  kAuthority = 10,
  kFirstUnknownMutationKey = 11,
};

bool is_present(const Mutation& mutation, std::uint64_t key) {
  switch (key) {
    case kRecord:
      return mutation.record.has_value();
    case kField:
      return mutation.field.has_value();
    case kSupersedes:
      return !mutation.supersedes.empty();
    case kCites:
      return !mutation.cites.empty();
    case kRecords:
      return !mutation.records.empty();
    case kNumbers:
      return !mutation.numbers.empty();
    case kPrincipal:
      return mutation.principal.has_value();
    case kPart:
      return mutation.part.has_value();
    case kAuthority:
      return !mutation.authority.empty();
    default:
      return true;
  }
}

// A number where one is enough, [act, index] where a schema act added the name.
void write_name(CborWriter& out, const SchemaName& name) {
  if (name.act) {
    out.array(2);
    out.bytes(view(*name.act));
  }
  out.unsigned_integer(name.number);
}

Result<SchemaName> read_name(CborReader& reader) {
  SchemaName name;
  KIEM_TRY_GET(const CborType type, reader.peek());
  if (type == CborType::array) {
    KIEM_TRY(reader.array(2, 2));
    KIEM_TRY_GET(name.act, reader.id<OpId>());
  }
  KIEM_TRY_GET(const std::uint64_t number, reader.unsigned_integer(UINT32_MAX));
  name.number = static_cast<std::uint32_t>(number);
  return name;
}

// No operation holds a mutation numbered kMaxMutations or above, so no run reaches there.
bool is_in_range(const Reference& reference) {
  return reference.mutation < kMaxMutations && reference.run >= 1 &&
         reference.run <= kMaxMutations - reference.mutation;
}

void write_references(CborWriter& out, const std::vector<Reference>& references) {
  KIEM_CHECK(!references.empty() && references.size() <= kMaxReferences);
  out.array(references.size());
  for (const auto& reference : references) {
    KIEM_CHECK(is_in_range(reference));
    KIEM_CHECK(!reference.op || reference.back == 0);
    out.array(reference.run == 1 ? 2 : 3);
    if (reference.op) {
      out.bytes(view(*reference.op));
    } else {
      out.unsigned_integer(reference.back);
    }
    out.unsigned_integer(reference.mutation);
    if (reference.run != 1) out.unsigned_integer(reference.run);
  }
}

Result<Reference> read_reference(CborReader& reader) {
  const CborReader before = reader;
  Reference reference;
  KIEM_TRY_GET(const std::size_t count, reader.array(2, 3));
  KIEM_TRY_GET(const CborType type, reader.peek());
  if (type == CborType::bytes) {
    KIEM_TRY_GET(reference.op, reader.id<OpId>());
  } else {
    KIEM_TRY_GET(reference.back, reader.unsigned_integer());
  }
  KIEM_TRY_GET(const std::uint64_t mutation, reader.unsigned_integer(kMaxMutations - 1));
  reference.mutation = static_cast<std::uint32_t>(mutation);
  if (count == 3) {
    KIEM_TRY_GET(const std::uint64_t run, reader.unsigned_integer(kMaxMutations));
    if (run < 2) return before.refuse("a run of 2 or more, or none");
    reference.run = static_cast<std::uint32_t>(run);
  }
  if (!is_in_range(reference)) return before.refuse("a run within an operation");
  return reference;
}

Result<std::vector<Reference>> read_references(CborReader& reader) {
  KIEM_TRY_GET(const std::size_t count, read_count(reader, "references", 1, kMaxReferences));
  std::vector<Reference> references;
  references.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    KIEM_TRY_GET(const Reference reference, read_reference(reader));
    references.push_back(reference);
  }
  return references;
}

void write_cites(CborWriter& out, const std::vector<Cite>& cites) {
  KIEM_CHECK(cites.size() <= kMaxCiteLists);
  out.map(cites.size());
  std::uint64_t next = 0;
  for (const auto& cite : cites) {
    KIEM_CHECK(cite.purpose >= next);
    out.unsigned_integer(cite.purpose);
    write_references(out, cite.references);
    next = std::uint64_t{cite.purpose} + 1;
  }
}

Result<std::vector<Cite>> read_cites(CborReader& reader) {
  KIEM_TRY_GET(const std::size_t count, reader.map());
  if (count > kMaxCiteLists) return over("cite lists", kMaxCiteLists);
  if (count == 0) return reader.refuse("no key for an empty map");
  std::vector<Cite> cites;
  for (std::size_t i = 0; i < count; ++i) {
    const CborReader before = reader;
    KIEM_TRY_GET(const std::uint64_t purpose, reader.unsigned_integer(UINT32_MAX));
    if (!cites.empty() && purpose <= cites.back().purpose) return before.refuse("ascending purposes");
    KIEM_TRY_GET(auto references, read_references(reader));
    cites.push_back({static_cast<std::uint32_t>(purpose), std::move(references)});
  }
  return cites;
}

void write_numbers(CborWriter& out, const std::vector<std::uint64_t>& numbers) {
  KIEM_CHECK(numbers.size() <= kMaxNumbers);
  out.array(numbers.size());
  for (const auto number : numbers) out.unsigned_integer(number);
}

Result<std::vector<std::uint64_t>> read_numbers(CborReader& reader) {
  KIEM_TRY_GET(const std::size_t count, read_count(reader, "numbers", 1, kMaxNumbers));
  std::vector<std::uint64_t> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    KIEM_TRY_GET(const std::uint64_t number, reader.unsigned_integer());
    numbers.push_back(number);
  }
  return numbers;
}

void write_value_of(CborWriter& out, const Mutation& mutation, std::uint64_t key) {
  switch (key) {
    case kCollection:
      return write_name(out, mutation.collection);
    case kKind:
      return out.unsigned_integer(mutation.kind);
    case kRecord:
      return out.bytes(view(*mutation.record));
    case kField:
      return write_name(out, *mutation.field);
    case kSupersedes:
      return write_references(out, mutation.supersedes);
    case kCites:
      return write_cites(out, mutation.cites);
    case kRecords:
      KIEM_CHECK(mutation.records.size() <= kMaxRecords);
      return write_ids(out, mutation.records);
    case kNumbers:
      return write_numbers(out, mutation.numbers);
    case kPrincipal:
      return out.bytes(view(*mutation.principal));
    case kPart:
      return out.unsigned_integer(*mutation.part);
    case kAuthority:
      KIEM_CHECK(is_cbor_item(mutation.authority));
      return out.bytes(mutation.authority);
    default:
      KIEM_UNREACHABLE("a known mutation key");
  }
}

Status read_value_of(CborReader& reader, std::uint64_t key, Mutation& mutation) {
  const CborReader before = reader;
  switch (key) {
    case kCollection: {
      KIEM_TRY_GET(mutation.collection, read_name(reader));
      return {};
    }
    case kKind: {
      KIEM_TRY_GET(const std::uint64_t kind, reader.unsigned_integer(UINT32_MAX));
      mutation.kind = static_cast<std::uint32_t>(kind);
      return {};
    }
    case kRecord: {
      KIEM_TRY_GET(mutation.record, reader.id<RecordId>());
      return {};
    }
    case kField: {
      KIEM_TRY_GET(mutation.field, read_name(reader));
      return {};
    }
    case kSupersedes: {
      KIEM_TRY_GET(mutation.supersedes, read_references(reader));
      return {};
    }
    case kCites: {
      KIEM_TRY_GET(mutation.cites, read_cites(reader));
      return {};
    }
    case kRecords: {
      KIEM_TRY_GET(mutation.records, read_ids<RecordId>(reader, "records", 1, kMaxRecords));
      return {};
    }
    case kNumbers: {
      KIEM_TRY_GET(mutation.numbers, read_numbers(reader));
      return {};
    }
    case kPrincipal: {
      KIEM_TRY_GET(mutation.principal, reader.id<PrincipalId>());
      return {};
    }
    case kPart: {
      KIEM_TRY_GET(const std::uint64_t part, reader.unsigned_integer(kMaxParts - 1));
      mutation.part = static_cast<std::uint32_t>(part);
      return {};
    }
    case kAuthority: {
      KIEM_TRY_GET(const ByteView authority, reader.bytes(1));
      if (!is_cbor_item(authority)) return before.refuse("one canonical item in a byte string");
      mutation.authority = to_bytes(authority);
      return {};
    }
    default:
      return read_unknown(reader, key, mutation.unknown);
  }
}

}  // namespace

void write_mutation(CborWriter& out, const Mutation& mutation) {
  std::size_t count = mutation.unknown.size();
  for (std::uint64_t key = 0; key < kFirstUnknownMutationKey; ++key) {
    if (is_present(mutation, key)) ++count;
  }
  out.map(count);
  for (std::uint64_t key = 0; key < kFirstUnknownMutationKey; ++key) {
    if (!is_present(mutation, key)) continue;
    out.unsigned_integer(key);
    write_value_of(out, mutation, key);
  }
  write_unknown(out, mutation.unknown, kFirstUnknownMutationKey);
}

Result<Mutation> read_mutation(CborReader& reader) {
  const CborReader before = reader;
  KIEM_TRY_GET(const std::size_t count, reader.map());
  Mutation mutation;
  std::optional<std::uint64_t> last;
  for (std::size_t i = 0; i < count; ++i) {
    const CborReader at_key = reader;
    KIEM_TRY_GET(const std::uint64_t key, read_key(reader, last));
    // Collection and kind come first and are always there.
    if (i <= kKind && key != i) return at_key.refuse("key " + std::to_string(i));
    // The readers of lists refuse empty ones, so what was read is what would be written.
    KIEM_TRY(read_value_of(reader, key, mutation));
  }
  if (count < 2) return before.refuse("collection and kind");
  return mutation;
}

}  // namespace kiem::codec
