// One list of fields for both directions, for structs that know nothing of it (sync/PROTOCOL.md section 12).
//
// A struct is an array of all its fields in the order of Fields<T>::of; both ends have the same protocol number, so
// there is nothing to skip and nothing to leave out. An optional is null or its value, a list an array, a variant an
// array [which, value], a text a byte string: what a person typed may be no UTF-8, and to say so is the business of
// whoever answers. The nesting is that of the types, never that of the bytes. Shared by the codecs of sync/control and
// its tests. One thread at a time.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/cbor.hpp"
#include "core/base/check.hpp"
#include "core/base/env.hpp"
#include "core/domain/requests.hpp"
#include "sync/control/field_count.hpp"
#include "sync/control/wiped_bytes.hpp"

namespace kiem::control {

struct Bounds {
  const char* what;        // of a too_large
  std::size_t item_bytes;  // of a whole message
  std::size_t text_bytes;
  std::size_t file_bytes;  // of a Bytes
  std::size_t list_items;  // in all lists of a message together: a byte may decode to a struct of many
};

// Specialised for a struct: static constexpr auto of(auto& value) gives a std::tie of its fields.
template <class T>
struct Fields;
// Specialised for an enum: the last of its values, which go up from 0 without a hole.
template <class E>
struct Last;

// Whether a value of an enum has a name; the compilers print "(kiem::Role)7" for one that has none.
template <auto Value>
constexpr bool is_named() {
  return std::string_view(__PRETTY_FUNCTION__).find("= (") == std::string_view::npos;
}
template <class E>
constexpr std::uint64_t last_of() {
  constexpr E kLast = Last<E>::kValue;
  using Number = std::underlying_type_t<E>;
  static_assert(is_named<kLast>() && !is_named<static_cast<E>(static_cast<Number>(kLast) + 1)>(),
                "Last<E> is not the last");
  return static_cast<std::uint64_t>(kLast);
}

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsList = false;
template <class T>
inline constexpr bool kIsList<std::vector<T>> = !std::is_same_v<T, std::uint8_t>;
template <class T>
inline constexpr bool kIsVariant = false;
template <class... T>
inline constexpr bool kIsVariant<std::variant<T...>> = true;
template <class T>
inline constexpr bool kIsId = false;
template <class Tag, std::size_t Size>
inline constexpr bool kIsId<Id<Tag, Size>> = true;

// A secret is a byte string, between guarded memory and a frame that is wiped.
template <class T>
inline constexpr bool kIsSecret = std::is_same_v<T, SharedSecret>;

template <class T>
constexpr auto fields_of(T& value) {
  auto fields = Fields<std::remove_const_t<T>>::of(value);
  check_count<std::tuple_size_v<decltype(fields)>>(value);
  return fields;
}

// --- writing ---------------------------------------------------------------------------------------------------------

// Walks over a value twice: first it only counts and checks bounds, then it fills a buffer of just that size, so that
// no copy of a secret is left behind by a buffer that grew.
class Writer {
 public:
  Writer(const Bounds& bounds, Bytes* out) : bounds_(bounds), out_(out), items_left_(bounds.list_items) {}

