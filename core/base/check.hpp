// A check for promises that only our own code can break. On in every build: a program that has lost track of its own
// state must stop before it writes. Never for anything that comes from outside (that is a Result).
#pragma once

namespace kiem {

// Prints "kiem: broken promise: WHAT (FILE:LINE)" on stderr and aborts.
[[noreturn]] void broken_promise(const char* what, const char* file, int line);

}  // namespace kiem

#define KIEM_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::kiem::broken_promise(#condition, __FILE__, __LINE__))
#define KIEM_UNREACHABLE(why) ::kiem::broken_promise(why, __FILE__, __LINE__)
