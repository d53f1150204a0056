#include "core/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace kiem {

void broken_promise(const char* what, const char* file, int line) {
  std::fprintf(stderr, "kiem: broken promise: %s (%s:%d)\n", what, file, line);
  std::abort();
}

}  // namespace kiem
