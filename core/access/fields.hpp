// How acts of membership write and read their fields (core/base/cbor_fields.hpp): their values, and what becomes of
// fields of a later version: those are kept and written again, and one of the must range is reported, for the whole act
// then counts as unknown.
// Shared by the codecs of core/access; nobody else includes this. One thread at a time.
#pragma once

#include <array>

#include "core/base/cbor_fields.hpp"
#include "core/oplog/operation.hpp"

namespace kiem::access {

static_assert(kLastKey == kLastFieldKey);

template <class T>
concept HasFields = requires(T& value, std::vector<UnknownField>& unknown) {
  unknown = value.unknown;
};

template <class T>
[[nodiscard]] Bytes write_fields(const T& value);
template <class T>
[[nodiscard]] Status read_fields(CborReader& reader, T& value, bool& must);

struct ActCodec {
  bool* must = nullptr;  // set by a reader that meets a field of the must range

  static void put(CborWriter& out, std::uint32_t value) { out.unsigned_integer(value); }
  static void put(CborWriter& out, std::int32_t value) { out.integer(value); }
  static void put(CborWriter& out, const Bytes& value) { out.bytes(value); }
  static void put(CborWriter& out, const std::array<std::uint8_t, 16>& value) { out.bytes(value); }
  template <class Tag, std::size_t Size>
  static void put(CborWriter& out, const Id<Tag, Size>& value) {
    out.bytes(view(value));
  }
  template <HasFields T>
  static void put(CborWriter& out, const T& value) {
    out.raw(write_fields(value));
  }

  static Status get(CborReader& reader, std::uint32_t& value) {
    KIEM_TRY_GET(const std::uint64_t found, reader.unsigned_integer(UINT32_MAX));
    value = static_cast<std::uint32_t>(found);
    return {};
  }
  static Status get(CborReader& reader, std::int32_t& value) {
    KIEM_TRY_GET(const std::int64_t found, reader.integer(INT32_MIN, INT32_MAX));
    value = static_cast<std::int32_t>(found);
    return {};
  }
  static Status get(CborReader& reader, Bytes& value) {
    KIEM_TRY_GET(const ByteView found, reader.bytes(1, kMaxOperationBytes));
    value = to_bytes(found);
    return {};
  }
  static Status get(CborReader& reader, std::array<std::uint8_t, 16>& value) {
    KIEM_TRY_GET(const ByteView found, reader.bytes(value.size(), value.size()));
    std::copy(found.begin(), found.end(), value.begin());
    return {};
  }
  template <class Tag, std::size_t Size>
  static Status get(CborReader& reader, Id<Tag, Size>& value) {
    KIEM_TRY_GET(value, (reader.id<Id<Tag, Size>>()));
    return {};
  }
  template <HasFields T>
  Status get(CborReader& reader, T& value) const {
    return read_fields(reader, value, *must);
  }
};

template <class T>
Bytes write_fields(const T& value) {
  FieldWriter<ActCodec> io;
  // The one list of fields serves both directions, so it takes a mutable struct; a writer changes nothing.
  T copy = value;
  copy.fields(io);
  CborWriter whole;
  io.finish(whole, value.unknown.size());
  std::uint64_t next = io.next_key();
  for (const auto& field : value.unknown) {
    KIEM_CHECK(field.key >= next && field.key <= kLastKey && is_cbor_item(field.value));
    whole.unsigned_integer(field.key);
    whole.raw(field.value);
    next = field.key + 1;
  }
  return whole.take();
}

template <class T>
Status read_fields(CborReader& reader, T& value, bool& must) {
  FieldReader<ActCodec> io(reader, {&must});
  KIEM_TRY(io.begin());
  value.fields(io);
  value.unknown.clear();
  return io.finish([&](std::uint64_t key, ByteView item) {
    value.unknown.push_back({key, to_bytes(item)});
    must = must || key >= kFirstMustKey;
  });
}

}  // namespace kiem::access
