// A disk that remembers which bytes were synced, and so knows what it may hold after the power went: all that was
// synced, and of the rest any part, each change done, left out, or done in some of its sectors of 512 bytes.
//
// Order needs no choice of its own: two changes of one sector reach a disk in their order or not at all, and changes of
// different sectors in any order are a subset. A sector that two changes share in parts is torn between them too, which
// is harsher than a disk.
//
// It listens to a FaultVfs (on_event) that lies under one store, and writes nothing itself. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/fakes.hpp"
#include "tests/support/fault_vfs.hpp"

namespace kiem::test {

// The files of a home by name.
using DiskImage = std::map<std::string, Bytes>;

class RecordingDisk {
 public:
  // What these files hold now is on disk.
  explicit RecordingDisk(DiskImage files) : durable_(std::move(files)) {}

  void note(const FileEvent& event);
  // While it lies a sync is answered and does nothing, as some disks answer.
  void lie(bool lying) { lying_ = lying; }

  // Changes that no sync has covered, of all files in their order.
  [[nodiscard]] std::size_t pending() const { return pending_.size(); }

  enum class Fate : std::uint8_t { lost, done, torn };
  // fates: one for each pending change. Which sectors of a torn one are done is drawn from rng.
  [[nodiscard]] DiskImage image(const std::vector<Fate>& fates, SeededRng& rng) const;
  [[nodiscard]] DiskImage image(Fate all, SeededRng& rng) const {
    return image(std::vector<Fate>(pending_.size(), all), rng);
  }
  // Every change with a fate of its own.
  [[nodiscard]] DiskImage image(SeededRng& rng) const;

 private:
  struct Change {
    FileCall call;
    std::string file;
    std::uint64_t at;
    Bytes bytes;
  };
  static void apply(const Change& change, DiskImage& files, SeededRng* torn);

  DiskImage durable_;
  std::vector<Change> pending_;
  bool lying_ = false;
};

// Makes the files of `home` those of the image; others are left alone, but for a log that the image has not.
void write_image(const DiskImage& image, const std::filesystem::path& home);
// Distinguishes images that differ, for counting each once.
[[nodiscard]] std::uint64_t fingerprint(const DiskImage& image);

}  // namespace kiem::test
