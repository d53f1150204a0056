// One list of fields for both directions: what a message writes is what it reads (sync/PROTOCOL.md section 3).
//
// A struct with `template <class Io> void fields(Io& io)` names each field once, with its map key and bounds. Keys
// ascend from 0, a field is left out exactly when it is empty, and keys behind the known ones are skipped: a later
// version may add what this one need not understand.
// Shared by the codec of sync/wire and its tests; nobody else includes this. One thread at a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/cbor.hpp"
#include "core/base/check.hpp"

namespace kiem::wire {

constexpr std::uint64_t kLastFieldKey = 255;

class FieldWriter;
class FieldReader;

template <class T>
concept HasFields = requires(T& value, FieldWriter& io) {
  value.fields(io);
};

template <HasFields T>
void write_fields(CborWriter& out, const T& value);
template <HasFields T>
[[nodiscard]] Status read_fields(CborReader& reader, T& value);

// --- one value -------------------------------------------------------------------------------------------------------
inline void put(CborWriter& out, std::uint32_t value) { out.unsigned_integer(value); }
inline void put(CborWriter& out, std::uint64_t value) { out.unsigned_integer(value); }
inline void put(CborWriter& out, const Bytes& value) { out.bytes(value); }
inline void put(CborWriter& out, const std::string& value) { out.text(value); }
template <class Tag, std::size_t Size>
void put(CborWriter& out, const Id<Tag, Size>& value) {
  out.bytes(view(value));
}
template <HasFields T>
void put(CborWriter& out, const T& value) {
  write_fields(out, value);
}

inline Status get(CborReader& reader, std::uint32_t& value) {
  KIEM_TRY_GET(const std::uint64_t found, reader.unsigned_integer(UINT32_MAX));
  value = static_cast<std::uint32_t>(found);
  return {};
}
// Counters are rows of SQLite, hence signed 64-bit numbers.
inline Status get(CborReader& reader, std::uint64_t& value) {
  KIEM_TRY_GET(value, reader.unsigned_integer(INT64_MAX));
  return {};
}
inline Status get(CborReader& reader, Bytes& value) {
  KIEM_TRY_GET(const ByteView found, reader.bytes(1));
  value = to_bytes(found);
  return {};
}
inline Status get(CborReader& reader, std::string& value) {
  KIEM_TRY_GET(const std::string_view found, reader.text());
  value = std::string(found);
  return {};
}
template <class Tag, std::size_t Size>
Status get(CborReader& reader, Id<Tag, Size>& value) {
  KIEM_TRY_GET(value, (reader.id<Id<Tag, Size>>()));
  return {};
}
template <HasFields T>
Status get(CborReader& reader, T& value) {
  return read_fields(reader, value);
}

// --- a struct --------------------------------------------------------------------------------------------------------
class FieldWriter {
 public:
  template <class T>
  void need(std::uint64_t key, const T& value) {
    out_.unsigned_integer(key);
    put(out_, value);
    ++count_;
  }
  template <class T>
  void maybe(std::uint64_t key, const std::optional<T>& value) {
    if (value) need(key, *value);
  }
  void flag(std::uint64_t key, bool value) {
    if (!value) return;
    out_.unsigned_integer(key);
    out_.boolean(true);
    ++count_;
  }
  template <class T>
  void list(std::uint64_t key, const std::vector<T>& values, std::size_t min, std::size_t max) {
    KIEM_CHECK(values.size() >= min && values.size() <= max);
    if (values.empty()) return;
    out_.unsigned_integer(key);
    out_.array(values.size());
    for (const auto& value : values) put(out_, value);
    ++count_;
  }
  void finish(CborWriter& whole) {
    whole.map(count_);
    if (count_ > 0) whole.raw(out_.view());
  }

 private:
  CborWriter out_;
  std::size_t count_ = 0;
};

class FieldReader {
 public:
  explicit FieldReader(CborReader& reader) : reader_(reader) {}

  [[nodiscard]] Status begin() {
    KIEM_TRY_GET(left_, reader_.map(kLastFieldKey + 1));
    return next_key();
  }
  template <class T>
  void need(std::uint64_t key, T& value) {
    if (status_ && key_ != key) status_ = reader_.refuse("a required field");
    take(key, [&] { return get(reader_, value); });
  }
  template <class T>
  void maybe(std::uint64_t key, std::optional<T>& value) {
    value.reset();
    take(key, [&] { return get(reader_, value.emplace()); });
  }
  void flag(std::uint64_t key, bool& value) {
    value = false;
    take(key, [&]() -> Status {
      KIEM_TRY_GET(value, reader_.boolean());
      return value ? Status{} : Status(reader_.refuse("no field for false"));
    });
  }
  template <class T>
  void list(std::uint64_t key, std::vector<T>& values, std::size_t min, std::size_t max) {
    values.clear();
    if (status_ && min > 0 && key_ != key) status_ = reader_.refuse("a required list");
    take(key, [&]() -> Status {
      KIEM_TRY_GET(const std::size_t count, reader_.array(std::max<std::size_t>(min, 1)));
      if (count > max) return fail(ErrorCode::too_large, Fault::peer, {"list", std::to_string(max)});
      for (std::size_t i = 0; i < count; ++i) KIEM_TRY(get(reader_, values.emplace_back()));
      return {};
    });
  }
  // Skips what a later version added.
  [[nodiscard]] Status finish() {
    while (status_ && key_) {
      if (*key_ < after_known_) return reader_.refuse("ascending keys");
      KIEM_TRY(reader_.item());
      status_ = next_key();
    }
    return status_;
  }

 private:
  template <class Read>
  void take(std::uint64_t key, const Read& read) {
    after_known_ = key + 1;
    if (!status_ || key_ != key) return;
    status_ = read();
    if (status_) status_ = next_key();
  }
  [[nodiscard]] Status next_key() {
    const auto last = key_;
    key_.reset();
    if (left_ == 0) return {};
    --left_;
    CborReader ahead = reader_;
    KIEM_TRY_GET(const std::uint64_t key, ahead.unsigned_integer(kLastFieldKey));
    if (last && key <= *last) return reader_.refuse("ascending keys");
    reader_ = ahead;
    key_ = key;
    return {};
  }

  CborReader& reader_;
  Status status_;
  std::size_t left_ = 0;
  std::optional<std::uint64_t> key_;
  std::uint64_t after_known_ = 0;
};

template <HasFields T>
void write_fields(CborWriter& out, const T& value) {
  FieldWriter io;
  // The one list of fields serves both directions, so it takes a mutable struct; a writer changes nothing.
  const_cast<T&>(value).fields(io);
  io.finish(out);
}

template <HasFields T>
Status read_fields(CborReader& reader, T& value) {
  FieldReader io(reader);
  KIEM_TRY(io.begin());
  value.fields(io);
  return io.finish();
}

}  // namespace kiem::wire
