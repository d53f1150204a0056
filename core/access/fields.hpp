// One list of fields for both directions: what a struct of the access circle writes is what it reads.
//
// A struct with `template <class Io> void fields(Io& io)` names each field once, with its map key and bounds;
// FieldWriter and FieldReader walk that list. The rule for every map here: keys ascend from 0, a field is left out
// exactly when it is empty (no value, no items, false), so that a struct has one encoding (FORMAT.md section 14). Keys
// behind the known ones are kept and written again; one of the must range is reported, and the whole act then counts
// as unknown.
// Shared by the codecs of core/access; nobody else includes this. One thread at a time.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/base/cbor.hpp"
#include "core/base/check.hpp"
#include "core/oplog/operation.hpp"

namespace kiem::access {

template <class T>
concept HasFields = requires(T& value, std::vector<UnknownField>& unknown) {
  unknown = value.unknown;
};

class FieldWriter;
class FieldReader;

template <class T>
[[nodiscard]] Bytes write_fields(const T& value);
template <class T>
[[nodiscard]] Status read_fields(CborReader& reader, T& value, bool& must);

// --- one value -------------------------------------------------------------------------------------------------------
inline void put(CborWriter& out, std::uint32_t value) { out.unsigned_integer(value); }
inline void put(CborWriter& out, std::int32_t value) { out.integer(value); }
inline void put(CborWriter& out, bool value) { out.boolean(value); }
inline void put(CborWriter& out, const Bytes& value) { out.bytes(value); }
inline void put(CborWriter& out, const std::array<std::uint8_t, 16>& value) { out.bytes(value); }
template <class Tag, std::size_t Size>
void put(CborWriter& out, const Id<Tag, Size>& value) {
  out.bytes(view(value));
}
template <HasFields T>
void put(CborWriter& out, const T& value) {
  out.raw(write_fields(value));
}

inline Status get(CborReader& reader, std::uint32_t& value, bool&) {
  KIEM_TRY_GET(const std::uint64_t found, reader.unsigned_integer(UINT32_MAX));
  value = static_cast<std::uint32_t>(found);
  return {};
}
inline Status get(CborReader& reader, std::int32_t& value, bool&) {
  KIEM_TRY_GET(const std::int64_t found, reader.integer(INT32_MIN, INT32_MAX));
  value = static_cast<std::int32_t>(found);
  return {};
}
inline Status get(CborReader& reader, Bytes& value, bool&) {
  KIEM_TRY_GET(const ByteView found, reader.bytes(1, kMaxOperationBytes));
  value = to_bytes(found);
  return {};
}
inline Status get(CborReader& reader, std::array<std::uint8_t, 16>& value, bool&) {
  KIEM_TRY_GET(const ByteView found, reader.bytes(value.size(), value.size()));
  std::copy(found.begin(), found.end(), value.begin());
  return {};
}
template <class Tag, std::size_t Size>
Status get(CborReader& reader, Id<Tag, Size>& value, bool&) {
  KIEM_TRY_GET(value, (reader.id<Id<Tag, Size>>()));
  return {};
}
template <HasFields T>
Status get(CborReader& reader, T& value, bool& must) {
  return read_fields(reader, value, must);
}

// --- a struct --------------------------------------------------------------------------------------------------------
class FieldWriter {
 public:
  template <class T>
  void need(std::uint64_t key, const T& value) {
    begin(key);
    put(out_, value);
  }
  template <class T>
  void maybe(std::uint64_t key, const std::optional<T>& value) {
    next_ = key + 1;
    if (value) need(key, *value);
  }
  void flag(std::uint64_t key, bool value) {
    next_ = key + 1;
    if (value) need(key, true);
  }
  template <class T>
  void list(std::uint64_t key, const std::vector<T>& values, std::size_t min, std::size_t max) {
    KIEM_CHECK(values.size() >= min && values.size() <= max);
    next_ = key + 1;
    if (values.empty()) return;
    begin(key);
    out_.array(values.size());
    for (const auto& value : values) put(out_, value);
  }
  // A list whose order says nothing: ascending, without doubles.
  template <class T>
  void set(std::uint64_t key, const std::vector<T>& values, std::size_t min, std::size_t max) {
    for (std::size_t i = 1; i < values.size(); ++i) KIEM_CHECK(values[i - 1] < values[i]);
    list(key, values, min, max);
  }

