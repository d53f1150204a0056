#include "tests/property/law.hpp"

#include <rapidcheck.h>

#include <cstdlib>

namespace kiem::test {

bool law(const std::string& name, const std::function<void()>& property, const std::string& usual) {
  const char* const given = std::getenv("RC_PARAMS");
  const std::string params = usual + " " + (given == nullptr ? "" : given);
  return setenv("RC_PARAMS", params.c_str(), 1) == 0 && rc::check(name, property);
}

int draw(int below) { return *rc::gen::resize(100, rc::gen::inRange(0, below)); }

}  // namespace kiem::test
