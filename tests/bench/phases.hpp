// The phases of the store's benchmark and what is asked of each: the words between the driver and its workers, and the
// bounds that a run is judged by. Constants, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace kiem::bench {

// What a ratio may be at most, 0 for "not judged". `must` fails the run, `want` is where we are going.
struct Bound {
  double must = 0;
  double want = 0;
};

struct Phase {
  std::string_view word;   // as a worker is asked for it
  std::string_view title;  // as the table names it
  Bound to_plain;
  Bound to_sqlcipher;
};

constexpr Bound kFasterThanSqlcipher{0.9, 0.7};

// In the order in which they run: the reads, the scan and the opening use the database of insert_10k.
// A warm cache reads no page through any cipher, so there is nothing in which to be faster than SQLCipher.
constexpr std::array kPhases{
    Phase{"insert_1", "insert, 1 row a transaction", {1.75, 1.35}, kFasterThanSqlcipher},
    Phase{"insert_100", "insert, 100", {1.6, 1.3}, kFasterThanSqlcipher},
    Phase{"insert_100_indexed", "insert, 100, with random index", {2.5, 1.8}, kFasterThanSqlcipher},
    Phase{"insert_10k", "insert, 10 000", {1.6, 1.25}, {0.9, 0.85}},
    Phase{"reads_2mb", "point reads, 2 MB cache", {2.1, 1.7}, kFasterThanSqlcipher},
    // Without a lock and unlock of the log a read, of which Kiem's cost no system call: what is left is pages.
    Phase{"reads_together", "same, in one transaction", {}, kFasterThanSqlcipher},
    Phase{"reads_warm", "point reads, warm 96 MB cache", {1.08, 1.03}, {}},
    Phase{"scan", "full scan, cold cache", {2.2, 1.8}, kFasterThanSqlcipher},
    Phase{"open", "open and first read, key known", {1.5, 1.2}, kFasterThanSqlcipher},
};
constexpr std::size_t kPhaseCount = kPhases.size();

// An opening must also take no more than this, whatever plain SQLite takes.
constexpr double kOpenSecondsMust = 0.001;
constexpr Bound kFileSize{1.016, 1.013};

}  // namespace kiem::bench
