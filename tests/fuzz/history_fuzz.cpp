// libFuzzer over whole histories: the input is a script of choices (tests/support/sim_script.hpp), out of which come
// operations that are correctly signed and otherwise anything. The stage checks what must hold of them.
#include "tests/fuzz/seeds.hpp"
#include "tests/support/sim_script.hpp"

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  kiem::test::SeededRng chance(1);
  std::vector<kiem::Bytes> scripts;
  for (int i = 0; i < 64; ++i) {
    kiem::Bytes script(64 + chance.below(800));
    chance.fill(script);
    scripts.push_back(std::move(script));
  }
  kiem::test::plant_seeds(*count, *arguments, scripts);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static kiem::test::ScriptStage stage;
  stage.play({data, size});
  return 0;
}
