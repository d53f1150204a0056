#include "core/domain/schema_acts.hpp"

#include "core/access/acts.hpp"

namespace kiem {

Status write_extension(const UserAct& act, const SchemaAddition& addition) {
  EncodedAddition encoded = encode(addition);
  // What header, the act around the structure and the part around the words take at the most.
  constexpr std::size_t kAround = 2048;
  if (encoded.structure.size() + encoded.keeps.size() + encoded.words.size() + kAround > kMaxOperationBytes) {
    return fail(ErrorCode::too_large, Fault::person, {"schema", std::to_string(kMaxOperationBytes)});
  }
  Draft draft = act.draft_in(CircleNumber::access);
  Mutation mutation;
  mutation.collection = {std::nullopt, collection::kAccess};
  mutation.kind = static_cast<std::uint32_t>(MutationKind::authority);
  act::ExtendSchema extend{std::move(encoded.structure), {}};
  if (!encoded.keeps.empty()) extend.keeps = std::move(encoded.keeps);
  mutation.authority = encode(Act{std::move(extend), {}});
  draft.add(std::move(mutation), TextValue{std::move(encoded.words), {}});
  KIEM_TRY(act.write(draft));
  return {};
}

}  // namespace kiem
