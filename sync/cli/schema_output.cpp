#include "sync/cli/schema_output.hpp"

#include <algorithm>
#include <iterator>

#include "core/l10n/keep.hpp"
#include "core/l10n/schema.hpp"
#include "core/l10n/text.hpp"
#include "sync/cli/due_output.hpp"
#include "sync/cli/to_type.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kNothingNewInSchema{"Niets nieuws: alles uit dit bestand is er al.",
                                      "Nothing new: all that this file has is here already."};
constexpr Text<1> kSchemaAdded{"Toegevoegd: {0}. Bekijk het met: kiem schema show",
                               "Added: {0}. See it with: kiem schema show"};
constexpr Text<1> kSchemaWouldAdd{"Dit zou erbij komen: {0}. Er is nog niets veranderd.",
                                  "This would be added: {0}. Nothing was changed yet."};
constexpr Counted<1> kCollections{{"{0} verzameling", "{0} collection"}, {"{0} verzamelingen", "{0} collections"}};
constexpr Counted<1> kFields{{"{0} veld", "{0} field"}, {"{0} velden", "{0} fields"}};
constexpr Counted<1> kTermsAdded{{"{0} bewaartermijn", "{0} term of keeping"},
                                 {"{0} bewaartermijnen", "{0} terms of keeping"}};
constexpr Text<2> kAnd{"{0} en {1}", "{0} and {1}"};
constexpr Text<2> kComma{"{0}, {1}", "{0}, {1}"};

constexpr Counted<3> kHeading{{"{1} ({2}), {0} stuk", "{1} ({2}), {0} record"},
                              {"{1} ({2}), {0} stukken", "{1} ({2}), {0} records"}};
constexpr Text<2> kWho{"{0}; {1}", "{0}; {1}"};
constexpr Text<2> kSchemaField{"{0} ({1})", "{0} ({1})"};
constexpr Text<1> kOtherCircle{"; {0}", "; {0}"};
constexpr Text<0> kNames{"; hier heet een stuk naar", "; records are called by this"};
constexpr Text<0> kAboutPerson{"; gaat over een mens", "; speaks of a person"};
constexpr std::size_t kWidestKey = 24;

// Without regard to the case of ASCII letters, as collections are named in other commands.
bool is_same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string field_line(Lang lang, const CollectionModel& collection, const FieldModel& field,
                       const std::vector<CollectionModel>& all) {
  const auto of = std::find_if(all.begin(), all.end(), [&](const CollectionModel& each) {
    return !field.of.empty() && each.label.key == field.of;
  });
  const std::string target = of == all.end() ? field.of : label_text(lang, of->label);
  std::string line = say(lang, kSchemaField, label_text(lang, field.label), field_type_text(lang, field, target));
  if (field.label.key == collection.title) line += say(lang, kNames);
  if (field.circle != collection.home) line += say(lang, kOtherCircle, circle_text(lang, field.circle));
  if (field.about_person) line += say(lang, kAboutPerson);
  return line;
}

JsonObject label_members(const Label& label) {
  return {{"key", label.key}, {"label", JsonObject{{"nl", label.nl}, {"en", label.en}}}};
}

Json field_json(const FieldModel& field) {
  JsonObject members = label_members(field.label);
  JsonArray choices;
  for (const Label& choice : field.choices) choices.push_back(label_members(choice));
  members.push_back({"type", field.type});
  members.push_back({"merge", field.merge});
  members.push_back({"circle", field.circle});
  members.push_back({"about_person", field.about_person});
  members.push_back({"choices", std::move(choices)});
  members.push_back({"of", field.of});
  return members;
}

}  // namespace

void print_schema_added(Page& page, const Audience& audience, const Request& request, const SchemaAnswer& answer) {
  const Lang lang = audience.lang;
  std::vector<std::string> added;
  if (answer.added_collections > 0) added.push_back(say_count(lang, answer.added_collections, kCollections));
  if (answer.added_fields > 0) added.push_back(say_count(lang, answer.added_fields, kFields));
  if (answer.added_keeps > 0) added.push_back(say_count(lang, answer.added_keeps, kTermsAdded));
  if (added.empty()) {
    page.line(say(lang, kNothingNewInSchema));
    return;
  }
  std::string what = added.front();
  for (std::size_t i = 1; i < added.size(); ++i) {
    what = say(lang, i + 1 == added.size() ? kAnd : kComma, what, added[i]);
  }
  if (answer.dry_run) return page.paragraph(say(lang, kSchemaWouldAdd, what));
  page.line(to_type(say(lang, kSchemaAdded, what), request));
}

void print_collections(Page& page, const Audience& audience, const std::vector<CollectionModel>& shown,
                       const std::vector<CollectionModel>& all) {
  const Lang lang = audience.lang;
  for (const CollectionModel& collection : shown) {
    if (&collection != &shown.front()) page.blank();
    page.paragraph(
        say_count(lang, collection.records, kHeading, label_text(lang, collection.label), collection.label.key));
    page.paragraph(say(lang, kWho, circle_text(lang, collection.home), writers_text(lang, collection.writers)), 2);
    for (const KeepModel& keep : collection.keeps) page.paragraph(keep_text(lang, keep), 2);
    std::size_t width = 0;
    for (const FieldModel& field : collection.fields) {
      width = std::max(width, std::min(field.label.key.size(), kWidestKey));
    }
    for (const FieldModel& field : collection.fields) {
      page.field(field.label.key, field_line(lang, collection, field, all), width);
    }
  }
}

Result<std::vector<CollectionModel>> collections_named(const std::vector<CollectionModel>& all, std::string_view name) {
  std::vector<CollectionModel> found;
  std::copy_if(all.begin(), all.end(), std::back_inserter(found), [&](const CollectionModel& each) {
    return is_same_word(each.label.key, name) || is_same_word(each.label.nl, name) || is_same_word(each.label.en, name);
  });
  if (found.empty()) return fail(ErrorCode::not_found, Fault::person, {"collection", std::string(name)});
  return found;
}

Json json_of(const CollectionModel& collection) {
  JsonObject members = label_members(collection.label);
  JsonArray fields;
  for (const FieldModel& field : collection.fields) fields.push_back(field_json(field));
  members.push_back({"home", collection.home});
  members.push_back({"writers", collection.writers});
  members.push_back({"title", collection.title});
  members.push_back({"first", collection.first});
  JsonArray keeps;
  for (const KeepModel& keep : collection.keeps) keeps.push_back(json_of(keep));
  members.push_back({"keeps", std::move(keeps)});
  members.push_back({"records", collection.records});
  members.push_back({"fields", std::move(fields)});
  return members;
}

Json json_of(const SchemaAnswer& answer) {
  JsonArray collections;
  for (const CollectionModel& collection : answer.collections) collections.push_back(json_of(collection));
  return JsonObject{{"collections", std::move(collections)},
                    {"added_collections", answer.added_collections},
                    {"added_fields", answer.added_fields},
                    {"added_keeps", answer.added_keeps},
                    {"dry_run", answer.dry_run}};
}

}  // namespace kiem::cli