  template <class T>
  void put(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      head(7, value ? 21 : 20);
    } else if constexpr (std::is_enum_v<T>) {
      KIEM_CHECK(static_cast<std::uint64_t>(value) <= last_of<T>());
      head(0, static_cast<std::uint64_t>(value));
    } else if constexpr (std::is_integral_v<T>) {
      integer(value);
    } else if constexpr (std::is_same_v<T, WallTime>) {
      integer(value.ms);
    } else if constexpr (std::is_same_v<T, std::string>) {
      fits_ = fits_ && value.size() <= bounds_.text_bytes;
      bytes(view(value));
    } else if constexpr (std::is_same_v<T, Bytes>) {
      fits_ = fits_ && value.size() <= bounds_.file_bytes;
      bytes(value);
    } else if constexpr (kIsId<T>) {
      bytes(view(value));
    } else if constexpr (kIsSecret<T>) {
      const ByteView secret = value.bytes == nullptr ? ByteView{} : value.bytes->view();
      fits_ = fits_ && secret.size() <= bounds_.text_bytes;
      bytes(secret);
    } else if constexpr (kIsOptional<T>) {
      value ? put(*value) : head(7, 22);
    } else if constexpr (kIsList<T>) {
      fits_ = fits_ && value.size() <= items_left_;
      if (!fits_) return;
      items_left_ -= value.size();
      head(4, value.size());
      for (const auto& item : value) put(item);
    } else if constexpr (kIsVariant<T>) {
      head(4, 2);
      head(0, value.index());
      std::visit([&](const auto& alternative) { put(alternative); }, value);
    } else {
      std::apply(
          [&](const auto&... field) {
            head(4, sizeof...(field));
            (put(field), ...);
          },
          fields_of(value));
    }
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool fits() const { return fits_ && size_ <= bounds_.item_bytes; }

 private:
  void integer(std::int64_t value) {
    // As CborWriter::integer: the complement of a negative number never overflows.
    value < 0 ? head(1, ~static_cast<std::uint64_t>(value)) : head(0, static_cast<std::uint64_t>(value));
  }
  void integer(std::uint64_t value) { head(0, value); }
  void integer(std::int32_t value) { integer(std::int64_t{value}); }
  void integer(std::uint32_t value) { head(0, value); }
  void integer(std::uint16_t value) { head(0, value); }

  // The shortest head of RFC 8949 section 3.
  void head(unsigned major, std::uint64_t value) {
    unsigned width = 0;
    if (value >= 24) width = 1;
    if (value > 0xffU) width = 2;
    if (value > 0xffffU) width = 4;
    if (value > 0xffffffffU) width = 8;
    size_ += 1 + width;
    if (out_ == nullptr) return;
    static constexpr std::array<std::uint8_t, 9> kAdded{0, 24, 25, 0, 26, 0, 0, 0, 27};
    const auto low = width == 0 ? static_cast<std::uint8_t>(value) : kAdded.at(width);
    out_->push_back(static_cast<std::uint8_t>((major << 5U) | low));
    for (unsigned shift = width * 8; shift > 0; shift -= 8) {
      out_->push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
    }
  }
  void bytes(ByteView value) {
    head(2, value.size());
    size_ += value.size();
    if (out_ != nullptr) append(*out_, value);
  }

  const Bounds& bounds_;
  Bytes* out_;
  std::size_t items_left_;
  std::size_t size_ = 0;
  bool fits_ = true;
};

constexpr std::size_t kPrefixBytes = 4;

// A whole frame: the item's length as 4 bytes, most significant first, and the item. too_large (args: what, limit) when
// a bound is passed.
template <class T>
[[nodiscard]] Result<WipedBytes> to_frame(const T& value, const Bounds& bounds) {
  Writer measure(bounds, nullptr);
  measure.put(value);
  if (!measure.fits()) {
    return fail(ErrorCode::too_large, Fault::person, {bounds.what, std::to_string(bounds.item_bytes)});
  }
  const std::size_t size = measure.size();
  Bytes out;
  out.reserve(kPrefixBytes + size);
  for (unsigned shift = 32; shift > 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(size >> (shift - 8)));
  Writer(bounds, &out).put(value);
  KIEM_CHECK(out.size() == kPrefixBytes + size);
  return WipedBytes(std::move(out));
}

// --- reading ---------------------------------------------------------------------------------------------------------

class Reader {
 public:
  Reader(ByteView bytes, const Bounds& bounds) : cbor_(bytes), bounds_(bounds), items_left_(bounds.list_items) {}

