// What is done to an engine in each phase, and the proof that it was done: CPU time of the measured part alone, and a
// sum over what was read, the same for every engine that did not cheat.
//
// Rows are about 305 bytes, of lengths that vary, for rows of one length can divide a page so that a reserve costs
// nothing. All of it follows from the row's number. One thread; failures end the program (engine.hpp).
#pragma once

#include <string_view>

#include "tests/bench/engine.hpp"

namespace kiem::bench {

struct WorkloadOptions {
  std::int64_t rows = 200'000;
  // Of SQLite, in each engine: FULL is what Kiem's connections have.
  std::string synchronous = "FULL";
  // Kilobytes of page cache while rows are inserted; SQLite's own default.
  std::int64_t insert_cache_kib = 2000;
};

struct Measured {
  double cpu_seconds = 0;    // user and system
  std::uint64_t sum = 0;     // of the answers
  std::uintmax_t bytes = 0;  // of the database file, where a phase makes one
};

class Workload {
 public:
  // The folder exists and is empty.
  Workload(Engine& engine, std::filesystem::path folder, WorkloadOptions options);
  // One of kPhases; the phases that read come after insert_10k.
  [[nodiscard]] Measured run(std::string_view phase);

 private:
  struct Row {
    ByteView body;
    ByteView hash;
  };
  [[nodiscard]] Row row(std::int64_t number) const;
  [[nodiscard]] Measured insert(std::int64_t a_transaction, bool indexed);
  struct ReadOptions {
    bool warm = false;      // all of it was read before
    bool together = false;  // in one transaction
  };
  [[nodiscard]] Measured read_points(int cache_kib, ReadOptions how);
  [[nodiscard]] Measured scan();
  [[nodiscard]] Measured open_often();
  [[nodiscard]] std::uint64_t point_reads();
  [[nodiscard]] std::uint64_t sum_of_all_rows();
  void reopen(std::int64_t cache_kib);

  Engine& engine_;
  std::filesystem::path folder_;
  WorkloadOptions options_;
  Bytes pool_;  // bodies and hashes are cut from it, so that making them costs the measured part nothing
};

}  // namespace kiem::bench
