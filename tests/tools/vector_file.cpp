#include "tests/tools/vector_file.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/check.hpp"

namespace kiem::test {
namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_canonical:
      return "not_canonical";
    case ErrorCode::too_large:
      return "too_large";
    default:
      KIEM_UNREACHABLE("an error that a decoder gives");
  }
}

ErrorCode error_named(std::string_view name) {
  if (name == "not_canonical") return ErrorCode::not_canonical;
  KIEM_CHECK(name == "too_large");
  return ErrorCode::too_large;
}

Vector vector_of(const Json& entry) {
  Vector vector;
  vector.name = entry.at("name").get<std::string>();
  vector.decoder = decoder_named(entry.at("decoder").get<std::string>());
  auto bytes = from_hex(entry.at("bytes").get<std::string>());
  KIEM_CHECK(bytes);
  vector.bytes = std::move(*bytes);
  if (entry.contains("error")) {
    vector.error = error_named(entry.at("error").get<std::string>());
  } else {
    vector.fields = entry.at("fields").get<Fields>();
  }
  return vector;
}

}  // namespace

std::string to_json(const std::vector<Vector>& vectors) {
  Json list = Json::array();
  for (const auto& vector : vectors) {
    Json entry;
    entry["name"] = vector.name;
    entry["decoder"] = std::string(name_of(vector.decoder));
    entry["bytes"] = to_hex(vector.bytes);
    if (vector.error) {
      entry["error"] = std::string(name_of(*vector.error));
    } else {
      entry["fields"] = vector.fields;
    }
    list.push_back(std::move(entry));
  }
  Json file;
  file["format"] = kFormatNumber;
  file["vectors"] = std::move(list);
  return file.dump(1) + "\n";
}

std::vector<Vector> from_json(std::string_view text) {
  try {
    const Json file = Json::parse(text);
    std::vector<Vector> vectors;
    for (const auto& entry : file.at("vectors")) vectors.push_back(vector_of(entry));
    return vectors;
  } catch (const Json::exception& error) {
    KIEM_UNREACHABLE(error.what());
  }
}

std::string read_text_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  KIEM_CHECK(file.is_open());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_text_file(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  KIEM_CHECK(!file.fail());
}

}  // namespace kiem::test
