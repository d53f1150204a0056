#include "core/identity/recovery.hpp"

#include <algorithm>
#include <array>

#include "core/base/check.hpp"
#include "core/crypto/hash.hpp"
#include "core/identity/words.hpp"

namespace kiem {
namespace {

constexpr unsigned kBitsOfWord = 11;
constexpr unsigned kBitsOfChecksum = 4;
static_assert(kRecoveryBytes * 8 + kBitsOfChecksum == kRecoveryWords * kBitsOfWord);
static_assert(kWordCount == 1U << kBitsOfWord);

// A word somebody mistyped is shown back to them; a page pasted by mistake is not.
constexpr std::size_t kShownOfWord = 40;

using Numbers = std::array<std::uint16_t, kRecoveryWords>;

void wipe_numbers(Numbers& numbers) {
  wipe(std::span(reinterpret_cast<std::uint8_t*>(numbers.data()), sizeof numbers));
}

// In the upper four bits, where it stands behind the last byte of the bits.
std::uint8_t checksum_of(ByteView bits) {
  auto hash = hash_of("kiem.words.0", {bits});
  const auto checksum = static_cast<std::uint8_t>(hash.bytes[0] & 0xF0U);
  wipe(hash.bytes);
  return checksum;
}

// Bit `at` of the 132 counts from the most significant bit of the first byte.
unsigned mask_of(std::size_t at) { return 0x80U >> (at % 8); }

Numbers numbers_of(ByteView bits_and_checksum) {
  Numbers numbers{};
  for (std::size_t at = 0; at < kRecoveryWords * kBitsOfWord; ++at) {
    auto& number = numbers[at / kBitsOfWord];
    number = static_cast<std::uint16_t>((number << 1U) | ((bits_and_checksum[at / 8] & mask_of(at)) != 0 ? 1U : 0U));
  }
  return numbers;
}

SecretBytes bits_of(const Numbers& numbers) {
  SecretBytes bits(kRecoveryBytes + 1);
  for (std::size_t at = 0; at < kRecoveryWords * kBitsOfWord; ++at) {
    const std::size_t shift = kBitsOfWord - 1 - at % kBitsOfWord;
    if ((static_cast<unsigned>(numbers[at / kBitsOfWord]) >> shift & 1U) == 0) continue;
    auto& byte = bits.edit()[at / 8];
    byte = static_cast<std::uint8_t>(byte | mask_of(at));
  }
  return bits;
}

bool is_separator(char letter) { return std::string_view(" \t\r\n\v\f.,;").find(letter) != std::string_view::npos; }

bool is_number(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

// The next word of `text`, which then begins behind it; empty at the end.
std::string_view take_word(std::string_view& text) {
  const auto begin = std::find_if_not(text.begin(), text.end(), is_separator);
  const auto end = std::find_if(begin, text.end(), is_separator);
  const auto found = text.substr(static_cast<std::size_t>(begin - text.begin()), static_cast<std::size_t>(end - begin));
  text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
  return found;
}

// Cut at the border of a UTF-8 character, never inside one.
std::string shown(std::string_view text) {
  if (text.size() <= kShownOfWord) return std::string(text);
  std::size_t size = kShownOfWord;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return std::string(text.substr(0, size));
}

}  // namespace

RecoveryWords RecoveryWords::generate(Rng& rng) { return RecoveryWords(SecretBytes::random(kRecoveryBytes, rng)); }

RecoveryWords RecoveryWords::from_bits(ByteView bits) {
  KIEM_CHECK(bits.size() == kRecoveryBytes);
  return RecoveryWords(SecretBytes::copy_of(bits));
}

Result<RecoveryWords> RecoveryWords::parse(std::string_view text) {
  Numbers numbers{};
  std::size_t count = 0;
  for (auto typed = take_word(text); !typed.empty(); typed = take_word(text)) {
    if (is_number(typed)) continue;
    const auto index = index_of(typed);
    ++count;
    if (!index) {
      wipe_numbers(numbers);
      return fail(ErrorCode::wrong_words, Fault::person, {std::to_string(count), shown(typed)});
    }
    if (count <= kRecoveryWords) numbers[count - 1] = *index;
  }
  const SecretBytes bits = bits_of(numbers);
  wipe_numbers(numbers);
  if (count != kRecoveryWords) return fail(ErrorCode::wrong_words, Fault::person, {std::to_string(count)});
  const ByteView seed = bits.view().first(kRecoveryBytes);
  if (checksum_of(seed) != bits.view()[kRecoveryBytes]) return fail(ErrorCode::wrong_words);
  return from_bits(seed);
}

std::string RecoveryWords::to_text() const {
  SecretBytes with_checksum(kRecoveryBytes + 1);
  std::copy(bits_.view().begin(), bits_.view().end(), with_checksum.edit().begin());
  with_checksum.edit()[kRecoveryBytes] = checksum_of(bits_.view());
  Numbers numbers = numbers_of(with_checksum.view());
  std::string text;
  // Room for all of it at once: a string that grows leaves copies of the secret behind.
  text.reserve(kRecoveryWords * (kWordMaxLetters + 1));
  for (const auto number : numbers) {
    if (!text.empty()) text += ' ';
    text += word(number);
  }
  wipe_numbers(numbers);
  return text;
}

SigningKey recovery_key(const RecoveryWords& words, std::string_view purpose) {
  KIEM_CHECK(!purpose.empty());
  auto seed = hash_of("kiem.recovery.0", {words.bits().view(), view(purpose)});
  auto key = SigningKey::from_seed(view(seed));
  wipe(seed.bytes);
  return key;
}

}  // namespace kiem
