#include <doctest/doctest.h>

#include "tests/unit/screens/client.hpp"

namespace kiem {
namespace {

using namespace samples;

void look_at_all_scenes(Client& client, const std::string& where) {
  for (const Scene& scene : scenes()) {
    for (const Lang lang : {Lang::nl, Lang::en}) {
      model::UiState now = scene.state;
      now.settings.lang = lang;
      const gui::Frame& frame = client.show(scene.facts, now);
      const std::vector<std::string> faults = gui::layout_faults(frame);
      INFO(scene.name << ", " << where << (lang == Lang::nl ? ", nl" : ", en"));
      CHECK_MESSAGE(faults.empty(), (faults.empty() ? std::string() : faults.front()));
      CHECK_FALSE(frame.widgets.empty());
    }
  }
}

TEST_CASE("nothing overlaps and no text is cut on a laptop, at any size of letters, in both languages") {
  for (const int percent : gui::kTextSizes) {
    Client client(facts(), state(), kLaptop, percent);
    look_at_all_scenes(client, "laptop at " + std::to_string(percent) + " %");
  }
}

TEST_CASE("nothing overlaps and no text is cut on a phone, at any size of letters, in both languages") {
  for (const int percent : gui::kTextSizes) {
    Client client(facts(), state(), kPhone, percent);
    look_at_all_scenes(client, "phone at " + std::to_string(percent) + " %");
  }
}

TEST_CASE("between phone and laptop the layout changes without a fault") {
  Client client(facts_with_task(), state_with_task(), kLaptop);
  for (const float width : {360.0F, 412.0F, 699.0F, 700.0F, 1024.0F, 1257.0F, 1258.0F, 1920.0F}) {
    client.window.resize({width, 700});
    look_at_all_scenes(client, std::to_string(width) + " wide");
  }
}

TEST_CASE("a page is the same frame when it is drawn again") {
  Client client(facts_with_task(), state_with_task(), kLaptop);
  for (const Scene& scene : scenes()) {
    const std::string first = gui::describe(client.show(scene.facts, scene.state));
    CHECK(gui::describe(client.window.settle()) == first);
  }
}

TEST_CASE("the list and the open task stand beside each other where there is room, else the task alone") {
  Client client(facts_with_task(), state_with_task(), kLaptop);
  CHECK(gui::says(client.window.last(), "Goedemiddag, Noor"));
  CHECK(gui::says(client.window.last(), "Je ziet het adres als je bevestigd bent"));
  client.window.resize({1257, 768});
  CHECK_FALSE(gui::says(client.window.last(), "Goedemiddag, Noor"));
  CHECK(gui::says(client.window.last(), "Je ziet het adres als je bevestigd bent"));
  client.window.resize(kPhone);
  CHECK_FALSE(gui::says(client.window.last(), "Goedemiddag, Noor"));
  CHECK(gui::find(client.window.last(), "Terug") != nullptr);
}

TEST_CASE("a bar too narrow for all its words keeps whole words and the way to the rest") {
  Client client(facts(), state(), kPhone, 200);
  CHECK(gui::find(client.window.last(), "Meer") != nullptr);
  CHECK(gui::find(client.window.last(), "Plaatsen") == nullptr);
  REQUIRE(client.click("Meer"));
  CHECK(client.click("Plaatsen"));
  CHECK(client.state.page == model::Page::places);
}

}  // namespace
}  // namespace kiem
