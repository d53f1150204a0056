#include "tests/faults/power_cut.hpp"

#include <algorithm>

namespace kiem::test {

using Fate = RecordingDisk::Fate;

PowerCut::PowerCut(std::string workload, const CutPlan& plan, Findings& findings)
    : workload_(std::move(workload)), plan_(plan), findings_(findings), env_(plan.seed), chance_(plan.seed ^ 0xC07U) {}

PowerCut::~PowerCut() { vfs_.on_event = nullptr; }

void PowerCut::record() {
  DiskImage files;
  for (const auto& path : {database_of(home()), log_of(home())}) {
    if (std::filesystem::exists(path)) files[path.filename()] = read_all(path);
  }
  disk_ = std::make_unique<RecordingDisk>(std::move(files));
  vfs_.on_event = [this](const FileEvent& event) { hear(event); };
}

void PowerCut::watch(Look look) { look_ = std::move(look); }

bool PowerCut::kill_in(std::uint64_t n, const std::function<void()>& work) {
  vfs_.fail({FileCall::write, FileCall::sync, FileCall::truncate, FileCall::remove}, n, kWriteFails, true);
  dying_ = true;
  work();
  dying_ = false;
  return vfs_.heal();
}

// Called from inside SQLite: nothing may be thrown here.
void PowerCut::hear(const FileEvent& event) {
  ++changes_;
  const bool looking = look_ != nullptr && !dying_;
  if (event.call == FileCall::sync) {
    // Just before and just after: the most that can be lost, and the least.
    if (looking) look_at_sync();
    disk_->note(event);
    if (looking) look(disk_->image(Fate::lost, chance_));
    return;
  }
  disk_->note(event);
  if (looking && !plan_.only_at_syncs) {
    look(disk_->image(Fate::done, chance_));
    look_by_chance();
  }
}

void PowerCut::look_at_sync() {
  look(disk_->image(Fate::lost, chance_));
  look(disk_->image(Fate::done, chance_));
  const auto pending = disk_->pending();
  if (pending <= plan_.every_subset_of && !plan_.in_order) {
    for (std::uint64_t subset = 1; subset + 1 < std::uint64_t{1} << pending; ++subset) {
      std::vector<Fate> fates(pending, Fate::lost);
      for (std::size_t i = 0; i < pending; ++i) {
        if ((subset >> i & 1U) != 0) fates[i] = Fate::done;
      }
      look(disk_->image(fates, chance_));
    }
  }
  look_by_chance();
}

void PowerCut::look_by_chance() {
  for (unsigned i = 0; i < plan_.samples; ++i) {
    if (!plan_.in_order || disk_->pending() == 0) {
      look(disk_->image(chance_));
      continue;
    }
    std::vector<Fate> fates(disk_->pending(), Fate::lost);
    const auto last = static_cast<std::size_t>(chance_.below(fates.size()));
    std::fill_n(fates.begin(), last, Fate::done);
    fates[last] = Fate::torn;
    look(disk_->image(fates, chance_));
  }
}

void PowerCut::look(const DiskImage& image) {
  if (findings_.is_over()) return;
  if (!seen_.insert({fingerprint(image), acknowledged_}).second) return;
  write_image(image, image_);
  const Seen seen = look_(image_);
  if (!seen.wrong.empty()) {
    problem(seen.wrong);
  } else if (seen.moment < acknowledged_ || seen.moment > attempted_) {
    problem("the image is at moment " + std::to_string(seen.moment));
  }
  findings_.count(seen.moment == acknowledged_ ? "as acknowledged" : "one further");
}

std::string PowerCut::where() const {
  return workload_ + ", seed " + std::to_string(plan_.seed) + ", change " + std::to_string(changes_) +
         ", acknowledged " + std::to_string(acknowledged_) + " of " + std::to_string(attempted_) + ": ";
}

}  // namespace kiem::test
