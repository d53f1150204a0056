// Who an answer is printed for: the language, and the calendar that dates are told in. Values; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/env.hpp"
#include "core/l10n/lang.hpp"

namespace kiem::cli {

struct Audience {
  Lang lang = Lang::nl;
  std::int32_t this_year = 0;                              // short dates leave it out
  std::function<std::int32_t(WallTime)> zone_offset = {};  // nothing set: UTC

  [[nodiscard]] std::int32_t offset_at(WallTime moment) const { return zone_offset ? zone_offset(moment) : 0; }
};

// As lists show an id; a prefix of it that people can type (at least 4 digits are asked).
constexpr std::size_t kShortIdDigits = 8;
template <class Tag, std::size_t Size>
[[nodiscard]] std::string short_id(const Id<Tag, Size>& id) {
  return to_text(id).substr(0, kShortIdDigits);
}

}  // namespace kiem::cli
