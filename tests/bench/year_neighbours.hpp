// The people of the year: each a person with two devices, the second for what a branch writes apart, and the acts by
// which a coordinator lets them in. Keys come from one seed. Plain values; one thread.
#pragma once

#include <vector>

#include "core/access/acts.hpp"
#include "core/identity/device_keys.hpp"

namespace kiem::bench {

class YearNeighbours {
 public:
  explicit YearNeighbours(std::size_t count);

  [[nodiscard]] std::size_t size() const { return people_.size(); }
  // second: the device that writes the branches B and Y.
  [[nodiscard]] const DeviceKeys& keys(std::size_t who, bool second) const { return people_[who].devices[second]; }
  [[nodiscard]] PrincipalId principal(std::size_t who) const;
  [[nodiscard]] act::Admit admission(std::size_t who) const;

 private:
  struct Person {
    std::array<DeviceKeys, 2> devices;
    std::vector<Bytes> copies;  // of the person's own founding and of the second device's enrolment
  };
  std::vector<Person> people_;
};

}  // namespace kiem::bench
