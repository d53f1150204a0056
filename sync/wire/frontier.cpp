#include "sync/wire/frontier.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "sync/wire/moves.hpp"

namespace kiem::wire {

Bytes encode_rows(std::span<const FrontierRow> rows) {
  KIEM_CHECK(!rows.empty());
  Bytes out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    KIEM_CHECK(rows[i].count >= 1 && (i == 0 || rows[i - 1].name < rows[i].name));
    append(out, rows[i].name);
    put_number(out, rows[i].count - 1);
  }
  return out;
}

Result<std::vector<FrontierRow>> decode_rows(ByteView bytes) {
  const auto refuse = [](const char* expected) { return fail(ErrorCode::not_canonical, Fault::peer, {"0", expected}); };
  std::vector<FrontierRow> rows;
  while (!bytes.empty()) {
    if (bytes.size() <= kChainNameBytes) return refuse("a name and a number");
    FrontierRow row;
    std::copy_n(bytes.begin(), kChainNameBytes, row.name.begin());
    bytes = bytes.subspan(kChainNameBytes);
    KIEM_TRY_GET(const std::uint64_t more, take_number(bytes));
    row.count = more + 1;
    if (!rows.empty() && !(rows.back().name < row.name)) return refuse("ascending names");
    rows.push_back(row);
  }
  if (rows.empty()) return refuse("a row");
  return rows;
}

}  // namespace kiem::wire
