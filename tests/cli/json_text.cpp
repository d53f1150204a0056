#include "tests/cli/json_text.hpp"

#include <nlohmann/json.hpp>

namespace kiem::test {
namespace {

// Parsing throws on a line that is no JSON, which fails the test that asked.
nlohmann::json value_at(const std::string& line, const std::string& pointer, bool& found) {
  const nlohmann::json whole = nlohmann::json::parse(line);
  const nlohmann::json::json_pointer path(pointer);
  found = whole.contains(path) || pointer.empty();
  return found ? whole.at(path) : nlohmann::json();
}

}  // namespace

std::string JsonText::at(const std::string& pointer) const {
  bool found = false;
  const nlohmann::json value = value_at(line, pointer, found);
  if (!found) return "absent";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

int JsonText::size(const std::string& pointer) const {
  bool found = false;
  const nlohmann::json value = value_at(line, pointer, found);
  return value.is_array() || value.is_object() ? static_cast<int>(value.size()) : -1;
}

std::string JsonText::find(const std::string& list, const std::string& inner, const std::string& value) const {
  for (int i = 0; i < size(list); ++i) {
    const std::string item = list + "/" + std::to_string(i);
    if (at(item + inner) == value) return item;
  }
  return "/absent";
}

}  // namespace kiem::test
