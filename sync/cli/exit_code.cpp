#include "sync/cli/exit_code.hpp"

namespace kiem::cli {
namespace {

bool lacks_something(const Answer& answer) {
  const auto* const doctor = std::get_if<DoctorAnswer>(&answer);
  return missing_of(answer).any() || (doctor != nullptr && !doctor->healthy());
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

Missing missing_of(const Answer& answer) {
  return std::visit(
      [](const auto& each) -> Missing {
        if constexpr (requires { each.missing; }) {
          return each.missing;
        } else if constexpr (requires { each.task.missing; }) {
          return each.task.missing;
        } else {
          return {};
        }
      },
      answer);
}

ExitCode exit_code(const Answer& answer) {
  if (lacks_something(answer)) return ExitCode::damaged;
  const auto* const import = std::get_if<ImportAnswer>(&answer);
  return import != nullptr && !import->problems.empty() ? ExitCode::refused : ExitCode::done;
}

}  // namespace kiem::cli
