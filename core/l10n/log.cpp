#include "core/l10n/log.hpp"

#include "core/base/check.hpp"
#include "core/l10n/names.hpp"
#include "core/l10n/records.hpp"
#include "core/l10n/schema.hpp"
#include "core/l10n/text.hpp"

namespace kiem {
namespace {

// {0} who did it, {1} what it is about, {2} for whom.
namespace act {
constexpr Text<2> kFounded{"{0} begon het initiatief {1}", "{0} started the initiative {1}"};
constexpr Text<1> kFoundedUnnamed{"{0} begon het initiatief", "{0} started the initiative"};
constexpr Text<2> kMemberAdded{"{0} liet {1} toe", "{0} admitted {1}"};
constexpr Text<2> kPlaceAdded{"{0} voegde de plaats {1} toe", "{0} added the place {1}"};
constexpr Text<2> kPlaceChanged{"{0} veranderde de plaats {1}", "{0} changed the place {1}"};
constexpr Text<2> kTaskAdded{"{0} voegde de taak {1} toe", "{0} added the task {1}"};
constexpr Text<2> kTaskChanged{"{0} veranderde de taak {1}", "{0} changed the task {1}"};
constexpr Text<2> kCancelledTask{"{0} gelastte {1} af", "{0} called off {1}"};
constexpr Text<2> kFinishedTask{"{0} zette {1} op klaar", "{0} marked {1} as done"};
constexpr Text<2> kClaimed{"{0} meldde zich aan voor {1}", "{0} signed up for {1}"};
constexpr Text<3> kClaimedFor{"{0} meldde {2} aan voor {1}", "{0} signed {2} up for {1}"};
constexpr Text<2> kWithdrew{"{0} meldde zich af voor {1}", "{0} signed off from {1}"};
constexpr Text<3> kWithdrewFor{"{0} meldde {2} af voor {1}", "{0} signed {2} off from {1}"};
constexpr Text<2> kConfirmed{"{0} bevestigde een aanmelding voor {1}", "{0} confirmed a claim for {1}"};
constexpr Text<3> kConfirmedFor{"{0} bevestigde {2} voor {1}", "{0} confirmed {2} for {1}"};
constexpr Text<1> kJoined{"{0} kwam erbij", "{0} joined"};
constexpr Text<2> kPersonAdded{"{0} voegde {1} toe als persoon", "{0} added {1} as a person"};
constexpr Text<2> kPersonChanged{"{0} veranderde de gegevens van {1}", "{0} changed the details of {1}"};
constexpr Counted<2> kImported{{"{1} nam {0} regel over uit een bestand", "{1} took {0} row from a file"},
                               {"{1} nam {0} regels over uit een bestand", "{1} took {0} rows from a file"}};
constexpr Text<1> kInvited{"{0} maakte een uitnodiging", "{0} made an invitation"};
constexpr Text<2> kRoleGiven{"{0} gaf {1} een rol", "{0} gave {1} a role"};
constexpr Text<2> kDeleted{"{0} verwijderde {1}", "{0} deleted {1}"};
constexpr Text<2> kRestored{"{0} zette {1} terug", "{0} restored {1}"};
constexpr Text<1> kErased{"{0} wiste iets voor goed", "{0} erased something for good"};
constexpr Text<1> kSchemaExtended{"{0} breidde uit wat er wordt bijgehouden", "{0} extended what is kept"};
constexpr Text<2> kRecordAdded{"{0} voegde {1} toe", "{0} added {1}"};
constexpr Text<2> kRecordChanged{"{0} veranderde {1}", "{0} changed {1}"};
constexpr Text<2> kOther{"{0} deed iets met {1} dat deze versie nog niet kent",
                         "{0} did something with {1} that this version does not know yet"};
}  // namespace act

constexpr Text<0> kNotHere{"iets dat hier nog niet is", "something that is not here yet"};
constexpr Text<0> kGone{"iets dat er niet meer is", "something that is gone"};
// Of what was erased only its kind can be told.
constexpr Text<0> kErasedThing{"(gewist)", "(erased)"};
constexpr Text<1> kErasedOf{"{0} (gewist)", "{0} (erased)"};
constexpr Text<0> kErasedSomething{"iets", "something"};
constexpr Text<0> kErasedPerson{"iemand", "someone"};
constexpr Text<2> kFieldSet{"{0}: {1}", "{0}: {1}"};
constexpr Text<3> kReplaced{"{0}: {1}, was {2}", "{0}: {1}, was {2}"};

constexpr Text<0> kLate{"Kwam binnen na het sluiten.", "Came in after the closing."};
constexpr Text<0> kSetAside{"Apart gezet: wie dit deed hoorde niet meer bij het initiatief.",
                            "Set aside: whoever did this no longer belonged to the initiative."};
constexpr Text<0> kWithoutRight{"Telt niet: wie dit deed mocht dat niet.",
                                "Does not count: the author had no right to."};
constexpr Text<0> kNewerAct{"Een nieuwere Kiem schreef dit. Het telt hier pas na een nieuwe versie.",
                            "A newer Kiem wrote this. It counts here after an upgrade."};

constexpr Text<0> kParked{"Wacht op een ander stuk dat hier nog niet is.",
                          "Waits for another piece that is not here yet."};

std::string erased_thing(Lang lang, const LogRow& row) {
  if (!row.words.label.key.empty()) return say(lang, kErasedOf, label_text(lang, row.words.label));
  switch (row.kind) {
    case LogKind::place_added:
    case LogKind::place_changed:
    case LogKind::task_added:
    case LogKind::task_changed:
      return say(lang, kErasedThing);  // the sentence says what it was
    case LogKind::person_added:
    case LogKind::person_changed:
      return say(lang, kErasedOf, say(lang, kErasedPerson));
    default:
      return say(lang, kErasedOf, say(lang, kErasedSomething));
  }
}

std::string titled(Lang lang, const LogRow& row) {
  if (!row.title.empty()) return row.title;
  if (row.erased) return erased_thing(lang, row);
  return say(lang, row.kind == LogKind::deleted ? kGone : kNotHere);
}

// Whether the record is what the members' circle knows of the author.
bool is_about_author(const LogRow& row) { return row.record && *row.record == record_of(row.person.id); }

// Acts on a person name that person; a card has a title of its own.
std::string subject(Lang lang, const LogRow& row) {
  if (row.about) return person_name(lang, *row.about);
  return titled(lang, row);
}

}  // namespace

std::string act_sentence(Lang lang, const LogRow& row) {
  const std::string who = person_name(lang, row.person);
  const auto with = [&](const Text<2>& text) { return say(lang, text, who, titled(lang, row)); };
  const auto with_subject = [&](const Text<2>& text) { return say(lang, text, who, subject(lang, row)); };
  const auto either = [&](const Text<2>& own, const Text<3>& for_another) {
    if (!row.about) return with(own);
    return say(lang, for_another, who, titled(lang, row), person_name(lang, *row.about));
  };
  switch (row.kind) {
    case LogKind::founded:
      return row.title.empty() ? say(lang, act::kFoundedUnnamed, who) : with(act::kFounded);
    case LogKind::member_added:
      return with_subject(act::kMemberAdded);
    case LogKind::place_added:
      return with(act::kPlaceAdded);
    case LogKind::place_changed:
      return with(act::kPlaceChanged);
    case LogKind::task_added:
      return with(act::kTaskAdded);
    case LogKind::task_changed:
      return with(act::kTaskChanged);
    case LogKind::task_cancelled:
      return with(act::kCancelledTask);
    case LogKind::task_done:
      return with(act::kFinishedTask);
    case LogKind::claimed:
      return either(act::kClaimed, act::kClaimedFor);
    case LogKind::withdrawn:
      return either(act::kWithdrew, act::kWithdrewFor);
    case LogKind::confirmed:
      return either(act::kConfirmed, act::kConfirmedFor);
    case LogKind::person_added:
      return is_about_author(row) ? say(lang, act::kJoined, who) : with_subject(act::kPersonAdded);
    case LogKind::person_changed:
      return with_subject(act::kPersonChanged);
    case LogKind::imported:
      return say_count(lang, row.records, act::kImported, who);
    case LogKind::invited:
      return say(lang, act::kInvited, who);
    case LogKind::role_given:
      return with_subject(act::kRoleGiven);
    case LogKind::deleted:
      return with(act::kDeleted);
    case LogKind::restored:
      return with(act::kRestored);
    case LogKind::schema_extended:
      return say(lang, act::kSchemaExtended, who);
    case LogKind::record_added:
      return with(act::kRecordAdded);
    case LogKind::record_changed:
      return with(act::kRecordChanged);
    case LogKind::erased:
      return say(lang, act::kErased, who);
    case LogKind::other:
      return with(act::kOther);
  }
  KIEM_UNREACHABLE("an act without a sentence");
}

std::string change_text(Lang lang, const LogChange& change) {
  const std::string field = field_text(lang, change.field, change.words);
  const std::string after = value_text(lang, change.field, change.words, change.after);
  if (change.before.empty()) return say(lang, kFieldSet, field, after);
  return say(lang, kReplaced, field, after, value_text(lang, change.field, change.words, change.before));
}

std::string standing_text(Lang lang, Standing standing) {
  switch (standing) {
    case Standing::applied:
      return {};
    case Standing::late:
      return say(lang, kLate);
    case Standing::set_aside:
      return say(lang, kSetAside);
    case Standing::without_right:
      return say(lang, kWithoutRight);
    case Standing::unknown:
      return say(lang, kNewerAct);
    case Standing::parked:
      return say(lang, kParked);
  }
  KIEM_UNREACHABLE("a standing without a sentence");
}

}  // namespace kiem
