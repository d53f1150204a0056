#include "tests/faults/damage.hpp"

#include <algorithm>

#include "core/store/store_files.hpp"

namespace kiem::test {
namespace {

constexpr const char* kDatabase = "store.kiem";
constexpr const char* kLog = "store.kiem-wal";
constexpr std::size_t kSector = 512;

std::string note_text(std::int64_t number) {
  // Number 3 needs pages of its own beside the table's.
  return "note " + std::to_string(number) + std::string(number == 3 ? 9000 : 250, static_cast<char>('a' + number));
}

// A store in every state of its short life.
struct Sample {
  static constexpr int kStates = 4;
  static constexpr int kNotesAState = 3;
  static constexpr int kNotes = kStates * kNotesAState;

  StoreHome home;
  FaultVfs vfs;
  std::filesystem::path attacked = home.other("attacked");
  std::vector<DiskImage> closed;  // the last is the newest
  std::vector<DiskImage> killed;  // the same with the log still there

  explicit Sample(std::uint64_t seed) {
    FakeEnv env(seed);
    {
      const auto store = new_store(home.path(), env, vfs.name());
      KIEM_CHECK(store->writer()
                     .execute("CREATE TABLE gone (text); INSERT INTO gone VALUES (zeroblob(9000));"
                              "DROP TABLE gone")
                     .has_value());
    }
    for (int state = 0; state < kStates; ++state) {
      auto opened = open_store(home.path(), env, vfs.name());
      KIEM_CHECK(opened.has_value());
      for (int i = 0; i < kNotesAState; ++i) {
        auto insert = (*opened)->writer().cached("INSERT INTO note (id, text) VALUES (?, ?)");
        KIEM_CHECK(insert.has_value());
        const auto number = state * kNotesAState + i;
        (*insert)->bind(1, std::int64_t{number}).bind(2, note_text(number));
        KIEM_CHECK((*insert)->run().has_value());
      }
      killed.push_back(files());
      opened->reset();
      closed.push_back(files());
    }
  }

  [[nodiscard]] DiskImage files() const {
    DiskImage image;
    for (const auto* name : {kDatabase, kLog}) {
      if (std::filesystem::exists(home.path() / name)) image[name] = read_all(home.path() / name);
    }
    return image;
  }
};

struct Verdict {
  std::string told;  // by which error or audit; empty when by none
  int notes = 0;     // shown, all true
  bool logged = false;
  std::string wrong;
};

const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::page_damaged:
      return "page_damaged";
    case ErrorCode::header_damaged:
      return "header_damaged";
    case ErrorCode::wal_replaced:
      return "wal_replaced";
    case ErrorCode::page_replaced:
      return "page_replaced";
    case ErrorCode::not_a_store:
      return "not_a_store";
    case ErrorCode::store_missing:
      return "store_missing";
    default:
      return "";
  }
}

void read_notes(Store& store, Verdict& verdict) {
  const auto tell = [&](const Error& error) {
    verdict.told = name_of(error.code);
    if (error.fault != Fault::damage || verdict.told.empty()) verdict.wrong = "told as " + code_text(error);
  };
  auto ask = store.writer().prepare("SELECT id, text FROM note ORDER BY id");
  if (!ask) return tell(ask.error());
  while (true) {
    const auto row = ask->step();
    if (!row) return tell(row.error());
    if (!*row) return;
    if (ask->integer(0) != verdict.notes || ask->text(1) != note_text(verdict.notes)) {
      verdict.wrong = "a changed value is shown";
      return;
    }
    ++verdict.notes;
  }
}

