#include "gui/host/direct_backend.hpp"

namespace kiem::gui {

void DirectBackend::open(const std::filesystem::path& home, Unlock unlock) {
  community_.reset();
  auto opened = Community::open(home, unlock, env_, options_);
  Status told;
  if (opened) {
    take(std::move(opened));
  } else {
    told = tl::unexpected<Error>(opened.error());
  }
  news_.emplace_back(StoreOpened{std::move(told)});
}

void DirectBackend::make(const std::filesystem::path& home, Unlock unlock, const std::string& name) {
  community_.reset();
  std::string words;
  auto made = Community::create(home, unlock, name, env_, words, options_);
  if (!made) {
    news_.emplace_back(StoreMade{tl::unexpected<Error>(made.error())});
    return;
  }
  take(std::move(made));
  news_.emplace_back(StoreMade{std::move(words)});
}

void DirectBackend::practise(const std::string&) {
  news_.emplace_back(PracticeBegun{fail(ErrorCode::practice_only, Fault::person, {"picture"})});
}

void DirectBackend::take(Result<std::unique_ptr<Community>> opened) {
  community_ = *std::move(opened);
  community_->on_change([this](const Change&) { news_.emplace_back(StoreChanged{}); });
}

void DirectBackend::ask(NodeRequest request) {
  Result<NodeAnswer> answer = fail(ErrorCode::nobody_known);
  if (community_ == nullptr) {
    answer = fail(ErrorCode::store_closed);
  } else if (const auto* const plain = std::get_if<Request>(&request)) {
    answer = community_->perform(*plain).map([](Answer given) { return NodeAnswer(std::move(given)); });
  }
  news_.emplace_back(RequestAnswered{std::move(request), std::move(answer)});
}

}  // namespace kiem::gui
