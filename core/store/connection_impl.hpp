// The inside of a Connection, shared by sqlite.cpp and statement.cpp.
#pragma once

#include <sqlite3.h>

#include <map>
#include <string>

#include "core/store/sqlite.hpp"

namespace kiem {

struct Connection::Impl {
  sqlite3* handle = nullptr;
  Mode mode = Mode::reader;
  // Statements by their text; a map because its nodes stay where they are.
  std::map<std::string, Statement, std::less<>> cached;
  // Steps of SQLite's machine in all statements so far.
  std::uint64_t work = 0;
  // SQLite's code of a bind that found no memory, told by the next step.
  int bind_failure = 0;
  // True once a failure that ends writing was told as what it was; from then on the answer is store_closed.
  bool latch_told = false;
  // What rolled the open transaction back under its owner's hands.
  std::optional<Error> rolled_back_by;

  ~Impl();
  // A wrong index or a value of a gigabyte is our own doing.
  void note_bind(int result);
  [[nodiscard]] int take_bind_failure() { return std::exchange(bind_failure, SQLITE_OK); }
  // Stops the program when the failure can only be our own.
  [[nodiscard]] Error error_of(int result);
  [[nodiscard]] bool latched() const;
  // store_closed when this is the writer and a failed write has ended writing.
  [[nodiscard]] Status refuse_when_latched() const;
};

}  // namespace kiem
