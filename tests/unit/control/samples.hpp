// Any value of what travels on the control socket, from a seed, and whether two are the same.
#pragma once

#include "sync/control/answer_fields.hpp"
#include "sync/control/messages.hpp"
#include "sync/control/request_fields.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::test {

// The borders between widths often.
inline std::uint64_t pick_number(SeededRng& rng) {
  static constexpr std::uint64_t kBorders[]{0,     1,          23,         24,         255,       256,       65535,
                                            65536, UINT32_MAX, 0x7fffffff, 0x80000000, INT64_MAX, UINT64_MAX};
  return rng.chance(50) ? kBorders[rng.below(std::size(kBorders))] : rng.next();
}

// Bytes of every kind, which is more than a text should have in it.
inline Bytes pick_bytes(SeededRng& rng) {
  static constexpr std::size_t kLengths[]{0, 1, 5, 23, 24, 255, 256};
  Bytes bytes(kLengths[rng.below(std::size(kLengths))]);
  rng.fill(bytes);
  return bytes;
}

template <class T>
void pick(SeededRng& rng, T& value);

template <class... T, std::size_t... Index>
void pick_alternative(SeededRng& rng, std::variant<T...>& value, std::size_t which, std::index_sequence<Index...>) {
  static_cast<void>(((which == Index && (pick(rng, value.template emplace<Index>()), true)) || ...));
}
template <class... T>
void pick_variant(SeededRng& rng, std::variant<T...>& value, std::size_t which) {
  pick_alternative(rng, value, which, std::index_sequence_for<T...>());
}

template <class T>
void pick_items(SeededRng& rng, std::vector<T>& values) {
  values.clear();
  for (auto left = rng.below(4); left > 0; --left) pick(rng, values.emplace_back());
}
template <class T>
void pick_maybe(SeededRng& rng, std::optional<T>& value) {
  value.reset();
  if (rng.chance(50)) pick(rng, value.emplace());
}

template <class T>
void pick(SeededRng& rng, T& value) {
  using namespace control;
  if constexpr (std::is_same_v<T, bool>) {
    value = rng.chance(50);
  } else if constexpr (std::is_enum_v<T>) {
    value = static_cast<T>(rng.below(last_of<T>() + 1));
  } else if constexpr (std::is_integral_v<T>) {
    value = static_cast<T>(pick_number(rng));
  } else if constexpr (std::is_same_v<T, WallTime>) {
    value.ms = static_cast<std::int64_t>(pick_number(rng));
  } else if constexpr (std::is_same_v<T, std::string>) {
    value = text_view(pick_bytes(rng));
  } else if constexpr (std::is_same_v<T, Bytes>) {
    value = pick_bytes(rng);
  } else if constexpr (kIsId<T>) {
    rng.fill(value.bytes);
  } else if constexpr (kIsSecret<T>) {
    value.bytes = std::make_shared<const SecretBytes>(SecretBytes::copy_of(pick_bytes(rng)));
  } else if constexpr (kIsOptional<T>) {
    pick_maybe(rng, value);
  } else if constexpr (kIsList<T>) {
    pick_items(rng, value);
  } else if constexpr (kIsVariant<T>) {
    pick_variant(rng, value, rng.below(std::variant_size_v<T>));
  } else {
    std::apply([&](auto&... field) { (pick(rng, field), ...); }, fields_of(value));
  }
}

template <class T>
bool same(const T& a, const T& b);

template <class T>
bool same_items(const T& a, const T& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same(a[i], b[i])) return false;
  }
  return true;
}

template <class T, std::size_t... Index>
bool same_fields(const T& a, const T& b, std::index_sequence<Index...>) {
  return (same(std::get<Index>(a), std::get<Index>(b)) && ...);
}

template <class T>
bool same(const T& a, const T& b) {
  using namespace control;
  if constexpr (kIsOptional<T>) {
    return a.has_value() == b.has_value() && (!a || same(*a, *b));
  } else if constexpr (kIsList<T>) {
    return same_items(a, b);
  } else if constexpr (kIsSecret<T>) {
    return equal_secrets(a.bytes->view(), b.bytes->view());
  } else if constexpr (kIsVariant<T>) {
    return a.index() == b.index() &&
           std::visit([&](const auto& value) { return same(value, std::get<std::decay_t<decltype(value)>>(b)); }, a);
  } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, WallTime> ||
                       std::is_same_v<T, std::string> || std::is_same_v<T, Bytes> || kIsId<T>) {
    return a == b;
  } else {
    const auto left = fields_of(a);
    const auto right = fields_of(b);
    return same_fields(left, right, std::make_index_sequence<std::tuple_size_v<std::remove_const_t<decltype(left)>>>());
  }
}

// A frame's item.
inline ByteView item_of(const control::WipedBytes& frame) { return frame.view().subspan(control::kPrefixBytes); }

}  // namespace kiem::test
