// Laptops of an initiative with as many devices as one likes, of which only a few are there: the others' operations are
// written here with their own keys and go in by the ingest door, as they would have come over a link.
//
// Who writes is drawn by Zipf's law (the r-th device writes 1/r as often as the first), as few people do most of the
// work. Everything comes from one seed. One thread.
#pragma once

#include "tests/support/sim_world.hpp"

namespace kiem::bench {

class SyncWorld {
 public:
  // Anneke (0) founds, Bram (1) is let in, `absent` others are let in by Anneke and have no laptop here.
  SyncWorld(std::uint64_t seed, std::size_t absent);

  [[nodiscard]] test::SimWorld& world() { return world_; }
  // Draws who writes, `count` times; all that one device writes is given to one of the laptops in `to`, by lot.
  // spread_days: how far back in time the operations say to be from.
  void write(std::size_t count, const std::vector<std::size_t>& to, std::int64_t spread_days = 0);
  // How many chains the last write() touched.
  [[nodiscard]] std::size_t touched() const { return touched_; }
  [[nodiscard]] std::uint64_t operations() const { return operations_; }

 private:
  struct Absent {
    DeviceKeys keys;
    std::uint64_t seq = 0;
    OpId prev;
  };
  void admit();
  [[nodiscard]] std::size_t draw();
  [[nodiscard]] UnverifiedOperation next_of(Absent& author, const std::vector<OpId>& heads, bool last,
                                            std::int64_t spread_days);

  test::SimWorld world_;
  test::FakeEnv fake_;
  std::vector<Absent> absent_;
  std::vector<double> weights_;  // summed up
  SpaceId space_;
  std::size_t touched_ = 0;
  std::uint64_t operations_ = 0;
};

}  // namespace kiem::bench
