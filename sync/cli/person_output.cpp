#include "sync/cli/person_output.hpp"

#include "core/l10n/names.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/json_parts.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kNoPeople{"Er zijn hier nog geen mensen.", "There are no people here yet."};
constexpr Counted<1> kPeople{{"{0} persoon", "{0} person"}, {"{0} mensen", "{0} people"}};
constexpr Text<1> kYou{"{0} (jij)", "{0} (you)"};
constexpr Text<0> kCard{"zonder Kiem", "without Kiem"};
constexpr Text<1> kOnProbation{"{0}, nieuw", "{0}, new"};

std::string standing_of(Lang lang, const PersonRow& person) {
  if (person.card) return person.role_text.empty() ? say(lang, kCard) : person.role_text;
  const std::string role = role_text(lang, person.role);
  return person.on_probation ? say(lang, kOnProbation, role) : role;
}

}  // namespace

void print_people(Page& page, const Audience& audience, const People& answer) {
  const Lang lang = audience.lang;
  if (answer.people.empty()) {
    page.line(say(lang, kNoPeople));
    return;
  }
  page.line(say_count(lang, answer.people.size(), kPeople));
  page.blank();
  Table table;
  table.columns = {{}, {}, {}, {true}};
  for (const PersonRow& person : answer.people) {
    const std::string name = person_name(lang, person.person);
    table.rows.push_back({short_id(person.person.id), person.me ? say(lang, kYou, name) : name,
                          standing_of(lang, person), person.talents});
  }
  page.table(table);
}

Json json_of(const People& answer) {
  JsonArray people;
  for (const PersonRow& person : answer.people) {
    people.push_back(JsonObject{{"id", to_text(person.person.id)},
                                {"name", person.person.name},
                                {"role", code_of(person.role)},
                                {"card", person.card},
                                {"me", person.me},
                                {"on_probation", person.on_probation},
                                {"role_text", person.role_text},
                                {"talents", person.talents},
                                {"languages", person.languages},
                                {"works_with", person.works_with}});
  }
  return JsonObject{{"people", std::move(people)}};
}

}  // namespace kiem::cli
