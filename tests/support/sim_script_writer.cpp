#include "tests/support/sim_script_writer.hpp"

#include <algorithm>

#include "core/oplog/author.hpp"

namespace kiem::test {

std::vector<ScriptRun> ScriptWriter::write() {
  while (!script_.at_end() && written_ < kMaxWritten) {
    if (script_.one_in(16)) {
      again();
    } else {
      write_one();
      ++written_;
    }
  }
  return std::move(runs_);
}

void ScriptWriter::again() {
  if (whole_.empty()) return;
  runs_.push_back({whole_[script_.below(kFar) % whole_.size()]});
}

Header ScriptWriter::place(const ScriptAuthor& author, std::size_t number, std::uint32_t circle) {
  Header header;
  header.space = ground_.space;
  header.circle = this->circle(circle);
  header.device = author.device;
  std::vector<const ScriptOperation*> chain;
  for (const auto& each : operations_) {
    if (each.author == number && each.circle == circle) chain.push_back(&each);
  }
  const ScriptOperation* before = chain.empty() ? nullptr : chain.back();
  switch (script_.below(16)) {
    case 12:
    case 13:  // a fork
      if (!chain.empty()) before = chain[script_.below(kFar) % chain.size()];
      break;
    case 14:  // another's chain
      before = &any();
      break;
    case 15:  // the chain begins anew
      before = nullptr;
      break;
    default:
      break;
  }
  if (before != nullptr) {
    header.prev = before->id;
    header.seq = std::max<std::uint64_t>(1, before->header.seq + 1);  // one may say that it is the last there can be
  }
  if (script_.one_in(24)) {
    header.seq = std::max<std::uint64_t>(1, script_.number());
    if (header.prev.is_zero()) header.prev = nowhere<OpId>();
  }
  if (script_.one_in(64)) header.space = nowhere<SpaceId>();
  return header;
}

std::vector<OpId> ScriptWriter::access_heads() {
  std::vector<OpId> heads;
  const std::size_t way = script_.below(16);
  if (way < 14) {
    // The tips of all that is known, or of what there was before the script.
    const std::size_t until = way < 11 ? operations_.size() : ground_.operations.size();
    for (std::size_t i = 0; i < until; ++i) {
      const auto& each = operations_[i];
      if (each.circle != 0) continue;
      std::erase_if(heads, [&](const OpId& head) {
        const auto& cited = each.header.access_heads;
        return head == each.header.prev || std::find(cited.begin(), cited.end(), head) != cited.end();
      });
      heads.push_back(each.id);
    }
    if (heads.size() > kMaxAccessHeads) heads.resize(kMaxAccessHeads);
  } else {
    for (std::size_t i = script_.below(4); i > 0; --i) {
      const auto& each = any();
      if (each.circle == 0 || script_.one_in(4)) heads.push_back(each.id);
    }
    if (way == 15) heads.push_back(nowhere<OpId>());
  }
  std::sort(heads.begin(), heads.end());
  heads.erase(std::unique(heads.begin(), heads.end()), heads.end());
  return heads;
}

std::vector<OpId> ScriptWriter::seen(std::uint32_t circle) {
  std::vector<OpId> ids;
  if (!script_.one_in(3)) return ids;
  for (std::size_t i = script_.below(4) + 1; i > 0; --i) {
    const auto& each = any();
    if (each.circle == circle || script_.one_in(4)) ids.push_back(each.id);
  }
  if (script_.one_in(8)) ids.push_back(nowhere<OpId>());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

void ScriptWriter::bend(Bytes& bytes) {
  const std::size_t at = (script_.below(256) * 256 + script_.below(256)) % bytes.size();
  switch (script_.below(4)) {
    case 0:
      bytes[at] ^= static_cast<std::uint8_t>(1U << script_.below(8));
      break;
    case 1:
      bytes[at] = script_.byte();
      break;
    case 2:
      bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), script_.byte());
      break;
    default:
      bytes.resize(std::max<std::size_t>(1, at));
  }
}

// Other content under a hash that fits it.
void ScriptWriter::bend_part(UnverifiedOperation& operation, Bones& bones) {
  const std::size_t number = script_.below(64) % operation.parts.size();
  Bytes& part = *operation.parts[number];
  const std::size_t size = part.size();
  bend(part);
  part.resize(size);
  bones.parts[number].hash = part_hash(part);
}

void ScriptWriter::write_one() {
  constexpr std::array<std::uint32_t, 12> kMostly{1, 1, 1, 1, 1, 1, 2, 2, 0, 0, 3, 4};
  const std::size_t number = script_.one_in(24) ? 3 : script_.below(3);
  const ScriptAuthor& author = ground_.authors[number];
  const std::uint32_t circle = kMostly.at(script_.below(kMostly.size()));
  const bool joins = script_.one_in(4);

  header_ = place(author, number, circle);
  header_.access_heads = access_heads();
  header_.seen = seen(circle);
  if (script_.one_in(4)) header_.op_class = static_cast<OpClass>(script_.below(3));
  header_.claimed.ms = static_cast<std::int64_t>(script_.one_in(4) ? script_.number() : 1'800'000'000'000 + written_);
  if (script_.one_in(24)) header_.unknown.push_back({script_.one_in(2) ? 200U : 20U, Bytes{0x01}});
  if (script_.one_in(48)) header_.format = 1;
  if (script_.one_in(48)) header_.suite = 2;
  if (script_.one_in(48)) header_.enc = 1;

  Draft draft(header_.circle, script_.one_in(16) ? static_cast<std::uint32_t>(script_.number()) : kSchemaNumber);
  const std::size_t mutations = script_.one_in(24) ? 1 + script_.below(200) : 1 + script_.below(3);
  for (std::size_t i = 0; i < mutations; ++i) say(draft, author, circle);
  auto finished = draft.finish(new_act(fake_.rng), fake_.rng);
  if (script_.one_in(32)) finished.bones.unknown.push_back({script_.one_in(2) ? 200U : 20U, Bytes{0x01}});

  UnverifiedOperation operation;
  for (auto& part : finished.parts) operation.parts.emplace_back(std::move(part));
  if (!operation.parts.empty() && script_.one_in(24)) bend_part(operation, finished.bones);
  operation.bones = encode(finished.bones);
  if (script_.one_in(24)) bend(operation.bones);
  header_.bones_hash = bones_hash(operation.bones);
  header_.bones_size = static_cast<std::uint32_t>(operation.bones.size());
  operation.header = encode(header_);
  if (script_.one_in(32)) bend(operation.header);
  const OpId id = op_id(operation.header);
  operation.signature = author.key.sign(kTagSignature, signed_message(header_.suite, id));
  if (script_.one_in(48)) operation.signature->bytes[script_.below(64)] ^= 1U;

  operations_.push_back({id, number, circle, header_, std::move(finished.bones)});
  whole_.push_back(operation);
  if (!operation.parts.empty() && script_.one_in(16)) {
    operation.parts[script_.below(64) % operation.parts.size()].reset();
  }
  const Header header = header_;
  send(std::move(operation), header, joins);
}

// Alone, or as the next of the run before it.
void ScriptWriter::send(UnverifiedOperation operation, const Header& header, bool joins) {
  if (joins && !runs_.empty() && op_id(runs_.back().back().header) == header.prev) {
    if (script_.one_in(2)) runs_.back().back().signature.reset();
    runs_.back().push_back(std::move(operation));
    return;
  }
  runs_.push_back({std::move(operation)});
}

std::vector<ScriptRun> write_script(const ScriptGround& ground, ScriptReader& script) {
  return ScriptWriter(ground, script).write();
}

}  // namespace kiem::test
