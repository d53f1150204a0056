// libFuzzer over the mutations of a text: whatever they name, the fold says what the model says, in any order, and an
// edit made of it gives exactly the text that was asked.
#include <algorithm>

#include "core/base/check.hpp"
#include "tests/fuzz/seeds.hpp"
#include "tests/support/text_author.hpp"
#include "tests/support/text_model.hpp"

namespace {

using namespace kiem;
using namespace kiem::test;

constexpr std::size_t kMostMutations = 40;  // the model asks everything of everything

// Reads the input as choices; behind its end every choice is 0.
class Choices {
 public:
  explicit Choices(ByteView bytes) : bytes_(bytes) {}
  [[nodiscard]] bool done() const { return at_ == bytes_.size(); }
  std::uint8_t byte() { return done() ? std::uint8_t{0} : bytes_[at_++]; }
  std::size_t below(std::size_t count) { return byte() % count; }
  std::string_view text() {
    const auto length = std::min<std::size_t>(byte(), bytes_.size() - at_);
    at_ += length;
    return text_view(bytes_.subspan(at_ - length, length));
  }
  std::uint64_t number() {
    const auto low = byte();
    return low < 250 ? low : UINT64_MAX - (low - 250U);
  }
  std::vector<MutationId> ids() {
    std::vector<MutationId> ids(below(5));
    for (auto& id : ids) id = mutation(below(kMostMutations));
    return ids;
  }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
};

TextMutation read(Choices& choices, std::size_t number) {
  TextMutation one;
  one.id = mutation(number);
  const auto shape = choices.byte();
  one.kind = static_cast<TextKind>(shape % 6);
  one.author = person(shape / 6 % 3);
  one.device = device(shape / 6 % 3);
  const auto has = choices.byte();
  if (has % 2 == 0) one.text = choices.text();
  if (has / 2 % 2 == 1) one.supersedes = choices.ids();
  if (has / 4 % 2 == 1) one.element = mutation(choices.below(kMostMutations));
  if (has / 8 % 2 == 1) one.words = choices.ids();
  one.numbers.resize(has / 16 % 6);
  for (auto& each : one.numbers) each = choices.number();
  return one;
}

}  // namespace

// Two paragraphs, an insertion behind and before a word, a cut, a rewrite, a move and a removal.
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  const Bytes seed{0,  0x10, 8, 'e', 'e', 'n', ' ', 't', 'w', 'e', 'e', 1,  // add at 1
                   0,  0x10, 4, 'd', 'r', 'i', 'e', 2,                      // add at 2
                   3,  0x18, 2, 'x', ' ', 1,   0,   0,                      // behind word 0 of the first
                   9,  0x28, 2, 'y', ' ', 1,   2,   0,   1,                 // before word 0 of that
                   16, 0x29, 1, 0,   1,   1,                                // cut
                   5,  0x06, 3, 'n', 'e', 'w', 1,   0,   0,                 // rewrite
                   2,  0x15, 1, 9,                                          // move
                   1,  0x03, 1, 1};                                         // remove
  plant_seeds(*count, *arguments, {seed});
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices choices(ByteView(data, size));
  const auto wanted = choices.text();
  std::vector<TextMutation> mutations;
  while (!choices.done() && mutations.size() < kMostMutations) mutations.push_back(read(choices, mutations.size()));

  TextWorld world(1000);
  TextLaptop laptop(world, 1);
  laptop.take(mutations);
  const auto fold = laptop.fold();
  KIEM_CHECK(agrees(fold, TextModel(record(1), view("text"), mutations)));
  std::reverse(mutations.begin(), mutations.end());
  laptop.take(mutations);
  KIEM_CHECK(plain_text(laptop.fold()) == plain_text(fold));

  const auto edits = diff_text(fold, wanted, device(1), 7);
  laptop.write(edits);
  KIEM_CHECK(laptop.text() == (edits.empty() ? plain_text(fold) : normal_text(wanted)));
  KIEM_CHECK(!edits.empty() || plain_text(fold) == normal_text(wanted));
  return 0;
}
