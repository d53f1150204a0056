#include "core/base/cbor.hpp"
#include "core/oplog/claim_record.hpp"
#include "core/oplog/packing.hpp"
#include "core/oplog/packing_words.hpp"
#include "core/oplog/segment_reader.hpp"

namespace kiem {

using namespace packing;

namespace {

constexpr std::size_t kHeadItems = 6;  // of a segment, before its entries

tl::unexpected<Error> refuse_at(std::size_t at, std::string_view expected) {
  return fail(ErrorCode::not_canonical, Fault::peer, {std::to_string(at), std::string(expected)});
}

tl::unexpected<Error> too_large(std::string_view what, std::size_t limit) {
  return fail(ErrorCode::too_large, Fault::peer, {std::string(what), std::to_string(limit)});
}

}  // namespace

// Bytes that run out are refused where they do: every read asks first.
struct Unpacker::Job {
  ByteView words;
  ByteView chance;
  const Finds& finds;
  std::size_t at = 0;
  std::size_t chance_at = 0;
  std::size_t made = 0;  // of the running segment
  bool is_unknown = false;
  bool has_beginnings = false;

  Result<ByteView> take_words(std::size_t size) {
    if (size > words.size() - at) return refuse_at(at, "more words");
    at += size;
    return words.subspan(at - size, size);
  }
  Result<ByteView> take_chance(std::size_t size) {
    if (size > chance.size() - chance_at) return refuse_at(at, "more chance");
    chance_at += size;
    return chance.subspan(chance_at - size, size);
  }
  Result<Head> take_head() {
    const Head head = head_at(words, at);
    if (head.size == 0) return refuse_at(at, "a head");
    at += head.size;
    return head;
  }
};

void Unpacker::begin(std::span<const Hash32> known) {
  ids_.clear();
  for (const auto& id : known) ids_.add(id);
  last_integer_ = 0;
}

Result<Hash32> Unpacker::id(Job& job, std::uint64_t number, bool in_claim) {
  if (number >= kFirstListed) {
    const Hash32* const listed = ids_.at(number - kFirstListed);
    if (listed == nullptr) return refuse_at(job.at, "an id that was told");
    return *listed;
  }
  Hash32 id;
  if (number == kClaim) {
    if (in_claim) return refuse_at(job.at, "no claim of a claim");
    std::array<Hash32, 2> of;
    for (auto& each : of) {
      KIEM_TRY_GET(const Head head, job.take_head());
      if (head.major != kId) return refuse_at(job.at, "an id");
      KIEM_TRY_GET(each, this->id(job, head.value, true));
    }
    id = same_bytes<Hash32>(claim_record(same_bytes<RecordId>(of[0]), same_bytes<PrincipalId>(of[1])));
  } else if (number == kWholeId) {
    KIEM_TRY_GET(const ByteView whole, job.take_chance(Hash32::kSize));
    id = *id_from<Hash32>(whole);
  } else {
    KIEM_TRY_GET(const ByteView beginning, job.take_chance(IdBeginning::kSize));
    job.has_beginnings = true;
    KIEM_TRY_GET(const auto found, job.finds(*id_from<IdBeginning>(beginning)));
    // The rest is read on, so that what is no packing at all is still refused.
    if (!found) job.is_unknown = true;
    id = found.value_or(Hash32{});
  }
  ids_.add(id);
  return id;
}

Status Unpacker::part(Job& job, Bytes& out) {
  KIEM_TRY_GET(const ByteView salt, job.take_chance(kPartSaltBytes));
  Bytes content = to_bytes(salt);
  KIEM_TRY(items(job, 1, content, true));
  content.resize((content.size() + kPartPadding - 1) / kPartPadding * kPartPadding);
  if (content.size() > kMaxOperationBytes) return too_large("part", kMaxOperationBytes);
  append_cbor_head(out, kBytes, content.size());
  append(out, content);
  return {};
}

Status Unpacker::items(Job& job, std::size_t count, Bytes& out, bool in_part) {
  for (std::size_t left = count; left > 0; --left) {
    const std::size_t begin = job.at;
    KIEM_TRY_GET(const Head head, job.take_head());
    if (job.made + out.size() > kMaxSegmentBytes) return too_large("segment", kMaxSegmentBytes);
    switch (head.major) {
      case kId: {
        KIEM_TRY_GET(const Hash32 id, this->id(job, head.value, false));
        append_cbor_head(out, kBytes, Hash32::kSize);
        append(out, view(id));
        continue;
      }
      case kOther:
        if (head.value == kPartWord && !in_part) {
          KIEM_TRY(part(job, out));
          continue;
        }
        if (head.value == kLongInteger) {
          KIEM_TRY_GET(const Head step, job.take_head());
          if (step.major != kUnsigned && step.major != kNegative) return refuse_at(begin, "a step");
          last_integer_ += step.major == kUnsigned ? step.value : ~step.value;
          append_cbor_head(out, kUnsigned, last_integer_);
          continue;
        }
        if (head.value < kFirstValue || head.value > kLastValue) return refuse_at(begin, "a word");
        break;
      case kArray:
      case kMap: {
        // An item takes a word at least, so more of them than there are words left never come.
        const std::size_t rest = job.words.size() - job.at;
        const std::uint64_t most = head.major == kMap ? rest / 2 : rest;
        if (head.value > most) return refuse_at(begin, "more words");
        left += static_cast<std::size_t>(head.value) * (head.major == kMap ? 2 : 1);
        if (left > rest + 1) return refuse_at(begin, "more words");
        break;
      }
      default:
        break;
    }
    append(out, job.words.subspan(begin, head.size));
    if (head.major == kBytes && is_chance(head.value)) {
      KIEM_TRY_GET(const ByteView content, job.take_chance(static_cast<std::size_t>(head.value)));
      append(out, content);
    } else if (head.major == kBytes || head.major == kText) {
      if (head.value > job.words.size()) return refuse_at(begin, "more words");
      KIEM_TRY_GET(const ByteView content, job.take_words(static_cast<std::size_t>(head.value)));
      append(out, content);
    }
  }
  return {};
}

Status Unpacker::segment(Job& job, Unpacked& to) {
  job.made = 0;
  Bytes bytes;
  const auto head_of_array = [&]() -> Result<std::uint64_t> {
    KIEM_TRY_GET(const Head head, job.take_head());
    if (head.major != kArray) return refuse_at(job.at, "an array");
    append_cbor_head(bytes, kArray, head.value);
    return head.value;
  };
  KIEM_TRY(head_of_array());
  KIEM_TRY(items(job, kHeadItems, bytes, false));
  KIEM_TRY_GET(const std::uint64_t count, head_of_array());
  if (count > kMaxSegmentOperations) return too_large("operations", kMaxSegmentOperations);
  job.made = bytes.size();
  if (job.is_unknown) return {};
  KIEM_TRY_GET(SegmentReader reader, SegmentReader::begin(bytes));
  for (std::uint64_t i = 0; i < count; ++i) {
    bytes.clear();
    KIEM_TRY(items(job, 1, bytes, false));
    job.made += bytes.size();
    if (job.is_unknown) return {};
    KIEM_TRY_GET(const OpId id, reader.add(bytes));
    ids_.add(same_bytes<Hash32>(id));
  }
  KIEM_TRY_GET(auto run, reader.finish());
  to.runs.push_back(std::move(run));
  return {};
}

Result<Unpacked> Unpacker::take(ByteView words, ByteView chance, const Finds& finds) {
  if (words.size() > kMaxPackedWords) return too_large("words", kMaxPackedWords);
  Job job{words, chance, finds};
  Unpacked unpacked;
  while (job.at < words.size() && !job.is_unknown) {
    KIEM_TRY(segment(job, unpacked));
  }
  unpacked.is_whole = !job.is_unknown;
  unpacked.has_beginnings = job.has_beginnings;
  if (unpacked.is_whole && job.chance_at != chance.size()) return refuse_at(job.at, "no more chance");
  if (unpacked.is_whole && unpacked.runs.empty()) return refuse_at(0, "a segment");
  return unpacked;
}

}  // namespace kiem
