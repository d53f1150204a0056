// The inside of a Connection, shared by sqlite.cpp and statement.cpp.
#pragma once

#include <sqlite3.h>

#include <array>
#include <atomic>
#include <map>
#include <string>

#include "core/store/sqlite.hpp"

namespace kiem {

struct Connection::Impl {
  sqlite3* handle = nullptr;
  Mode mode = Mode::reader;
  // Statements by their text; a map because its nodes stay where they are.
  using Cached = std::map<std::string, Statement, std::less<>>;
  Cached cached;
  // Where to look first: nearly all who ask have their words in one place for ever, and comparing those with each node
  // on the way through the map was a twentieth of a merge. Only a place whose words are the same is an answer.
  std::array<Cached::value_type*, 256> by_place{};
  [[nodiscard]] Cached::value_type*& place_of(std::string_view sql) {
    const auto address = reinterpret_cast<std::uintptr_t>(sql.data());
    return by_place[(address ^ (address >> 8U) ^ sql.size()) % by_place.size()];
  }
  // Steps of SQLite's machine in all statements so far.
  std::uint64_t work = 0;
  // SQLite's code of a bind that found no memory, told by the next step.
  int bind_failure = 0;
  // Of the store under this connection, and lives longer: set once a failed write has ended writing.
  const std::atomic<bool>* latch = nullptr;
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
  [[nodiscard]] bool latched() const { return latch != nullptr && latch->load(std::memory_order_relaxed); }
  // store_closed when this is the writer and a failed write has ended writing.
  [[nodiscard]] Status refuse_when_latched() const;
  // Why there is no open transaction any more, inside of one.
  [[nodiscard]] Status refuse_when_rolled_back() const;
};

}  // namespace kiem
