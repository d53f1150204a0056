// The words behind the options of one command, by the option's name, and how they become values.
//
// Not found where text() is asked for is the empty text, where the optional forms are asked for nothing. A word that is
// no number, date or time is an Error that quotes it. One thread; the map owns its texts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/domain/requests.hpp"

namespace kiem::cli {

class Values {
 public:
  void set(std::string name, std::vector<std::string> words) { words_[std::move(name)] = std::move(words); }

  [[nodiscard]] bool has(std::string_view name) const { return words_.find(name) != words_.end(); }
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> optional_text(std::string_view name) const;
  // Every word given, in order; words may themselves be lists with commas.
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
  // The same, each word as it is.
  [[nodiscard]] std::vector<std::string> words(std::string_view name) const;
  [[nodiscard]] Naming naming(std::string_view name) const { return {text(name)}; }
  [[nodiscard]] std::optional<Naming> optional_naming(std::string_view name) const;
  [[nodiscard]] InitiativeNaming initiative() const { return {text("--initiative")}; }

  // A whole number from 1 (or `least`, which is 0 or 1) to 4 294 967 295, digits only; else bad_number of `field`.
  [[nodiscard]] Result<std::optional<std::uint32_t>> count(std::string_view name, std::string_view field,
                                                           std::uint32_t least = 1) const;
  // The forms that spreadsheets use (core/domain/import/dates.hpp); else bad_date or bad_time.
  [[nodiscard]] Result<std::optional<std::int32_t>> date(std::string_view name) const;
  [[nodiscard]] Result<std::optional<std::uint16_t>> time(std::string_view name) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> words_;
};

}  // namespace kiem::cli