Verdict judge(const Sample& sample, const DiskImage& image) {
  Verdict verdict;
  write_image(image, sample.attacked);
  FakeEnv env(93);
  const auto store = open_store(sample.attacked, env, sample.vfs.name());
  verdict.logged = !env.log.lines.empty();
  if (!store) {
    verdict.told = name_of(store.error().code);
    const bool known = store.error().fault == Fault::damage || store.error().code == ErrorCode::not_a_store;
    if (!known || verdict.told.empty()) verdict.wrong = "refused with " + code_text(store.error());
    return verdict;
  }
  const auto damaged = (*store)->damaged_pages();
  if (!damaged) {
    verdict.wrong = "the audit failed with " + code_text(damaged.error());
    return verdict;
  }
  if (!damaged->empty()) verdict.told = "named by the audit";
  if (const auto fresh = (*store)->check_freshness(); !fresh && damaged->empty()) {
    verdict.told = name_of(fresh.error().code);
    if (verdict.told.empty()) verdict.wrong = "freshness told as " + code_text(fresh.error());
    // A whole page of an earlier moment is read as what it was then; only this look at all pages together tells.
    return verdict;
  }
  read_notes(**store, verdict);
  return verdict;
}

// What was done to which file, and what may then go untold.
struct Case {
  std::string what;
  const char* file = kDatabase;
  std::uint64_t at = 0;
  bool has_log = false;
  // Notes that a true older moment has at least: cutting or breaking the newest commits of a log goes back to one.
  int least_notes = Sample::kNotes;
};

void try_case(const Sample& sample, const DiskImage& image, const Case& one, Findings& findings) {
  const auto verdict = judge(sample, image);
  std::string end;
  if (!verdict.wrong.empty()) {
    findings.problem(one.what + ": " + verdict.wrong);
    end = "WRONG";
  } else if (!verdict.told.empty()) {
    end = "told " + verdict.told;
  } else if (verdict.notes == Sample::kNotes) {
    const bool in_header = one.file == kDatabase && one.at < kPagesAt;
    if (in_header && verdict.logged) {
      end = "harmless: the other header copy is used, and that is logged";
    } else if (one.file == kDatabase && !in_header && one.has_log) {
      end = "harmless: the log holds this page whole";
    } else if (one.file == kLog) {
      end = "harmless: the database holds all of this log";
    } else {
      findings.problem(one.what + ": untold");
      end = "UNTOLD";
    }
  } else if (one.file == kLog && verdict.notes >= one.least_notes) {
    end = "as after a power cut: the newest commits of the log are gone";
  } else {
    findings.problem(one.what + ": notes are gone untold, " + std::to_string(verdict.notes) + " shown");
    end = "UNTOLD";
  }
  findings.count(end);
}

// The two stores that are changed: a closed one, and one whose process was killed with the log there.
struct Target {
  const char* name;
  const DiskImage& image;
  const char* file;
  bool has_log;
};
std::vector<Target> targets(const Sample& sample) {
  return {{"closed", sample.closed.back(), kDatabase, false},
          {"killed", sample.killed.back(), kDatabase, true},
          {"killed", sample.killed.back(), kLog, true}};
}

// Each place of the file where something of `size` bytes begins, by the plan's stride.
template <class Change>
void change_each(const DamagePlan& plan, const char* what, std::size_t step, std::size_t size, Findings& findings,
                 const Change& change) {
  const Sample sample(plan.seed);
  SeededRng rng(plan.seed);
  // A frame that does not fit is where the log ends, unless frames after it prove that it was committed; the newest two
  // commits have none that could. Damage in two frames at once can take the proof of a third.
  const int least = Sample::kNotes - (size > 1 ? Sample::kNotesAState : 2);
  for (const auto& target : targets(sample)) {
    const auto length = target.image.at(target.file).size();
    for (std::size_t at = rng.below(plan.stride) * step; at + size <= length; at += step * plan.stride) {
      if (findings.is_over()) return;
      DiskImage image = target.image;
      Bytes& bytes = image.at(target.file);
      const Bytes before = bytes;
      change(bytes, at, rng);
      if (bytes == before) continue;
      try_case(sample, image,
               {std::string(what) + " at " + std::to_string(at) + " of " + target.file + ", " + target.name +
                    ", seed " + std::to_string(plan.seed),
                target.file, at, target.has_log, least},
               findings);
    }
  }
}

}  // namespace

