// Typing, and what must never happen to what was typed.
#include <doctest/doctest.h>

#include "gui/kit/headless.hpp"
#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

struct Form {
  std::string search;
  std::string name;
  std::string secret;
  int entered = 0;
  int changed = 0;
  int escapes = 0;
  bool shut = false;
  bool gone = false;
  void operator()(Ui& ui) {
    search_field(ui, {20, 20, 300, 48}, "Zoek een taak", search);
    if (!gone) {
      const auto answer = text_field(ui, {20, 100, 300, 120}, "Naam", name, {.enabled = !shut});
      entered += answer.entered ? 1 : 0;
      changed += answer.changed ? 1 : 0;
    }
    text_field(ui, {20, 240, 300, 120}, "Wachtzin", secret, {.secret = true});
    button(ui, {20, 400, 300, 48}, "Opslaan");
    escapes += ui.pressed(Key::escape) ? 1 : 0;
  }
};

struct Filled {
  Form form;
  Headless window{{800, 600}, {}, std::ref(form)};
  void to_name() {
    window.settle();
    window.key(Key::tab);
    window.key(Key::tab);
  }
};

TEST_CASE_FIXTURE(Filled, "a field reached by Tab takes letters, with accents too") {
  to_name();
  window.type("Zoë Yıldız-Ünal");
  CHECK(form.name == "Zoë Yıldız-Ünal");
  CHECK(form.changed > 0);
  CHECK(find(window.last(), "Naam")->value == "Zoë Yıldız-Ünal");
}

TEST_CASE_FIXTURE(Filled, "a field reached by the mouse takes letters") {
  CHECK(window.click("Naam"));
  window.type("Ria");
  CHECK(form.name == "Ria");
  CHECK(window.click("Zoek een taak"));
  window.type("soep");
  CHECK(form.name == "Ria");
  CHECK(form.search == "soep");
}

TEST_CASE_FIXTURE(Filled, "letters without a field go nowhere") {
  window.settle();
  window.type("verloren");
  CHECK(form.name.empty());
  CHECK(form.search.empty());
}

TEST_CASE_FIXTURE(Filled, "Tab leaves a field with what was typed in it, and coming back selects it") {
  to_name();
  window.type("Ria");
  window.key(Key::tab);
  CHECK(focused(window.last())->label == "Wachtzin");
  CHECK(form.name == "Ria");
  window.key(Key::tab, {.shift = true});
  window.type("Jo");
  CHECK(form.name == "Jo");
}

TEST_CASE_FIXTURE(Filled, "Escape leaves what was typed and reaches the screen") {
  to_name();
  window.type("Ria");
  window.key(Key::escape);
  CHECK(form.name == "Ria");
  CHECK(form.escapes == 1);
  window.type("!");
  CHECK(form.name == "Ria!");
}

TEST_CASE_FIXTURE(Filled, "Escape empties the search field, and only then reaches the screen") {
  CHECK(window.click("Zoek een taak"));
  window.type("soep");
  window.key(Key::escape);
  CHECK(form.search.empty());
  CHECK(form.escapes == 0);
  window.type("taart");
  CHECK(form.search == "taart");
  window.key(Key::escape);
  window.key(Key::escape);
  CHECK(form.escapes == 1);
}

TEST_CASE_FIXTURE(Filled, "Enter in a field is told once, and editing goes on") {
  to_name();
  window.type("Ria");
  window.key(Key::enter);
  CHECK(form.entered == 1);
  window.type("n");
  CHECK(form.name == "Rian");
  CHECK(form.entered == 1);
}

TEST_CASE_FIXTURE(Filled, "arrows, Home, End and Backspace edit") {
  to_name();
  window.type("abc");
  window.key(Key::left);
  window.key(Key::backspace);
  CHECK(form.name == "ac");
  window.key(Key::home);
  window.type("x");
  CHECK(form.name == "xac");
  window.key(Key::end);
  window.type("z");
  CHECK(form.name == "xacz");
  window.key(Key::home);
  window.key(Key::del);
  CHECK(form.name == "acz");
}

