// Bytes that are wiped before their memory goes back: frames may carry recovery words and invitations' codes.
//
// Not SecretBytes: an answer of many megabytes cannot lie in locked memory. Owns its bytes, moves, one thread at a
// time.
#pragma once

#include <utility>

#include "core/crypto/secret.hpp"

namespace kiem::control {

class WipedBytes {
 public:
  WipedBytes() = default;
  explicit WipedBytes(Bytes bytes) : bytes_(std::move(bytes)) {}
  ~WipedBytes() { wipe(bytes_); }
  WipedBytes(WipedBytes&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  WipedBytes& operator=(WipedBytes&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  WipedBytes(const WipedBytes&) = delete;
  WipedBytes& operator=(const WipedBytes&) = delete;

  [[nodiscard]] ByteView view() const { return bytes_; }
  [[nodiscard]] std::span<std::uint8_t> edit() { return bytes_; }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
  Bytes bytes_;
};

}  // namespace kiem::control
