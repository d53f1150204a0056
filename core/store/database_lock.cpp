#include "core/store/database_lock.hpp"

#include "core/base/check.hpp"

namespace kiem {

bool DatabaseLock::raise(Holder& holder, Level to) {
  const std::lock_guard guard(mutex_);
  if (holder.level >= to) return true;
  if (holder.level == Level::none) {
    // SQLite asks for shared first, always.
    KIEM_CHECK(to == Level::shared);
    if (writer_ != nullptr && writer_->level >= Level::pending) return false;
    ++shared_;
    holder.level = Level::shared;
    return true;
  }
  if (writer_ != nullptr && writer_ != &holder) return false;
  writer_ = &holder;
  if (to == Level::exclusive && shared_ > 1) {
    // Newcomers wait from here on; those who read may finish.
    holder.level = Level::pending;
    return false;
  }
  holder.level = to;
  return true;
}

void DatabaseLock::lower(Holder& holder, Level to) {
  const std::lock_guard guard(mutex_);
  if (holder.level <= to) return;
  KIEM_CHECK(to <= Level::shared);
  if (writer_ == &holder) writer_ = nullptr;
  if (to == Level::none) --shared_;
  holder.level = to;
}

bool DatabaseLock::reserved() const {
  const std::lock_guard guard(mutex_);
  return writer_ != nullptr;
}

}  // namespace kiem
