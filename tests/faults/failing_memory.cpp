#include "tests/faults/failing_memory.hpp"

#include <dlfcn.h>
#include <execinfo.h>
#include <sqlite3.h>

#include <array>
#include <cstdlib>
#include <new>
#include <string_view>

#include "core/base/check.hpp"

namespace kiem::test {
namespace {

struct Plan {
  bool armed = false;
  Memory whose = Memory::of_sqlite;
  std::uint64_t left = 0;
  bool for_good = false;
  bool fired = false;
};
thread_local Plan plan;

bool fails(Memory whose) {
  if (!plan.armed || plan.whose != whose) return false;
  if (plan.fired) return plan.for_good;
  if (--plan.left > 0) return false;
  plan.fired = true;
  return true;
}

bool is_below_sqlite() {
  const bool armed = plan.armed;
  plan.armed = false;  // backtrace() may ask for memory itself
  std::array<void*, 64> frames{};
  bool below = false;
  const int depth = backtrace(frames.data(), static_cast<int>(frames.size()));
  for (int i = 0; i < depth; ++i) {
    Dl_info found{};
    if (dladdr(frames[static_cast<std::size_t>(i)], &found) != 0 && found.dli_fname != nullptr &&
        std::string_view(found.dli_fname).find("libsqlite3") != std::string_view::npos) {
      below = true;
    }
  }
  plan.armed = armed;
  return below;
}

sqlite3_mem_methods usual{};

void* take(int size) { return fails(Memory::of_sqlite) ? nullptr : usual.xMalloc(size); }
void* take_again(void* old, int size) { return fails(Memory::of_sqlite) ? nullptr : usual.xRealloc(old, size); }

}  // namespace

void use_failing_memory() {
  static const bool kDone = [] {
    KIEM_CHECK(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) == SQLITE_OK);
    sqlite3_mem_methods failing = usual;
    failing.xMalloc = take;
    failing.xRealloc = take_again;
    KIEM_CHECK(sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) == SQLITE_OK);
    // Small requests go to the allocator too, instead of to memory that a connection set aside.
    KIEM_CHECK(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) == SQLITE_OK);
    KIEM_CHECK(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 1) == SQLITE_OK);
    // From here on nobody can have it count less (core/store/encrypted_vfs.cpp).
    KIEM_CHECK(sqlite3_initialize() == SQLITE_OK);
    std::array<void*, 4> first{};
    static_cast<void>(backtrace(first.data(), static_cast<int>(first.size())));  // loads what it needs
    return true;
  }();
  KIEM_CHECK(kDone);
}

void fail_memory(Memory whose, std::uint64_t n, bool for_good) { plan = {true, whose, n, for_good, false}; }

bool heal_memory() {
  plan.armed = false;
  return plan.fired;
}

std::int64_t sqlite_memory_in_use() { return sqlite3_memory_used(); }

}  // namespace kiem::test

// --- our own ---------------------------------------------------------------------------------------------------------

namespace {

void* take_own(std::size_t size) {
  return kiem::test::fails(kiem::test::Memory::our_own) ? nullptr : std::malloc(size == 0 ? 1 : size);
}

void* take_own(std::size_t size, std::align_val_t alignment) {
  const auto step = static_cast<std::size_t>(alignment);
  return kiem::test::fails(kiem::test::Memory::our_own) ? nullptr
                                                        : std::aligned_alloc(step, (size + step - 1) / step * step);
}

[[noreturn]] void refuse() {
  kiem::test::NoMemory error;
  error.below_sqlite = kiem::test::is_below_sqlite();
  throw error;
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* memory = take_own(size)) return memory;
  refuse();
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return take_own(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return take_own(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  if (void* memory = take_own(size, alignment)) return memory;
  refuse();
}
void* operator new[](std::size_t size, std::align_val_t alignment) { return operator new(size, alignment); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
