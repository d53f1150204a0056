// Kiem's own store as the programs use it: Store, Connection, Statement, Transaction, and under them the encrypting VFS
// over Debian's SQLite.
#include <sodium.h>
#include <sqlite3.h>

#include <optional>

#include "core/crypto/system_rng.hpp"
#include "core/store/store.hpp"
#include "tests/bench/engine.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::bench {
namespace {

template <class T>
T expect(Result<T> result, const std::string& what) {
  if (!result) stop(what + ": error " + std::to_string(static_cast<int>(result.error().code)));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

class KiemQuery final : public Query {
 public:
  explicit KiemQuery(Statement statement) : statement_(std::move(statement)) {}
  void bind(int index, std::int64_t value) override { statement_.bind(index, value); }
  void bind(int index, ByteView blob) override { statement_.bind(index, blob); }
  bool step() override { return expect(statement_.step(), "step"); }
  void reset() override { statement_.reset(); }
  std::int64_t integer(int column) override { return statement_.integer(column); }
  ByteView blob(int column) override { return statement_.blob(column); }

 private:
  Statement statement_;
};

class KiemEngine final : public Engine {
 public:
  void create(const std::filesystem::path& folder) override {
    store_ = expect(Store::create(folder, key_file_, env(), {}), "create");
  }
  // A key file's slot is opened by one small unsealing: the key is known, as after a derivation.
  void open(const std::filesystem::path& folder) override {
    store_ = expect(Store::open(folder, key_file_, env(), {}), "open");
  }
  void close() override { store_.reset(); }
  void execute(const std::string& sql) override { expect(store_->writer().execute(sql), sql); }
  std::unique_ptr<Query> prepare(const std::string& sql) override {
    return std::make_unique<KiemQuery>(expect(store_->writer().prepare(sql), sql));
  }
  void begin() override { transaction_.emplace(expect(Transaction::begin(store_->writer()), "begin")); }
  void commit() override {
    expect(transaction_->commit(), "commit");
    transaction_.reset();
  }
  std::filesystem::path file_in(const std::filesystem::path& folder) const override { return folder / "store.kiem"; }
  std::string versions() override {
    return std::string("SQLite ") + sqlite3_libversion() + ", libsodium " + sodium_version_string();
  }

 private:
  Env env() { return {clock_, rng_, log_}; }

  const Unlock key_file_ = KeyFile{SecretBytes(32)};
  test::FakeClock clock_;
  SystemRng rng_;
  test::CollectedLog log_;
  std::unique_ptr<Store> store_;
  std::optional<Transaction> transaction_;
};

}  // namespace

std::unique_ptr<Engine> make_engine() { return std::make_unique<KiemEngine>(); }

}  // namespace kiem::bench
