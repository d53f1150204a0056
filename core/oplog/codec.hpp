// What the codecs of header, bones, values and segments share with each other and with op_store, inside oplog alone.
//
// The rule for a map of ours: keys ascend, known keys count from 0 without a hole, and a key is left out exactly when
// its field has its default, so that a struct has one encoding. Reading checks everything that writing promises, hence
// a decoded struct can always be written again. Free functions, any thread.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/cbor.hpp"
#include "core/base/check.hpp"
#include "core/oplog/operation.hpp"

namespace kiem::codec {

// --- limits ----------------------------------------------------------------------------------------------------------
[[nodiscard]] tl::unexpected<Error> over(std::string_view what, std::size_t limit);
// The head of an array of min to max items; more than max is too_large, named `what`.
[[nodiscard]] Result<std::size_t> read_count(CborReader& reader, std::string_view what, std::size_t min,
                                             std::size_t max);

// --- map keys --------------------------------------------------------------------------------------------------------
// The next key of a map; must be above `last` and at most kLastKey. Sets `last`.
[[nodiscard]] Result<std::uint64_t> read_key(CborReader& reader, std::optional<std::uint64_t>& last);
[[nodiscard]] Status read_unknown(CborReader& reader, std::uint64_t key, std::vector<UnknownField>& unknown);
// A broken promise unless keys ascend from first_unknown to kLastKey and every value is one canonical item.
void write_unknown(CborWriter& out, const std::vector<UnknownField>& unknown, std::uint64_t first_unknown);
[[nodiscard]] bool has_must_key(const std::vector<UnknownField>& unknown);

// --- lists of ids ----------------------------------------------------------------------------------------------------
template <class IdType>
[[nodiscard]] bool ascends(const std::vector<IdType>& ids) {
  return std::adjacent_find(ids.begin(), ids.end(), [](const auto& a, const auto& b) { return !(a < b); }) == ids.end();
}
template <class IdType>
[[nodiscard]] bool is_unique(std::vector<IdType> ids) {
  std::sort(ids.begin(), ids.end());
  return ascends(ids);
}
template <class IdType>
[[nodiscard]] Result<std::vector<IdType>> read_ids(CborReader& reader, std::string_view what, std::size_t min,
                                                   std::size_t max) {
  KIEM_TRY_GET(const std::size_t count, read_count(reader, what, min, max));
  std::vector<IdType> ids;
  ids.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    KIEM_TRY_GET(const IdType id, reader.id<IdType>());
    ids.push_back(id);
  }
  return ids;
}
template <class IdType>
void write_ids(CborWriter& out, const std::vector<IdType>& ids) {
  out.array(ids.size());
  for (const auto& id : ids) out.bytes(view(id));
}

// --- header, one key at a time (header_codec.cpp; segment.cpp leaves keys out) ---------------------------------------
enum HeaderKey : std::uint64_t {
  kFormat = 0,
  kSuiteKey = 1,
  kEnc = 2,
  kSpace = 3,
  kCircle = 4,
  kDevice = 5,
  kSeq = 6,
  kPrev = 7,
  kAccessHeads = 8,
  kSeen = 9,
  kClass = 10,
  kClaimed = 11,
  kBonesHash = 12,
  kBonesSize = 13,
  kFirstUnknownHeaderKey = 14,
};
void write_header_value(CborWriter& out, const Header& header, std::uint64_t key);
// Reads the value of a known key, or keeps an unknown one.
[[nodiscard]] Status read_header_value(CborReader& reader, std::uint64_t key, Header& header);
// What is wrong with space, circle, seq and prev together; nullptr when nothing is.
[[nodiscard]] const char* flaw_of_place(const Header& header);

// --- bones, with or without the part list (bones_codec.cpp; segment.cpp tells the parts otherwise) -------------------
void write_bones(CborWriter& out, const Bones& bones, bool with_parts);
// Without parts the part numbers of mutations are not checked: check_parts does, when the list is there again.
[[nodiscard]] Result<Bones> read_bones(CborReader& reader, bool with_parts);
// The rules over the part list as a whole: at most one part without subject and that one first, at most kMaxParts,
// every size a multiple of kPartPadding, and every part that a mutation names is in the list.
[[nodiscard]] Status check_parts(const CborReader& reader, const Bones& bones);
void write_part_entry(CborWriter& out, const PartEntry& part);
[[nodiscard]] Result<PartEntry> read_part_entry(CborReader& reader);
// What the listed parts take, dropped ones counted too.
[[nodiscard]] std::size_t bytes_of_parts(const Bones& bones);

// --- mutations (mutation_codec.cpp) ----------------------------------------------------------------------------------
void write_mutation(CborWriter& out, const Mutation& mutation);
[[nodiscard]] Result<Mutation> read_mutation(CborReader& reader);

}  // namespace kiem::codec
