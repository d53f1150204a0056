// For whom a model is made and when: the language, the moment and the zone, handed in because no model has a clock.
// A value, any thread.
#pragma once

#include "core/base/env.hpp"
#include "core/l10n/dates.hpp"
#include "core/l10n/lang.hpp"

namespace kiem::model {

struct Reader {
  Lang lang = Lang::nl;
  WallTime now;
  std::int32_t offset_minutes = 0;  // east of UTC, at `now`

  [[nodiscard]] std::int32_t today() const { return local_day(now, offset_minutes); }
};

}  // namespace kiem::model
