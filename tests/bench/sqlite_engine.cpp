// SQLite's own API with the settings that Kiem's Connection makes (core/store/sqlite.cpp). Compiled twice: against
// Debian's library, and against SQLCipher's, which is told its key.
#include <sqlite3.h>

#include <array>

#include "tests/bench/engine.hpp"

namespace kiem::bench {
namespace {

void expect(sqlite3* handle, int result, int wanted, const std::string& what) {
  if (result != wanted) stop(what + ": " + (handle == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(handle)));
}

class SqliteQuery final : public Query {
 public:
  SqliteQuery(sqlite3* handle, const std::string& sql) : handle_(handle) {
    expect(handle_, sqlite3_prepare_v3(handle_, sql.c_str(), -1, 0, &statement_, nullptr), SQLITE_OK, sql);
  }
  ~SqliteQuery() override { sqlite3_finalize(statement_); }
  SqliteQuery(const SqliteQuery&) = delete;
  SqliteQuery& operator=(const SqliteQuery&) = delete;

  void bind(int index, std::int64_t value) override {
    expect(handle_, sqlite3_bind_int64(statement_, index, value), SQLITE_OK, "bind");
  }
  void bind(int index, ByteView blob) override {
    expect(handle_, sqlite3_bind_blob64(statement_, index, blob.data(), blob.size(), SQLITE_STATIC), SQLITE_OK, "bind");
  }
  bool step() override {
    const int result = sqlite3_step(statement_);
    if (result == SQLITE_ROW) return true;
    expect(handle_, result, SQLITE_DONE, sqlite3_sql(statement_));
    sqlite3_reset(statement_);
    return false;
  }
  void reset() override { sqlite3_reset(statement_); }
  std::int64_t integer(int column) override { return sqlite3_column_int64(statement_, column); }
  ByteView blob(int column) override {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
};

class SqliteEngine final : public Engine {
 public:
  ~SqliteEngine() override { close(); }

  void create(const std::filesystem::path& folder) override { open_with(folder, SQLITE_OPEN_CREATE); }
  void open(const std::filesystem::path& folder) override { open_with(folder, 0); }

  void close() override {
    begin_.reset();
    commit_.reset();
    expect(handle_, sqlite3_close(handle_), SQLITE_OK, "close");
    handle_ = nullptr;
  }

  void execute(const std::string& sql) override {
    expect(handle_, sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK, sql);
  }
  std::unique_ptr<Query> prepare(const std::string& sql) override {
    return std::make_unique<SqliteQuery>(handle_, sql);
  }
  void begin() override { run(begin_, "BEGIN IMMEDIATE"); }
  void commit() override { run(commit_, "COMMIT"); }
  std::filesystem::path file_in(const std::filesystem::path& folder) const override { return folder / "plain.db"; }

  std::string versions() override {
    std::string all = std::string("SQLite ") + sqlite3_libversion();
#ifdef SQLITE_HAS_CODEC
    all = "SQLCipher " + answer("PRAGMA cipher_version") + " (" + all + ", " +
          answer("PRAGMA cipher_provider_version") + ")";
#endif
    return all;
  }

 private:
  // The default VFS; the order of the settings is Connection's.
  void open_with(const std::filesystem::path& folder, int more_flags) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    expect(handle_, sqlite3_open_v2(file_in(folder).c_str(), &handle_, flags | more_flags, nullptr), SQLITE_OK, "open");
#ifdef SQLITE_HAS_CODEC
    // 32 bytes as they are: no derivation.
    execute("PRAGMA key = \"x'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F'\"");
#endif
    struct Setting {
      int what;
      int value;
    };
    constexpr std::array<Setting, 7> kSettings = {{{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                                   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                                   {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                                                   {SQLITE_DBCONFIG_ENABLE_FKEY, 0},
                                                   {SQLITE_DBCONFIG_DQS_DDL, 0},
                                                   {SQLITE_DBCONFIG_DQS_DML, 0},
                                                   {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0}}};
    for (const auto& setting : kSettings) {
      expect(handle_, sqlite3_db_config(handle_, setting.what, setting.value, nullptr), SQLITE_OK, "db_config");
    }
    expect(handle_, sqlite3_wal_autocheckpoint(handle_, 1000), SQLITE_OK, "autocheckpoint");
    expect(handle_, sqlite3_busy_timeout(handle_, 1000), SQLITE_OK, "timeout");
    execute(
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cache_size=-16384; PRAGMA cell_size_check=ON;"
        "PRAGMA synchronous=FULL;");
    // Kiem's stores are made so.
    if (more_flags != 0) execute("PRAGMA page_size=4096; PRAGMA journal_mode=WAL;");
  }

  void run(std::unique_ptr<Query>& kept, const char* sql) {
    if (kept == nullptr) kept = prepare(sql);
    kept->step();
  }

#ifdef SQLITE_HAS_CODEC
  std::string answer(const std::string& sql) {
    SqliteQuery query(handle_, sql);
    if (!query.step()) stop(sql + " has no answer");
    return std::string(text_view(query.blob(0)));
  }
#endif

  sqlite3* handle_ = nullptr;
  std::unique_ptr<Query> begin_;
  std::unique_ptr<Query> commit_;
};

}  // namespace

std::unique_ptr<Engine> make_engine() { return std::make_unique<SqliteEngine>(); }

}  // namespace kiem::bench
