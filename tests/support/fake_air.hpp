// Networks in memory for datagrams: whoever is in the same one hears each other, and itself, at once. Header only; one
// thread.
#pragma once

#include <algorithm>
#include <deque>
#include <vector>

#include "sync/discovery/datagrams.hpp"

namespace kiem::test {

class FakeDatagrams;

struct FakeAir {
  std::vector<FakeDatagrams*> all;
  std::vector<Bytes> recorded;  // everything that anybody sent, as somebody who listens on has it
};

class FakeDatagrams final : public Datagrams {
 public:
  FakeDatagrams(FakeAir& air, std::string host) : air_(air), host_(std::move(host)) { air_.all.push_back(this); }
  ~FakeDatagrams() override { std::erase(air_.all, this); }
  FakeDatagrams(const FakeDatagrams&) = delete;
  FakeDatagrams& operator=(const FakeDatagrams&) = delete;

  [[nodiscard]] int wake_fd() const override { return -1; }
  void choose(const Routes& routes) override { chosen = routes; }
  std::size_t send(ByteView bytes) override {
    if (network == 0 || !chosen.ipv4) return 0;
    ++sent;
    air_.recorded.push_back(to_bytes(bytes));
    for (FakeDatagrams* const each : air_.all) {
      const bool is_self = each == this;
      if (each->network != network || !each->chosen.ipv4 ||
          (is_self ? is_deaf_to_itself : is_isolated || each->is_isolated))
        continue;
      each->waiting_.push_back({to_bytes(bytes), host_});
    }
    return 1;
  }
  [[nodiscard]] std::optional<Datagram> next() override {
    if (waiting_.empty()) return std::nullopt;
    Datagram first = std::move(waiting_.front());
    waiting_.pop_front();
    return first;
  }
  Routes chosen;  // this air is IPv4
  [[nodiscard]] bool has_changed() override { return std::exchange(changed_, false); }

  void give(Datagram datagram) { waiting_.push_back(std::move(datagram)); }
  // Into another network; 0: none.
  void move_to(int where) {
    network = where;
    changed_ = true;
  }
  [[nodiscard]] bool waits() const { return !waiting_.empty() || changed_; }

  int network = 1;
  bool is_isolated = false;        // the access point lets nobody hear it, nor it anybody
  bool is_deaf_to_itself = false;  // something on this machine stops what comes in
  std::size_t sent = 0;

 private:
  FakeAir& air_;
  std::string host_;
  std::deque<Datagram> waiting_;
  bool changed_ = false;
};

}  // namespace kiem::test
