// The program without a display: pictures, refusals, exit codes.
#include "gui/app/run.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "gui/app/gallery.hpp"
#include "gui/kit/picture.hpp"
#include "tests/support/fakes.hpp"

namespace kiem::gui {
namespace {

namespace fs = std::filesystem;

struct Program {
  fs::path folder;
  test::FakeClock clock;
  std::ostringstream out;
  std::ostringstream err;
  Program() {
    std::string name = (fs::temp_directory_path() / "kiem-gui-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder = name;
  }
  ~Program() { fs::remove_all(folder); }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  int operator()(const std::vector<std::string_view>& arguments) {
    Gallery gallery;
    return run(arguments, {clock, out, err, Lang::nl}, [&](const Options& options, Lang) -> Result<Start> {
      if (options.view == "nergens") return fail(ErrorCode::not_found, Fault::person, {"bladzijde", options.view});
      return gallery_start(gallery, options);
    });
  }
  [[nodiscard]] std::string at(const std::string& name) const { return (folder / name).string(); }
};

TEST_CASE_FIXTURE(Program, "a screenshot is written in the size and theme asked for") {
  CHECK((*this)({"--screenshot", at("a.png"), "--size", "390x844", "--theme", "dark"}) == 0);
  const auto picture = read_png(at("a.png"));
  REQUIRE(picture.has_value());
  CHECK(picture->width == 390);
  CHECK(picture->height == 844);
  CHECK(Color{picture->rgba[0], picture->rgba[1], picture->rgba[2], picture->rgba[3]} ==
        palette_of(Theme::dark)[Ink::page]);
  CHECK(out.str().empty());
  CHECK(err.str().empty());
}

TEST_CASE_FIXTURE(Program, "a screenshot that cannot be written is refused with a sentence") {
  CHECK((*this)({"--screenshot", at("weg/a.png")}) == 1);
  CHECK_FALSE(err.str().empty());
  CHECK(fs::is_empty(folder));
}

TEST_CASE_FIXTURE(Program, "a beginning that fails ends with its sentence and no file") {
  CHECK((*this)({"--screenshot", at("a.png"), "--view", "nergens"}) == 1);
  CHECK(err.str().find("nergens") != std::string::npos);
  CHECK(fs::is_empty(folder));
}

TEST_CASE_FIXTURE(Program, "wrong use is told, help is given") {
  CHECK((*this)({"--bestaat-niet"}) == 2);
  CHECK(err.str().find("--bestaat-niet") != std::string::npos);
  CHECK((*this)({"--help", "--lang", "en"}) == 0);
  CHECK(out.str() == usage(Lang::en));
}

}  // namespace
}  // namespace kiem::gui
