// Short ways to ids of all kinds, for the tests and laws of merge rules.
#pragma once

#include <algorithm>

#include "core/crdt/mutation_id.hpp"
#include "core/crypto/hash.hpp"

namespace kiem::test {

// The same number is the same id; ids of different numbers stand in no order that the numbers tell.
template <class IdType>
IdType make_id(std::string_view kind, std::uint64_t number) {
  return id_of<IdType>("kiem.test." + std::string(kind), {le64(number)});
}

inline MutationId mutation(std::uint64_t number, std::uint32_t index = 0) {
  return {make_id<OpId>("op", number), index};
}
inline RecordId record(std::uint64_t number) { return make_id<RecordId>("record", number); }
inline PersonId person(std::uint64_t number) { return make_id<PersonId>("person", number); }
inline DeviceId device(std::uint64_t number) { return make_id<DeviceId>("device", number); }
inline PrincipalId principal(std::uint64_t number) { return make_id<PrincipalId>("principal", number); }

}  // namespace kiem::test
