#include "core/domain/people.hpp"

#include "core/domain/registers.hpp"

namespace kiem {

void draft_person(Draft& draft, const PrincipalId& person, std::uint32_t kind, const PersonWords& words) {
  constexpr auto kPrincipal = collection::kPrincipal;
  const RecordId record = record_of(person);
  draft.add(create_record(kPrincipal, record));
  draft.add(write_field(kPrincipal, record, principal_field::kKind), ChoiceValue{kind});
  const auto tell = [&](std::uint32_t field, const std::string& text) {
    if (!text.empty()) draft.add(write_field(kPrincipal, record, field), TextValue{text, {}}, person);
  };
  tell(principal_field::kName, words.name);
  tell(principal_field::kRoleText, words.role_text);
  tell(principal_field::kTalents, words.talents);
  tell(principal_field::kLanguages, words.languages);
  tell(principal_field::kWorksWith, words.works_with);
}

Status introduce(const UserAct& act, std::string_view name) {
  Draft draft = act.draft_in(CircleNumber::members);
  const PrincipalId me = principal_of(act.keys.person);
  const RecordId record = record_of(me);
  // The device that admitted this person may have written the name already: the person's own write replaces it.
  KIEM_TRY_GET(auto earlier, live_writes(act, record, collection::kPrincipal, principal_field::kName));
  draft.add(create_record(collection::kPrincipal, record));
  draft.add(write_field(collection::kPrincipal, record, principal_field::kKind), ChoiceValue{principal_kind::kPerson});
  draft.add(write_field(collection::kPrincipal, record, principal_field::kName, std::move(earlier)),
            TextValue{std::string(name), {}}, me);
  KIEM_TRY(act.write(draft));
  return {};
}

}  // namespace kiem
