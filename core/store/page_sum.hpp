// The sum by which a page of an earlier moment is noticed: of every page of the database, a keyed hash of its number
// and its tag, added up modulo 2^256 (FORMAT.md section 13; encrypted_vfs.hpp, invariants S).
//
// Whoever puts back an older image of a page, authentic as it is, changes the sum; to find other old pages that change
// it back one would have to know hashes that need the key. Since the order of adding does not matter, a checkpoint
// takes out what a page was and adds what it becomes, and never looks at the others (a multiset hash: Clarke et al.,
// Asiacrypt 2003, section 5, here with a key).
//
// Values and one key that moves; any thread.
#pragma once

#include "core/crypto/secret.hpp"
#include "core/store/header.hpp"

namespace kiem {

class PageSum {
 public:
  using Sum = std::array<std::uint8_t, kPageSumBytes>;

  PageSum() = default;
  explicit PageSum(const Sum& sum) : bytes_(sum) {}
  // Of something that was added before, or that somebody else's sum holds.
  void add(const Hash32& page);
  void take(const Hash32& page);
  [[nodiscard]] const Sum& bytes() const { return bytes_; }
  bool operator==(const PageSum&) const = default;

 private:
  Sum bytes_{};  // one number, little-endian
};

class PageHash {
 public:
  PageHash(ByteView data_key, std::uint32_t epoch);
  [[nodiscard]] Hash32 of(std::uint32_t page, const PageTag& tag) const;

 private:
  SecretBytes key_;
};

}  // namespace kiem
