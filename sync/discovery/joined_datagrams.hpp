// Datagrams, and beside them the same beacons by DNS-SD: one door for the node, whichever way a beacon took.
//
// Owns both. One thread. It fails to be made when the system gives no descriptor.
#pragma once

#include <memory>

#include "core/base/result.hpp"
#include "sync/control/descriptor.hpp"
#include "sync/discovery/dns_sd.hpp"

namespace kiem {

class JoinedDatagrams final : public Datagrams {
 public:
  // An announcement stays until the next one, so not every beacon is one.
  static constexpr std::size_t kBeaconsAnAnnouncement = 4;

  // Error: out_of_memory.
  [[nodiscard]] static Result<std::unique_ptr<Datagrams>> create(std::unique_ptr<Datagrams> datagrams,
                                                                 std::unique_ptr<DnsSd> dns_sd);

  [[nodiscard]] int wake_fd() const override { return waiter_.fd(); }
  std::size_t send(ByteView bytes) override;
  [[nodiscard]] std::optional<Datagram> next() override;
  void choose(const Routes& routes) override;
  [[nodiscard]] bool has_changed() override;

 private:
  JoinedDatagrams(std::unique_ptr<Datagrams> datagrams, std::unique_ptr<DnsSd> dns_sd)
      : datagrams_(std::move(datagrams)), dns_sd_(std::move(dns_sd)) {}

  std::unique_ptr<Datagrams> datagrams_;
  std::unique_ptr<DnsSd> dns_sd_;
  control::Descriptor waiter_;
  Routes chosen_;
  bool is_announced_ = false;
  std::size_t since_ = 0;  // beacons since the last announcement
};

}  // namespace kiem
