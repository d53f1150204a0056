#include "sync/cli/json.hpp"

#include <nlohmann/json.hpp>

namespace kiem::cli {
namespace {

nlohmann::ordered_json library_value(const Json& json);

struct ToLibrary {
  nlohmann::ordered_json operator()(std::nullptr_t) const { return nullptr; }
  nlohmann::ordered_json operator()(bool truth) const { return truth; }
  nlohmann::ordered_json operator()(std::uint64_t number) const { return number; }
  nlohmann::ordered_json operator()(const std::string& text) const { return text; }
  nlohmann::ordered_json operator()(const JsonArray& array) const {
    auto made = nlohmann::ordered_json::array();
    for (const Json& item : array) made.push_back(library_value(item));
    return made;
  }
  nlohmann::ordered_json operator()(const JsonObject& object) const {
    auto made = nlohmann::ordered_json::object();
    for (const JsonMember& member : object) made[member.key] = library_value(member.value);
    return made;
  }
};

nlohmann::ordered_json library_value(const Json& json) { return std::visit(ToLibrary{}, json.value); }

}  // namespace

Json::Json(JsonObject object) : value(std::move(object)) {}
Json::Json(const Json& other) = default;
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(const Json& other) = default;
Json& Json::operator=(Json&& other) noexcept = default;
Json::~Json() = default;

std::string to_json_line(const Json& json) {
  // With `replace` dump() throws for nothing but want of memory, which ends the program at main's door.
  return library_value(json).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace kiem::cli
