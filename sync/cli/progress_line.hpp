// How far long work is, as one line on stderr that is written over: only where a person looks at it. One thread.
#pragma once

#include <cstdint>
#include <string>

#include "sync/cli/call.hpp"

namespace kiem::cli {

class ProgressLine {
 public:
  // what: a few words, such as "Kopie maken". Shown only when stderr is a terminal.
  ProgressLine(const Call& call, std::string what);
  // Takes the line away.
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Written when a whole percent has changed.
  void show(std::uint64_t done, std::uint64_t of);

 private:
  const Call& call_;
  std::string what_;
  std::size_t width_ = 0;
  std::uint64_t shown_ = UINT64_MAX;
};

// A request to stop (Ctrl+C) that came since it was made; made after the last question, for whoever is asked something
// leaves by the same keys at once. Where nothing can be caught, nothing ever came.
class StopRequest {
 public:
  [[nodiscard]] static Result<StopRequest> watch(const Call& call);
  [[nodiscard]] bool came() const;

 private:
  explicit StopRequest(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace kiem::cli
