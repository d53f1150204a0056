#include "tests/support/connection_trace.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "core/base/check.hpp"

namespace kiem::test {
namespace {

struct Traced {
  std::mutex turns;
  std::map<std::string, TracedFile> files;
};
Traced& traced() {
  static Traced all;
  return all;
}

// Lives as long as its connection, of which a function of ours that nobody calls is a part.
struct Mark {
  std::string file;
  bool writes = false;
};

void note_closed(void* mark) {
  const std::unique_ptr<Mark> gone(static_cast<Mark*>(mark));
  const std::lock_guard turn(traced().turns);
  auto& file = traced().files[gone->file];
  --(gone->writes ? file.writers_now : file.readers_now);
}

void do_nothing(sqlite3_context*, int, sqlite3_value**) {}

int note_opened(sqlite3* db, char**, const void*) {
  const char* name = sqlite3_db_filename(db, "main");
  auto mark = std::make_unique<Mark>();
  mark->file = name != nullptr ? name : "";
  mark->writes = sqlite3_db_readonly(db, "main") == 0;
  {
    const std::lock_guard turn(traced().turns);
    auto& file = traced().files[mark->file];
    if (mark->writes) {
      ++file.writers_ever;
      file.most_writers = std::max(file.most_writers, ++file.writers_now);
    } else {
      ++file.readers_ever;
      ++file.readers_now;
    }
  }
  // When this fails, SQLite has called note_closed already.
  return sqlite3_create_function_v2(db, "kiem_test_mark", 0, SQLITE_UTF8, mark.release(), do_nothing, nullptr, nullptr,
                                    note_closed);
}

using Entry = void (*)();
Entry entry() { return reinterpret_cast<Entry>(note_opened); }

}  // namespace

ConnectionTrace::ConnectionTrace() {
  traced().files.clear();
  KIEM_CHECK(sqlite3_auto_extension(entry()) == SQLITE_OK);
}

ConnectionTrace::~ConnectionTrace() { KIEM_CHECK(sqlite3_cancel_auto_extension(entry()) == 1); }

std::map<std::string, TracedFile> ConnectionTrace::files() {
  const std::lock_guard turn(traced().turns);
  return traced().files;
}

}  // namespace kiem::test
