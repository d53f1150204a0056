// A program, mostly `kiem`, as a process of its own: started, read line by line, stopped. Whatever is waited for is an
// event (a line, an end) and never a time; one that does not come within kPatience has failed the test.
//
// A Process owns its child and ends it. One thread.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace kiem::test {

struct Ended {
  int code = -1;  // 128 + the signal's number when one ended it
  std::string out, err;
  [[nodiscard]] std::string first_line() const { return out.substr(0, out.find('\n')); }
};

class Process {
 public:
  enum class Input { empty, open };
  // `words` as typed behind "kiem". Of this process's environment only what sanitizers read is passed on.
  explicit Process(const std::vector<std::string>& words);
  Process(const std::string& program, const std::vector<std::string>& words, Input input);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // The next line of stdout, without its end.
  std::string line();
  void signal(int number);
  // The end of an open input, as when whoever started the program is gone. Once.
  void close_input();
  // Reads both streams to their end.
  Ended wait();
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  // False at the end of both streams.
  bool read_more();

  pid_t pid_ = -1;
  int in_ = -1, out_ = -1, err_ = -1;
  Ended ended_;
  std::size_t read_ = 0;  // of `out`, by line()
};

// One laptop: a home, and commands on it.
class Laptop {
 public:
  // init --practice in a folder of that name.
  Laptop(const std::filesystem::path& folder, const std::string& name);

  Ended run(std::vector<std::string> words) const;
  // The same, and it must end with 0.
  Ended done(std::vector<std::string> words) const;
  // Words with --home in front, for a Process.
  [[nodiscard]] std::vector<std::string> at_home(std::vector<std::string> words) const;
  // `task show --json` without what differs by viewer ("mine").
  [[nodiscard]] std::string claims(const std::string& title) const;
  [[nodiscard]] const std::filesystem::path& home() const { return home_; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::filesystem::path home_;
};

}  // namespace kiem::test
