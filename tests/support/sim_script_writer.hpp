// Makes operations of a script's bytes (sim_script.hpp), one after the other, each by one of the authors on one of its
// chains. Used by write_script() alone, which is one ScriptWriter's life.
#pragma once

#include "core/schema/first.hpp"
#include "tests/support/sim_script.hpp"

namespace kiem::test {

[[nodiscard]] inline std::uint32_t number_of(MutationKind kind) { return static_cast<std::uint32_t>(kind); }

// A mutation that is somewhere, and may be spoken of.
struct Spoken {
  const ScriptOperation* operation = nullptr;
  std::uint32_t number = 0;
  [[nodiscard]] const Mutation& mutation() const { return operation->bones.mutations[number]; }
  [[nodiscard]] Reference reference() const { return reference_to(operation->id, number); }
  [[nodiscard]] RecordId record() const { return mutation().record.value_or(record_of(operation->id)); }
};

class ScriptWriter {
 public:
  ScriptWriter(const ScriptGround& ground, ScriptReader& script)
      : ground_(ground), script_(script), operations_(ground.operations) {}

  std::vector<ScriptRun> write();

 private:
  // --- one operation (sim_script_writer.cpp) ---
  void write_one();
  void again();
  Header place(const ScriptAuthor& author, std::size_t number, std::uint32_t circle);
  std::vector<OpId> access_heads();
  std::vector<OpId> seen(std::uint32_t circle);
  void bend(Bytes& bytes);
  void bend_part(UnverifiedOperation& operation, Bones& bones);
  void send(UnverifiedOperation operation, const Header& header, bool joins);

  // --- what it says (sim_script_words.cpp) ---
  void say(Draft& draft, const ScriptAuthor& author, std::uint32_t circle);
  Mutation claim(const ScriptAuthor& author, std::optional<Value>& value);
  Mutation change(std::optional<Value>& value);
  Mutation text_edit();
  Value value(const std::optional<SchemaName>& field, const SchemaName& collection);
  // --- acts of membership (sim_script_acts.cpp) ---
  Mutation act(const ScriptAuthor& author);
  ActBody act_body(const ScriptAuthor& author);
  CutHeads cut_heads();

  // --- choices ---
  const ScriptOperation& any() {
    return operations_[operations_.size() - 1 - script_.below(kFar) % operations_.size()];
  }
  Spoken spoken(std::uint32_t kind = UINT32_MAX);
  std::vector<Reference> references(std::size_t most);
  RecordId some_record();
  PrincipalId some_principal();
  const ScriptAuthor& some_author() { return ground_.authors[script_.below(ground_.authors.size())]; }
  CircleId circle(std::uint32_t number) const { return circle_id(ground_.space, number); }
  template <class IdType>
  IdType nowhere() {
    IdType id;
    id.bytes.fill(static_cast<std::uint8_t>(1 + script_.below(3)));
    return id;
  }

  static constexpr std::size_t kFar = 256;
  static constexpr std::size_t kMaxWritten = 40;
  const ScriptGround& ground_;
  ScriptReader& script_;
  std::vector<ScriptOperation> operations_;
  std::vector<UnverifiedOperation> whole_;  // what was written here, as it was before parts were left out
  std::vector<ScriptRun> runs_;
  std::size_t written_ = 0;
  FakeEnv fake_{99};
  Header header_;  // of the operation that is being written
};

}  // namespace kiem::test
