// Where answers for people are written: lines of at most 80 columns, aligned, and with nothing in them that a terminal
// would obey. Every text passes for_terminal on its way, so that no caller can forget.
//
// A Page does not own its stream. One thread. Whether the stream took it all is the caller's to ask of the stream.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace kiem::cli {

constexpr std::size_t kColumns = 80;

// One row is as many cells as there are columns; a column that holds nothing in any row takes no room.
struct Table {
  struct Column {
    bool flexible = false;  // cut when the rows are too wide; at most one column
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
};

class Page {
 public:
  explicit Page(std::ostream& stream) : stream_(stream) {}

  // One line as it is, however long: for ids and sentences of fixed length.
  void line(std::string_view text);
  void blank();
  // Wrapped at 80 columns, each line moved in by `indent` spaces.
  void paragraph(std::string_view text, std::size_t indent = 0);
  // "label  text", the text wrapped beside the label; nothing at all when the text is empty.
  void field(std::string_view label, std::string_view text, std::size_t label_width);
  // Two spaces in front and between; the flexible column takes what the others leave.
  void table(const Table& table);

 private:
  std::ostream& stream_;
};

}  // namespace kiem::cli
