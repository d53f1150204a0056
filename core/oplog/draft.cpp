#include "core/oplog/draft.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/schema/first.hpp"

namespace kiem {
namespace {

// What one mutation of the first schema takes in the bones at the most without lists; what a name by an act, a
// reference and a number take besides; and what header, signature and the part list take together. has_room() counts
// with these, so that no operation is ever found too large after the fact.
constexpr std::size_t kMutationBytes = 96;
constexpr std::size_t kNameBytes = 40;
constexpr std::size_t kReferenceBytes = 40;
constexpr std::size_t kNumberBytes = 9;
constexpr std::size_t kOperationOverhead = 1024;
constexpr std::size_t kPartOverhead = 128;

std::size_t size_of(const Mutation& mutation) {
  std::size_t references = mutation.supersedes.size() + mutation.records.size();
  for (const auto& cite : mutation.cites) references += cite.references.size();
  const std::size_t names = (mutation.collection.act ? 1 : 0) + (mutation.field && mutation.field->act ? 1 : 0);
  return kMutationBytes + names * kNameBytes + references * kReferenceBytes + mutation.numbers.size() * kNumberBytes +
         mutation.authority.size();
}

}  // namespace

std::uint32_t Draft::add(Mutation mutation, const std::optional<Value>& value,
                         const std::optional<PrincipalId>& subject) {
  if (value) {
    auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& each) { return each.subject == subject; });
    if (part == parts_.end()) {
      // The common part stands first, whenever its first value came.
      part = parts_.insert(subject ? parts_.end() : parts_.begin(), Part{subject, {}});
      bytes_ += kPartOverhead;
      if (!subject) {
        for (auto& earlier : mutations_) {
          if (earlier.part) ++*earlier.part;
        }
      }
    }
    mutation.part = static_cast<std::uint32_t>(part - parts_.begin());
    part->values.push_back(*value);
    bytes_ += encode(*value).size();
  }
  bytes_ += size_of(mutation);
  mutations_.push_back(std::move(mutation));
  return static_cast<std::uint32_t>(mutations_.size() - 1);
}

bool Draft::has_room(std::size_t more, std::size_t bytes) const {
  return mutations_.size() + more <= kMaxMutations && parts_.size() + 1 < kMaxParts &&
         bytes_ + bytes + more * kMutationBytes + kPartOverhead + kOperationOverhead <= kMaxOperationBytes;
}

bool Draft::has_room_for(const Mutation& mutation, const std::optional<Value>& value) const {
  return has_room(1, size_of(mutation) - kMutationBytes + (value ? encode(*value).size() : 0));
}

Draft::Finished Draft::finish(const ActId& act, Rng& rng) const {
  KIEM_CHECK(!mutations_.empty());
  Finished finished;
  finished.bones.schema = schema_;
  finished.bones.act = act;
  finished.bones.mutations = mutations_;
  for (const auto& part : parts_) {
    std::array<std::uint8_t, kPartSaltBytes> salt{};
    rng.fill(salt);
    finished.parts.push_back(encode_part(salt, part.values));
    const Bytes& bytes = finished.parts.back();
    finished.bones.parts.push_back({part.subject, static_cast<std::uint32_t>(bytes.size()), part_hash(bytes)});
  }
  return finished;
}

Mutation create_record(std::uint32_t collection, const std::optional<RecordId>& record) {
  Mutation mutation;
  mutation.collection = {std::nullopt, collection};
  mutation.kind = static_cast<std::uint32_t>(MutationKind::create);
  mutation.record = record;
  return mutation;
}

Mutation write_field(std::uint32_t collection, const std::optional<RecordId>& record, std::uint32_t field,
                     std::vector<Reference> supersedes) {
  Mutation mutation;
  mutation.collection = {std::nullopt, collection};
  mutation.kind = static_cast<std::uint32_t>(MutationKind::write);
  mutation.record = record;
  mutation.field = SchemaName{std::nullopt, field};
  mutation.supersedes = std::move(supersedes);
  return mutation;
}

Reference reference_to(const OpId& op, std::uint32_t mutation) {
  Reference reference;
  reference.op = op;
  reference.mutation = mutation;
  return reference;
}

}  // namespace kiem
