#include "tests/support/recording_disk.hpp"

#include <algorithm>
#include <fstream>
#include <functional>

#include "core/base/check.hpp"

namespace kiem::test {
namespace {

constexpr std::size_t kSector = 512;

}  // namespace

void RecordingDisk::note(const FileEvent& event) {
  std::string file = std::filesystem::path(event.name).filename();
  if (event.call != FileCall::sync) {
    pending_.push_back({event.call, std::move(file), event.at, to_bytes(event.bytes)});
    return;
  }
  if (lying_) return;
  const auto rest = std::stable_partition(pending_.begin(), pending_.end(),
                                          [&](const Change& change) { return change.file != file; });
  std::for_each(rest, pending_.end(), [&](const Change& change) { apply(change, durable_, nullptr); });
  pending_.erase(rest, pending_.end());
}

// With an rng, each sector of a write happens or not.
void RecordingDisk::apply(const Change& change, DiskImage& files, SeededRng* torn) {
  if (change.call == FileCall::remove) {
    files.erase(change.file);
    return;
  }
  Bytes& bytes = files[change.file];
  if (change.call == FileCall::truncate) {
    bytes.resize(static_cast<std::size_t>(change.at));
    return;
  }
  for (std::size_t done = 0; done < change.bytes.size();) {
    const auto at = static_cast<std::size_t>(change.at) + done;
    const auto part = std::min(kSector - at % kSector, change.bytes.size() - done);
    if (torn == nullptr || torn->chance(50)) {
      if (bytes.size() < at + part) bytes.resize(at + part);
      std::copy_n(change.bytes.begin() + static_cast<std::ptrdiff_t>(done), part,
                  bytes.begin() + static_cast<std::ptrdiff_t>(at));
    }
    done += part;
  }
}

DiskImage RecordingDisk::image(const std::vector<Fate>& fates, SeededRng& rng) const {
  KIEM_CHECK(fates.size() == pending_.size());
  DiskImage files = durable_;
  for (std::size_t i = 0; i < fates.size(); ++i) {
    if (fates[i] != Fate::lost) apply(pending_[i], files, fates[i] == Fate::torn ? &rng : nullptr);
  }
  return files;
}

DiskImage RecordingDisk::image(SeededRng& rng) const {
  // A lot of changes at the same odds would be alike in every image, so the odds differ too.
  const auto happens = static_cast<unsigned>(20 + rng.below(80));
  const auto tears = static_cast<unsigned>(rng.below(60));
  std::vector<Fate> fates(pending_.size(), Fate::lost);
  for (auto& fate : fates) {
    if (rng.chance(happens)) fate = rng.chance(tears) ? Fate::torn : Fate::done;
  }
  return image(fates, rng);
}

void write_image(const DiskImage& image, const std::filesystem::path& home) {
  std::filesystem::create_directories(home);
  for (const auto* name : {"store.kiem", "store.kiem-wal"}) {
    if (!image.contains(name)) std::filesystem::remove(home / name);
  }
  for (const auto& [name, bytes] : image) {
    std::ofstream file(home / name, std::ios::binary | std::ios::trunc);
    file.write(text_view(bytes).data(), static_cast<std::streamsize>(bytes.size()));
    KIEM_CHECK(file.good());
  }
}

std::uint64_t fingerprint(const DiskImage& image) {
  std::uint64_t sum = 0;
  for (const auto& [name, bytes] : image) {
    sum = sum * 0x9E3779B97F4A7C15U + std::hash<std::string_view>()(name);
    sum = sum * 0x9E3779B97F4A7C15U + std::hash<std::string_view>()(text_view(bytes)) + bytes.size();
  }
  return sum;
}

}  // namespace kiem::test
