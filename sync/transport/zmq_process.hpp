// What ZeroMQ needs once a process: the context, and the thread that answers every handshake (RFC 27, ZAP).
//
// Made by main before any ZmqTransport and destroyed after all of them and after every other user of libsodium, for
// libzmq 4.3.4 closes libsodium's source of chance with its context (P12). A second one while the first lives is a
// broken promise. Its thread owns the ZAP socket alone; it only reads gates. admit() and forget() may be called from
// any thread.
//
// Fail closed (P9): the handler is bound before the first listener can exist, a handshake for a domain without a gate
// is refused, and a router refuses by itself when nobody answers.
#pragma once

#include <memory>

#include "core/base/result.hpp"
#include "sync/transport/gate.hpp"

namespace kiem {

class ZmqContext;

class ZmqProcess {
 public:
  // Errors: out_of_memory when the system gives no thread or descriptor.
  [[nodiscard]] static Result<std::unique_ptr<ZmqProcess>> create();
  ~ZmqProcess();
  ZmqProcess(const ZmqProcess&) = delete;
  ZmqProcess& operator=(const ZmqProcess&) = delete;

  [[nodiscard]] ZmqContext& context();
  // From now on handshakes of the returned domain are answered by this gate.
  [[nodiscard]] std::string admit(std::shared_ptr<const Gate> gate);
  void forget(const std::string& domain);

 private:
  struct Impl;
  explicit ZmqProcess(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace kiem
