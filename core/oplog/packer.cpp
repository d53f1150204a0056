#include <algorithm>

#include "core/base/cbor.hpp"
#include "core/base/check.hpp"
#include "core/oplog/claim_record.hpp"
#include "core/oplog/packing.hpp"
#include "core/oplog/packing_words.hpp"

namespace kiem {

using namespace packing;

IdBeginning beginning_of(const Hash32& id) {
  IdBeginning beginning;
  std::copy_n(id.bytes.begin(), IdBeginning::kSize, beginning.bytes.begin());
  return beginning;
}

void add_claims(const Bones& bones, const PersonId& author, std::vector<ClaimParts>& claims) {
  for (const auto& mutation : bones.mutations) {
    if (!mutation.record || mutation.records.empty()) continue;
    const RecordId& occurrence = mutation.records.front();
    const PrincipalId principal = mutation.principal.value_or(principal_of(author));
    if (claim_record(occurrence, principal) == *mutation.record)
      claims.push_back({*mutation.record, occurrence, principal});
  }
}

struct Packer::Job {
  ByteView bytes;
  std::size_t at = 0;
  std::span<const ClaimParts> claims;
  const Tells& tells;
  Packed& to;
  bool in_part = false;
};

void Packer::begin(std::span<const Hash32> known) {
  ids_.clear();
  for (const auto& id : known) ids_.add(id);
  last_integer_ = 0;
}

Status Packer::id(Job& job, const Hash32& id) {
  if (const auto number = ids_.find(id)) {
    append_cbor_head(job.to.words, kId, kFirstListed + *number);
    return {};
  }
  const auto claim = std::find_if(job.claims.begin(), job.claims.end(),
                                  [&](const ClaimParts& each) { return same_bytes<Hash32>(each.record) == id; });
  if (claim != job.claims.end()) {
    append_cbor_head(job.to.words, kId, kClaim);
    const std::span<const ClaimParts> claims = std::exchange(job.claims, {});
    KIEM_TRY(this->id(job, same_bytes<Hash32>(claim->occurrence)));
    KIEM_TRY(this->id(job, same_bytes<Hash32>(claim->principal)));
    job.claims = claims;
  } else {
    KIEM_TRY_GET(const bool is_told, job.tells(id));
    append_cbor_head(job.to.words, kId, is_told ? kBeginning : kWholeId);
    append(job.to.chance, is_told ? view(beginning_of(id)) : view(id));
  }
  ids_.add(id);
  return {};
}

// What is packed was made here, so that its heads are whole and its counts true.
Status Packer::items(Job& job, std::size_t count) {
  for (std::size_t left = count; left > 0; --left) {
    const Head head = head_at(job.bytes, job.at);
    KIEM_CHECK(head.size > 0);
    const std::size_t begin = job.at;
    job.at += head.size;
    if (head.is_long_integer()) {
      // Most are times, and near the one before.
      append_cbor_head(job.to.words, kOther, kLongInteger);
      const std::uint64_t step = head.value - last_integer_;
      const bool is_back = step > INT64_MAX;
      append_cbor_head(job.to.words, is_back ? kNegative : kUnsigned, is_back ? ~step : step);
      last_integer_ = head.value;
      continue;
    }
    if (head.major == kArray) left += static_cast<std::size_t>(head.value);
    if (head.major == kMap) left += 2 * static_cast<std::size_t>(head.value);
    const bool has_content = head.major == kBytes || head.major == kText;
    const std::size_t size = has_content ? static_cast<std::size_t>(head.value) : 0;
    KIEM_CHECK(size <= job.bytes.size() - job.at);
    const ByteView content = job.bytes.subspan(job.at, size);
    job.at += size;
    if (const std::size_t end = head.major == kBytes && !job.in_part ? part_end(content) : 0; end > 0) {
      append_cbor_head(job.to.words, kOther, kPartWord);
      append(job.to.chance, content.first(kPartSaltBytes));
      Job inner{content.first(end), kPartSaltBytes, job.claims, job.tells, job.to, true};
      KIEM_TRY(items(inner, 1));
      continue;
    }
    if (head.major == kBytes && size == Hash32::kSize) {
      KIEM_TRY(id(job, *id_from<Hash32>(content)));
      continue;
    }
    append(job.to.words, job.bytes.subspan(begin, head.size));
    append(head.major == kBytes && is_chance(size) ? job.to.chance : job.to.words, content);
  }
  return {};
}

Status Packer::add(ByteView segment, std::span<const OpId> ids, std::span<const ClaimParts> claims, const Tells& tells,
                   Packed& to) {
  Job job{segment, 0, claims, tells, to};
  const Head outer = head_at(segment, 0);
  KIEM_CHECK(outer.major == kArray && outer.value == 7);
  append_cbor_head(to.words, kArray, outer.value);
  job.at = outer.size;
  KIEM_TRY(items(job, 6));
  const Head entries = head_at(segment, job.at);
  KIEM_CHECK(entries.major == kArray && entries.value == ids.size());
  append_cbor_head(to.words, kArray, entries.value);
  job.at += entries.size;
  for (const OpId& id : ids) {
    KIEM_TRY(items(job, 1));
    ids_.add(same_bytes<Hash32>(id));
  }
  KIEM_CHECK(job.at == segment.size());
  return {};
}

}  // namespace kiem
