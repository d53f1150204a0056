#include "core/oplog/segment.hpp"

#include "core/oplog/codec.hpp"
#include "core/oplog/packing_words.hpp"
#include "core/oplog/segment_reader.hpp"

namespace kiem {
namespace {

constexpr std::uint64_t kSegmentVersion = 0;

// --- the rest of a header --------------------------------------------------------------------------------------------

// Keys that say how this header differs from the one before it; the others of the rest say what they always do.
bool is_in_rest(const Header& header, const Header& before, std::uint64_t key) {
  switch (key) {
    case codec::kFormat:
      return header.format != before.format;
    case codec::kEnc:
      return header.enc != before.enc;
    case codec::kAccessHeads:
      return header.access_heads != before.access_heads;
    case codec::kSeen:
      return !header.seen.empty();
    case codec::kClass:
      return header.op_class != before.op_class;
    case codec::kClaimed:
      return true;
    default:
      return key >= codec::kFirstUnknownHeaderKey;
  }
}

void write_rest(CborWriter& out, const Header& header, const Header& before) {
  KIEM_CHECK(header.suite == kSuite);
  std::size_t count = header.unknown.size();
  for (std::uint64_t key = 0; key < codec::kFirstUnknownHeaderKey; ++key) {
    if (is_in_rest(header, before, key)) ++count;
  }
  out.map(count);
  for (std::uint64_t key = 0; key < codec::kFirstUnknownHeaderKey; ++key) {
    if (!is_in_rest(header, before, key)) continue;
    out.unsigned_integer(key);
    codec::write_header_value(out, header, key);
  }
  codec::write_unknown(out, header.unknown, codec::kFirstUnknownHeaderKey);
}

Result<Header> read_rest(CborReader& reader, const Header& before) {
  Header header;
  header.format = before.format;
  header.enc = before.enc;
  header.access_heads = before.access_heads;
  header.op_class = before.op_class;
  const CborReader start = reader;
  KIEM_TRY_GET(const std::size_t count, reader.map());
  std::optional<std::uint64_t> last;
  bool has_claimed = false;
  for (std::size_t i = 0; i < count; ++i) {
    const CborReader at_key = reader;
    KIEM_TRY_GET(const std::uint64_t key, codec::read_key(reader, last));
    KIEM_TRY(codec::read_header_value(reader, key, header));
    // A key that may not stand here, or that repeats what is known without it.
    if (!is_in_rest(header, before, key)) return at_key.refuse("no key " + std::to_string(key));
    has_claimed = has_claimed || key == codec::kClaimed;
  }
  if (!has_claimed) return start.refuse("a claimed time");
  return header;
}

// --- bones and parts -------------------------------------------------------------------------------------------------

// Bones that travel short: of a grammar that both sides know, and with parts that are the listed ones, so that the
// other side can build the list again. All others travel as they are.
bool is_short(const Header& header, const Bones& bones, const UnverifiedOperation& operation) {
  return header.format == kFormatNumber && header.enc == 0 && check_whole(operation, header, bones).has_value();
}
std::optional<Bones> short_bones(const Header& header, const UnverifiedOperation& operation) {
  if (header.format != kFormatNumber || header.enc != 0) return std::nullopt;
  auto bones = decode_bones(operation.bones);
  if (!bones || !is_short(header, *bones, operation)) return std::nullopt;
  return std::move(*bones);
}

void write_short_parts(CborWriter& out, const Bones& bones, const UnverifiedOperation& operation) {
  out.array(bones.parts.size());
  for (std::size_t i = 0; i < bones.parts.size(); ++i) {
    const auto& bytes = operation.parts[i];
    const PartEntry& entry = bones.parts[i];
    if (!bytes) {
      codec::write_part_entry(out, entry);
    } else if (entry.subject) {
      out.array(2);
      out.bytes(view(*entry.subject));
      out.bytes(*bytes);
    } else {
      out.bytes(*bytes);
    }
  }
}

void write_plain_parts(CborWriter& out, const UnverifiedOperation& operation) {
  out.array(operation.parts.size());
  for (const auto& part : operation.parts) {
    if (part) {
      out.bytes(*part);
    } else {
      out.null();
    }
  }
}

// One part with its entry made again; its bytes are absent when only the entry travelled.
Status read_short_part(CborReader& reader, Bones& bones, UnverifiedOperation& operation) {
  PartEntry entry;
  KIEM_TRY_GET(const CborType type, reader.peek());
  if (type == CborType::array) {
    CborReader ahead = reader;
    KIEM_TRY_GET(const std::size_t count, ahead.array(2, 3));
    if (count == 3) {
      KIEM_TRY_GET(entry, codec::read_part_entry(reader));
      bones.parts.push_back(entry);
      operation.parts.emplace_back();
      return {};
    }
    KIEM_TRY_GET(entry.subject, ahead.id<PrincipalId>());
    reader = ahead;
  }
  KIEM_TRY_GET(const ByteView bytes, reader.bytes());
  if (bytes.size() > kMaxOperationBytes) return codec::over("part", kMaxOperationBytes);
  entry.size = static_cast<std::uint32_t>(bytes.size());
  entry.hash = part_hash(bytes);
  bones.parts.push_back(entry);
  operation.parts.emplace_back(to_bytes(bytes));
  return {};
}

// What an operation takes with all its listed parts.
Status check_size(std::size_t header, std::size_t bones, std::size_t parts) {
  if (header + bones + parts > kMaxOperationBytes) return codec::over("operation", kMaxOperationBytes);
  return {};
}

// Header bytes from the rest, the place and the bones, which are in `operation` already.
Status rebuild_header(const CborReader& reader, Header& header, UnverifiedOperation& operation) {
  if (const char* flaw = codec::flaw_of_place(header)) return reader.refuse(flaw);
  header.bones_size = static_cast<std::uint32_t>(operation.bones.size());
  header.bones_hash = bones_hash(operation.bones);
  operation.header = encode(header);
  return {};
}

Status read_short(CborReader& reader, Header& header, UnverifiedOperation& operation) {
  const CborReader before = reader;
  if (header.format != kFormatNumber || header.enc != 0) return before.refuse("bones as a byte string");
  KIEM_TRY_GET(Bones bones, codec::read_bones(reader, false));
  KIEM_TRY_GET(const std::size_t count, codec::read_count(reader, "parts", 0, kMaxParts));
  for (std::size_t i = 0; i < count; ++i) KIEM_TRY(read_short_part(reader, bones, operation));
  KIEM_TRY(codec::check_parts(before, bones));
  operation.bones = encode(bones);
  KIEM_TRY(rebuild_header(before, header, operation));
  return check_size(operation.header.size(), operation.bones.size(), codec::bytes_of_parts(bones));
}

Status read_plain(CborReader& reader, Header& header, UnverifiedOperation& operation) {
  const CborReader before = reader;
  KIEM_TRY_GET(const ByteView bones, reader.bytes());
  operation.bones = to_bytes(bones);
  KIEM_TRY_GET(const std::size_t count, codec::read_count(reader, "parts", 0, kMaxParts));
  std::size_t total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    KIEM_TRY_GET(const CborType type, reader.peek());
    if (type == CborType::null) {
      KIEM_TRY(reader.null());
      operation.parts.emplace_back();
      continue;
    }
    KIEM_TRY_GET(const ByteView part, reader.bytes());
    total += part.size();
    operation.parts.emplace_back(to_bytes(part));
  }
  KIEM_TRY(rebuild_header(before, header, operation));
  KIEM_TRY(check_size(operation.header.size(), operation.bones.size(), total));
  if (short_bones(header, operation)) return before.refuse("the short form of these bones");
  return {};
}

// --- entries ---------------------------------------------------------------------------------------------------------

Header header_of(const UnverifiedOperation& operation) {
  auto header = decode_header(operation.header);
  KIEM_CHECK(header);
  return std::move(*header);
}

bool continues(const Header& next, const Header& header, ByteView header_bytes) {
  return next.space == header.space && next.circle == header.circle && next.device == header.device &&
         next.seq == header.seq + 1 && next.prev == op_id(header_bytes);
}

// bones: to be short, else nullptr.
void write_entry(CborWriter& out, const UnverifiedOperation& operation, const Header& header, const Header& before,
                 const Bones* bones) {
  out.array(operation.signature ? 4 : 3);
  write_rest(out, header, before);
  if (bones != nullptr) {
    codec::write_bones(out, *bones, false);
    write_short_parts(out, *bones, operation);
  } else {
    KIEM_CHECK(header.bones_size == operation.bones.size() && header.bones_hash == bones_hash(operation.bones));
    out.bytes(operation.bones);
    write_plain_parts(out, operation);
  }
  if (operation.signature) out.bytes(view(*operation.signature));
}

Result<UnverifiedOperation> read_entry(CborReader& reader, const Header& place, Header& before) {
  UnverifiedOperation operation;
  KIEM_TRY_GET(const std::size_t count, reader.array(3, 4));
  KIEM_TRY_GET(Header header, read_rest(reader, before));
  header.space = place.space;
  header.circle = place.circle;
  header.device = place.device;
  header.seq = place.seq;
  header.prev = place.prev;
  KIEM_TRY_GET(const CborType type, reader.peek());
  KIEM_TRY(type == CborType::bytes ? read_plain(reader, header, operation) : read_short(reader, header, operation));
  if (count == 4) {
    KIEM_TRY_GET(operation.signature, reader.id<Signature>());
  }
  before = std::move(header);
  return operation;
}

void write_head(CborWriter& out, const Header& first, std::size_t count) {
  out.array(7);
  out.unsigned_integer(kSegmentVersion);
  out.bytes(view(first.space));
  out.bytes(view(first.circle));
  out.bytes(view(first.device));
  out.unsigned_integer(first.seq);
  out.bytes(view(first.prev));
  out.array(count);
}

}  // namespace

