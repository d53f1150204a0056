// How far everything is shared, in plain words; and inviting somebody. Functions on values, any thread.
#pragma once

#include "gui/model/pieces.hpp"
#include "gui/model/reader.hpp"
#include "sync/pairing/qr_code.hpp"

namespace kiem::model {

struct SyncCard {
  std::string headline;  // "Alles bijgewerkt", "Nog niet gedeeld: 2 wijzigingen"
  std::string detail;    // "Vandaag 14.05 bijgewerkt met de laptop van Henk"
  Tone tone = Tone::neutral;
  struct Met {
    std::string name;
    std::string when;   // "zonet", "gisteren 14.05"
    std::string lacks;  // "heeft alles", "mist nog 3 wijzigingen"
  };
  std::vector<Met> met;  // the last meeting with each, newest first
};
[[nodiscard]] SyncCard sync_card(const Reader& reader, const Facts& facts, const UiState& state);

struct SharingModel {
  std::string title;
  std::string explained;
  SyncCard card;
  std::string whole;    // on how many laptops all of it is; empty while there is one laptop
  std::string waiting;  // what this one lacks; may be empty
  std::string met_caption;
  std::string nobody;               // said instead of the list of meetings
  std::vector<std::string> clocks;  // a sentence for each laptop whose clock says something else
  std::string routes_caption, routes_help;
  std::vector<Button> routes;    // each is on or off
  std::optional<Button> nearby;  // who is on this network; not while practising
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
  std::optional<Button> beside;    // for who stands beside this laptop; not while practising
  std::string code_caption, code;  // empty until it is made
  std::optional<QrCode> picture;   // the same code
  std::string picture_label;
  std::vector<std::string> code_help;
  std::optional<Button> copy;
};
[[nodiscard]] InviteModel invite_model(const Reader& reader, const Facts& facts, const UiState& state);

}  // namespace kiem::model
