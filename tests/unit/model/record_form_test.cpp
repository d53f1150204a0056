// The form that is made from a schema's fields: what each kind of field becomes, and which act comes of it.
#include <doctest/doctest.h>

#include "gui/model/answers.hpp"
#include "gui/model/screen.hpp"
#include "tests/unit/model/record_samples.hpp"

namespace kiem::model {
namespace {

using namespace samples;

constexpr std::size_t kName = 0, kState = 1, kCount = 2, kBought = 3, kUsedFor = 4, kUsed = 5, kOwner = 6, kWith = 7,
                      kManual = 8;

// A person at the form for the drill, or for a new tool.
struct Writer {
  explicit Writer(bool anew) {
    const Step step = apply(state_on(anew ? Page::records : Page::record), known, RecordIntent(BeginRecord{anew}));
    now = step.state;
    asked = step.requests;
  }
  void does(const Intent& intent) {
    Step step = apply(std::move(now), known, intent);
    now = std::move(step.state);
    asked = std::move(step.requests);
  }
  [[nodiscard]] RecordForm form(Lang lang = Lang::nl) const { return record_form(reader(lang), known, now); }
  [[nodiscard]] RecordForm::Item item(std::size_t field) const {
    for (const RecordForm::Item& each : form().items) {
      if (each.field == field) return each;
    }
    return {};
  }
  void presses(std::size_t field, std::string_view label) {
    for (const Button& each : item(field).options) {
      if (each.label == label) return does(each.intent);
    }
    FAIL("no such button: " << label);
  }
  void types(std::size_t field, std::string text, std::size_t box = 0) {
    const RecordForm::Item to = item(field);
    does(typed_in(to, to.boxes.at(box), std::move(text)));
  }
  template <class Wanted>
  const Wanted* save() {
    does(RecordIntent(SaveRecord{}));
    if (asked.size() != 1) return nullptr;
    return std::get_if<Wanted>(&std::get<Request>(asked.front()));
  }
  Facts known = facts_with_lists();
  UiState now;
  std::vector<NodeRequest> asked;
};

bool is(const std::vector<FieldInput>& inputs, const std::vector<std::pair<std::string, std::string>>& wanted) {
  if (inputs.size() != wanted.size()) return false;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].key != wanted[i].first || inputs[i].text != wanted[i].second) return false;
  }
  return true;
}

TEST_CASE("each kind of field becomes its own kind of form, and what nobody types has none") {
  const CollectionModel list = tools();
  const auto form = [&](std::size_t at) { return form_of(list.fields[at]); };
  CHECK(form(kName) == FieldForm::line);
  CHECK(form(kState) == FieldForm::pick);
  CHECK(form(kCount) == FieldForm::line);
  CHECK(form(kBought) == FieldForm::line);
  CHECK(form(kUsedFor) == FieldForm::some);
  CHECK(form(kUsed) == FieldForm::line);
  CHECK(form(kOwner) == FieldForm::pick);
  CHECK(form(kWith) == FieldForm::pick_some);
  CHECK(form(kManual) == FieldForm::paragraphs);
  CHECK(form(9) == FieldForm::none);
  Writer writer(true);
  CHECK(writer.form().title == "Iets toevoegen aan Gereedschap");
  CHECK(writer.form().items.size() == 9);
  CHECK(writer.item(kCount).boxes[0].help == "Een heel getal, zoals 3.");
  CHECK(writer.item(kBought).boxes[0].help == "Bijvoorbeeld 17-04-2027.");
  CHECK(writer.item(kUsed).boxes[0].help ==
        "Wat je hier schrijft telt op bij wat anderen schrijven. Uren en minuten, bijvoorbeeld 1:30.");
  CHECK(writer.item(kOwner).help.starts_with("Leesbaar voor vrijwilligers en coördinatoren. Dit gaat over een mens"));
}

TEST_CASE("the form asks for people and for the lists that its fields point to") {
  const Writer writer(true);
  bool people = false;
  bool list = false;
  for (const NodeRequest& each : writer.asked) {
    const Request& request = std::get<Request>(each);
    people = people || std::holds_alternative<ListPeople>(request);
    if (const auto* const records = std::get_if<ListRecords>(&request)) list = records->collection == "gereedschap";
  }
  CHECK(people);
  CHECK(list);
}

