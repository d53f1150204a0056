#include "core/oplog/codec.hpp"

namespace kiem::codec {

tl::unexpected<Error> over(std::string_view what, std::size_t limit) {
  return fail(ErrorCode::too_large, Fault::peer, {std::string(what), std::to_string(limit)});
}

Result<std::size_t> read_count(CborReader& reader, std::string_view what, std::size_t min, std::size_t max) {
  KIEM_TRY_GET(const std::size_t count, reader.array(min));
  if (count > max) return over(what, max);
  return count;
}

Result<std::uint64_t> read_key(CborReader& reader, std::optional<std::uint64_t>& last) {
  CborReader ahead = reader;
  KIEM_TRY_GET(const std::uint64_t key, ahead.unsigned_integer(kLastKey));
  if (last && key <= *last) return reader.refuse("ascending keys");
  last = key;
  reader = ahead;
  return key;
}

Status read_unknown(CborReader& reader, std::uint64_t key, std::vector<UnknownField>& unknown) {
  KIEM_TRY_GET(const ByteView value, reader.item());
  unknown.push_back({key, to_bytes(value)});
  return {};
}

void write_unknown(CborWriter& out, const std::vector<UnknownField>& unknown, std::uint64_t first_unknown) {
  std::uint64_t next = first_unknown;
  for (const auto& field : unknown) {
    KIEM_CHECK(field.key >= next && field.key <= kLastKey);
    KIEM_CHECK(is_cbor_item(field.value));
    out.unsigned_integer(field.key);
    out.raw(field.value);
    next = field.key + 1;
  }
}

bool has_must_key(const std::vector<UnknownField>& unknown) {
  return std::any_of(unknown.begin(), unknown.end(), [](const auto& field) { return field.key >= kFirstMustKey; });
}

}  // namespace kiem::codec
