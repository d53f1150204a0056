// The lists that an initiative added itself: which there are, what is in one, one thing of it, and the form for it. All
// of it comes from the schema, so that a list is shown that this program never heard of. Functions on values, any
// thread.
#pragma once

#include "gui/model/due.hpp"
#include "gui/model/pieces.hpp"
#include "gui/model/reader.hpp"

namespace kiem::model {

// Collections that the initiative added.
[[nodiscard]] bool has_lists(const Facts& facts);

struct ListsModel {
  std::string title, subtitle;
  std::string find_label, find;  // the search in everything; no label: none
  struct Row {
    std::string title;
    std::string detail;
    std::string trailing;  // "12 stuks"; may be empty
    Intent open;
  };
  std::vector<Row> found;  // what the search found, instead of the lists
  std::string found_note;  // that it found nothing, or more than is shown
  std::optional<DueModel> due;
  std::vector<Row> lists;
  std::optional<Empty> empty;
  std::string how_to_add;  // for who may; else empty
};
[[nodiscard]] ListsModel lists_model(const Reader& reader, const Facts& facts, const UiState& state);

struct RecordCard {
  RecordId record;
  std::string title;
  std::vector<std::string> lines;  // "Aantal: 3"
  std::vector<Chip> chips;
  Intent open;
};
struct RecordsModel {
  std::string title, subtitle;
  std::string search_label, search;
  std::optional<Button> add;  // for who may
  std::vector<RecordCard> cards;
  std::optional<Empty> empty;
  std::string not_all;  // said when there are more than are listed
  std::string deleted_caption;
  std::vector<Button> deleted;  // what can be put back
};
[[nodiscard]] RecordsModel records_model(const Reader& reader, const Facts& facts, const UiState& state);

struct RecordPage {
  std::string title, subtitle;  // what it is called, and of which list it is
  struct Line {
    std::string label;
    std::vector<std::string> values;  // below each other: elements, paragraphs
    bool blank = false;
    std::string apart;            // what was written apart, in one sentence; may be empty
    std::vector<Button> choices;  // how it is settled
  };
  std::vector<Line> lines;
  std::string added_by;  // may be empty
  std::optional<Button> edit, remove;
  std::optional<Empty> empty;  // it is looked for or gone; then nothing else is filled
};
[[nodiscard]] RecordPage record_page(const Reader& reader, const Facts& facts, const UiState& state);

struct RecordForm {
  std::string title;
  struct Box {
    std::string label;
    std::string text;
    std::string help;
    enum class Into : std::uint8_t { field, beside, paragraph } into = Into::field;
    std::size_t at = 0;  // of a paragraph
  };
  struct Item {
    std::size_t field = 0;
    std::string caption;        // above what is no single box
    std::string help;           // below the caption
    std::vector<Button> drops;  // values that stand there, to be dropped
    std::vector<Box> boxes;
    std::vector<Button> options;
    std::string options_note;  // that there are more, or none
    std::optional<Button> add;
  };
  std::vector<Item> items;
  Button save, back;
};
// What typing in a box asks.
[[nodiscard]] Intent typed_in(const RecordForm::Item& item, const RecordForm::Box& box, std::string text);
[[nodiscard]] RecordForm record_form(const Reader& reader, const Facts& facts, const UiState& state);

}  // namespace kiem::model
