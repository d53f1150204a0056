#include "tests/bench/year_neighbours.hpp"

#include "tests/support/membership_world.hpp"

namespace kiem::bench {

YearNeighbours::YearNeighbours(std::size_t count) {
  test::MembershipWorld world(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t index = world.add_person();
    static_cast<void>(world.enrol(index));
    const test::TestPerson& made = world.person(index);
    Person person;
    for (std::size_t device = 0; device < person.devices.size(); ++device) {
      person.devices[device].device = made.devices[device].id;
      person.devices[device].person = made.id;
      person.devices[device].signing = SigningKey::from_seed(made.devices[device].key.seed().view());
    }
    person.copies = made.copies;
    people_.push_back(std::move(person));
  }
}

PrincipalId YearNeighbours::principal(std::size_t who) const { return principal_of(keys(who, false).person); }

act::Admit YearNeighbours::admission(std::size_t who) const {
  act::Admit admit;
  admit.person = keys(who, false).person;
  admit.device = keys(who, false).device;
  admit.role = static_cast<Number>(Role::volunteer);
  admit.present = people_[who].copies;
  return admit;
}

}  // namespace kiem::bench
