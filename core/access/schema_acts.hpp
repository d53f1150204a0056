// The act by which an initiative adds collections and fields of its own (FORMAT.md sections 14.4 and 14.5).
// See acts.hpp. A plain value, any thread.
#pragma once

#include "core/access/act_pieces.hpp"

namespace kiem::act {

struct ExtendSchema {
  static constexpr ActKind kKind = ActKind::extend_schema;
  Bytes structure;                  // core/schema/schema_act.hpp; its words are the mutation's value
  std::optional<Bytes> keeps = {};  // how long its collections' records are kept
  bool operator==(const ExtendSchema&) const = default;

  template <class Io>
  void fields(Io& io) {
    io.need(0, structure);
    io.maybe(1, keeps);
  }
};

}  // namespace kiem::act
