// One list of fields for both directions: what a struct writes as a CBOR map is what it reads.
//
// A struct with `template <class Io> void fields(Io& io)` names each field once, with its map key and bounds;
// FieldWriter and FieldReader walk that list. The rule for every such map: keys ascend from 0, and a field is left out
// exactly when it is empty (no value, no items, false), so that a struct has one encoding (FORMAT.md section 14,
// sync/PROTOCOL.md section 3). Keys behind the known ones belong to a later version; what becomes of them is the
// caller's to say.
//
// How one value is written and read is a module's own: its Codec has put(CborWriter&, value) and get(CborReader&,
// value&)
// -> Status for every type that its structs hold. Writers and readers are made for one struct and one thread.
#pragma once

#include <optional>
#include <vector>

#include "core/base/cbor.hpp"
#include "core/base/check.hpp"

namespace kiem {

constexpr std::uint64_t kLastFieldKey = 255;

template <class Codec>
class FieldWriter {
 public:
  explicit FieldWriter(Codec codec = {}) : codec_(codec) {}

  template <class T>
  void need(std::uint64_t key, const T& value) {
    begin(key);
    codec_.put(out_, value);
  }
  template <class T>
  void maybe(std::uint64_t key, const std::optional<T>& value) {
    next_ = key + 1;
    if (value) need(key, *value);
  }
  void flag(std::uint64_t key, bool value) {
    next_ = key + 1;
    if (!value) return;
    begin(key);
    out_.boolean(true);
  }
  template <class T>
  void list(std::uint64_t key, const std::vector<T>& values, std::size_t min, std::size_t max) {
    KIEM_CHECK(values.size() >= min && values.size() <= max);
    next_ = key + 1;
    if (values.empty()) return;
    begin(key);
    out_.array(values.size());
    for (const auto& value : values) codec_.put(out_, value);
  }
  // A list whose order says nothing: ascending, without doubles.
  template <class T>
  void set(std::uint64_t key, const std::vector<T>& values, std::size_t min, std::size_t max) {
    for (std::size_t i = 1; i < values.size(); ++i) KIEM_CHECK(values[i - 1] < values[i]);
    list(key, values, min, max);
  }

  // The map's head and the fields; the caller writes `more` fields behind them, with keys from next_key() on.
  void finish(CborWriter& whole, std::size_t more = 0) const {
    whole.map(count_ + more);
    if (count_ > 0) whole.raw(out_.view());
  }
  [[nodiscard]] std::uint64_t next_key() const { return next_; }

 private:
  void begin(std::uint64_t key) {
    out_.unsigned_integer(key);
    next_ = key + 1;
    ++count_;
  }

  Codec codec_;
  CborWriter out_;
  std::size_t count_ = 0;
  std::uint64_t next_ = 0;
};

template <class Codec>
class FieldReader {
 public:
  explicit FieldReader(CborReader& reader, Codec codec = {}) : reader_(reader), codec_(codec) {}

  // Before the fields. The first failure is kept and told by finish().
  [[nodiscard]] Status begin() {
    KIEM_TRY_GET(left_, reader_.map(kLastFieldKey + 1));
    return next_key();
  }
  template <class T>
  void need(std::uint64_t key, T& value) {
    if (status_ && key_ != key) status_ = reader_.refuse("a required field");
    take(key, [&] { return codec_.get(reader_, value); });
  }
  template <class T>
  void maybe(std::uint64_t key, std::optional<T>& value) {
    value.reset();
    take(key, [&] { return codec_.get(reader_, value.emplace()); });
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
      for (std::size_t i = 0; i < count; ++i) KIEM_TRY(codec_.get(reader_, values.emplace_back()));
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

  // After the fields: each field of a later version, whole and canonical, goes to later(key, item).
  template <class Later>
  [[nodiscard]] Status finish(const Later& later) {
    while (status_ && key_) {
      if (*key_ < after_known_) return reader_.refuse("ascending keys");
      KIEM_TRY_GET(const ByteView item, reader_.item());
      later(*key_, item);
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
  Codec codec_;
  Status status_;
  std::size_t left_ = 0;
  std::optional<std::uint64_t> key_;
  std::uint64_t after_known_ = 0;
};

}  // namespace kiem
