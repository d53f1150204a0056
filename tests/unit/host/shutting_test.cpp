// What a store tells while it shuts, and after the window has gone on: a backend that answers when the test says so.
#include <doctest/doctest.h>

#include "gui/host/host.hpp"
#include "gui/kit/headless.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/temp_home.hpp"
#include "tests/unit/model/samples.hpp"

namespace kiem::test {
namespace {

// Tells what the test gives it, and remembers what it was asked.
class ScriptedBackend final : public gui::Backend {
 public:
  void open(const std::filesystem::path&, Unlock) override {}
  void open_remembered(const std::filesystem::path&) override {}
  void make(const std::filesystem::path&, Unlock, const std::string&) override {}
  void practise(const std::string&) override {}
  void shut() override { ++shuts; }
  void choose_passphrase(Passphrase) override {}
  void remember(bool) override {}
  void ask(NodeRequest request) override { asked.push_back(std::move(request)); }
  void plug(bool) override {}
  [[nodiscard]] std::vector<gui::News> take_news() override { return std::exchange(news, {}); }

  // Everything that was asked, as a store with the samples' initiative answers it.
  void answer_all() {
    const model::Facts known = samples::facts();
    for (NodeRequest& request : std::exchange(asked, {})) {
      Result<NodeAnswer> answer = fail(ErrorCode::store_closed);
      const auto* const plain = std::get_if<Request>(&request);
      if (plain != nullptr && std::holds_alternative<ShowStatus>(*plain)) answer = NodeAnswer(Answer(*known.status));
      if (plain != nullptr && std::holds_alternative<ListTasks>(*plain)) answer = NodeAnswer(Answer(*known.tasks));
      news.emplace_back(gui::RequestAnswered{std::move(request), std::move(answer)});
    }
  }

  std::vector<NodeRequest> asked;
  std::vector<gui::News> news;
  int shuts = 0;
};

struct ScriptedVisitor {
  ScriptedVisitor() {
    model::UiState state;
    state.has_store = false;
    state.page = model::Page::first_run;
    host = std::make_unique<gui::Host>(
        gui::HostServices{clock, [](WallTime) { return 60; }, folder.store(), [](const model::Settings&) {}}, backend,
        std::move(state));
    app = host->app();
    host->practise("Noor");
    tell(gui::PracticeBegun{"een code"});
    for (int round = 0; round < 2; ++round) {  // the status tells of an initiative, whose tasks are asked for next
      backend.answer_all();
      settle();
      tell(gui::StoreChanged{});
    }
    backend.answer_all();
    settle();
  }
  void settle() {
    do {
      window.settle();
    } while (app.act(window.ui(), 0).draw_again);
  }
  void click(std::string_view label) {
    CAPTURE(label);
    CAPTURE(describe(window.last()));
    REQUIRE(window.click(label, {}));
    settle();
  }
  void tell(gui::News news) {
    backend.news.push_back(std::move(news));
    settle();
  }

  TempHome folder;
  FakeClock clock;
  ScriptedBackend backend;
  std::unique_ptr<gui::Host> host;
  gui::App app;
  gui::Headless window{gui::Vec{1366, 768}, gui::Look{}, [this](gui::Ui& ui) { app.draw(ui); }};
};

TEST_CASE("what the practice garden tells after its visitor has left is shown to nobody") {
  ScriptedVisitor visitor;
  REQUIRE(visitor.host->facts().tasks.has_value());
  visitor.click("Delen");
  visitor.backend.answer_all();
  visitor.settle();
  visitor.tell(gui::StoreChanged{});
  REQUIRE_FALSE(visitor.backend.asked.empty());

  visitor.click("Begin echt");
  REQUIRE(visitor.backend.shuts == 1);
  CHECK(visitor.host->state().page == model::Page::first_run);
  visitor.backend.answer_all();
  visitor.tell(gui::StoreChanged{});
  visitor.tell(gui::NeighbourTold{"terug Sven"});
  visitor.tell(gui::NowListening{{"127.0.0.1:7171"}});
  visitor.tell(gui::StoreFailed{{ErrorCode::disk_full, Fault::machine, {}}});
  CHECK_FALSE(visitor.host->facts().status.has_value());
  CHECK_FALSE(visitor.host->facts().tasks.has_value());
  CHECK(visitor.host->facts().listens.empty());
  CHECK_FALSE(visitor.host->state().notice.has_value());
  CHECK(visitor.host->waiting() == 0);
  CHECK(visitor.backend.asked.empty());
}

TEST_CASE("once a store is known to be shut, the next one's news is shown") {
  ScriptedVisitor visitor;
  visitor.click("Delen");
  visitor.click("Begin echt");
  visitor.backend.answer_all();
  visitor.settle();
  visitor.host->practise("Noor");
  visitor.tell(gui::PracticeBegun{"de code van het bezoek hiervoor"});
  CHECK(visitor.backend.asked.empty());
  visitor.tell(gui::StoreShut{});
  visitor.tell(gui::PracticeBegun{"een code"});
  CHECK_FALSE(visitor.backend.asked.empty());
  visitor.backend.answer_all();
  visitor.settle();
  CHECK(visitor.host->facts().status.has_value());
}

}  // namespace
}  // namespace kiem::test
