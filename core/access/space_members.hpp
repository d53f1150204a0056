// The memberships of the spaces in this store: the graph of each space, kept in memory and read from the log once.
//
// SpaceMembers borrows the writer's connection. It answers from its cache; ingest tells it of every operation of an
// access circle that is not parked, and forget() drops everything after a rollback. One thread, the writer's.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "core/access/membership.hpp"
#include "core/oplog/op_store.hpp"

namespace kiem {

// Whose device an operation is from, and the key that its signatures must fit.
struct Author {
  PersonId person;
  VerifyKey key;
};

// What an operation is worth: its verdict, and its author's role at its own access heads.
struct Authority {
  Standing standing = Standing::applied;
  Role role = Role::none;
  bool is_inside = false;  // data that some removal's cut contains
};

// What the first operation of a space says of its founder.
struct Founder {
  PersonId person;
  VerifyKey key;
  bool own_space = false;  // a person's own space, not an initiative
  bool practice = false;
};
// Fails with not_canonical when it is no founding operation that proves itself.
[[nodiscard]] Result<Founder> founder_of(const OpId& id, const Header& header, const Bones& bones);

class SpaceMembers {
 public:
  explicit SpaceMembers(Connection& db) : db_(db) {}

  // The membership of a space as this store's log has it; valid until the next add() or forget().
  [[nodiscard]] Result<const Membership*> of(std::int64_t space);
  // Nothing while no certificate of this device is here.
  [[nodiscard]] Result<std::optional<Author>> author(std::int64_t space, const DeviceId& device);
  // The author of the first operation of a chain in an access circle, when that very operation brings and proves its
  // certificate: a device that introduces itself under the person's recovery words. Nothing when it does not, or when
  // something that it builds on is not here.
  [[nodiscard]] Result<std::optional<Author>> introduced_by(std::int64_t space, const OpId& id, const Header& header,
                                                            const Bones& bones);
  // Whether every access head (in the access circle: every parent) of a stored operation is here and not parked. Fails
  // with not_canonical or too_large for an act whose bytes are wrong, which is therefore refused before it can wait.
  [[nodiscard]] Result<bool> knows_heads(const StoredOperation& operation);
  // An operation of the space's access circle was stored and has its parents. True: data that is here may have to be
  // judged again.
  [[nodiscard]] Result<bool> add(const StoredOperation& operation);
  [[nodiscard]] Result<Authority> judge(const StoredOperation& operation);
  // Whether its author took something from somebody after it, so that what it had seen is inside of that cut.
  [[nodiscard]] Result<bool> removed_since(const StoredOperation& operation);
  void forget();

 private:
  [[nodiscard]] Result<Membership*> cached(std::int64_t space);
  [[nodiscard]] Result<bool> is_inside(const StoredOperation& operation, const DataCut& cut);
  [[nodiscard]] Result<bool> seen_by(const StoredOperation& operation, const PersonId& remover, const OpId& removal);

  Connection& db_;
  std::map<std::int64_t, std::unique_ptr<Membership>> memberships_;
  // What is asked again for every operation of a run, and changes with the next act of membership alone: who writes,
  // and the last verdict on each device's data in each circle, where no cut had to look at the operation itself.
  struct Judged {
    std::vector<OpId> heads;
    Authority authority;
  };
  std::map<std::pair<std::int64_t, DeviceId>, Author> authors_;
  std::map<std::pair<std::int64_t, std::int64_t>, Judged> judged_;  // by rows of device and circle
  void forget_answers();
};

}  // namespace kiem
