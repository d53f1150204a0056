// The encrypting VFS: a shim between an unpatched SQLite and the VFS under it, through which a store is never on disk
// but sealed.
//
// What it protects. Whoever holds the disk learns the store's size, which pages change together, how many key slots
// there are and nothing else; and cannot change, move, swap, cut or put back a part of it without being noticed, within
// the limits below. What it does not protect: SQLite's page cache in this process's memory, and time travel of the
// whole. Somebody who puts back *all* files of an earlier moment shows a store that was true then; only peers, who
// remember more, can tell. Cutting the newest frames off a log that no checkpoint has touched is such a time travel of
// the last few commits. A single older image of one database page is accepted too in this version of the format.
//
// Shape. One VFS object per open store, registered under a name of its own; it knows exactly two files, the database
// and its log, and refuses every other name. SQLite sees a database of 4096-byte pages with 56 bytes reserved, in WAL
// mode; on disk two header blocks stand before the pages and every page ends in nonce and tags.
//
//   SQLite ──> encrypted_vfs (names, opening)
//                ├─> main_file (reads pages, takes checkpointed ones)   ┐
//                └─> wal_file  (puts frames together, takes them apart) ┴─> store_files ──> parent VFS
//                                                                            (cipher, anchor, latch, one descriptor
//                                                                            each)
//
// Invariants, cited by number in code and tests:
//
//  Confidentiality
//   C1  Every byte that reaches the parent is a header block or came out of PageCipher with a fresh nonce. There is no
//       plaintext mode and no decision taken from content.
//   C2  No third file: journals, super-journals, temporary files and attached databases cannot be opened. A journal
//       that somebody planted is not seen. temp_store=MEMORY keeps SQLite from wanting one; this keeps it from having
//       one.
//   C3  The log's frame heads hold checksums over plaintext, so they are sealed as the pages are.
//   C4  The wal-index lives in process memory; mmap is not offered.
//
//  Integrity
//   I1  A page is accepted only where it was sealed: store, epoch and page number are associated data. All-zero pages
//       are no exception; a page that the database gains and no frame brings is filled with sealed zeros.
//   I2  A frame is accepted only in its generation (salts and checkpoint number) and at its number.
//   I3  The database file is written by checkpoints alone. They move ciphertext: the frame's own seal, which covers the
//       page's tag, is checked and the page is not opened.
//   I4  The first 100 bytes that SQLite asks of a database are answered from a constant: page size, reserve and WAL
//       mode are part of the format. So a page 1 torn by a power cut in mid-checkpoint does not keep the log, which
//       holds it whole, from being read.
//   I5  A last frame that does not fit its seal is where the log ends (a power cut), not damage. A page that does not
//       fit is SQLITE_IOERR_DATA and its number is kept for kDamagedPage.
//   I6  Pages that are read ahead (read_ahead.hpp) are kept sealed, by one connection, for one reading, and only until
//       anybody writes to the file or cuts it.
//
//  The anchor (state in the header blocks; LogPhase)
//   A1  `announced` is on disk before a log head is written; `begun` is on disk before the first frame is, for frames
//       come after the sync of the head. So while `begun`, no log but that one is right.
//   A2  SQLite starts a new generation only when the old one was copied and the copy synced; `settled` is on disk
//       before a log is removed or emptied, which SQLite does under the same condition. Then any log but a leftover
//       of the current generation is foreign, and the leftover holds nothing that the database has not.
//   A3  Before a checkpoint's first page the number of frames it will copy is on disk; a log with fewer was cut.
//   A4  `pages` counts only what a sync has covered, so a shorter file was cut; it is lowered before the file is.
//   A5  The header copies are written in turn, each after the other is on disk.
//   A6  A generation that was announced and did not begin is followed by another only over a log emptied on disk.
//   A7  Before anything is built on a log that the process before us left, or on its emptying, header and log are
//       synced: that process may have been killed between a write and its sync.
//
//  The sum (page_sum.hpp, expected_pages.cpp)
//   S1  The header's sum is that of the database once the copied frames are in it: of each page its last image among
//       those frames, and the file's own where none of them is of that page. So it does not matter how far a checkpoint
//       came, whether a reader held it up or the power went.
//   S2  Before a checkpoint's first page the sum that it will make is on disk (together with A3); before a sum counts a
//       page that no frame brings, that page is.
//   S3  The sum is compared when somebody asks (Store::check_freshness), not at each opening: it takes a look at every
//       page. A page that is put back is authentic in itself; which one it is, a sum cannot tell.
//   S4  Only after a header copy was destroyed, which is said, are pages taken for right as they are found: the other
//       copy may be of before the last checkpoint.
//
//  Failure
//   F1  After a failed write, sync or cut nothing is written any more until the store is opened anew (an fsync tells of
//       its failure once). A full disk is not such a failure.
//   F2  One connection may write. The lock on the home keeps other processes out.
//
// Works against Debian's libsqlite3.so; uses no internal symbol. Of the parent it asks what parent_file.hpp says.
#pragma once

#include <memory>
#include <string>

#include "core/store/store_files.hpp"

namespace kiem {

// File controls for sqlite3_file_control(db, "main", ...), above the numbers that SQLite keeps for itself.
// kDamagedPage: std::uint32_t* gets the page that last failed to open on this connection, 0 for none.
// kLatch: const std::atomic<bool>** gets where it stands whether invariant F1 holds writing back; asked with every
// statement, so it is read where it stands.
// kHealing: const int*; while it is not 0, the writer reads zeros where a page does not fit its seal, so that it can
// put another in its place. Only while the tables are made anew (rewriting.hpp), which reads none of them.
constexpr int kDamagedPage = 0x4B69'0001;
constexpr int kLatch = 0x4B69'0002;
constexpr int kHealing = 0x4B69'0003;

class EncryptedVfs {
 public:
  // Registers. `files` outlives this object, this object every connection opened by its name.
  explicit EncryptedVfs(StoreFiles& files);
  ~EncryptedVfs();
  EncryptedVfs(const EncryptedVfs&) = delete;
  EncryptedVfs& operator=(const EncryptedVfs&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

// Page 1 of an empty database as SQLite itself would make it, in WAL mode and with our reserve: what a new store holds.
[[nodiscard]] std::array<std::uint8_t, kPageBytes> empty_database();

}  // namespace kiem
