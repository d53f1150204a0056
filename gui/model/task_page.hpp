// A task's page: what, when, where, who comes, who waits and why, what was changed apart, what happened; and the step
// that asks before signing up or off. Functions on values, any thread.
#pragma once

#include "gui/model/task_card.hpp"

namespace kiem::model {

// Somebody in a list, with where they stand and why.
struct StandingRow {
  PrincipalId person;
  std::string name;   // "1. Danylo K."
  std::string state;  // "wachtlijst 1"
  std::string why;    // one sentence, empty while it is not opened; always there for my own
  std::optional<Button> ask_why;
  bool mine = false;
};

struct ConflictSide {
  std::string text;   // "Anneke V. zette 10.00"
  std::string when;   // "gisteren 14.05"
  std::string shown;  // "zo staat het er nu", or empty
  std::optional<Button> choose;
};
struct Conflict {
  std::string caption;  // "Begintijd: er is meer dan één antwoord"
  std::vector<ConflictSide> sides;
  std::string note;  // said when none of them is shown meanwhile
};

struct HistoryRow {
  std::string text;  // "Noor meldde zich aan voor Heg knippen"
  std::string when;
  std::vector<std::string> changes;
};

struct TaskPage {
  std::optional<Empty> empty;  // no task is open, it is still looked for, or it is gone; then nothing else is filled
  std::string day;             // "Zaterdag 28 november"
  std::string hours;           // "10.00 – 12.30 uur"; may be empty
  Chip chip;
  std::string title;
  std::string place;
  std::string address;  // "Je ziet het adres als je bevestigd bent"
  std::string closed;   // "Deze taak gaat niet door"; empty for an open one
  std::string closed_why;
  std::string standing;      // where I stand, in one sentence; empty when I have no claim
  std::string standing_why;  // may be empty
  std::string spread;        // "Je aanmelding is op 3 van 7 laptops"; may be empty
  std::string asked_for_caption, asked_for;
  std::string note;
  std::string who_caption;
  std::vector<Face> faces;
  std::string nobody;     // said instead of faces
  std::string more_free;  // said when there are more free seats than circles
  std::string waiting_caption;
  std::vector<StandingRow> waiting;
  std::string others_caption;
  std::vector<StandingRow> others;
  std::vector<Conflict> conflicts;
  std::string added_by, assigner;
  std::optional<Button> main;
  std::string reassurance;
  Button history_button;
  std::vector<HistoryRow> history;  // empty while it is closed
};
[[nodiscard]] TaskPage task_page(const Reader& reader, const Facts& facts, const UiState& state);

// At most this many circles; further people and free seats are told in words.
inline constexpr std::size_t kMostFaces = 10;

struct ConfirmStep {
  std::string title;
  std::string when;
  std::vector<std::string> help;  // what will happen, a line each
  std::string count_caption;      // empty: no number is asked
  std::string count;              // "Alleen ik", "3 mensen"
  std::optional<Button> fewer, more;
  Button yes;
  Button no;
};
// None: nothing is asked, or its task is gone.
[[nodiscard]] std::optional<ConfirmStep> confirm_step(const Reader& reader, const Facts& facts, const UiState& state);

}  // namespace kiem::model