Bytes encode_rest(const Header& header, const Header& before) {
  CborWriter out;
  write_rest(out, header, before);
  return out.take();
}

Result<Header> decode_rest(ByteView bytes, const Header& before) {
  CborReader reader(bytes);
  KIEM_TRY_GET(Header header, read_rest(reader, before));
  KIEM_TRY(reader.finish());
  return header;
}

Bytes encode_segment(std::span<const UnverifiedOperation> run) {
  KIEM_CHECK(!run.empty() && run.size() <= kMaxSegmentOperations);
  KIEM_CHECK(run.back().signature);
  CborWriter out;
  Header before;
  for (std::size_t i = 0; i < run.size(); ++i) {
    Header header = header_of(run[i]);
    if (i == 0) {
      write_head(out, header, run.size());
    } else {
      KIEM_CHECK(continues(header, before, run[i - 1].header));
    }
    const auto bones = short_bones(header, run[i]);
    write_entry(out, run[i], header, i == 0 ? Header{} : before, bones ? &*bones : nullptr);
    before = std::move(header);
  }
  KIEM_CHECK(out.view().size() <= kMaxSegmentBytes);
  return out.take();
}

Result<SegmentReader> SegmentReader::read_head(CborReader& reader) {
  SegmentReader segment;
  Header& place = segment.place_;
  KIEM_TRY(reader.array(7, 7));
  KIEM_TRY(reader.unsigned_integer(kSegmentVersion));
  KIEM_TRY_GET(place.space, reader.id<SpaceId>());
  KIEM_TRY_GET(place.circle, reader.id<CircleId>());
  KIEM_TRY_GET(place.device, reader.id<DeviceId>());
  KIEM_TRY_GET(place.seq, reader.unsigned_integer());
  KIEM_TRY_GET(place.prev, reader.id<OpId>());
  return segment;
}

