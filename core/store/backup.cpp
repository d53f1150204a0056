#include "core/store/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <map>

#include "core/base/check.hpp"
#include "core/store/creation.hpp"
#include "core/store/disk_error.hpp"
#include "core/store/sqlite_error.hpp"
#include "core/store/store_files.hpp"

namespace kiem {
namespace {

constexpr const char* kPartSuffix = ".part";
constexpr std::uint32_t kPagesPerSync = 2048;

tl::unexpected<Error> already_there(const std::filesystem::path& file) {
  return fail(ErrorCode::file_exists, Fault::person, {file.string()});
}

tl::unexpected<Error> damaged(std::uint32_t page) {
  return fail(ErrorCode::page_damaged, Fault::damage, {std::to_string(page)});
}

// Gives a file its name unless another one has it.
Status name_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno == EEXIST) return already_there(to);
  // Some file systems of sticks know no such rename.
  if (errno != EINVAL && errno != ENOSYS) return disk_error(errno);
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(to, error))) return already_there(to);
  if (::rename(from.c_str(), to.c_str()) != 0) return disk_error(errno);
  return {};
}

}  // namespace

struct Backup::Impl {
  Impl(Store::Inside inside, std::filesystem::path wanted)
      : files(inside.files),
        file(std::move(wanted)),
        part(file.string() + kPartSuffix),
        header(files.header()),
        header_key(header_key_of(inside.data_key)),
        cipher(inside.data_key, header.id, header.epoch, inside.env.rng),
        hash(inside.data_key, header.epoch),
        rng(inside.env.rng) {}
  ~Impl() {
    if (log_is_open) files.close_log();
    out.reset();
    if (is_made) ::unlink(part.c_str());
  }

  [[nodiscard]] Status hold_snapshot(Store& store);
  [[nodiscard]] Status find_frames();
  [[nodiscard]] Status make_file();
  [[nodiscard]] Status read(std::uint32_t page, PageSpan plain);
  [[nodiscard]] Status copy_page();
  [[nodiscard]] Status end_copying();
  [[nodiscard]] Status check_page();
  [[nodiscard]] Status finish();

  StoreFiles& files;
  std::filesystem::path file, part;
  StoreHeader header;
  SecretBytes header_key;
  PageCipher cipher;
  PageHash hash;
  Rng& rng;

  std::unique_ptr<Connection> snapshot;  // its read transaction is what holds the pages still
  bool log_is_open = false;
  std::map<std::uint32_t, std::uint32_t> frames;  // pages that SQLite reads from the log, with their frame
  std::uint32_t pages = 0;
  ReadAhead ahead;
  std::unique_ptr<FileNames> names;
  std::unique_ptr<ParentFile> out;
  bool is_made = false;
  PageSum sum, read_back;
  std::uint32_t copied = 0, checked = 0;
};

// The writer's own thread comes here between its transactions, so the snapshot is what is committed now.
Status Backup::Impl::hold_snapshot(Store& store) {
  KIEM_CHECK(!store.writer().in_transaction());
  KIEM_TRY_GET(snapshot, store.open_reader());
  KIEM_TRY(snapshot->execute("BEGIN"));
  // The first read takes the snapshot, as BEGIN alone does not.
  KIEM_TRY_GET(Statement count, snapshot->prepare("PRAGMA page_count"));
  KIEM_TRY_GET(Statement look, snapshot->prepare("SELECT count(*) FROM sqlite_schema"));
  KIEM_TRY_GET(const bool has_schema, look.step());
  KIEM_TRY_GET(const bool counted, count.step());
  KIEM_CHECK(has_schema && counted);
  pages = static_cast<std::uint32_t>(count.integer(0));
  return find_frames();
}

// Frames beyond what the database has had copied. When there are any, this reader keeps the log from beginning anew; a
// checkpoint may copy them meanwhile, and changes no page for it that they do not bring.
Status Backup::Impl::find_frames() {
  const auto known = files.wal_index().frames();
  if (known.committed == known.copied) return {};
  if (const int failed = files.open_log(); failed != SQLITE_OK) return disk_failure(failed);
  log_is_open = true;
  std::array<std::uint8_t, kFrameBytes> sealed;
  std::array<std::uint8_t, kFrameHeadBytes> head;
  for (std::uint32_t number = known.copied + 1; number <= known.committed; ++number) {
    if (const int failed = files.read_frame(number, sealed); failed != SQLITE_OK) return disk_failure(failed);
    if (!files.cipher().open_frame_head(files.place_of(number), sealed, head)) {
      return fail(ErrorCode::page_damaged, Fault::damage, {"log"});
    }
    frames[big_endian_32(head.data())] = number;
  }
  return {};
}

Status Backup::Impl::make_file() {
  std::error_code error;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, error))) return already_there(file);
  // What an attempt left that was killed.
  if (::unlink(part.c_str()) != 0 && errno != ENOENT) return disk_error(errno);
  const int descriptor = ::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR)) {
    return fail(ErrorCode::file_missing, Fault::person, {file.parent_path().string()});
  }
  if (descriptor < 0) return disk_error(errno);
  ::close(descriptor);
  is_made = true;
  KIEM_TRY_GET(const std::string name, parent_name_of(files.parent(), part));
  if (const int failed = FileNames::make(name, names); failed != SQLITE_OK) return disk_failure(failed);
  const int flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE;
  if (const int failed = ParentFile::open(files.parent(), names->main(), flags, out); failed != SQLITE_OK) {
    return disk_failure(failed);
  }
  return {};
}

