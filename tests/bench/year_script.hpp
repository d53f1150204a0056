// The operation script "a neighbourhood year": a header, then one operation a line, as JSON objects of plain members.
//
// The file is read whole; anything that is not such a script ends the program (engine.hpp's stop()). Plain values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kiem::bench {

enum class YearKind : std::uint8_t { volunteer, place, task, claim, unclaim, state, hours, notes, due };

struct YearOp {
  YearKind kind = YearKind::task;
  char branch = '0';  // 0: shared, A and B: the halves that diverge, X and Y: ten more each
  std::size_t author = 0;
  std::int64_t claimed_ms = 0;
  std::string id;        // of the person, place or task it speaks of
  std::size_t who = 0;   // claim, unclaim, hours: the volunteer
  std::string name;      // volunteer, place: what it is called; task: its title
  std::string text;      // place: address; task: notes; notes: what is put in; state: the word
  std::string place;     // task
  std::int32_t day = 0;  // task, due, hours: days since 1970-01-01
  std::uint32_t seats = 0, minutes = 0;
  std::size_t at = 0, cut = 0;  // notes
};

struct YearScript {
  std::string size;
  std::size_t volunteers = 0;
  std::int32_t today = 0, until = 0;
  std::size_t query_limit = 0;
  std::vector<YearOp> ops;

  // Of some branches ("0AB"), in the order of the file.
  [[nodiscard]] std::vector<const YearOp*> of(std::string_view branches) const;
};

[[nodiscard]] YearScript read_year(const std::filesystem::path& file);

}  // namespace kiem::bench
