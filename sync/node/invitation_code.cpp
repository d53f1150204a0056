#include "sync/node/invitation_code.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/crypto/base64.hpp"
#include "core/crypto/hash.hpp"
#include "core/domain/membership_acts.hpp"

namespace kiem {
namespace {

constexpr std::string_view kOpening = "kiem-";
constexpr std::uint8_t kVersion = 0;
constexpr std::size_t kCheckBytes = 4;
// Longer than any code is; what is pasted by mistake may be a whole book.
constexpr std::size_t kMaxWord = 4096;

Bytes check_of(ByteView bytes) {
  const Hash32 whole = hash_of("kiem.code.0", {bytes});
  return to_bytes(view(whole).first(kCheckBytes));
}

// Takes bytes from the front; says no when there are too few.
class Front {
 public:
  explicit Front(ByteView bytes) : rest_(bytes) {}
  [[nodiscard]] std::optional<ByteView> take(std::size_t count) {
    if (count > rest_.size()) return std::nullopt;
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  [[nodiscard]] std::optional<std::uint8_t> byte() {
    const auto one = take(1);
    return one ? std::optional((*one)[0]) : std::nullopt;
  }
  [[nodiscard]] bool empty() const { return rest_.empty(); }

 private:
  ByteView rest_;
};

std::optional<Endpoint> take_address(Front& front) {
  const auto length = front.byte();
  const auto text = length ? front.take(*length) : std::nullopt;
  if (!text) return std::nullopt;
  const auto endpoint = parse_endpoint(text_view(*text));
  // Only as to_text writes it, so that one address has one spelling.
  if (!endpoint || !is_dialable(*endpoint) || to_text(*endpoint) != text_view(*text)) return std::nullopt;
  return *endpoint;
}

std::optional<InvitationCode> take_code(ByteView bytes) {
  Front front(bytes);
  const auto version = front.byte();
  const auto key = front.take(BoxPublicKey::kSize);
  const auto seed = front.take(kInvitationSeedBytes);
  const auto count = front.byte();
  if (!version || *version != kVersion || !key || !seed || !count || *count > kMaxCodeAddresses) return std::nullopt;
  InvitationCode code{*id_from<BoxPublicKey>(*key), SecretBytes::copy_of(*seed), {}};
  for (unsigned i = 0; i < *count; ++i) {
    auto address = take_address(front);
    if (!address) return std::nullopt;
    code.addresses.push_back(*std::move(address));
  }
  return front.empty() ? std::optional(std::move(code)) : std::nullopt;
}

bool is_space(char letter) { return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n'; }

}  // namespace

std::string write_code(const InvitationCode& code) {
  KIEM_CHECK(code.seed.size() == kInvitationSeedBytes && code.addresses.size() <= kMaxCodeAddresses);
  Bytes bytes;
  bytes.reserve(kMaxWord);  // so that no growing leaves a copy of the seed behind
  bytes.push_back(kVersion);
  append(bytes, view(code.key));
  append(bytes, code.seed.view());
  bytes.push_back(static_cast<std::uint8_t>(code.addresses.size()));
  for (const Endpoint& address : code.addresses) {
    const std::string text = to_text(address);
    KIEM_CHECK(is_dialable(address) && text.size() <= kMaxCodeAddressBytes);
    bytes.push_back(static_cast<std::uint8_t>(text.size()));
    append(bytes, view(text));
  }
  append(bytes, check_of(bytes));
  std::string word = std::string(kOpening) + to_base64url(bytes);
  wipe(bytes);
  return word;
}

Result<InvitationCode> read_code(std::string_view text) {
  std::string word;
  for (const char letter : text.substr(0, kMaxWord)) {
    if (!is_space(letter)) word.push_back(letter);
  }
  const bool opens = text.size() <= kMaxWord && word.starts_with(kOpening);
  auto bytes = opens ? from_base64url(std::string_view(word).substr(kOpening.size())) : std::nullopt;
  wipe(word);
  std::optional<InvitationCode> code;
  if (bytes && bytes->size() > kCheckBytes) {
    const ByteView all(*bytes);
    const ByteView told = all.first(all.size() - kCheckBytes);
    if (std::ranges::equal(check_of(told), all.last(kCheckBytes))) code = take_code(told);
  }
  if (bytes) wipe(*bytes);
  if (!code) return fail(ErrorCode::bad_code);
  return *std::move(code);
}

}  // namespace kiem