TEST_CASE("a new thing takes what was filled in, in the order of the schema, and nothing else") {
  Writer writer(true);
  writer.types(kName, "Zaag");
  writer.presses(kState, "vrij");
  writer.types(kUsedFor, "hout");
  writer.does(RecordIntent(AddValue{kUsedFor}));
  writer.types(kUsedFor, "takken");  // typed and not yet among the others
  writer.presses(kOwner, "Anneke V.");
  writer.presses(kWith, "Ladder");
  writer.does(RecordIntent(AddValue{kManual}));
  writer.types(kManual, "Bril op.");
  writer.does(RecordIntent(AddValue{kManual}));
  writer.does(RecordIntent(AddValue{kManual}));
  writer.types(kManual, "Rustig aan.", 2);
  writer.types(kUsed, "0:30");
  const auto* const add = writer.save<AddRecord>();
  REQUIRE(add != nullptr);
  CHECK(add->collection == "gereedschap");
  CHECK(add->initiative.text == to_text(id_of<SpaceId>(9)));
  CHECK(is(add->fields, {{"naam", "Zaag"},
                         {"stand", "vrij"},
                         {"waarvoor", "hout"},
                         {"waarvoor", "takken"},
                         {"gebruikt", "0:30"},
                         {"eigenaar", to_text(anneke().id)},
                         {"hoort_bij", to_text(id_of<RecordId>(202))},
                         {"uitleg", "Bril op.\nRustig aan."}}));
  CHECK(writer.now.busy == Busy::adding);
  CHECK_FALSE(writer.form().save.enabled);
  CHECK(writer.save<AddRecord>() == nullptr);
}

TEST_CASE("a thing that is there is shown as people write, and only what changed is asked") {
  Writer writer(false);
  CHECK(writer.form().title == "Boormachine aanpassen");
  CHECK(writer.item(kBought).boxes[0].text == "17-04-2027");
  CHECK(writer.item(kUsed).boxes[0].text.empty());
  CHECK(writer.item(kUsed).boxes[0].help.starts_with("Nu samen 3:30."));
  CHECK(writer.item(kManual).boxes.size() == 2);
  CHECK(writer.item(kUsedFor).drops.size() == 2);
  CHECK(writer.item(kUsedFor).drops[0].label == "hout weg");
  const auto on = [&](std::size_t field, std::string_view label) {
    for (const Button& each : writer.item(field).options) {
      if (each.label == label) return each.on;
    }
    return false;
  };
  CHECK(on(kState, "stuk"));
  CHECK(on(kOwner, "Anneke V."));
  CHECK(on(kWith, "Ladder"));
  SUBCASE("nothing") {
    CHECK(writer.save<ChangeRecord>() == nullptr);
    CHECK(writer.asked.empty());
    CHECK(writer.now.page == Page::record);
    CHECK_FALSE(writer.now.draft);
  }
  SUBCASE("something of everything") {
    writer.presses(kState, "stuk");  // pressed again: nothing is chosen
    writer.types(kCount, "3");
    writer.types(kBought, "");
    writer.does(RecordIntent(DropValue{kUsedFor, 0}));
    writer.types(kUsedFor, "metaal");
    writer.types(kUsed, "1:00");
    writer.presses(kOwner, "Noor");
    writer.presses(kWith, "Ladder");
    writer.presses(kWith, "Boormachine");
    writer.types(kManual, "Bril en handschoenen.");
    const auto* const change = writer.save<ChangeRecord>();
    REQUIRE(change != nullptr);
    CHECK(change->record.text == to_text(id_of<RecordId>(201)));
    CHECK(is(change->set, {{"aantal", "3"},
                           {"eigenaar", to_text(noor().id)},
                           {"uitleg", "Bril en handschoenen.\nGaten eerst aftekenen."}}));
    CHECK(change->clear == std::vector<std::string>{"stand", "gekocht"});
    CHECK(
        is(change->add, {{"waarvoor", "metaal"}, {"gebruikt", "1:00"}, {"hoort_bij", to_text(id_of<RecordId>(201))}}));
    CHECK(is(change->remove, {{"waarvoor", "hout"}, {"hoort_bij", "Ladder"}}));
  }
  SUBCASE("a text that loses all its paragraphs is emptied") {
    writer.types(kManual, " ", 0);
    writer.types(kManual, "", 1);
    const auto* const change = writer.save<ChangeRecord>();
    REQUIRE(change != nullptr);
    CHECK(change->clear == std::vector<std::string>{"uitleg"});
  }
}

