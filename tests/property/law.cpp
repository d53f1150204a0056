#include "tests/property/law.hpp"

#include <rapidcheck.h>

#include <cstdlib>

namespace kiem::test {
namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KIEM_UNDER_ASAN
#endif
#endif
#ifdef KIEM_UNDER_ASAN
constexpr const char* kCases = "max_success=200";
#else
constexpr const char* kCases = "max_success=1000";
#endif

}  // namespace

bool law(const std::string& name, const std::function<void()>& property, const std::string& usual) {
  const char* const given = std::getenv("RC_PARAMS");
  const std::string params = (usual.empty() ? kCases : usual) + " " + (given == nullptr ? "" : given);
  return setenv("RC_PARAMS", params.c_str(), 1) == 0 && rc::check(name, property);
}

int draw(int below) { return *rc::gen::resize(100, rc::gen::inRange(0, below)); }

}  // namespace kiem::test
