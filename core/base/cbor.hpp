// Deterministic CBOR (RFC 8949 section 4.2.1): the one encoding of everything that leaves a device.
//
// What we use of it: unsigned and negative integers, byte and text strings, arrays, maps with ascending unsigned
// integer keys, null, false and true; all of definite length and in the shortest form. No tags, no floats.
// CborWriter owns its output. CborReader looks at bytes that its caller keeps alive; it refuses what is not canonical
// and never reads past its end or nests deeper than kCborMaxDepth. One thread at a time.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace kiem {

constexpr std::size_t kCborMaxDepth = 16;

// The shortest head of an item (RFC 8949 section 3), for who writes other words than items between heads.
void append_cbor_head(Bytes& out, unsigned major, std::uint64_t value);

class CborWriter {
 public:
  void unsigned_integer(std::uint64_t value);
  void integer(std::int64_t value);
  void bytes(ByteView value);
  void text(std::string_view value);
  void array(std::size_t count);  // the caller then writes count items
  void map(std::size_t count);    // the caller then writes count pairs, keys ascending
  void null();
  void boolean(bool value);
  // One or more items that are canonical CBOR already.
  void raw(ByteView items);

  [[nodiscard]] const Bytes& view() const { return out_; }
  [[nodiscard]] Bytes take() { return std::move(out_); }

 private:
  void head(unsigned major, std::uint64_t value);
  Bytes out_;
};

enum class CborType : std::uint8_t { unsigned_integer, negative_integer, bytes, text, array, map, null, boolean };

// Every read either moves past one head (arrays and maps) or one item, or fails with ErrorCode::not_canonical and the
// byte offset (args: offset, what was expected) and stays where it was.
class CborReader {
 public:
  explicit CborReader(ByteView bytes) : bytes_(bytes) {}

  [[nodiscard]] Result<CborType> peek() const;
  [[nodiscard]] Result<std::uint64_t> unsigned_integer(std::uint64_t max = UINT64_MAX);
  [[nodiscard]] Result<std::int64_t> integer(std::int64_t min = INT64_MIN, std::int64_t max = INT64_MAX);
  [[nodiscard]] Result<ByteView> bytes(std::size_t min = 0, std::size_t max = SIZE_MAX);
  // Valid UTF-8 (RFC 3629: no surrogates, nothing overlong), at most max bytes.
  [[nodiscard]] Result<std::string_view> text(std::size_t max = SIZE_MAX);
  [[nodiscard]] Result<std::size_t> array(std::size_t min = 0, std::size_t max = SIZE_MAX);
  [[nodiscard]] Result<std::size_t> map(std::size_t max = SIZE_MAX);
  [[nodiscard]] Status null();
  [[nodiscard]] Result<bool> boolean();
  // Skips one whole item and returns its bytes; refuses what is not canonical anywhere inside it, and arrays and maps
  // nested deeper than kCborMaxDepth, counted from this item. Integers may use CBOR's whole range here.
  [[nodiscard]] Result<ByteView> item();
  template <class IdType>
  [[nodiscard]] Result<IdType> id() {
    KIEM_TRY_GET(const ByteView found, bytes(IdType::kSize, IdType::kSize));
    return *id_from<IdType>(found);
  }

  [[nodiscard]] bool at_end() const { return position_ == bytes_.size(); }
  // not_canonical with "trailing bytes" unless everything was read.
  [[nodiscard]] Status finish() const;
  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] tl::unexpected<Error> refuse(std::string_view expected) const;

 private:
  ByteView bytes_;
  std::size_t position_ = 0;
};

// True for exactly one canonical item and nothing behind it.
[[nodiscard]] bool is_cbor_item(ByteView bytes);

// True for valid UTF-8 as above. Control characters are the caller's to judge.
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace kiem
