// Every byte of a small store's files is changed, every page swapped, doubled, zeroed and put back from an older state,
// every file cut at every length. Each is told by its name, or shows everything true; what goes untold stands in the
// findings with the reason why it is harmless, and nothing is ever shown changed.
//
// One thread. stride > 1 takes every so many-th case, from a place drawn from the seed.
#pragma once

#include "tests/faults/findings.hpp"
#include "tests/support/recording_disk.hpp"
#include "tests/support/store_home.hpp"

namespace kiem::test {

struct DamagePlan {
  std::uint64_t seed = 1;
  std::uint64_t stride = 1;
};

void flip_each_byte(const DamagePlan& plan, Findings& findings);
void swap_neighbouring_bytes(const DamagePlan& plan, Findings& findings);
void zero_and_double_sectors(const DamagePlan& plan, Findings& findings);
// Pages of the database and frames of the log, each in each other's place, and zeroed.
void misplace_pages(const DamagePlan& plan, Findings& findings);
// Each page, each frame and each file of every older state in place of the newest.
void put_back_older(const DamagePlan& plan, Findings& findings);
void cut_at_each_length(const DamagePlan& plan, Findings& findings);
// Every bit and every length of a key file.
void damage_key_file(Findings& findings);

}  // namespace kiem::test
