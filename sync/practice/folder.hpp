// The folder of the practice neighbours: a home for each of their laptops, gone with its owner. One thread.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"

namespace kiem::practice {

class Folder {
 public:
  // Makes the folder, empty and for this user alone. What is left there of an earlier run goes; a folder that holds
  // anything else is not_a_store (args: path) and stays as it is. disk_failed for what the system refuses.
  [[nodiscard]] static Result<Folder> make(const std::filesystem::path& path);
  Folder(Folder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Folder& operator=(Folder&&) = delete;
  ~Folder();

  [[nodiscard]] std::filesystem::path anneke() const { return path_ / "anneke"; }
  [[nodiscard]] std::filesystem::path rachid() const { return path_ / "rachid"; }
  [[nodiscard]] std::filesystem::path sven() const { return path_ / "sven"; }

 private:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;  // empty once moved from
};

}  // namespace kiem::practice