TEST_CASE("from among more than eight one searches; what stands there stays in sight") {
  Writer writer(false);
  const auto people = [&](std::size_t count) {
    writer.known.people->people.clear();
    for (std::size_t i = 1; i <= count; ++i) {
      PersonRow row;
      row.person = person(static_cast<std::uint8_t>(i), i == 12 ? "Anneke V." : "Buur " + std::to_string(i));
      writer.known.people->people.push_back(row);
    }
  };
  people(8);
  CHECK(writer.item(kOwner).boxes.empty());
  CHECK(writer.item(kOwner).options.size() == 8);
  people(12);
  REQUIRE(writer.item(kOwner).boxes.size() == 1);
  CHECK(writer.item(kOwner).options.size() == 9);
  CHECK(writer.item(kOwner).options[0].label == "Anneke V.");
  CHECK(writer.item(kOwner).options[0].on);
  CHECK(writer.item(kOwner).options_note.starts_with("Er is meer."));
  people(9);
  CHECK(writer.item(kOwner).options.size() == 8);
  CHECK_FALSE(writer.item(kOwner).options_note.empty());
  writer.types(kOwner, "buur 9");
  REQUIRE(writer.item(kOwner).options.size() == 1);
  CHECK(writer.item(kOwner).options[0].label == "Buur 9");
  people(0);
  CHECK(writer.item(kOwner).options.empty());
  CHECK(writer.item(kOwner).options_note == "Er is nog niets om uit te kiezen.");
}

TEST_CASE("a form that was left is still there when one comes back to it, and that of another thing is not") {
  Writer writer(true);
  writer.types(kName, "Zaag");
  writer.does(GoBack{});
  CHECK(writer.now.page == Page::records);
  writer.does(RecordIntent(BeginRecord{true}));
  CHECK(writer.item(kName).boxes[0].text == "Zaag");
  writer.now.page = Page::record;
  writer.does(RecordIntent(BeginRecord{false}));
  CHECK(writer.item(kName).boxes[0].text == "Boormachine");
  writer.does(GoBack{});
  writer.does(RecordIntent(BeginRecord{true}));
  CHECK(writer.item(kName).boxes[0].text.empty());
}

TEST_CASE("fields and values that are not there any more change nothing") {
  Writer writer(true);
  const UiState before = writer.now;
  for (const RecordIntent& each : {RecordIntent(WriteField{10, "x"}), RecordIntent(WriteBeside{10, "x"}),
                                   RecordIntent(WriteParagraph{kManual, 0, "x"}), RecordIntent(AddValue{10}),
                                   RecordIntent(DropValue{kUsedFor, 0}), RecordIntent(AddValue{kUsedFor})}) {
    writer.does(each);
    CHECK(writer.now.draft->fields == before.draft->fields);
  }
  writer.now.draft.reset();
  writer.does(RecordIntent(WriteField{0, "x"}));
  writer.does(RecordIntent(SaveRecord{}));
  CHECK(writer.asked.empty());
  CHECK(writer.form().items.empty());
}

TEST_CASE("what is being written in a form is kept while the store is locked, and said to be") {
  Writer writer(true);
  writer.known.slots = SlotKinds{.passphrase = true};
  writer.types(kName, "Zaag");
  writer.does(Lock{});
  const FormModel unlock = form_model(reader(), writer.known, writer.now);
  CHECK(unlock.help.ends_with("Wat je aan het typen was, staat er nog."));
  REQUIRE(writer.now.draft);
  CHECK(writer.now.draft->fields[kName].text == "Zaag");
}

}  // namespace
}  // namespace kiem::model
