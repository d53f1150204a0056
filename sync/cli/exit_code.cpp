#include "sync/cli/exit_code.hpp"

namespace kiem::cli {
namespace {

// Whether `shown` of a list are fewer than a limit asked for, so that what is missing was not the limit's doing.
bool short_of(std::size_t shown, const std::optional<std::uint32_t>& limit) { return !limit || shown < *limit; }

bool lacks_something(const Request& request, const Answer& answer) {
  if (const auto* const tasks = std::get_if<Tasks>(&answer)) {
    const auto* const asked = std::get_if<ListTasks>(&request);
    return !tasks->complete && short_of(tasks->tasks.size(), asked == nullptr ? std::nullopt : asked->limit);
  }
  if (const auto* const log = std::get_if<LogAnswer>(&answer)) {
    const auto* const asked = std::get_if<ShowLog>(&request);
    return !log->complete && short_of(log->rows.size(), asked == nullptr ? std::nullopt : asked->limit);
  }
  const auto* const doctor = std::get_if<DoctorAnswer>(&answer);
  return doctor != nullptr && !doctor->healthy();
}

}  // namespace

ExitCode exit_code(const Error& error) {
  switch (error.code) {
    case ErrorCode::usage:
    case ErrorCode::missing_input:
    case ErrorCode::bad_address:
      return ExitCode::wrong_use;
    case ErrorCode::store_busy:
      return ExitCode::store_busy;
    case ErrorCode::peer_unreachable:
    case ErrorCode::peer_lost:
      return ExitCode::unreachable;
    default:
      return ExitCode::refused;
  }
}

ExitCode exit_code(const Request& request, const Answer& answer) {
  if (lacks_something(request, answer)) return ExitCode::damaged;
  const auto* const import = std::get_if<ImportAnswer>(&answer);
  return import != nullptr && !import->problems.empty() ? ExitCode::refused : ExitCode::done;
}

}  // namespace kiem::cli
