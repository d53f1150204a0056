#include "core/store/wal_index.hpp"

#include <atomic>
#include <cstring>

#include "core/base/check.hpp"

namespace kiem {
namespace {

// mxFrame and nBackfill (walformat.html 2.1 and 2.2), native byte order.
constexpr std::size_t kCommittedAt = 16;
constexpr std::size_t kCopiedAt = 96;

std::uint8_t mask_of(int first, int count) {
  KIEM_CHECK(first >= 0 && count >= 1 && first + count <= WalIndex::kLocks);
  return static_cast<std::uint8_t>(((1U << static_cast<unsigned>(count)) - 1U) << static_cast<unsigned>(first));
}

}  // namespace

void* WalIndex::region(Holder& holder, int number, bool extend) {
  const std::lock_guard guard(mutex_);
  if (!holder.attached) {
    holder.attached = true;
    ++attached_;
  }
  const auto wanted = static_cast<std::size_t>(number);
  while (extend && regions_.size() <= wanted) regions_.push_back(std::make_unique<Region>());
  return wanted < regions_.size() ? regions_[wanted]->bytes.data() : nullptr;
}

bool WalIndex::lock(Holder& holder, int first, int count, bool exclusive) {
  const std::lock_guard guard(mutex_);
  const auto mask = mask_of(first, count);
  if (exclusive) {
    for (int i = first; i < first + count; ++i) {
      const bool own = (holder.exclusive >> static_cast<unsigned>(i) & 1U) != 0;
      if (held_[static_cast<std::size_t>(i)] != 0 && !own) return false;
    }
    KIEM_CHECK((holder.shared & mask) == 0);
    for (int i = first; i < first + count; ++i) held_[static_cast<std::size_t>(i)] = -1;
    holder.exclusive = static_cast<std::uint8_t>(holder.exclusive | mask);
    return true;
  }
  KIEM_CHECK(count == 1);
  if ((holder.shared & mask) != 0) return true;
  auto& held = held_[static_cast<std::size_t>(first)];
  if (held < 0) return false;
  ++held;
  holder.shared = static_cast<std::uint8_t>(holder.shared | mask);
  return true;
}

void WalIndex::unlock(Holder& holder, int first, int count) {
  const std::lock_guard guard(mutex_);
  for (int i = first; i < first + count; ++i) {
    const auto bit = mask_of(i, 1);
    auto& held = held_[static_cast<std::size_t>(i)];
    if ((holder.exclusive & bit) != 0) held = 0;
    if ((holder.shared & bit) != 0) --held;
    holder.exclusive = static_cast<std::uint8_t>(holder.exclusive & ~bit);
    holder.shared = static_cast<std::uint8_t>(holder.shared & ~bit);
  }
}

void WalIndex::barrier() {
  std::atomic_thread_fence(std::memory_order_seq_cst);
  // As SQLite's unix VFS does: a mutex orders even where a fence alone might be thought away.
  const std::lock_guard guard(mutex_);
}

WalIndex::Frames WalIndex::frames() {
  const std::lock_guard guard(mutex_);
  Frames frames;
  if (regions_.empty()) return frames;
  const auto* bytes = regions_.front()->bytes.data();
  std::memcpy(&frames.committed, bytes + kCommittedAt, sizeof frames.committed);
  std::memcpy(&frames.copied, bytes + kCopiedAt, sizeof frames.copied);
  return frames;
}

void WalIndex::detach(Holder& holder) {
  unlock(holder, 0, kLocks);
  const std::lock_guard guard(mutex_);
  if (!holder.attached) return;
  holder.attached = false;
  if (--attached_ == 0) regions_.clear();
}

}  // namespace kiem