Status Backup::Impl::read(std::uint32_t page, PageSpan plain) {
  const auto frame = frames.find(page);
  if (frame == frames.end()) {
    const int result = files.read_page(page, plain, ahead);
    // A page that was never written, because the transaction that took it freed it again, is zeros.
    if (result == SQLITE_OK || result == SQLITE_IOERR_SHORT_READ) return {};
    if (result == SQLITE_IOERR_DATA) return damaged(page);
    return disk_failure(result);
  }
  std::array<std::uint8_t, kFrameBytes> sealed;
  if (const int failed = files.read_frame(frame->second, sealed); failed != SQLITE_OK) return disk_failure(failed);
  if (!files.cipher().open_frame_page(page, sealed, plain)) return damaged(page);
  return {};
}

Status Backup::Impl::copy_page() {
  const std::uint32_t page = copied + 1;
  if (page != kLockBytePage) {
    std::array<std::uint8_t, kPageBytes> plain, sealed;
    KIEM_TRY(read(page, plain));
    cipher.seal_page(page, plain, sealed);
    wipe(plain);
    sum.add(hash.of(page, page_tag_of(sealed)));
    if (const int failed = out->write(sealed, page_at(page)); failed != SQLITE_OK) return disk_failure(failed);
  }
  copied = page;
  if (copied == pages) return end_copying();
  // Now and then, so that no step waits long for a slow stick.
  if (copied % kPagesPerSync != 0) return {};
  const int failed = out->sync(SQLITE_SYNC_NORMAL);
  return failed == SQLITE_OK ? Status{} : disk_failure(failed);
}

// The header comes last: a file that was cut before it has no mark and is no store.
Status Backup::Impl::end_copying() {
  snapshot.reset();
  if (log_is_open) files.close_log();
  log_is_open = false;
  StoreState state;
  state.pages = pages;
  state.summed_pages = pages;
  state.sum = sum.bytes();
  for (std::size_t copy = 0; copy < kHeaderCopies; ++copy) {
    ++header.sequence;
    const auto block = encode_header(header, state, header_key.view(), rng);
    if (const int failed = out->write(block, copy * kHeaderBlockBytes); failed != SQLITE_OK) {
      return disk_failure(failed);
    }
  }
  if (const int failed = out->sync(SQLITE_SYNC_NORMAL); failed != SQLITE_OK) return disk_failure(failed);
  return {};
}

Status Backup::Impl::check_page() {
  const std::uint32_t page = checked + 1;
  if (page != kLockBytePage) {
    std::array<std::uint8_t, kPageBytes> sealed, plain;
    const int result = out->read(sealed, page_at(page));
    if (result == SQLITE_IOERR_SHORT_READ) return damaged(page);
    if (result != SQLITE_OK) return disk_failure(result);
    if (!cipher.open_page(page, sealed, plain)) return damaged(page);
    wipe(plain);
    read_back.add(hash.of(page, page_tag_of(sealed)));
  }
  checked = page;
  return checked == pages ? finish() : Status{};
}

Status Backup::Impl::finish() {
  if (read_back != sum) return damaged(pages);
  std::vector<std::uint8_t> blocks(kPagesAt);
  if (const int failed = out->read(blocks, 0); failed != SQLITE_OK) return disk_failure(failed);
  KIEM_TRY_GET(const FoundHeader found, find_header(blocks, file.string()));
  KIEM_TRY(open_state(found.block, header_key.view(), file.string()));
  if (!found.both_whole) return fail(ErrorCode::header_damaged, Fault::damage, {file.string()});
  out.reset();
  KIEM_TRY(name_file(part, file));
  is_made = false;
  const auto folder = file.parent_path();
  return sync_directory(folder.empty() ? std::filesystem::path(".") : folder);
}

Backup::Backup(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Backup::~Backup() = default;

Result<std::unique_ptr<Backup>> Backup::begin(Store& store, const std::filesystem::path& file) {
  auto impl = std::make_unique<Impl>(store.inside(), file);
  KIEM_TRY(impl->make_file());
  KIEM_TRY(impl->hold_snapshot(store));
  return std::unique_ptr<Backup>(new Backup(std::move(impl)));
}

Result<bool> Backup::step(std::uint32_t count) {
  KIEM_CHECK(count > 0 && impl_->checked < impl_->pages);
  for (std::uint32_t done = 0; done < count && impl_->checked < impl_->pages; ++done) {
    KIEM_TRY(impl_->copied < impl_->pages ? impl_->copy_page() : impl_->check_page());
  }
  return impl_->checked == impl_->pages;
}

Backup::Progress Backup::progress() const {
  return {std::uint64_t{impl_->copied} + impl_->checked, std::uint64_t{impl_->pages} * 2};
}

std::uint64_t Backup::bytes() const { return page_at(impl_->pages + 1); }

}  // namespace kiem
