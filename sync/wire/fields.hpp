// How messages write and read their fields (core/base/cbor_fields.hpp; sync/PROTOCOL.md section 3): their values, and
// what becomes of fields of a later version: those are skipped, for it may add what this one need not understand.
// Shared by the codec of sync/wire and its tests; nobody else includes this. One thread at a time.
#pragma once

#include <string>

#include "core/base/cbor_fields.hpp"

namespace kiem::wire {

struct WireCodec;

template <class T>
concept HasFields = requires(T& value, FieldWriter<WireCodec>& io) {
  value.fields(io);
};

template <HasFields T>
void write_fields(CborWriter& out, const T& value);
template <HasFields T>
[[nodiscard]] Status read_fields(CborReader& reader, T& value);

struct WireCodec {
  static void put(CborWriter& out, std::uint32_t value) { out.unsigned_integer(value); }
  static void put(CborWriter& out, std::uint64_t value) { out.unsigned_integer(value); }
  static void put(CborWriter& out, const Bytes& value) { out.bytes(value); }
  static void put(CborWriter& out, const std::string& value) { out.text(value); }
  template <class Tag, std::size_t Size>
  static void put(CborWriter& out, const Id<Tag, Size>& value) {
    out.bytes(view(value));
  }
  template <HasFields T>
  static void put(CborWriter& out, const T& value) {
    write_fields(out, value);
  }

  static Status get(CborReader& reader, std::uint32_t& value) {
    KIEM_TRY_GET(const std::uint64_t found, reader.unsigned_integer(UINT32_MAX));
    value = static_cast<std::uint32_t>(found);
    return {};
  }
  // Counters are rows of SQLite, hence signed 64-bit numbers.
  static Status get(CborReader& reader, std::uint64_t& value) {
    KIEM_TRY_GET(value, reader.unsigned_integer(INT64_MAX));
    return {};
  }
  static Status get(CborReader& reader, Bytes& value) {
    KIEM_TRY_GET(const ByteView found, reader.bytes(1));
    value = to_bytes(found);
    return {};
  }
  static Status get(CborReader& reader, std::string& value) {
    KIEM_TRY_GET(const std::string_view found, reader.text());
    value = std::string(found);
    return {};
  }
  template <class Tag, std::size_t Size>
  static Status get(CborReader& reader, Id<Tag, Size>& value) {
    KIEM_TRY_GET(value, (reader.id<Id<Tag, Size>>()));
    return {};
  }
  template <HasFields T>
  static Status get(CborReader& reader, T& value) {
    return read_fields(reader, value);
  }
};

template <HasFields T>
void write_fields(CborWriter& out, const T& value) {
  FieldWriter<WireCodec> io;
  // The one list of fields serves both directions, so it takes a mutable struct; a writer changes nothing.
  const_cast<T&>(value).fields(io);
  io.finish(out);
}

template <HasFields T>
Status read_fields(CborReader& reader, T& value) {
  FieldReader<WireCodec> io(reader);
  KIEM_TRY(io.begin());
  value.fields(io);
  return io.finish([](std::uint64_t, ByteView) {});
}

}  // namespace kiem::wire
