// The operating system's chance, through libsodium. Any thread.
#pragma once

#include "core/base/env.hpp"

namespace kiem {

class SystemRng final : public Rng {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace kiem
