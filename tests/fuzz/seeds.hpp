// First inputs of a fuzz target, made by the code itself each time it starts: they are put beside what was found
// before.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/check.hpp"

namespace kiem::test {

// To be called by LLVMFuzzerInitialize. The corpus is the first folder among the arguments; without one nothing is
// written.
inline void plant_seeds(int count, char** arguments, const std::vector<Bytes>& seeds) {
  for (int i = 1; i < count; ++i) {
    const std::string folder = arguments[i];
    if (folder.starts_with("-") || !std::filesystem::is_directory(folder)) continue;
    for (std::size_t number = 0; number < seeds.size(); ++number) {
      std::ofstream file(folder + "/seed-" + std::to_string(number), std::ios::binary | std::ios::trunc);
      file.write(text_view(seeds[number]).data(), static_cast<std::streamsize>(seeds[number].size()));
      KIEM_CHECK(file.good());
    }
    return;
  }
}

}  // namespace kiem::test