TEST_CASE_FIXTURE(Filled, "letters and keys in one batch keep their order") {
  to_name();
  for (const char32_t c : {U'a', U'b'}) window.ui().feed(Typed{c});
  window.ui().feed(KeyPressed{Key::backspace, {}});
  window.ui().feed(Typed{U'c'});
  window.ui().feed(KeyPressed{Key::tab, {}});
  window.ui().feed(Typed{U'd'});
  window.settle();
  CHECK(form.name == "ac");
  CHECK(form.secret == "d");
}

TEST_CASE_FIXTURE(Filled, "up and down leave a line of text") {
  to_name();
  window.type("Ria");
  window.key(Key::down);
  CHECK(focused(window.last())->label == "Wachtzin");
  window.key(Key::up);
  window.key(Key::up);
  CHECK(focused(window.last())->label == "Zoek een taak");
}

TEST_CASE_FIXTURE(Filled, "text is copied, cut and pasted") {
  to_name();
  window.type("Ria");
  window.key(Key::a, {.ctrl = true});
  window.key(Key::c, {.ctrl = true});
  window.key(Key::end);
  window.key(Key::v, {.ctrl = true});
  CHECK(form.name == "RiaRia");
  window.key(Key::a, {.ctrl = true});
  window.key(Key::x, {.ctrl = true});
  CHECK(form.name.empty());
  window.key(Key::z, {.ctrl = true});
  CHECK(form.name == "RiaRia");
}

TEST_CASE_FIXTURE(Filled, "a secret is never told to the list nor copied") {
  window.settle();
  CHECK(window.click("Wachtzin"));
  window.type("geheim");
  CHECK(form.secret == "geheim");
  CHECK_FALSE(says(window.last(), "geheim"));
  window.key(Key::a, {.ctrl = true});
  window.key(Key::c, {.ctrl = true});
  CHECK(window.click("Naam"));
  window.key(Key::v, {.ctrl = true});
  CHECK(form.name.empty());
}

TEST_CASE_FIXTURE(Filled, "a text that the screen changes while it is edited stays as the screen says") {
  to_name();
  window.type("Ria");
  form.name = "Joke";
  window.settle();
  CHECK(form.name == "Joke");
  window.type("!");
  CHECK(form.name == "Joke!");
}

TEST_CASE_FIXTURE(Filled, "a field that goes away and comes back has kept its text") {
  to_name();
  window.type("Ria");
  form.gone = true;
  window.settle();
  CHECK(form.name == "Ria");
  form.gone = false;
  CHECK(window.click("Naam"));
  window.key(Key::end);
  window.type("n");
  CHECK(form.name == "Rian");
}

TEST_CASE_FIXTURE(Filled, "a shut field is passed over and takes nothing") {
  form.shut = true;
  window.settle();
  CHECK_FALSE(window.click("Naam"));
  window.key(Key::tab);
  window.key(Key::tab);
  CHECK(focused(window.last())->label == "Wachtzin");
  window.type("x");
  CHECK(form.name.empty());
}

TEST_CASE("a screen can put the keyboard in a field") {
  std::string search;
  bool ask = false;
  Headless window({800, 600}, {}, [&](Ui& ui) {
    button(ui, {20, 100, 300, 48}, "Knop");
    search_field(ui, {20, 20, 300, 48}, "Zoek een taak", search);
    if (ui.pressed(Key::k, {.ctrl = true})) ui.ask_focus("Zoek een taak");
    if (ask) ui.ask_focus("Knop");
    ask = false;
  });
  window.settle();
  window.key(Key::k, {.ctrl = true});
  window.type("soep");
  CHECK(search == "soep");
  ask = true;
  window.settle();
  CHECK(focused(window.last())->label == "Knop");
}

TEST_CASE("a problem below a field is told to the list") {
  std::string name;
  Headless window({800, 600}, {}, [&](Ui& ui) {
    text_field(ui, {20, 20, 300, 200}, "Naam", name, {.help = "Voornaam is genoeg.", .problem = "Vul een naam in."});
  });
  window.settle();
  CHECK(find(window.last(), "Naam")->problem == "Vul een naam in.");
  CHECK(says(window.last(), "Vul een naam in."));
  CHECK_FALSE(says(window.last(), "Voornaam is genoeg."));
}

}  // namespace
}  // namespace kiem::gui
