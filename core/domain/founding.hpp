// How a person and an initiative begin: the founding operation of a space (DESIGN D5, founding).
//
// Both are written with zeros for space, circle and prev; the operation's id is the person, or the space. Neither is
// stored here: core/ingest.cpp takes them in.
#pragma once

#include <string_view>

#include "core/base/env.hpp"
#include "core/identity/device_keys.hpp"
#include "core/identity/recovery.hpp"
#include "core/oplog/operation.hpp"

namespace kiem {

// The purposes under which recovery words become a key.
inline constexpr std::string_view kPersonRecovery = "person";
inline constexpr std::string_view kInitiativeRecovery = "initiative";

// Fields of the access collection that the founding operation writes beside its act: flesh, so that a name can go.
namespace access_field {
constexpr std::uint32_t kName = 1;
constexpr std::uint32_t kSecret = 2;
}  // namespace access_field

struct Founding {
  UnverifiedOperation operation;
  std::string name;
  SecretBytes secret;  // the space secret
};

// Names the device and the person in `keys`: its certificate is the founding act's.
[[nodiscard]] Founding found_person(DeviceKeys& keys, const RecoveryWords& words, Env env);

// `present` are copies of the founder's own founding and enrolment acts (person_graph.hpp).
[[nodiscard]] Founding found_initiative(const DeviceKeys& keys, std::string_view name, bool practice,
                                        const RecoveryWords& words, std::vector<Bytes> present, Env env);

// Name and secret as they stand in the flesh of a founding operation that came from elsewhere; not_canonical when they
// are not there.
[[nodiscard]] Result<Founding> read_founding(UnverifiedOperation operation);

}  // namespace kiem
