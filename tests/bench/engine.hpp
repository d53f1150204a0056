// One database under measurement, behind the same few calls for all: plain SQLite, SQLCipher, and Kiem's own store.
//
// An Engine has one database in one folder, open or closed; a Query belongs to the open database and goes before it is
// closed. One thread. A benchmark has nobody to hand a failure to: whatever fails ends the program with stop().
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/bytes.hpp"

namespace kiem::bench {

// Says what failed on stderr and ends the program with exit code 1.
[[noreturn]] void stop(const std::string& what);

// A prepared statement. Bound bytes stay where they are until the next step has returned.
class Query {
 public:
  virtual ~Query() = default;
  virtual void bind(int index, std::int64_t value) = 0;
  virtual void bind(int index, ByteView blob) = 0;
  // True: a row can be read. False: done, and reset.
  virtual bool step() = 0;
  virtual void reset() = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) = 0;
  // Valid until the next step or reset.
  [[nodiscard]] virtual ByteView blob(int column) = 0;
};

class Engine {
 public:
  virtual ~Engine() = default;
  // Makes an empty database in a folder that has none, and leaves it open.
  virtual void create(const std::filesystem::path& folder) = 0;
  // With the key as it is known after the slow derivation of a passphrase, which is no part of any figure.
  virtual void open(const std::filesystem::path& folder) = 0;
  virtual void close() = 0;
  virtual void execute(const std::string& sql) = 0;
  [[nodiscard]] virtual std::unique_ptr<Query> prepare(const std::string& sql) = 0;
  virtual void begin() = 0;
  virtual void commit() = 0;
  // The database file in a folder.
  [[nodiscard]] virtual std::filesystem::path file_in(const std::filesystem::path& folder) const = 0;
  // Names and versions of the libraries that do the work.
  [[nodiscard]] virtual std::string versions() = 0;
};

// Defined by the one engine that a worker is linked with.
[[nodiscard]] std::unique_ptr<Engine> make_engine();

}  // namespace kiem::bench
