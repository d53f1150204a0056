// Histories that no program of ours would write, made from a script of bytes: each operation is correctly signed by
// somebody who may write here, and otherwise anything at all. Odd schemas, grants, seats and references, wrong numbers
// and heads, forks, parts that are missing, bytes bent before they were signed. tests/fuzz/history_fuzz.cpp lets
// libFuzzer write scripts; tests/simulation/script_test.cpp draws them.
//
// A ScriptStage is one initiative on several laptops, made once (under a second). play() offers what a script makes to
// two copies of the coordinator's store, in two orders, by the one door, and rolls everything back; so scripts cost
// milliseconds and know nothing of each other. What must hold and does not stops the program with a broken promise,
// after telling on stderr what differs. One thread.
#pragma once

#include <string>

#include "core/access/acts.hpp"
#include "tests/support/sim_world.hpp"

namespace kiem::test {

// A script read to its end goes on with zeros, and zero is everywhere the usual choice.
class ScriptReader {
 public:
  explicit ScriptReader(ByteView bytes) : bytes_(bytes) {}
  [[nodiscard]] bool at_end() const { return at_ >= bytes_.size(); }
  std::uint8_t byte() { return at_end() ? 0 : bytes_[at_++]; }
  // 0 .. bound-1; bound from 1 to 256.
  std::size_t below(std::size_t bound) { return byte() % bound; }
  bool one_in(std::size_t bound) { return below(bound) == bound - 1; }
  // Numbers at and beside the borders of what fields hold.
  std::uint64_t number();

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
};

struct ScriptAuthor {
  DeviceId device;
  PersonId person;
  SigningKey key;
  SigningKey words;  // the person's recovery words as a key
};

// An operation as whoever writes the next one knows it.
struct ScriptOperation {
  OpId id;
  std::size_t author = 0;
  std::uint32_t circle = 0;
  Header header;
  Bones bones;
};

// What there is before a script begins.
struct ScriptGround {
  SpaceId space;
  std::vector<ScriptAuthor> authors;  // a coordinator, two members, and a stranger at the end
  std::vector<ScriptOperation> operations;
};

using ScriptRun = std::vector<UnverifiedOperation>;

// Runs of one chain each, as a peer would send them.
[[nodiscard]] std::vector<ScriptRun> write_script(const ScriptGround& ground, ScriptReader& script);

// The script of a seed; half of its choices are the usual one.
[[nodiscard]] Bytes draw_script(std::uint64_t seed);

struct ScriptResult {
  std::size_t offered = 0, taken = 0, parked = 0;  // runs, runs, operations
};

class ScriptStage {
 public:
  explicit ScriptStage(std::uint64_t seed = 20);
  ScriptResult play(ByteView script);

 private:
  void load_ground();
  SimWorld world_;
  ScriptGround ground_;
};

}  // namespace kiem::test
