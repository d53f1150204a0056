#include "core/store/migrations.hpp"

namespace kiem {

Status migrate(Connection& writer, std::span<const Migration> steps) {
  KIEM_TRY_GET(Statement ask, writer.prepare("PRAGMA user_version"));
  KIEM_TRY_GET(const bool answered, ask.step());
  const auto found = answered ? static_cast<std::size_t>(ask.integer(0)) : 0;
  ask.reset();
  if (found > steps.size()) {
    return fail(ErrorCode::store_too_new, Fault::person, {std::to_string(found), std::to_string(steps.size())});
  }
  for (std::size_t number = found + 1; number <= steps.size(); ++number) {
    KIEM_TRY_GET(Transaction step, Transaction::begin(writer));
    KIEM_TRY(writer.execute(steps[number - 1].sql));
    KIEM_TRY(writer.execute("PRAGMA user_version = " + std::to_string(number)));
    KIEM_TRY(step.commit());
  }
  return {};
}

}  // namespace kiem
