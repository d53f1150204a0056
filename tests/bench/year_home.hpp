// A laptop of the year as a folder: its store, made and opened with a key file, with a clock and chance of its own; and
// the meeting of two of them over real sessions, in memory.
//
// A home is open in one way at a time: as a Community that meets others (while a Meeting lives), or as a store in which
// many people write (year_town.hpp). Failures end the program. One thread.
#pragma once

#include <filesystem>
#include <memory>

#include "core/kiem.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::bench {

// A result that a benchmark cannot go on without.
template <class Answer>
Answer need(Result<Answer> result, const char* what);
void need_done(const Status& status, const char* what);
[[noreturn]] void stop_at(const Error& error, const char* what);

template <class Answer>
Answer need(Result<Answer> result, const char* what) {
  if (!result) stop_at(result.error(), what);
  return std::move(*result);
}

class YearHome {
 public:
  // Makes the store of somebody called `name`.
  YearHome(std::filesystem::path folder, const std::string& name, std::uint64_t seed);
  // A byte-for-byte copy. The two never meet: they are one device.
  YearHome(const YearHome& original, std::filesystem::path folder, std::uint64_t seed);

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::unique_ptr<Community> open_community();
  [[nodiscard]] std::unique_ptr<Store> open_store();
  [[nodiscard]] test::FakeEnv& fake() { return fake_; }
  // Bytes of the database and its log.
  [[nodiscard]] std::uintmax_t bytes() const;

 private:
  std::filesystem::path folder_;
  test::FakeEnv fake_;
  SecretBytes key_;
};

struct MeetingFigures {
  double cpu_seconds = 0;
  std::uint64_t bytes = 0;  // of all frames, both ways
  int legs = 0;             // steps over the network, one way
};
// Lets the dialler call the other and returns once both have all of each other's. With an invitation it joins by it.
// The stores are opened for it.
[[nodiscard]] MeetingFigures meet(YearHome& dialler, YearHome& other, SecretBytes invitation = {});
// The same of two that are in use, as laptops that people work at are.
[[nodiscard]] MeetingFigures meet(Community& dialler, Community& other, SecretBytes invitation = {});

// CPU time of this process, user and system, all threads.
[[nodiscard]] double cpu_seconds();

}  // namespace kiem::bench
