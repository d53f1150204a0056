// Every connection to any database that this process opens and closes while a trace lives, and how many of those to one
// file can write. SQLite itself tells, through its automatic extensions, so the product is traced as it is.
//
// One trace at a time; connections of any thread.
#pragma once

#include <map>
#include <string>

namespace kiem::test {

struct TracedFile {
  int writers_ever = 0;
  int writers_now = 0;
  int most_writers = 0;  // at one moment
  int readers_ever = 0;
  int readers_now = 0;
};

class ConnectionTrace {
 public:
  ConnectionTrace();
  ~ConnectionTrace();
  ConnectionTrace(const ConnectionTrace&) = delete;
  ConnectionTrace& operator=(const ConnectionTrace&) = delete;

  // By the name of the file.
  [[nodiscard]] static std::map<std::string, TracedFile> files();
};

}  // namespace kiem::test