void flip_each_byte(const DamagePlan& plan, Findings& findings) {
  change_each(plan, "flip", 1, 1, findings, [](Bytes& bytes, std::size_t at, SeededRng& rng) {
    bytes[at] ^= static_cast<std::uint8_t>(1U << rng.below(8));
  });
}

void swap_neighbouring_bytes(const DamagePlan& plan, Findings& findings) {
  change_each(plan, "swap", 1, 2, findings,
              [](Bytes& bytes, std::size_t at, SeededRng&) { std::swap(bytes[at], bytes[at + 1]); });
}

void zero_and_double_sectors(const DamagePlan& plan, Findings& findings) {
  change_each(plan, "zeroed sector", kSector, kSector, findings, [](Bytes& bytes, std::size_t at, SeededRng&) {
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), kSector, std::uint8_t{0});
  });
  change_each(plan, "doubled sector", kSector, 2 * kSector, findings, [](Bytes& bytes, std::size_t at, SeededRng&) {
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), kSector,
                bytes.begin() + static_cast<std::ptrdiff_t>(at + kSector));
  });
}

void misplace_pages(const DamagePlan& plan, Findings& findings) {
  const Sample sample(plan.seed);
  SeededRng rng(plan.seed);
  std::uint64_t number = rng.below(plan.stride);
  for (const auto& target : targets(sample)) {
    const bool log = target.file == kLog;
    const std::size_t first = log ? kSealedLogHeadBytes : kPagesAt;
    const std::size_t size = log ? kFrameBytes : kPageBytes;
    const auto count = (target.image.at(target.file).size() - first) / size;
    const auto part = [&](Bytes& bytes, std::size_t i) { return std::span(bytes).subspan(first + i * size, size); };
    for (std::size_t to = 0; to < count; ++to) {
      // from == count: zeros.
      for (std::size_t from = 0; from <= count; ++from) {
        for (const bool swaps : {false, true}) {
          if (from == to || (swaps && from >= to) || number++ % plan.stride != 0) continue;
          if (findings.is_over()) return;
          DiskImage image = target.image;
          Bytes& bytes = image.at(target.file);
          if (swaps) {
            std::ranges::swap_ranges(part(bytes, from), part(bytes, to));
          } else if (from == count) {
            std::ranges::fill(part(bytes, to), std::uint8_t{0});
          } else {
            std::ranges::copy(part(bytes, from), part(bytes, to).begin());
          }
          const auto what = std::string(swaps ? "swapped with " : "replaced by ") + std::to_string(from + 1);
          try_case(sample, image,
                   {(log ? "frame " : "page ") + std::to_string(to + 1) + " " + what + ", " + target.name, target.file,
                    first + to * size, target.has_log, Sample::kNotes - Sample::kNotesAState},
                   findings);
        }
      }
    }
  }
}

