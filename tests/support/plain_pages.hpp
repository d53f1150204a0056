// What somebody with the key of a store finds in its files, linked to anything or not: every page and every frame of
// the log is opened and searched. For tests of what was erased; the store may be open or closed.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/store/store.hpp"

namespace kiem::test {

// Whether the text stands in a page or frame of the store in `home`. Stops the test when the secret opens nothing.
[[nodiscard]] bool holds_text(const std::filesystem::path& home, const Unlock& unlock, std::string_view text);

}  // namespace kiem::test
