#include "tests/bench/workload.hpp"

#include <sys/resource.h>

#include "tests/support/fakes.hpp"

namespace kiem::bench {
namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kShortestBody = 180;
constexpr std::size_t kBodySpread = 251;  // 180 to 430, on average 305
constexpr std::uint64_t kSeed = 20250101;

double cpu_seconds() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) stop("getrusage");
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::uint64_t mixed(std::uint64_t value) { return test::SeededRng(value).next(); }

// Depends on every byte and on the order of what is added.
void add(std::uint64_t& sum, ByteView bytes) {
  for (const auto byte : bytes) sum = (sum ^ byte) * 0x100000001B3U;
  sum = mixed(sum + bytes.size());
}

}  // namespace

Workload::Workload(Engine& engine, std::filesystem::path folder, WorkloadOptions options)
    : engine_(engine), folder_(std::move(folder)), options_(std::move(options)), pool_(std::size_t{1} << 20U) {
  test::SeededRng(kSeed).fill(pool_);
}

Workload::Row Workload::row(std::int64_t number) const {
  const std::uint64_t chance = mixed(kSeed + static_cast<std::uint64_t>(number));
  // A hash is a piece of the pool too; a million starting places are enough to be random for an index.
  const std::size_t most = pool_.size() - kShortestBody - kBodySpread;
  const ByteView pool = pool_;
  return {pool.subspan(chance % most, kShortestBody + (chance >> 32U) % kBodySpread),
          pool.subspan((chance >> 20U) % most, kHashBytes)};
}

Measured Workload::run(std::string_view phase) {
  if (phase == "insert_1") return insert(1, false);
  if (phase == "insert_100") return insert(100, false);
  if (phase == "insert_100_indexed") return insert(100, true);
  if (phase == "insert_10k") return insert(10'000, false);
  if (phase == "reads_2mb") return read_points(2000, {});
  if (phase == "reads_together") return read_points(2000, {.together = true});
  if (phase == "reads_warm") return read_points(96'000, {.warm = true});
  if (phase == "scan") return scan();
  if (phase == "open") return open_often();
  stop("there is no phase " + std::string(phase));
}

// From the first row to the closed database, whose log is then all in the file.
Measured Workload::insert(std::int64_t a_transaction, bool indexed) {
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directory(folder_);
  engine_.create(folder_);
  engine_.execute("PRAGMA synchronous=" + options_.synchronous);
  engine_.execute("PRAGMA cache_size=-" + std::to_string(options_.insert_cache_kib));
  engine_.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, body BLOB NOT NULL, hash BLOB) STRICT");
  if (indexed) engine_.execute("CREATE INDEX entry_hash ON entry (hash)");

  Measured measured;
  const double begin = cpu_seconds();
  {
    const auto query = engine_.prepare("INSERT INTO entry (id, body, hash) VALUES (?, ?, ?)");
    for (std::int64_t id = 1; id <= options_.rows; ++id) {
      if ((id - 1) % a_transaction == 0) engine_.begin();
      const Row made = row(id);
      query->bind(1, id);
      query->bind(2, made.body);
      if (indexed) query->bind(3, made.hash);
      query->step();
      if (id % a_transaction == 0 || id == options_.rows) engine_.commit();
    }
  }
  engine_.close();
  measured.cpu_seconds = cpu_seconds() - begin;

  measured.bytes = std::filesystem::file_size(engine_.file_in(folder_));
  reopen(options_.insert_cache_kib);
  measured.sum = sum_of_all_rows();
  engine_.close();
  return measured;
}

Measured Workload::read_points(int cache_kib, ReadOptions how) {
  reopen(cache_kib);
  if (how.warm) static_cast<void>(point_reads());
  if (how.together) engine_.execute("BEGIN");
  Measured measured;
  const double begin = cpu_seconds();
  measured.sum = point_reads();
  measured.cpu_seconds = cpu_seconds() - begin;
  if (how.together) engine_.execute("COMMIT");
  engine_.close();
  return measured;
}

// As many reads as there are rows. Of each body its two ends are looked at: a sum over all would dilute the figure.
std::uint64_t Workload::point_reads() {
  std::uint64_t sum = 0;
  const auto query = engine_.prepare("SELECT body FROM entry WHERE id = ?");
  test::SeededRng chance(kSeed);
  for (std::int64_t i = 0; i < options_.rows; ++i) {
    const auto id = static_cast<std::int64_t>(chance.below(static_cast<std::uint64_t>(options_.rows))) + 1;
    query->bind(1, id);
    if (!query->step()) stop("row " + std::to_string(id) + " is not there");
    const ByteView body = query->blob(0);
    sum = sum * 31 + body.size() + std::uint64_t{body.front()} * 256 + body.back();
    query->reset();
  }
  return sum;
}

// The CPU time of one scan, on average over a few: one alone is too short to be told from its neighbours' noise.
Measured Workload::scan() {
  constexpr int kTimes = 5;
  Measured measured;
  for (int i = 0; i < kTimes; ++i) {
    reopen(2000);
    const double begin = cpu_seconds();
    {
      const auto query = engine_.prepare("SELECT count(*), sum(id), sum(length(body)) FROM entry");
      if (!query->step()) stop("the scan has no answer");
      for (int column = 0; column < 3; ++column) {
        measured.sum = mixed(measured.sum + static_cast<std::uint64_t>(query->integer(column)));
      }
    }
    measured.cpu_seconds += (cpu_seconds() - begin) / kTimes;
    engine_.close();
  }
  return measured;
}

// The CPU time of one opening, on average; closing is not in it.
Measured Workload::open_often() {
  const int times = options_.rows >= 10'000 ? 200 : 5;
  Measured measured;
  for (int i = 0; i < times; ++i) {
    const double begin = cpu_seconds();
    engine_.open(folder_);
    {
      const auto query = engine_.prepare("SELECT body FROM entry WHERE id = ?");
      query->bind(1, options_.rows / 2 + 1);
      if (!query->step()) stop("the first read found nothing");
      add(measured.sum, query->blob(0));
    }
    measured.cpu_seconds += (cpu_seconds() - begin) / times;
    engine_.close();
  }
  return measured;
}

std::uint64_t Workload::sum_of_all_rows() {
  std::uint64_t sum = 0;
  const auto query = engine_.prepare("SELECT id, body, hash FROM entry ORDER BY id");
  while (query->step()) {
    sum = mixed(sum + static_cast<std::uint64_t>(query->integer(0)));
    add(sum, query->blob(1));
    add(sum, query->blob(2));
  }
  // An index that was not written could not be counted through.
  const auto count = engine_.prepare("SELECT count(*) FROM entry");
  if (!count->step() || count->integer(0) != options_.rows) stop("rows are missing");
  return sum;
}

void Workload::reopen(std::int64_t cache_kib) {
  engine_.open(folder_);
  engine_.execute("PRAGMA synchronous=" + options_.synchronous);
  engine_.execute("PRAGMA cache_size=-" + std::to_string(cache_kib));
}

}  // namespace kiem::bench
