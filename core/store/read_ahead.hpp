// Sealed pages that are read with the one before them, because somebody reads page after page: a scan then asks the
// operating system once for kPages pages. Only sealed bytes are kept, which are opened one by one when their turn
// comes.
//
// Owned by one open database file, used by its thread. What is kept is of no use after anybody wrote to the file or cut
// it (StoreFiles::changes) and goes at the end of each reading (forget), so that a page is never older than the lock it
// is read under. Without memory nothing is read ahead.
#pragma once

#include <memory>

#include "core/store/page_cipher.hpp"

namespace kiem {

class ReadAhead {
 public:
  static constexpr std::uint32_t kPages = 16;
  static constexpr std::uint32_t kInTurn = 3;  // pages read one after the other before anything is read ahead

  // The sealed page, when it is here and the file has not changed since. Null otherwise; then the page counts as one
  // that is read now.
  [[nodiscard]] const std::uint8_t* find(std::uint32_t page, std::uint64_t changes);
  // Where kPages pages from `page` on are to be read to, when that seems worth it; else, or without memory, empty.
  [[nodiscard]] std::span<std::uint8_t> room();
  // They are there.
  void keep(std::uint32_t first, std::uint64_t changes);
  void forget() { count_ = in_turn_ = 0; }

 private:
  std::unique_ptr<std::uint8_t[]> pages_;
  std::uint32_t first_ = 0, count_ = 0;  // kept pages
  std::uint64_t changes_ = 0;
  std::uint32_t next_ = 0, in_turn_ = 0;
};

}  // namespace kiem
