// A JSON value, and the one door through which JSON leaves the program.
//
// A value is a tree of plain values that the output files build; members keep the order they were given in. Text that
// is not UTF-8 is printed with U+FFFD in place of each wrong byte, since what comes out must always be valid JSON
// (RFC 8259). Any thread, no failure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace kiem::cli {

struct Json;
struct JsonMember;
using JsonArray = std::vector<Json>;
using JsonObject = std::vector<JsonMember>;

struct Json {
  std::variant<std::nullptr_t, bool, std::uint64_t, std::string, JsonArray, JsonObject> value;

  // The simple ones stand below JsonMember: until that is complete nobody can destroy a JsonObject, and a constructor
  // must be able to.
  Json();
  Json(std::nullptr_t);
  template <class Number>
  requires(std::is_unsigned_v<Number>) Json(Number number);
  Json(bool truth);
  Json(std::string text);
  Json(std::string_view text);
  Json(const char* text);
  Json(JsonArray array);
  Json(JsonObject object);
  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(const Json& other);
  Json& operator=(Json&& other) noexcept;
  ~Json();
  // null when there is nothing.
  template <class Value>
  Json(const std::optional<Value>& optional);
};

struct JsonMember {
  std::string key;
  Json value;
};

inline Json::Json() : value(nullptr) {}
inline Json::Json(std::nullptr_t) : value(nullptr) {}
template <class Number>
requires(std::is_unsigned_v<Number>) Json::Json(Number number) : value(std::in_place_type<std::uint64_t>, number) {}
inline Json::Json(bool truth) : value(truth) {}
inline Json::Json(std::string text) : value(std::move(text)) {}
inline Json::Json(std::string_view text) : value(std::string(text)) {}
inline Json::Json(const char* text) : value(std::string(text)) {}
inline Json::Json(JsonArray array) : value(std::move(array)) {}
template <class Value>
Json::Json(const std::optional<Value>& optional) : Json(optional ? Json(*optional) : Json(nullptr)) {}

// One line of UTF-8 without spaces, ending in a line end.
[[nodiscard]] std::string to_json_line(const Json& json);

}  // namespace kiem::cli
