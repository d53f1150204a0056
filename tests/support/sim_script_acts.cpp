// Acts of membership, of everybody over everybody.
#include <algorithm>

#include "core/access/proofs.hpp"
#include "tests/support/sim_script_writer.hpp"

namespace kiem::test {

CutHeads ScriptWriter::cut_heads() {
  CutHeads cut;
  for (std::uint32_t number = 0; number < kCircles; ++number) {
    if (script_.one_in(2)) continue;
    CircleHeads heads{circle(number), {}, {}};
    for (std::size_t i = script_.below(3); i > 0; --i) heads.heads.push_back(any().id);
    std::sort(heads.heads.begin(), heads.heads.end());
    heads.heads.erase(std::unique(heads.heads.begin(), heads.heads.end()), heads.heads.end());
    cut.push_back(std::move(heads));
  }
  std::sort(cut.begin(), cut.end());
  return cut;
}

ActBody ScriptWriter::act_body(const ScriptAuthor& author) {
  const auto id = [&] { return script_.one_in(8) ? nowhere<OpId>() : any().id; };
  const auto ids = [&] {
    std::vector<OpId> all{id(), id()};
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  };
  switch (script_.below(20)) {
    case 0:
      return act::Promote{some_author().person, {}};
    case 1:
      return act::ConfirmMember{some_author().person};
    case 2:
      return act::Demote{some_author().person, cut_heads(), {}};
    case 3:
    case 4:
      return act::RemovePerson{some_author().person, cut_heads(), {}};
    case 5:
      return act::RemoveDevice{some_author().device, cut_heads(), {}};
    case 6:
      return act::Leave{cut_heads()};
    case 7:
    case 8:
      return act::Sign{same_bytes<Hash32>(id()), static_cast<Number>(1 + script_.below(2)), {}};
    case 9:
      return act::Fold{ids()};
    case 10:
      return act::Cut{some_record(),
                      static_cast<Number>(script_.below(4)),
                      cut_heads(),
                      1,
                      1,
                      {},
                      {},
                      static_cast<Number>(script_.number())};
    case 11: {
      std::vector<act::CircleDigest> frontier{{circle(1), nowhere<Hash32>(), {}}};
      return act::Seal{script_.one_in(2) ? std::optional(id()) : std::nullopt, ids(), std::move(frontier), {}, {}, 1};
    }
    case 12:
      return act::ForkContinue{ids()};
    case 13:
      return act::GrantMandate{some_principal(), static_cast<Number>(script_.below(6)), {}, {}, {}, {}};
    case 14:
      return act::EndMandate{id(), static_cast<Number>(script_.below(3))};
    case 15:
      return act::Admit{
          some_author().person, some_author().device, static_cast<Number>(script_.below(6)), {}, {}, {}, {}, {}};
    case 16:
      return act::Invite{author.key.verify_key(), static_cast<Number>(script_.below(6))};
    case 17:
      return act::Raise{static_cast<Number>(script_.number()), {}};
    case 18:
      return act::UnknownAct{99, Bytes{0x82, 0x18, 0x63, 0xA0}};
    default: {
      Bytes structure{script_.byte(), script_.byte(), script_.byte()};
      for (const auto& each : ground_.operations) {
        for (const auto& mutation : each.bones.mutations) {
          const auto known = mutation.authority.empty() ? Result<Act>(Act{}) : decode_act(mutation.authority);
          if (!known || !std::holds_alternative<act::ExtendSchema>(known->body)) continue;
          structure = std::get<act::ExtendSchema>(known->body).structure;
          if (script_.one_in(2)) bend(structure);
        }
      }
      return act::ExtendSchema{std::move(structure)};
    }
  }
}

Mutation ScriptWriter::act(const ScriptAuthor& author) {
  Mutation mutation;
  mutation.collection = {std::nullopt, collection::kAccess};
  Act made{act_body(author), {}};
  const bool recovers = script_.one_in(3);
  const ActPosition position{header_.space, header_.device, header_.prev, header_.seq};
  const auto recovered = [&]() {
    const auto& words = script_.one_in(4) ? some_author().words : author.words;
    return recover(words, script_.one_in(4) ? RecoveryOf::space : RecoveryOf::person, position, made);
  };
  if (recovers) {
    std::visit(
        [&](auto& body) {
          if constexpr (requires { body.recovery.reset(); }) body.recovery = recovered();
        },
        made.body);
  }
  mutation.authority = encode(made);
  if (script_.one_in(24)) {
    Bytes bent = mutation.authority;
    bend(bent);
    if (is_cbor_item(bent)) mutation.authority = std::move(bent);
  }
  return mutation;
}

}  // namespace kiem::test
