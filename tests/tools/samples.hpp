// Small operations that are right in every respect, to be bent by tests.
#pragma once

#include <vector>

#include "core/oplog/operation.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::test {

// An id all of whose bytes are `fill`.
template <class IdType>
[[nodiscard]] IdType id_filled(std::uint8_t fill) {
  IdType id;
  id.bytes.fill(fill);
  return id;
}
template <class IdType>
[[nodiscard]] IdType id_from(Rng& rng) {
  IdType id;
  rng.fill(id.bytes);
  return id;
}

// An ordinary header: seq 7, two access heads, one seen head.
[[nodiscard]] Header sample_header();
// The least header there is: a chain's first operation, no heads.
[[nodiscard]] Header least_header();
// A write of a common and a personal value to one record, with everything that a mutation can hold.
[[nodiscard]] Bones sample_bones();
// One mutation, no part.
[[nodiscard]] Bones least_bones();
// One value of each type, UnknownValue included.
[[nodiscard]] PartValues all_values();

[[nodiscard]] SigningKey sample_key();
// Puts the parts into bones and the bones into the header, and signs with `key`. Subjects, one a part, come with them.
struct SamplePart {
  std::optional<PrincipalId> subject;
  PartValues values;
};
[[nodiscard]] UnverifiedOperation signed_operation(Header header, Bones bones, const std::vector<SamplePart>& parts,
                                                   const SigningKey& key, Rng& rng);
// `count` operations of one chain from seq 0 on, with parts and signed each.
[[nodiscard]] std::vector<UnverifiedOperation> sample_run(std::size_t count, Rng& rng);

}  // namespace kiem::test
