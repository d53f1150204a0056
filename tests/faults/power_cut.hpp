// The power goes at any moment of some work on a store, or its process is killed and the power goes while the next one
// works: every legal image of the disk must open, be whole, and have all that was acknowledged and nothing half.
//
// A workload makes a PowerCut, works on a store over its VFS, and tells what is acknowledged. The PowerCut takes images
// at every change of a file and judges them at once, each that differs once. One thread.
#pragma once

#include <functional>
#include <set>

#include "tests/faults/findings.hpp"
#include "tests/support/recording_disk.hpp"
#include "tests/support/store_home.hpp"

namespace kiem::test {

struct CutPlan {
  std::uint64_t seed = 1;
  unsigned samples = 1;             // images by chance at each change
  std::size_t every_subset_of = 2;  // at a sync with so many changes pending or fewer, all subsets of them
  bool only_at_syncs = false;
  bool in_order = false;  // what was not synced happened up to some change, which may be torn, and not beyond
};

// What an image shows: the moment of the work that it is at, counted by the workload, or what is wrong with it.
struct Seen {
  std::int64_t moment = 0;
  std::string wrong;
};

class PowerCut {
 public:
  using Look = std::function<Seen(const std::filesystem::path& image)>;

  PowerCut(std::string workload, const CutPlan& plan, Findings& findings);
  ~PowerCut();
  PowerCut(const PowerCut&) = delete;
  PowerCut& operator=(const PowerCut&) = delete;

  [[nodiscard]] std::filesystem::path home() const { return home_.path(); }
  [[nodiscard]] const char* vfs() const { return vfs_.name(); }
  // For opening images: a disk on which syncs cost nothing.
  [[nodiscard]] const char* image_vfs() const { return plain_.name(); }
  [[nodiscard]] FakeEnv& env() { return env_; }

  // Changes are recorded from here on; no store is open.
  void record();
  // Images are taken from here on.
  void watch(Look look);
  // The work goes on to the next moment; from acknowledge() on every image has to have reached it.
  void attempt(std::int64_t moments = 1) { attempted_ += moments; }
  void acknowledge() { acknowledged_ = attempted_; }
  // The process is killed in the middle of the n-th change from now while it does `work`: what it wrote stays in the
  // system's cache, synced or not. False when the work was done before.
  bool kill_in(std::uint64_t n, const std::function<void()>& work);
  [[nodiscard]] RecordingDisk& disk() { return *disk_; }
  [[nodiscard]] bool is_over() const { return findings_.is_over(); }
  void problem(const std::string& what) { findings_.problem(where() + what); }

 private:
  void hear(const FileEvent& event);
  void look_at_sync();
  void look_by_chance();
  void look(const DiskImage& image);
  [[nodiscard]] std::string where() const;

  std::string workload_;
  CutPlan plan_;
  Findings& findings_;
  StoreHome home_;
  std::filesystem::path image_ = home_.other("image");
  FakeEnv env_;
  SeededRng chance_;
  FaultVfs vfs_;
  FaultVfs plain_;
  std::unique_ptr<RecordingDisk> disk_;
  Look look_;
  bool dying_ = false;
  std::int64_t attempted_ = 0;
  std::int64_t acknowledged_ = 0;
  std::uint64_t changes_ = 0;
  std::set<std::pair<std::uint64_t, std::int64_t>> seen_;
};

// --- the workloads ---------------------------------------------------------------------------------------------------

// Inserts, deletions, checkpoints of every kind, closing, opening and VACUUM; a script that is always the same, and
// then `steps` by chance.
void cut_everyday_work(const CutPlan& plan, unsigned steps, Findings& findings);
// A transaction larger than the page cache, rolled back and done again: frames are changed in place.
void cut_large_transaction(const CutPlan& plan, Findings& findings);
// The process is killed at the n-th change of a commit and checkpoint, and the next one works on what it left, for
// every n that is from + k * stride. How many kills that was.
std::uint64_t cut_after_kills(const CutPlan& plan, std::uint64_t from, std::uint64_t stride, Findings& findings);
// Numbered migrations of a store with rows in it.
void cut_migration(const CutPlan& plan, Findings& findings);
// A new passphrase, a slot more and one less: after each exactly the secrets of before or of after open.
void cut_new_passphrase(const CutPlan& plan, Findings& findings);
// Rows are deleted and the log emptied: from then on no image gives them back to who has the key.
void cut_erasure(const CutPlan& plan, Findings& findings);
// The disk writes in order, but late: it answers the last syncs and does nothing. What was acknowledged during that
// time may be lost, nothing before it, and whatever is there is whole. (A disk that lies and changes the order as well
// can lose what was in the log before; some of that cannot be told from a torn end.)
void cut_lying_disk(const CutPlan& plan, Findings& findings);

}  // namespace kiem::test
