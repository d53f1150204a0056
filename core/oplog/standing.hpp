// The two remarks that the store keeps with each operation: what became of it, and what its author was.
#pragma once

#include <cstdint>

namespace kiem {

// The verdict on a stored operation (DESIGN D3). Parked is no verdict: its access heads are not here yet.
enum class Standing : std::uint8_t { applied = 0, late = 1, set_aside = 2, without_right = 3, unknown = 4, parked = 5 };

// Whether the mutations of such an operation count in the views.
[[nodiscard]] constexpr bool counts(Standing standing) {
  return standing == Standing::applied || standing == Standing::late;
}

// The named mandates (DESIGN D5), least first.
enum class Role : std::uint8_t { none = 0, guest = 1, partner = 2, volunteer = 3, coordinator = 4 };

}  // namespace kiem
