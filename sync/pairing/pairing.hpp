// Two people hold their laptops side by side and see on both screens the same four words: then no third laptop is in
// between, and the one may give the other an invitation (sync/PROTOCOL.md section 14; tests/vectors/discovery.json).
//
//   guest                                        host
//     | Commit: proof of the code, commitment  --> |
//     | <--------------------- Nonce: its nonce    |
//     | Reveal: own nonce  ----------------------> |
//     |     both show the words, both are asked    |
//     | Same / Different <-------> Same / Different |
//     | <------------------ Invitation: its code   |
//
// The words are a hash over both transport keys, which the link has proven, and both nonces. Whoever stands between has
// another key on each side and must bind itself to its nonce on one side before it knows the other's: it has one guess
// in 2^44, and a failed one ends the pairing.
//
// No socket and no clock: frames in and out, time is told. One thread. Nothing fails: what goes wrong is its end.
#pragma once

#include <array>
#include <deque>

#include "core/crypto/keys.hpp"
#include "sync/pairing/pairing_code.hpp"

namespace kiem {

inline constexpr std::size_t kPairingWords = 4;
using PairingWords = std::array<std::string_view, kPairingWords>;
inline constexpr std::size_t kMaxPairingFrame = 4'096;

// The first byte of each frame of a pairing, which no frame of a session begins with.
inline constexpr std::uint8_t kPairingMark = 0x00;
[[nodiscard]] inline bool is_pairing_frame(ByteView frame) { return !frame.empty() && frame[0] == kPairingMark; }

[[nodiscard]] PairingWords pairing_words(const BoxPublicKey& host, const BoxPublicKey& guest, const Hash32& host_nonce,
                                         const Hash32& guest_nonce);

enum class PairingEnd : std::uint8_t {
  done,         // the invitation went over
  different,    // a person said that the words differ, here or there
  wrong_code,   // host: the guest did not show that it knows the code
  bad_message,  // what came is no message, or may not come now
  too_late,     // the other laptop, or a person, took too long
  lost,         // the link went down
};

class Pairing {
 public:
  static constexpr std::uint64_t kExchangeMs = 10'000;  // until the words are there
  static constexpr std::uint64_t kCompareMs = 300'000;  // until both people have answered and the invitation is over

  enum class Side : std::uint8_t { host, guest };
  Pairing(Side side, const PairingCode& code, const BoxPublicKey& own, const BoxPublicKey& peer, Rng& rng,
          std::uint64_t now_ms);

  // --- the link ---
  void receive(ByteView frame, std::uint64_t now_ms);
  // To be sent, one after another.
  [[nodiscard]] std::optional<Bytes> next_frame();
  void lost() { end(PairingEnd::lost); }
  void tick(std::uint64_t now_ms);
  // When tick() has something to do; nothing after the end.
  [[nodiscard]] std::optional<std::uint64_t> next_ms() const { return end_ ? std::nullopt : std::optional(due_ms_); }

  // --- the people ---
  // Once they are known; on both sides the same, or there is somebody in between.
  [[nodiscard]] const std::optional<PairingWords>& words() const { return words_; }
  // What the person here says of them, once. Before there are words it is a broken promise.
  void answer(bool same);
  // Host: both said that they are the same, and it is time to give().
  [[nodiscard]] bool is_agreed() const { return !end_ && said_same_ && heard_same_; }
  // The invitation's code, 1 to kMaxPairingFrame - 2 bytes. Only when is_agreed(), and once.
  void give(std::string_view invitation);
  // Guest: what was given.
  [[nodiscard]] const std::optional<std::string>& given() const { return given_; }
  // Host: the guest has shown that it knows the code.
  [[nodiscard]] bool knows_code() const { return side_ == Side::host && committed_.has_value(); }

  [[nodiscard]] const std::optional<PairingEnd>& ended() const { return end_; }

 private:
  void send(std::uint8_t type, ByteView body);
  void end(PairingEnd why) {
    if (!end_) end_ = why;
  }
  void on_commit(ByteView body);
  void on_nonce(ByteView body, std::uint64_t now_ms);
  void on_reveal(ByteView body, std::uint64_t now_ms);
  void on_same();
  void on_invitation(ByteView body);
  void know_words(std::uint64_t now_ms);

  Side side_;
  PairingCode code_;
  BoxPublicKey host_, guest_;
  Hash32 own_nonce_;
  std::optional<Hash32> peer_nonce_;
  std::optional<Hash32> committed_;  // host: what the guest bound itself to
  std::optional<PairingWords> words_;
  bool said_same_ = false, heard_same_ = false;
  std::optional<std::string> given_;
  std::deque<Bytes> frames_;
  std::uint64_t due_ms_;
  std::optional<PairingEnd> end_;
};

}  // namespace kiem
