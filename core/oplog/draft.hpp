// An operation while it is being written: mutations with their values, before header, salts and signature.
//
// A Draft is a plain value of one circle; author.hpp turns it into a signed operation. Values without a subject go to
// the common part, values about a person to the personal part of that subject (D2). Any thread.
#pragma once

#include <optional>
#include <vector>

#include "core/oplog/operation.hpp"

namespace kiem {

class Draft {
 public:
  Draft(const CircleId& circle, std::uint32_t schema, OpClass op_class = OpClass::normal)
      : circle_(circle), schema_(schema), class_(op_class) {}

  // Adds a mutation and, if given, its value; sets mutation.part. Returns the mutation's index.
  std::uint32_t add(Mutation mutation, const std::optional<Value>& value = std::nullopt,
                    const std::optional<PrincipalId>& subject = std::nullopt);

  [[nodiscard]] const CircleId& circle() const { return circle_; }
  [[nodiscard]] OpClass op_class() const { return class_; }
  [[nodiscard]] bool empty() const { return mutations_.empty(); }
  [[nodiscard]] std::size_t size() const { return mutations_.size(); }
  // True while `more` further mutations of the first schema, without lists, with some `bytes` of values surely fit one
  // operation.
  [[nodiscard]] bool has_room(std::size_t more, std::size_t bytes) const;
  // True when this mutation, whatever it holds, and its value surely fit.
  [[nodiscard]] bool has_room_for(const Mutation& mutation, const std::optional<Value>& value) const;

  // The bones with act number, and the parts with salts drawn from rng.
  struct Finished {
    Bones bones;
    std::vector<Bytes> parts;
  };
  [[nodiscard]] Finished finish(const ActId& act, Rng& rng) const;

 private:
  struct Part {
    std::optional<PrincipalId> subject;
    PartValues values;
  };
  CircleId circle_;
  std::uint32_t schema_;
  OpClass class_;
  std::vector<Mutation> mutations_;
  std::vector<Part> parts_;
  std::size_t bytes_ = 0;
};

// The mutations of the first schema, in the shapes that FORMAT.md 5.4 gives them.
[[nodiscard]] Mutation create_record(std::uint32_t collection, const std::optional<RecordId>& record);
[[nodiscard]] Mutation write_field(std::uint32_t collection, const std::optional<RecordId>& record, std::uint32_t field,
                                   std::vector<Reference> supersedes = {});
[[nodiscard]] Reference reference_to(const OpId& op, std::uint32_t mutation);

}  // namespace kiem
