// Places and people as lists. Functions on values, any thread.
#pragma once

#include "gui/model/pieces.hpp"
#include "gui/model/reader.hpp"

namespace kiem::model {

struct PlaceItem {
  std::string title;
  std::string kind;            // "tuin, Lindekwartier"; may be empty
  std::string text;            // may be empty
  std::string meet;            // "Verzamelen: Bij de kas"; may be empty
  Chip tasks;                  // "3 taken"
  std::optional<Button> show;  // none while it has no open tasks
};
struct PlacesModel {
  std::string title;
  std::string subtitle;
  std::vector<PlaceItem> places;
  std::optional<Button> add;  // for who may
  std::optional<Empty> empty;
};
[[nodiscard]] PlacesModel places_model(const Reader& reader, const Facts& facts, const UiState& state);

struct PersonItem {
  std::string name;   // of which the circle has the initials
  std::string shown;  // "Noor (jij)"
  std::string role;
  std::string detail;  // talents and languages; may be empty
};
struct PeopleModel {
  std::string title;
  std::string subtitle;
  std::vector<PersonItem> people;
  std::optional<Empty> empty;
  std::optional<Button> invite;  // for who may
};
[[nodiscard]] PeopleModel people_model(const Reader& reader, const Facts& facts, const UiState& state);

}  // namespace kiem::model