Result<OpId> SegmentReader::read(CborReader& reader) {
  KIEM_TRY_GET(UnverifiedOperation operation, read_entry(reader, place_, before_));
  place_.seq += 1;  // past the last seq this is 0, which no operation with a prev may have
  place_.prev = op_id(operation.header);
  run_.push_back(std::move(operation));
  return place_.prev;
}

Result<SegmentReader> SegmentReader::begin(ByteView head) {
  CborReader reader(head);
  KIEM_TRY_GET(SegmentReader segment, read_head(reader));
  // Its entries come later, so that only here more of them are told than there are bytes.
  const CborReader at_count = reader;
  const packing::Head count = packing::head_at(head, reader.position());
  if (count.major != packing::kArray || reader.position() + count.size != head.size()) {
    return at_count.refuse("an array of entries");
  }
  if (count.value > kMaxSegmentOperations) return codec::over("operations", kMaxSegmentOperations);
  if (count.value == 0) return at_count.refuse("an operation");
  segment.count_ = static_cast<std::size_t>(count.value);
  segment.run_.reserve(segment.count_);
  return segment;
}

Result<OpId> SegmentReader::add(ByteView entry) {
  KIEM_CHECK(run_.size() < count_);
  CborReader reader(entry);
  KIEM_TRY_GET(const OpId id, read(reader));
  KIEM_TRY(reader.finish());
  return id;
}

