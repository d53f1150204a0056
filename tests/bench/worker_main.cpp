// One engine at work: reads "versions" or a phase's word from stdin, a line each, and answers each with a line. By
// hand, for a profiler:  echo insert_1 | perf record bench_store_kiem /dev/shm/new 200000 FULL 2000
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "tests/bench/workload.hpp"

namespace kiem::bench {

void stop(const std::string& what) {
  std::cerr << "bench: " << what << std::endl;
  std::_Exit(1);
}

}  // namespace kiem::bench

int main(int count, char** arguments) {
  if (count != 5) {
    std::cerr << "bench_store_ENGINE FOLDER ROWS SYNCHRONOUS CACHE-KIB\n";
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const auto engine = kiem::bench::make_engine();
  kiem::bench::Workload workload(*engine, folder / "work",
                                 {std::atoll(arguments[2]), arguments[3], std::atoll(arguments[4])});
  std::filesystem::create_directories(folder / "versions");
  std::string asked;
  while (std::getline(std::cin, asked)) {
    if (asked == "versions") {
      engine->create(folder / "versions");
      std::cout << engine->versions() << std::endl;
      engine->close();
      continue;
    }
    const auto measured = workload.run(asked);
    std::printf("%.9f %llu %llu\n", measured.cpu_seconds, static_cast<unsigned long long>(measured.sum),
                static_cast<unsigned long long>(measured.bytes));
    std::fflush(stdout);
  }
  return 0;
}
