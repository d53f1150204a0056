// libFuzzer over packed segments: the first two bytes say how long the chance is, the rest are words. What is unpacked
// is packed again and comes back; the sanitizers see to the rest.
#include <algorithm>

#include "core/base/check.hpp"
#include "core/oplog/packing.hpp"
#include "core/oplog/segment.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const kiem::ByteView input(data + 2, size - 2);
  const std::size_t chance = std::min<std::size_t>(input.size(), std::size_t{data[0]} * 16 + data[1]);
  // Every other beginning is known.
  const auto finds = [](const kiem::IdBeginning& beginning) -> kiem::Result<std::optional<kiem::Hash32>> {
    if (beginning.bytes[0] % 2 == 0) return std::optional<kiem::Hash32>{};
    kiem::Hash32 id;
    std::copy(beginning.bytes.begin(), beginning.bytes.end(), id.bytes.begin());
    return std::optional(id);
  };
  kiem::Unpacker unpacker;
  const auto unpacked = unpacker.take(input.subspan(chance), input.first(chance), finds);
  if (!unpacked) return 0;
  kiem::Packer packer;
  kiem::Packed packed;
  for (const auto& run : unpacked->runs) {
    std::vector<kiem::OpId> ids;
    for (const auto& each : run) ids.push_back(kiem::op_id(each.header));
    const auto never = [](const kiem::Hash32&) -> kiem::Result<bool> { return false; };
    KIEM_CHECK(packer.add(kiem::encode_segment(run), ids, {}, never, packed));
  }
  if (unpacked->runs.empty() || packed.words.size() > kiem::kMaxPackedWords) return 0;
  kiem::Unpacker again;
  const auto twice = again.take(packed.words, packed.chance, finds);
  KIEM_CHECK(twice && twice->runs == unpacked->runs);
  return 0;
}