  [[nodiscard]] Bytes finish(const std::vector<UnknownField>& unknown) {
    CborWriter whole;
    whole.map(count_ + unknown.size());
    whole.raw(out_.view());
    for (const auto& field : unknown) {
      KIEM_CHECK(field.key >= next_ && field.key <= kLastKey && is_cbor_item(field.value));
      whole.unsigned_integer(field.key);
      whole.raw(field.value);
      next_ = field.key + 1;
    }
    return whole.take();
  }

 private:
  void begin(std::uint64_t key) {
    out_.unsigned_integer(key);
    next_ = key + 1;
    ++count_;
  }
  CborWriter out_;
  std::size_t count_ = 0;
  std::uint64_t next_ = 0;
};

class FieldReader {
 public:
  FieldReader(CborReader& reader, bool& must) : reader_(reader), must_(must) {}

  [[nodiscard]] Status begin() {
    KIEM_TRY_GET(left_, reader_.map(kLastKey + 1));
    return next_key();
  }

  template <class T>
  void need(std::uint64_t key, T& value) {
    if (status_ && key_ != key) status_ = reader_.refuse("a required field");
    take(key, [&] { return get(reader_, value, must_); });
  }
  template <class T>
  void maybe(std::uint64_t key, std::optional<T>& value) {
    value.reset();
    take(key, [&] { return get(reader_, value.emplace(), must_); });
  }
  void flag(std::uint64_t key, bool& value) {
    value = false;
    take(key, [&]() -> Status {
      KIEM_TRY_GET(value, reader_.boolean());
      if (!value) return reader_.refuse("no field for false");
      return {};
    });
  }
  template <class T>
  void list(std::uint64_t key, std::vector<T>& values, std::size_t min, std::size_t max) {
    values.clear();
    if (status_ && min > 0 && key_ != key) status_ = reader_.refuse("a required list");
    take(key, [&]() -> Status {
      KIEM_TRY_GET(const std::size_t count, reader_.array(std::max<std::size_t>(min, 1)));
      if (count > max) return fail(ErrorCode::too_large, Fault::peer, {"list", std::to_string(max)});
      for (std::size_t i = 0; i < count; ++i) KIEM_TRY(get(reader_, values.emplace_back(), must_));
      return {};
    });
  }
  template <class T>
  void set(std::uint64_t key, std::vector<T>& values, std::size_t min, std::size_t max) {
    list(key, values, min, max);
    for (std::size_t i = 1; status_ && i < values.size(); ++i) {
      if (!(values[i - 1] < values[i])) status_ = reader_.refuse("ascending items");
    }
  }

  // Keeps what is left. first_unknown: the smallest key that is none of ours.
  [[nodiscard]] Status finish(std::vector<UnknownField>& unknown) {
    unknown.clear();
    while (status_ && key_) {
      if (*key_ < after_known_) return reader_.refuse("ascending keys");
      const auto item = reader_.item();
      if (!item) return tl::unexpected<Error>(item.error());
      unknown.push_back({*key_, to_bytes(*item)});
      if (*key_ >= kFirstMustKey) must_ = true;
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
    KIEM_TRY_GET(const std::uint64_t key, ahead.unsigned_integer(kLastKey));
    if (last && key <= *last) return reader_.refuse("ascending keys");
    reader_ = ahead;
    key_ = key;
    return {};
  }

  CborReader& reader_;
  bool& must_;
  Status status_;
  std::size_t left_ = 0;
  std::optional<std::uint64_t> key_;
  std::uint64_t after_known_ = 0;
};

template <class T>
Bytes write_fields(const T& value) {
  FieldWriter io;
  // The one list of fields serves both directions, so it takes a mutable struct; a writer changes nothing.
  T copy = value;
  copy.fields(io);
  return io.finish(value.unknown);
}

template <class T>
Status read_fields(CborReader& reader, T& value, bool& must) {
  FieldReader io(reader, must);
  KIEM_TRY(io.begin());
  value.fields(io);
  return io.finish(value.unknown);
}

}  // namespace kiem::access