Result<std::vector<UnverifiedOperation>> SegmentReader::finish() {
  KIEM_CHECK(run_.size() == count_);
  if (!run_.back().signature) return CborReader(ByteView{}).refuse("a signature on the last operation");
  return std::move(run_);
}

Result<std::vector<UnverifiedOperation>> decode_segment(ByteView bytes) {
  if (bytes.size() > kMaxSegmentBytes) return codec::over("segment", kMaxSegmentBytes);
  CborReader reader(bytes);
  KIEM_TRY_GET(SegmentReader segment, SegmentReader::read_head(reader));
  KIEM_TRY_GET(segment.count_, codec::read_count(reader, "operations", 1, kMaxSegmentOperations));
  segment.run_.reserve(segment.count_);
  for (std::size_t i = 0; i < segment.count_; ++i) KIEM_TRY(segment.read(reader));
  KIEM_TRY_GET(auto run, segment.finish());
  KIEM_TRY(reader.finish());
  return run;
}

std::size_t segment_length(std::span<const UnverifiedOperation> run, std::size_t max_bytes) {
  max_bytes = std::min(max_bytes, kMaxSegmentBytes);
  CborWriter out;
  Header before;
  std::size_t length = 0;
  for (std::size_t i = 0; i < std::min(run.size(), kMaxSegmentOperations); ++i) {
    Header header = header_of(run[i]);
    if (i == 0) {
      // The head of the array of entries grows with their number; reckon with its longest form.
      write_head(out, header, kMaxSegmentOperations);
    } else if (!continues(header, before, run[i - 1].header)) {
      break;
    }
    const auto bones = short_bones(header, run[i]);
    write_entry(out, run[i], header, i == 0 ? Header{} : before, bones ? &*bones : nullptr);
    if (out.view().size() > max_bytes) break;
    if (run[i].signature) length = i + 1;
    before = std::move(header);
  }
  return length;
}

FilledSegment fill_segment(std::span<const ExportedOperation> run, std::size_t max_bytes) {
  if (run.empty()) return {};
  max_bytes = std::min(max_bytes, kMaxSegmentBytes);
  // The head of the array of entries grows with their number; reckon with its longest form.
  CborWriter longest_head;
  write_head(longest_head, run.front().header, kMaxSegmentOperations);
  const std::size_t head_bytes = longest_head.view().size();
  CborWriter entries;
  std::size_t length = 0;  // of the entries up to the last signature
  FilledSegment filled;
  const Header none;
  for (std::size_t i = 0; i < std::min(run.size(), kMaxSegmentOperations); ++i) {
    const ExportedOperation& each = run[i];
    const Header& before = i == 0 ? none : run[i - 1].header;
    if (i > 0 && !continues(each.header, before, run[i - 1].bytes.header)) break;
    const bool bones_are_short = is_short(each.header, each.bones, each.bytes);
    write_entry(entries, each.bytes, each.header, before, bones_are_short ? &each.bones : nullptr);
    if (head_bytes + entries.view().size() > max_bytes) break;
    if (!each.bytes.signature) continue;
    filled.count = i + 1;
    length = entries.view().size();
  }
  if (filled.count == 0) return {};
  CborWriter out;
  write_head(out, run.front().header, filled.count);
  out.raw(ByteView(entries.view()).first(length));
  filled.segment = out.take();
  return filled;
}

}  // namespace kiem
