// One line of JSON, asked by JSON pointer (RFC 6901), so that the library is compiled in one source alone.
#pragma once

#include <string>

namespace kiem::test {

struct JsonText {
  std::string line;

  // A text as it is; a number, truth value, null, list or object as JSON writes it; "absent" for what is not there.
  [[nodiscard]] std::string at(const std::string& pointer) const;
  // How many a list or object holds; -1 for anything else.
  [[nodiscard]] int size(const std::string& pointer = "") const;
  // The pointer of the object in the list at `list` whose `inner` is `value`; "/absent" for none.
  [[nodiscard]] std::string find(const std::string& list, const std::string& inner, const std::string& value) const;
};

}  // namespace kiem::test
