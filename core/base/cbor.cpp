#include "core/base/cbor.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace kiem {
namespace {

// Major types and simple values, RFC 8949 section 3.
enum Major : unsigned { kUnsigned = 0, kNegative = 1, kBytes = 2, kText = 3, kArray = 4, kMap = 5, kSimple = 7 };
constexpr std::uint64_t kFalse = 20;
constexpr std::uint64_t kTrue = 21;
constexpr std::uint64_t kNull = 22;

struct Head {
  unsigned major = 0;
  std::uint64_t value = 0;
  std::size_t size = 0;  // of the head itself
};

tl::unexpected<Error> refuse_at(std::size_t offset, std::string_view expected) {
  return fail(ErrorCode::not_canonical, Fault::peer, {std::to_string(offset), std::string(expected)});
}

std::string up_to(std::string_view what, std::uint64_t max) {
  return std::string(what) + " up to " + std::to_string(max);
}

Result<Head> head_at(ByteView bytes, std::size_t at) {
  if (at >= bytes.size()) return refuse_at(at, "more bytes");
  const unsigned first = bytes[at];
  Head head{first >> 5U, first & 31U, 1};
  if (head.major == kSimple) {
    if (head.value < kFalse || head.value > kNull) return refuse_at(at, "false, true or null");
    return head;
  }
  if (head.major == 6) return refuse_at(at, "no tag");
  if (head.value < 24) return head;
  if (head.value > 27) return refuse_at(at, "a definite length");
  const std::size_t width = std::size_t{1} << (head.value - 24);
  if (bytes.size() - at - 1 < width) return refuse_at(at, "more bytes");
  head.value = 0;
  for (std::size_t i = 1; i <= width; ++i) head.value = (head.value << 8U) | bytes[at + i];
  // The shortest form: a value that fits the next smaller width has no business here.
  const bool longer_than_needed = width == 1 ? head.value < 24 : (head.value >> (width * 4)) == 0;
  if (longer_than_needed) return refuse_at(at, "the shortest form");
  head.size = 1 + width;
  return head;
}

// The offset after the item at `at`, everything in it checked.
Result<std::size_t> item_end(ByteView bytes, std::size_t at, std::size_t depth) {
  KIEM_TRY_GET(const Head head, head_at(bytes, at));
  const std::size_t left = bytes.size() - at - head.size;
  std::size_t end = at + head.size;
  switch (head.major) {
    case kBytes:
    case kText: {
      if (head.value > left) return refuse_at(at, "more bytes");
      const ByteView content = bytes.subspan(end, static_cast<std::size_t>(head.value));
      if (head.major == kText && !is_utf8(text_view(content))) return refuse_at(at, "valid UTF-8");
      return end + content.size();
    }
    case kArray:
      if (depth == kCborMaxDepth) return refuse_at(at, up_to("nesting", kCborMaxDepth));
      if (head.value > left) return refuse_at(at, "more bytes");
      for (std::uint64_t i = 0; i < head.value; ++i) {
        KIEM_TRY_GET(end, item_end(bytes, end, depth + 1));
      }
      return end;
    case kMap: {
      if (depth == kCborMaxDepth) return refuse_at(at, up_to("nesting", kCborMaxDepth));
      if (head.value > left / 2) return refuse_at(at, "more bytes");
      std::optional<std::uint64_t> last;
      for (std::uint64_t i = 0; i < head.value; ++i) {
        KIEM_TRY_GET(const Head key, head_at(bytes, end));
        if (key.major != kUnsigned || (last && key.value <= *last)) {
          return refuse_at(end, "ascending unsigned integer keys");
        }
        last = key.value;
        KIEM_TRY_GET(end, item_end(bytes, end + key.size, depth + 1));
      }
      return end;
    }
    default:
      return end;  // integers and simple values are their head
  }
}

}  // namespace

// --- writer ----------------------------------------------------------------------------------------------------------

void append_cbor_head(Bytes& out, unsigned major, std::uint64_t value) {
  const auto first = static_cast<unsigned>(major << 5U);
  if (value < 24) {
    out.push_back(static_cast<std::uint8_t>(first | value));
    return;
  }
  unsigned power = 0;
  if (value > 0xffU) power = 1;
  if (value > 0xffffU) power = 2;
  if (value > 0xffffffffU) power = 3;
  out.push_back(static_cast<std::uint8_t>(first | (24U + power)));
  for (unsigned shift = 8U << power; shift > 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
  }
}

void CborWriter::head(unsigned major, std::uint64_t value) { append_cbor_head(out_, major, value); }

void CborWriter::unsigned_integer(std::uint64_t value) { head(kUnsigned, value); }

void CborWriter::integer(std::int64_t value) {
  // -1 - value of a negative number is its bitwise complement, which unlike the subtraction never overflows.
  if (value < 0) {
    head(kNegative, ~static_cast<std::uint64_t>(value));
  } else {
    head(kUnsigned, static_cast<std::uint64_t>(value));
  }
}

void CborWriter::bytes(ByteView value) {
  head(kBytes, value.size());
  append(out_, value);
}

void CborWriter::text(std::string_view value) {
  KIEM_CHECK(is_utf8(value));
  head(kText, value.size());
  append(out_, kiem::view(value));
}

void CborWriter::array(std::size_t count) { head(kArray, count); }
void CborWriter::map(std::size_t count) { head(kMap, count); }
void CborWriter::null() { head(kSimple, kNull); }
void CborWriter::boolean(bool value) { head(kSimple, value ? kTrue : kFalse); }
void CborWriter::raw(ByteView items) { append(out_, items); }

// --- reader ----------------------------------------------------------------------------------------------------------

tl::unexpected<Error> CborReader::refuse(std::string_view expected) const { return refuse_at(position_, expected); }

