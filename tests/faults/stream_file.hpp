// A MergeStream in a file, for a process of its own: the base, then each operation behind its length, all as eight
// bytes of this machine.
#pragma once

#include "tests/faults/merge_stream.hpp"

namespace kiem::test {

inline void write_stream(const MergeStream& stream, const std::filesystem::path& path) {
  Bytes bytes;
  const auto put = [&bytes](std::uint64_t number) {
    for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
  };
  put(static_cast<std::uint64_t>(stream.base));
  for (const auto& operation : stream.operations) {
    put(operation.size());
    bytes.insert(bytes.end(), operation.begin(), operation.end());
  }
  write_all(path, bytes);
}

inline MergeStream read_stream(const std::filesystem::path& path) {
  const Bytes bytes = read_all(path);
  std::size_t at = 0;
  const auto take = [&] {
    KIEM_CHECK(at + 8 <= bytes.size());
    std::uint64_t number = 0;
    for (int i = 7; i >= 0; --i) number = number << 8U | bytes[at + static_cast<std::size_t>(i)];
    at += 8;
    return number;
  };
  MergeStream stream;
  stream.base = static_cast<std::int64_t>(take());
  while (at < bytes.size()) {
    const auto size = take();
    KIEM_CHECK(at + size <= bytes.size());
    stream.operations.push_back(to_bytes(ByteView(bytes).subspan(at, size)));
    at += size;
  }
  return stream;
}

}  // namespace kiem::test
