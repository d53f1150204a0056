#include "gui/kit/picture.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "gui/kit/headless.hpp"
#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

namespace fs = std::filesystem;

// A folder of its own that goes with the test.
struct Folder {
  fs::path path;
  Folder() : path(fs::temp_directory_path() / "kiem-picture-XXXXXX") {
    std::string name = path.string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string at(const std::string& name) const { return (path / name).string(); }
};

Picture picture_of(const std::function<void(Ui&)>& draw, Vec size = {120, 80}, const Look& look = {}) {
  Headless window(size, look, draw);
  window.settle();
  return paint(window.ui());
}

Color pixel(const Picture& picture, int x, int y) {
  const auto at =
      (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)) * 4;
  return {picture.rgba[at], picture.rgba[at + 1], picture.rgba[at + 2], picture.rgba[at + 3]};
}

TEST_CASE("a fill covers its pixels exactly, in the colours of the theme") {
  for (const Theme theme : kThemes) {
    const Palette& palette = palette_of(theme);
    const Picture picture = picture_of(
        [](Ui& ui) {
          fill(ui, {10, 20, 30, 40}, Ink::primary);
        },
        {120, 80}, {.theme = theme});
    CHECK(picture.width == 120);
    CHECK(picture.height == 80);
    CHECK(pixel(picture, 0, 0) == palette[Ink::page]);
    CHECK(pixel(picture, 119, 79) == palette[Ink::page]);
    CHECK(pixel(picture, 10, 20) == palette[Ink::primary]);
    CHECK(pixel(picture, 39, 59) == palette[Ink::primary]);
    CHECK(pixel(picture, 9, 20) == palette[Ink::page]);
    CHECK(pixel(picture, 40, 59) == palette[Ink::page]);
    CHECK(pixel(picture, 39, 60) == palette[Ink::page]);
  }
}

TEST_CASE("letters leave ink, in darker and lighter pixels") {
  const Picture picture = picture_of([](Ui& ui) { text_line(ui, {5, 5, 110, 30}, "Kiem"); });
  std::size_t full = 0;
  std::size_t between = 0;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const Color color = pixel(picture, x, y);
      if (color == palette_of(Theme::light)[Ink::page]) continue;
      (color.r < 0x40 ? full : between) += 1;
    }
  }
  CHECK(full > 40);
  CHECK(between > 40);
  CHECK(full + between < 1200);
}

TEST_CASE("two runs paint the same picture") {
  const auto draw = [](Ui& ui) {
    card(ui, {20, 20, 80, 50});
    text_line(ui, {30, 30, 60, 30}, "Zoë");
  };
  CHECK(differing_pixels(picture_of(draw), picture_of(draw), 0) == 0);
}

TEST_CASE("differing pixels are counted beyond the tolerance") {
  Picture a{2, 1, {0, 0, 0, 255, 10, 20, 30, 255}};
  Picture b = a;
  CHECK(differing_pixels(a, b, 0) == 0);
  b.rgba[4] = 18;
  CHECK(differing_pixels(a, b, 8) == 0);
  CHECK(differing_pixels(a, b, 7) == 1);
  b.width = 1;
  b.height = 2;
  CHECK(differing_pixels(a, b, 255) == 2);
}

TEST_CASE("a picture comes back from its file as it was") {
  const Folder folder;
  const Picture picture = picture_of([](Ui& ui) { logo(ui, {20, 20, 44, 44}); });
  REQUIRE(write_png(picture, folder.at("a.png")).has_value());
  const auto read = read_png(folder.at("a.png"));
  REQUIRE(read.has_value());
  CHECK(read->rgba == picture.rgba);
  CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 1);
  // Written again, over the old one.
  REQUIRE(write_png({1, 1, {1, 2, 3, 255}}, folder.at("a.png")).has_value());
  CHECK(read_png(folder.at("a.png"))->width == 1);
}

TEST_CASE("a picture that cannot be written leaves nothing behind") {
  const Folder folder;
  const Picture picture{1, 1, {1, 2, 3, 255}};
  const auto nowhere = write_png(picture, folder.at("gone/a.png"));
  REQUIRE_FALSE(nowhere.has_value());
  CHECK(nowhere.error().code == ErrorCode::file_missing);
  const auto full = write_png(picture, "/dev/full/a.png");
  REQUIRE_FALSE(full.has_value());
  CHECK(full.error().code == ErrorCode::file_missing);
  fs::create_directory(folder.at("folder"));
  std::ofstream(folder.at("folder/x")) << "x";
  const auto onto = write_png(picture, folder.at("folder"));
  REQUIRE_FALSE(onto.has_value());
  CHECK(onto.error().code == ErrorCode::file_unreadable);
  CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 1);
}

TEST_CASE("what is no picture is not read") {
  const Folder folder;
  CHECK(read_png(folder.at("none.png")).error().code == ErrorCode::file_missing);
  std::ofstream(folder.at("text.png")) << "geen plaatje";
  CHECK(read_png(folder.at("text.png")).error().code == ErrorCode::file_unreadable);
  std::ofstream(folder.at("empty.png")) << "";
  CHECK(read_png(folder.at("empty.png")).error().code == ErrorCode::file_unreadable);
}

TEST_CASE("a picture cut short is not read") {
  const Folder folder;
  REQUIRE(write_png(picture_of([](Ui& ui) { logo(ui, {20, 20, 44, 44}); }), folder.at("a.png")).has_value());
  fs::resize_file(folder.at("a.png"), fs::file_size(folder.at("a.png")) / 2);
  CHECK(read_png(folder.at("a.png")).error().code == ErrorCode::file_unreadable);
}

}  // namespace
}  // namespace kiem::gui
