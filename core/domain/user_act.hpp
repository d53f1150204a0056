// One user act while it is carried out: where, by whom, under which number, and the one way to write.
//
// The façade (core/kiem.cpp) makes a UserAct inside a transaction and hands it to the functions of this folder. Each
// write() is one operation: authored, signed, taken in by the ingest door and shown in the views before it returns, so
// that the next write of the same act can build on it. When anything fails the whole act is rolled back. One thread.
#pragma once

#include <functional>

#include "core/base/env.hpp"
#include "core/identity/device_keys.hpp"
#include "core/oplog/draft.hpp"
#include "core/oplog/spaces.hpp"
#include "core/schema/first.hpp"

namespace kiem {

struct UserAct {
  Connection& db;
  const SpaceRow& space;
  const DeviceKeys& keys;
  Rng& rng;
  // Returns the id of the operation that the draft became.
  std::function<Result<OpId>(const Draft&)> write;

  [[nodiscard]] Draft draft_in(CircleNumber circle, OpClass op_class = OpClass::normal) const {
    return Draft(circle_id(space.id, static_cast<std::uint32_t>(circle)), kSchemaNumber, op_class);
  }
};

}  // namespace kiem
