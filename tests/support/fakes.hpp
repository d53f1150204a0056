// Clock, chance and log of a test: everything nondeterministic comes from one seed that the test prints when it fails.
#pragma once

#include <string>
#include <vector>

#include "core/base/env.hpp"

namespace kiem::test {

// Stands still until it is told to move.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(std::int64_t ms = 1'800'000'000'000) : now_{ms} {}
  WallTime wall() override { return now_; }
  std::uint64_t monotonic_ms() override { return monotonic_; }
  void advance(std::int64_t ms) {
    now_.ms += ms;
    monotonic_ += static_cast<std::uint64_t>(ms);
  }
  void set_wall(std::int64_t ms) { now_.ms = ms; }

 private:
  WallTime now_;
  std::uint64_t monotonic_ = 0;
};

// SplitMix64 (Steele, Lea, Flood 2014): small, good enough for tests, the same on every machine.
class SeededRng final : public Rng {
 public:
  explicit SeededRng(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (i % 8 == 0) word = next();
      bytes[i] = static_cast<std::uint8_t>(word >> (i % 8 * 8));
    }
  }
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  // 0 .. bound-1; bound at least 1.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  bool chance(unsigned percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

class CollectedLog final : public Log {
 public:
  void line(LogLevel, std::string_view text) override { lines.emplace_back(text); }
  std::vector<std::string> lines;
};

struct FakeEnv {
  explicit FakeEnv(std::uint64_t seed = 1) : rng(seed) {}
  FakeClock clock;
  SeededRng rng;
  CollectedLog log;
  [[nodiscard]] Env env() { return {clock, rng, log}; }
};

}  // namespace kiem::test