void put_back_older(const DamagePlan& plan, Findings& findings) {
  const Sample sample(plan.seed);
  const auto part = [](Bytes& bytes, std::size_t page) {
    return std::span(bytes).subspan(kPagesAt + page * kPageBytes, kPageBytes);
  };
  for (int state = 0; state + 1 < Sample::kStates; ++state) {
    const auto from = "of state " + std::to_string(state);
    auto older = sample.closed[static_cast<std::size_t>(state)];
    // Single pages, under the newest header.
    const auto pages = (older.at(kDatabase).size() - kPagesAt) / kPageBytes;
    for (std::size_t page = 0; page < pages; ++page) {
      DiskImage image = sample.closed.back();
      if (std::ranges::equal(part(image.at(kDatabase), page), part(older.at(kDatabase), page))) continue;
      std::ranges::copy(part(older.at(kDatabase), page), part(image.at(kDatabase), page).begin());
      try_case(sample, image, {"page " + std::to_string(page + 1) + " " + from, kDatabase, kPagesAt, false}, findings);
    }
    // All pages but the header; the header alone.
    DiskImage image = sample.closed.back();
    std::copy(older.at(kDatabase).begin() + kPagesAt, older.at(kDatabase).end(),
              image.at(kDatabase).begin() + kPagesAt);
    try_case(sample, image, {"all pages " + from, kDatabase, kPagesAt, false}, findings);
    image = sample.closed.back();
    std::copy_n(older.at(kDatabase).begin(), kPagesAt, image.at(kDatabase).begin());
    try_case(sample, image, {"the header " + from, kDatabase, kPagesAt, false}, findings);
    // The log beside the newer database, closed and killed.
    const auto& older_log = sample.killed[static_cast<std::size_t>(state)].at(kLog);
    image = sample.closed.back();
    image[kLog] = older_log;
    try_case(sample, image, {"the log " + from, kDatabase, kPagesAt, false}, findings);
    image = sample.killed.back();
    image[kLog] = older_log;
    try_case(sample, image, {"the log in place of another " + from, kDatabase, kPagesAt, false}, findings);
    // The database under the newer log.
    image = sample.killed.back();
    image[kDatabase] = older.at(kDatabase);
    try_case(sample, image, {"the database under a newer log " + from, kDatabase, kPagesAt, false}, findings);
  }
  // Another store's parts.
  const Sample other(plan.seed + 1);
  DiskImage image = sample.killed.back();
  image[kLog] = other.killed.back().at(kLog);
  try_case(sample, image, {"the log of another store", kDatabase, kPagesAt, false}, findings);
  image = sample.closed.back();
  image[kLog] = other.killed.back().at(kLog);
  try_case(sample, image, {"the log of another store beside a closed one", kDatabase, kPagesAt, false}, findings);
  image = sample.killed.back();
  image.erase(kLog);
  try_case(sample, image, {"no log", kDatabase, kPagesAt, false}, findings);
  image = sample.closed.back();
  image[kLog] = sample.killed.back().at(kLog);
  try_case(sample, image, {"its own log put back after closing", kLog, 0, true}, findings);
}

void cut_at_each_length(const DamagePlan& plan, Findings& findings) {
  const Sample sample(plan.seed);
  SeededRng rng(plan.seed);
  for (const auto& target : targets(sample)) {
    const auto length = target.image.at(target.file).size();
    for (std::size_t size = rng.below(plan.stride); size < length; size += plan.stride) {
      if (findings.is_over()) return;
      DiskImage image = target.image;
      image.at(target.file).resize(size);
      // A cut log is a true older moment, back to where the log begins.
      try_case(sample, image,
               {std::string(target.file) + " of " + target.name + " cut to " + std::to_string(size), target.file,
                kPagesAt, target.has_log, Sample::kNotes - Sample::kNotesAState},
               findings);
    }
  }
}

void damage_key_file(Findings& findings) {
  StoreHome home;
  FakeEnv env;
  const auto key = SecretBytes::random(kKeyFileBytes, env.rng);
  { KIEM_CHECK(Store::create(home.path(), KeyFile{key.clone()}, env.env(), cheap()).has_value()); }
  const auto before = read_all(database_of(home.path()));
  const auto attempt = [&](ByteView bytes, const std::string& what) {
    const auto opened = Store::open(home.path(), KeyFile{SecretBytes::copy_of(bytes)}, env.env(), cheap());
    if (opened || opened.error().code != ErrorCode::no_slot_opens) {
      findings.problem(what + (opened ? ": opens" : ": " + code_text(opened.error())));
    }
    findings.count("told no_slot_opens");
  };
  for (std::size_t bit = 0; bit < 8 * kKeyFileBytes; ++bit) {
    Bytes bytes = to_bytes(key.view());
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    attempt(bytes, "key file with bit " + std::to_string(bit) + " flipped");
  }
  for (std::size_t size = 0; size <= 2 * kKeyFileBytes; ++size) {
    Bytes bytes = to_bytes(key.view());
    bytes.resize(size);
    if (size != kKeyFileBytes) attempt(bytes, "key file of " + std::to_string(size) + " bytes");
  }
  if (read_all(database_of(home.path())) != before) findings.problem("a wrong key file changed the store");
}

}  // namespace kiem::test
