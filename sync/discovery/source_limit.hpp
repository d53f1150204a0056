// How many datagrams are looked at: so many of one host a second, so many hosts, so many in all. A stranger who floods
// costs this laptop a bounded piece of a second and nobody else their turn for longer than that second.
//
// A value of the node's thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace kiem {

class SourceLimit {
 public:
  static constexpr std::uint32_t kPerHost = 5;
  static constexpr std::uint32_t kInAll = 200;

  // Whether one more of this host may be looked at now.
  [[nodiscard]] bool admits(const std::string& host, std::uint64_t now_ms) {
    const std::uint64_t second = now_ms / 1'000;
    if (second != second_) {
      second_ = second;
      in_all_ = 0;
      by_host_.clear();
    }
    // Hosts are as many as datagrams at most, so the map is bounded too.
    if (in_all_ >= kInAll) return false;
    std::uint32_t& of_host = by_host_[host];
    if (of_host >= kPerHost) return false;
    ++of_host;
    ++in_all_;
    return true;
  }

 private:
  std::uint64_t second_ = 0;
  std::uint32_t in_all_ = 0;
  std::map<std::string, std::uint32_t> by_host_;
};

}  // namespace kiem
