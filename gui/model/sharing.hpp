// How far everything is shared, in plain words; and inviting somebody. Functions on values, any thread.
#pragma once

#include "gui/model/pieces.hpp"
#include "gui/model/reader.hpp"

namespace kiem::model {

struct SyncCard {
  std::string headline;  // "Alles bijgewerkt", "Nog niet gedeeld: 2 wijzigingen"
  std::string detail;    // "Vandaag 14.05 bijgewerkt met de laptop van Henk"
  Tone tone = Tone::neutral;
  struct Met {
    std::string name;
    std::string when;  // "zonet", "gisteren 14.05"
  };
  std::vector<Met> met;  // the last meeting with each, newest first
};
[[nodiscard]] SyncCard sync_card(const Reader& reader, const Facts& facts, const UiState& state);

struct SharingModel {
  std::string title;
  std::string explained;
  SyncCard card;
  std::string met_caption;
  std::string nobody;  // said instead of the list of meetings
  std::optional<Button> plug;
  std::string plug_help;
  std::vector<std::string> found_at;  // a sentence for each address of this laptop
  std::string by_hand_caption, by_hand_help, address_label, address;
  Button meet;
  std::string practice_caption, practice_help;
  std::optional<Button> start_for_real;  // while practising
};
[[nodiscard]] SharingModel sharing_model(const Reader& reader, const Facts& facts, const UiState& state);

struct InviteModel {
  std::string title;
  std::string help;
  std::string role_caption;
  std::vector<Button> roles;
  std::string role_help;  // may be empty
  std::optional<Button> make;
  std::string code_caption, code;  // empty until it is made
  std::vector<std::string> code_help;
  std::optional<Button> copy;
};
[[nodiscard]] InviteModel invite_model(const Reader& reader, const Facts& facts, const UiState& state);

}  // namespace kiem::model
