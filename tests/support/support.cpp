// The folder's own translation unit, until a helper needs one.
#include "tests/support/fakes.hpp"
