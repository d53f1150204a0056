#include "sync/pairing/pairing.hpp"

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"
#include "core/identity/words.hpp"

namespace kiem {
namespace {

constexpr std::string_view kTagProof = "kiem.pairing.proof.0";
constexpr std::string_view kTagCommitment = "kiem.pairing.commitment.0";
constexpr std::string_view kTagWords = "kiem.pairing.words.0";

constexpr std::size_t kHead = 2;  // mark and type
enum Type : std::uint8_t { kCommit = 1, kNonce = 2, kReveal = 3, kSame = 4, kDifferent = 5, kInvitation = 6 };

Hash32 proof_of(const PairingCode& code, const BoxPublicKey& host, const BoxPublicKey& guest) {
  return keyed_hash_of(pairing_key(code).view(), kTagProof, {view(host), view(guest)});
}

Hash32 commitment_to(const Hash32& nonce, const BoxPublicKey& host, const BoxPublicKey& guest) {
  return hash_of(kTagCommitment, {view(nonce), view(host), view(guest)});
}

}  // namespace

PairingWords pairing_words(const BoxPublicKey& host, const BoxPublicKey& guest, const Hash32& host_nonce,
                           const Hash32& guest_nonce) {
  const Hash32 hash = hash_of(kTagWords, {view(host), view(guest), view(host_nonce), view(guest_nonce)});
  // Eleven bits a word, the most significant first.
  static_assert(kWordCount == 2'048);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 6; ++i) bits = bits << 8U | hash.bytes[i];
  bits >>= 4U;
  PairingWords words{};
  for (std::size_t i = kPairingWords; i > 0; --i) {
    words[i - 1] = word(static_cast<std::uint16_t>(bits % kWordCount));
    bits /= kWordCount;
  }
  return words;
}

Pairing::Pairing(Side side, const PairingCode& code, const BoxPublicKey& own, const BoxPublicKey& peer, Rng& rng,
                 std::uint64_t now_ms)
    : side_(side),
      code_(code),
      host_(side == Side::host ? own : peer),
      guest_(side == Side::host ? peer : own),
      due_ms_(now_ms + kExchangeMs) {
  rng.fill(own_nonce_.bytes);
  if (side_ == Side::host) return;
  Bytes body = to_bytes(view(proof_of(code_, host_, guest_)));
  append(body, view(commitment_to(own_nonce_, host_, guest_)));
  send(kCommit, body);
}

void Pairing::send(std::uint8_t type, ByteView body) {
  Bytes frame{kPairingMark, type};
  append(frame, body);
  frames_.push_back(std::move(frame));
}

std::optional<Bytes> Pairing::next_frame() {
  if (frames_.empty()) return std::nullopt;
  Bytes first = std::move(frames_.front());
  frames_.pop_front();
  return first;
}

void Pairing::tick(std::uint64_t now_ms) {
  if (now_ms >= due_ms_) end(PairingEnd::too_late);
}

void Pairing::receive(ByteView frame, std::uint64_t now_ms) {
  if (end_) return;
  if (frame.size() < kHead || frame.size() > kMaxPairingFrame || frame[0] != kPairingMark) {
    return end(PairingEnd::bad_message);
  }
  const ByteView body = frame.subspan(kHead);
  switch (frame[1]) {
    case kCommit:
      return on_commit(body);
    case kNonce:
      return on_nonce(body, now_ms);
    case kReveal:
      return on_reveal(body, now_ms);
    case kSame:
      return body.empty() ? on_same() : end(PairingEnd::bad_message);
    case kDifferent:
      return end(body.empty() && words_ ? PairingEnd::different : PairingEnd::bad_message);
    case kInvitation:
      return on_invitation(body);
    default:
      return end(PairingEnd::bad_message);
  }
}

void Pairing::on_commit(ByteView body) {
  if (side_ != Side::host || committed_ || body.size() != 2 * Hash32::kSize) return end(PairingEnd::bad_message);
  // Who does not know the code takes nothing from who does: no nonce, no words, no attempt.
  if (!equal_secrets(body.first(Hash32::kSize), view(proof_of(code_, host_, guest_)))) {
    return end(PairingEnd::wrong_code);
  }
  committed_ = id_from<Hash32>(body.subspan(Hash32::kSize));
  send(kNonce, view(own_nonce_));
}

void Pairing::on_nonce(ByteView body, std::uint64_t now_ms) {
  if (side_ != Side::guest || peer_nonce_ || body.size() != Hash32::kSize) return end(PairingEnd::bad_message);
  peer_nonce_ = id_from<Hash32>(body);
  send(kReveal, view(own_nonce_));
  know_words(now_ms);
}

void Pairing::on_reveal(ByteView body, std::uint64_t now_ms) {
  if (side_ != Side::host || !committed_ || peer_nonce_ || body.size() != Hash32::kSize) {
    return end(PairingEnd::bad_message);
  }
  const auto nonce = id_from<Hash32>(body);
  // Another nonce than the one it bound itself to, chosen after it saw ours.
  if (commitment_to(*nonce, host_, guest_) != *committed_) return end(PairingEnd::bad_message);
  peer_nonce_ = nonce;
  know_words(now_ms);
}

void Pairing::know_words(std::uint64_t now_ms) {
  const bool is_host = side_ == Side::host;
  words_ = pairing_words(host_, guest_, is_host ? own_nonce_ : *peer_nonce_, is_host ? *peer_nonce_ : own_nonce_);
  due_ms_ = now_ms + kCompareMs;
}

void Pairing::on_same() {
  if (!words_ || heard_same_) return end(PairingEnd::bad_message);
  heard_same_ = true;
}

void Pairing::answer(bool same) {
  KIEM_CHECK(words_.has_value());
  if (end_ || said_same_) return;
  said_same_ = same;
  send(same ? kSame : kDifferent, {});
  if (!same) end(PairingEnd::different);
}

void Pairing::give(std::string_view invitation) {
  KIEM_CHECK(side_ == Side::host && is_agreed() && !invitation.empty() &&
             invitation.size() <= kMaxPairingFrame - kHead);
  send(kInvitation, view(invitation));
  end(PairingEnd::done);
}

// Before the person here has agreed an invitation is no use: whoever sends one then does not keep to the order.
void Pairing::on_invitation(ByteView body) {
  if (side_ != Side::guest || !said_same_ || !heard_same_ || body.empty()) return end(PairingEnd::bad_message);
  given_ = std::string(text_view(body));
  end(PairingEnd::done);
}

}  // namespace kiem