  template <class T>
  [[nodiscard]] Status get(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      KIEM_TRY_GET(value, cbor_.boolean());
    } else if constexpr (std::is_enum_v<T>) {
      KIEM_TRY_GET(const std::uint64_t number, cbor_.unsigned_integer(last_of<T>()));
      value = static_cast<T>(number);
    } else if constexpr (std::is_signed_v<T>) {
      KIEM_TRY_GET(const std::int64_t number,
                   cbor_.integer(std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
      value = static_cast<T>(number);
    } else if constexpr (std::is_unsigned_v<T>) {
      KIEM_TRY_GET(const std::uint64_t number, cbor_.unsigned_integer(std::numeric_limits<T>::max()));
      value = static_cast<T>(number);
    } else if constexpr (std::is_same_v<T, WallTime>) {
      KIEM_TRY_GET(value.ms, cbor_.integer());
    } else if constexpr (std::is_same_v<T, std::string>) {
      KIEM_TRY_GET(const ByteView found, cbor_.bytes(0, bounds_.text_bytes));
      value = std::string(text_view(found));
    } else if constexpr (std::is_same_v<T, Bytes>) {
      KIEM_TRY_GET(const ByteView found, cbor_.bytes(0, bounds_.file_bytes));
      value = to_bytes(found);
    } else if constexpr (kIsId<T>) {
      KIEM_TRY_GET(value, cbor_.id<T>());
    } else if constexpr (kIsSecret<T>) {
      KIEM_TRY_GET(const ByteView found, cbor_.bytes(0, bounds_.text_bytes));
      value.bytes = std::make_shared<const SecretBytes>(SecretBytes::copy_of(found));
    } else if constexpr (kIsOptional<T>) {
      return get_optional(value);
    } else if constexpr (kIsList<T>) {
      return get_list(value);
    } else if constexpr (kIsVariant<T>) {
      return get_variant(value);
    } else {
      return get_struct(value);
    }
    return {};
  }
  [[nodiscard]] CborReader& cbor() { return cbor_; }

 private:
  template <class T>
  [[nodiscard]] Status get_optional(std::optional<T>& value) {
    KIEM_TRY_GET(const CborType type, cbor_.peek());
    if (type != CborType::null) return get(value.emplace());
    value.reset();
    return cbor_.null();
  }
  template <class T>
  [[nodiscard]] Status get_list(std::vector<T>& values) {
    KIEM_TRY_GET(const std::size_t count, cbor_.array(0, items_left_));
    items_left_ -= count;
    values.clear();
    // No room is made ahead: a count that lies is found out before it costs memory.
    for (std::size_t i = 0; i < count; ++i) KIEM_TRY(get(values.emplace_back()));
    return {};
  }
  template <class... Alternatives>
  [[nodiscard]] Status get_variant(std::variant<Alternatives...>& value) {
    KIEM_TRY(cbor_.array(2, 2));
    KIEM_TRY_GET(const std::uint64_t which, cbor_.unsigned_integer(sizeof...(Alternatives) - 1));
    Status status;
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      static_cast<void>(((which == Index && (status = get(value.template emplace<Index>()), true)) || ...));
    }
    (std::index_sequence_for<Alternatives...>());
    return status;
  }
  template <class T>
  [[nodiscard]] Status get_struct(T& value) {
    return std::apply(
        [&](auto&... field) -> Status {
          KIEM_TRY(cbor_.array(sizeof...(field), sizeof...(field)));
          Status status;
          static_cast<void>(((status = get(field)).has_value() && ...));
          return status;
        },
        fields_of(value));
  }

  CborReader cbor_;
  const Bounds& bounds_;
  std::size_t items_left_;
};

// Exactly one item. not_canonical for anything that to_frame does not write, too_large for a longer one; a peer's
// fault.
template <class T>
[[nodiscard]] Result<T> from_item(ByteView item, const Bounds& bounds) {
  if (item.size() > bounds.item_bytes) {
    return fail(ErrorCode::too_large, Fault::peer, {bounds.what, std::to_string(bounds.item_bytes)});
  }
  Reader reader(item, bounds);
  T value;
  KIEM_TRY(reader.get(value));
  KIEM_TRY(reader.cbor().finish());
  return value;
}

}  // namespace kiem::control
