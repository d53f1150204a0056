// Secret bytes: in guarded, locked memory (sodium_malloc), wiped when they go, never copied by accident, never printed.
//
// SecretBytes owns its memory and moves; a copy is asked for by name. An empty SecretBytes is valid and holds nothing.
// Secrets of up to 64 bytes, which keys are, share one guarded and locked piece of the process.
// One thread at a time. Failure to allocate stops the program: without locked memory there is no honest way on.
#pragma once

#include <cstddef>
#include <span>

#include "core/base/bytes.hpp"
#include "core/base/env.hpp"

namespace kiem {

class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size);
  ~SecretBytes();
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;

  [[nodiscard]] static SecretBytes random(std::size_t size, Rng& rng);
  // The source is not wiped: that is its owner's duty (see wipe()).
  [[nodiscard]] static SecretBytes copy_of(ByteView bytes);
  [[nodiscard]] SecretBytes clone() const;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] ByteView view() const { return {data_, size_}; }
  [[nodiscard]] std::span<std::uint8_t> edit() { return {data_, size_}; }

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

// Constant time in the contents; lengths may be learnt.
[[nodiscard]] bool equal_secrets(ByteView a, ByteView b);

// Overwrites bytes that held a secret on their way into a SecretBytes, in a manner no compiler removes.
void wipe(std::span<std::uint8_t> bytes);
void wipe(std::string& text);

// No core dumps and no debugger attach for this process, as far as the system allows; called once by each program.
void harden_process();

}  // namespace kiem
