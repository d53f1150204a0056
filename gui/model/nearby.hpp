// Who is on this network, why nobody is, and the steps of letting in a laptop that stands beside this one. Functions on
// values, any thread.
#pragma once

#include "gui/model/pieces.hpp"
#include "gui/model/reader.hpp"

namespace kiem::model {

struct NearbyModel {
  std::string title;
  std::string subtitle;
  struct Row {
    std::string name;
    std::string detail;  // which initiatives, and whether what is new goes to and fro
  };
  std::vector<Row> rows;
  std::string nobody;              // said instead of rows: that nobody was heard
  std::vector<std::string> steps;  // the likely cause, and what to do next
  Button look;
  std::string beside_caption;
  std::optional<Button> let_in;  // for who may
  std::string let_in_help;
  std::optional<Button> join;
};
[[nodiscard]] NearbyModel nearby_model(const Reader& reader, const Facts& facts, const UiState& state);

struct PairingModel {
  std::string title;
  std::vector<std::string> help;
  std::string role_caption;   // before there is a code
  std::vector<Button> roles;  // the same
  std::string code;           // large; empty when there is none to show
  std::vector<std::string> words;
  std::vector<Button> buttons;  // the first one is the way on
  Button stop;
};
[[nodiscard]] PairingModel pairing_model(const Reader& reader, const Facts& facts, const UiState& state);

}  // namespace kiem::model
