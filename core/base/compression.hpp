// Bytes made shorter by what they and earlier ones have in common: the only door to zstd.
//
// What comes out is a zstd frame (RFC 8878) without its first four bytes, which are always the same. Whoever opens it
// says how large the content is and gives the same earlier bytes, which overlap neither; no more memory is taken than
// that content, and a window that grows with neither. Never for bytes in which a secret stands beside what a stranger
// chose: lengths tell (sync/PROTOCOL.md section 10).
// A Compression owns its working memory, which it takes at its first use. One thread at a time.
#pragma once

#include <memory>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace kiem {

class Compression {
 public:
  Compression();
  ~Compression();
  Compression(Compression&&) noexcept;
  Compression& operator=(Compression&&) noexcept;

  [[nodiscard]] Bytes compress(ByteView content, ByteView earlier);
  // Exactly `size` bytes, which the caller has bounded; else not_canonical, a peer's fault.
  [[nodiscard]] Result<Bytes> expand(ByteView compressed, std::size_t size, ByteView earlier);

 private:
  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

}  // namespace kiem
