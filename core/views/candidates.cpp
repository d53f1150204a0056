#include "core/views/candidates.hpp"

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/views/queries.hpp"

namespace kiem {
namespace {

constexpr std::size_t kMaxChoices = 10;

bool is_id_prefix(std::string_view text) {
  return text.size() >= kMinPrefix && text.size() <= 52 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

Result<RecordId> choose_named(const std::vector<Candidate>& all, std::string_view kind, std::string_view text,
                              std::uint64_t unread) {
  std::vector<Candidate> matches;
  const auto keep = [&](auto&& fits) {
    matches.clear();
    std::copy_if(all.begin(), all.end(), std::back_inserter(matches), fits);
  };
  // A title that happens to look like an id is still found by its exact words first.
  keep([&](const Candidate& each) { return each.title == text; });
  if (matches.empty() && is_id_prefix(text)) {
    const std::string prefix = lower_case(text);
    keep([&](const Candidate& each) { return to_text(each.id).starts_with(prefix); });
  }
  if (matches.size() == 1) return matches.front().id;
  if (matches.empty() && unread > 0) return fail(ErrorCode::page_damaged, Fault::damage, {"?"});
  std::vector<std::string> args{std::string(kind), std::string(text)};
  if (matches.empty()) return fail(ErrorCode::not_found, Fault::person, std::move(args));
  for (std::size_t i = 0; i < matches.size() && i < kMaxChoices; ++i) {
    args.push_back(to_text(matches[i].id).substr(0, 8) + " " + matches[i].title);
  }
  return fail(ErrorCode::ambiguous, Fault::person, std::move(args));
}

}  // namespace kiem