Result<CborType> CborReader::peek() const {
  KIEM_TRY_GET(const Head head, head_at(bytes_, position_));
  switch (head.major) {
    case kUnsigned:
      return CborType::unsigned_integer;
    case kNegative:
      return CborType::negative_integer;
    case kBytes:
      return CborType::bytes;
    case kText:
      return CborType::text;
    case kArray:
      return CborType::array;
    case kMap:
      return CborType::map;
    default:
      return head.value == kNull ? CborType::null : CborType::boolean;
  }
}

Result<std::uint64_t> CborReader::unsigned_integer(std::uint64_t max) {
  KIEM_TRY_GET(const Head head, head_at(bytes_, position_));
  if (head.major != kUnsigned || head.value > max) return refuse(up_to("an unsigned integer", max));
  position_ += head.size;
  return head.value;
}

Result<std::int64_t> CborReader::integer(std::int64_t min, std::int64_t max) {
  KIEM_TRY_GET(const Head head, head_at(bytes_, position_));
  const bool fits = (head.major == kUnsigned || head.major == kNegative) && head.value <= INT64_MAX;
  const auto magnitude = static_cast<std::int64_t>(head.value);
  const std::int64_t value = head.major == kNegative ? -1 - (fits ? magnitude : 0) : magnitude;
  if (!fits || value < min || value > max) {
    return refuse("an integer from " + std::to_string(min) + " to " + std::to_string(max));
  }
  position_ += head.size;
  return value;
}

Result<ByteView> CborReader::bytes(std::size_t min, std::size_t max) {
  KIEM_TRY_GET(const Head head, head_at(bytes_, position_));
  if (head.major != kBytes || head.value < min || head.value > max) {
    return refuse(min == max ? "a byte string of " + std::to_string(min)
                             : std::string("a byte string of a fit length"));
  }
  if (head.value > bytes_.size() - position_ - head.size) return refuse("more bytes");
  const ByteView found = bytes_.subspan(position_ + head.size, static_cast<std::size_t>(head.value));
  position_ += head.size + found.size();
  return found;
}

Result<std::string_view> CborReader::text(std::size_t max) {
  KIEM_TRY_GET(const Head head, head_at(bytes_, position_));
  if (head.major != kText || head.value > max) return refuse("a text of a fit length");
  if (head.value > bytes_.size() - position_ - head.size) return refuse("more bytes");
  const auto found = text_view(bytes_.subspan(position_ + head.size, static_cast<std::size_t>(head.value)));
  if (!is_utf8(found)) return refuse("valid UTF-8");
  position_ += head.size + found.size();
  return found;
}

Result<std::size_t> CborReader::array(std::size_t min, std::size_t max) {
  KIEM_TRY_GET(const Head head, head_at(bytes_, position_));
  if (head.major != kArray || head.value < min || head.value > max) return refuse("an array of a fit length");
  // An item is at least a byte long, so a count beyond what is left is refused before anyone reserves room for it.
  if (head.value > bytes_.size() - position_ - head.size) return refuse("more bytes");
  position_ += head.size;
  return static_cast<std::size_t>(head.value);
}

Result<std::size_t> CborReader::map(std::size_t max) {
  KIEM_TRY_GET(const Head head, head_at(bytes_, position_));
  if (head.major != kMap || head.value > max) return refuse("a map of a fit length");
  if (head.value > (bytes_.size() - position_ - head.size) / 2) return refuse("more bytes");
  position_ += head.size;
  return static_cast<std::size_t>(head.value);
}

Status CborReader::null() {
  KIEM_TRY_GET(const Head head, head_at(bytes_, position_));
  if (head.major != kSimple || head.value != kNull) return refuse("null");
  position_ += head.size;
  return {};
}

Result<bool> CborReader::boolean() {
  KIEM_TRY_GET(const Head head, head_at(bytes_, position_));
  if (head.major != kSimple || head.value == kNull) return refuse("false or true");
  position_ += head.size;
  return head.value == kTrue;
}

Result<ByteView> CborReader::item() {
  KIEM_TRY_GET(const std::size_t end, item_end(bytes_, position_, 0));
  const ByteView found = bytes_.subspan(position_, end - position_);
  position_ = end;
  return found;
}

Status CborReader::finish() const {
  if (!at_end()) return refuse("no trailing bytes");
  return {};
}

bool is_cbor_item(ByteView bytes) {
  const auto end = item_end(bytes, 0, 0);
  return end && *end == bytes.size();
}

// The table of RFC 3629 section 4: what the second byte may be depends on the first, and that alone keeps out overlong
// forms, surrogates and what lies beyond U+10FFFF.
bool is_utf8(std::string_view text) {
  const ByteView bytes = view(text);
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned first = bytes[i];
    if (first < 0x80) {
      ++i;
      continue;
    }
    std::size_t more = 0;
    unsigned low = 0x80;
    unsigned high = 0xbf;
    if (first >= 0xc2 && first <= 0xdf) {
      more = 1;
    } else if (first >= 0xe0 && first <= 0xef) {
      more = 2;
      if (first == 0xe0) low = 0xa0;
      if (first == 0xed) high = 0x9f;
    } else if (first >= 0xf0 && first <= 0xf4) {
      more = 3;
      if (first == 0xf0) low = 0x90;
      if (first == 0xf4) high = 0x8f;
    } else {
      return false;
    }
    if (bytes.size() - i - 1 < more) return false;
    if (bytes[i + 1] < low || bytes[i + 1] > high) return false;
    for (std::size_t k = 2; k <= more; ++k) {
      if (bytes[i + k] < 0x80 || bytes[i + k] > 0xbf) return false;
    }
    i += 1 + more;
  }
  return true;
}

}  // namespace kiem
