#include <cmath>
#include <numbers>

#include "gui/kit/state.hpp"
#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

constexpr float kChipHeight = 30;
constexpr float kChipPadding = 12;
constexpr float kChipIcon = 26;

bool is_letter(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= 0xC0 && c != 0xD7 && c != 0xF7);
}

// Upper case of the letters that Latin, Greek and Cyrillic write in pairs; others stay.
char32_t upper(char32_t c) {
  if ((c >= U'a' && c <= U'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7)) return c - 32;
  const bool even_pairs = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x200 && c <= 0x21F);
  if (even_pairs && c % 2 == 1) return c - 1;
  const bool odd_pairs = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
  if (odd_pairs && c % 2 == 0) return c - 1;
  if (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) return c - 32;
  if (c >= 0x430 && c <= 0x44F) return c - 32;
  if (c >= 0x450 && c <= 0x45F) return c - 80;
  return c;
}

std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    unsigned character = 0;
    const int bytes = ImTextCharFromUtf8(&character, at, end);
    if (bytes <= 0) break;
    characters.push_back(static_cast<char32_t>(character));
    at += bytes;
  }
  return characters;
}

void append(std::string& text, char32_t character) {
  std::array<char, 5> bytes{};
  text += ImTextCharToUtf8(bytes.data(), static_cast<unsigned>(character));
}

}  // namespace

void chip(Ui& ui, const Rect& rect, std::string_view text, Tone tone, std::optional<Icon> shown) {
  const auto [back, front] = inks_of(tone);
  Widget& widget = record(ui, Role::chip, text, rect);
  widget.cut = chip_size(ui, text, shown).x > rect.w + 0.5F;
  draw_fill(ui, rect, color_of(ui, back), rect.h / 2);
  float x = rect.x + kChipPadding;
  if (shown) {
    draw_icon(ui, {x + 10, rect.centre().y}, *shown, color_of(ui, front));
    x += kChipIcon;
  }
  draw_text(ui, {x, rect.centre().y}, Font::small_strong, color_of(ui, front), text);
}

Vec chip_size(const Ui& ui, std::string_view text, std::optional<Icon> shown) {
  return {ui.text_width(Font::small_strong, text) + 2 * kChipPadding + (shown ? kChipIcon : 0), kChipHeight};
}

void badge(Ui& ui, Vec centre, int count, std::string_view label) {
  const std::string text = std::to_string(count);
  const float width = std::max(28.0F, ui.text_width(Font::small_strong, text) + 16);
  const Rect rect{centre.x - width / 2, centre.y - 14, width, 28};
  record(ui, Role::badge, label, rect);
  draw_fill(ui, rect, color_of(ui, Ink::tile), 14);
  draw_lines(ui, rect, Font::small_strong, color_of(ui, Ink::text), {text}, true);
}

std::string initials(std::string_view name) {
  const std::u32string letters = characters_of(name);
  std::string result;
  std::size_t words = 0;
  std::size_t second = letters.size();  // letter after the first one of the first word
  for (std::size_t i = 0; i < letters.size() && words < 2; ++i) {
    const bool begins = is_letter(letters[i]) && (i == 0 || letters[i - 1] == U' ' || letters[i - 1] == U'-');
    if (!begins) continue;
    append(result, upper(letters[i]));
    if (words == 0) second = i + 1;
    ++words;
  }
  if (words == 1 && second < letters.size() && is_letter(letters[second])) append(result, letters[second]);
  return result.empty() ? "?" : result;
}

void avatar(Ui& ui, const Rect& rect, std::string_view name) {
  static constexpr std::array<ToneInks, 5> kPairs{{{Ink::avatar_1, Ink::on_avatar_1},
                                                   {Ink::avatar_2, Ink::on_avatar_2},
                                                   {Ink::avatar_3, Ink::on_avatar_3},
                                                   {Ink::avatar_4, Ink::on_avatar_4},
                                                   {Ink::avatar_5, Ink::on_avatar_5}}};
  const auto [back, front] = kPairs[hash_of(0, name) % kPairs.size()];
  record(ui, Role::picture, name.empty() ? "?" : name, rect);
  draw_fill(ui, rect, color_of(ui, back), rect.w / 2);
  draw_lines(ui, rect, Font::small_strong, color_of(ui, front), {initials(name)}, true);
}

void free_seat(Ui& ui, const Rect& rect, std::string_view label) {
  record(ui, Role::picture, label, rect);
  const float s = ui.state().scale;
  constexpr int kDashes = 16;
  constexpr float kFull = 2 * std::numbers::pi_v<float>;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (int i = 0; i < kDashes; ++i) {
    const float from = kFull * static_cast<float>(i) / kDashes;
    list.PathArcTo({rect.centre().x * s, rect.centre().y * s}, (rect.w / 2 - 1) * s, from,
                   from + kFull / kDashes * 0.6F);
    list.PathStroke(color_of(ui, Ink::edge), 0, std::max(1.0F, 1.5F * s));
  }
}

void date_tile(Ui& ui, const Rect& rect, std::string_view weekday, std::string_view day, std::string_view month,
               Tone tone, std::string_view label) {
  const auto [back, front] = inks_of(tone);
  Widget& widget = record(ui, Role::picture, label, rect);
  draw_fill(ui, rect, color_of(ui, back), 12);
  const float middle = rect.centre().y;
  const ImU32 strong = color_of(ui, tone == Tone::neutral ? Ink::text : front);
  const auto line = [&](float y, Font font, ImU32 color, std::string_view text) {
    const Rect place{rect.x, middle + y - size_of(font) / 2, rect.w, size_of(font)};
    widget.cut = draw_lines(ui, place, font, color, {text}, true) || widget.cut;
  };
  line(-20, Font::small, color_of(ui, front), weekday);
  line(0, Font::section, strong, day);
  line(20, Font::small, color_of(ui, front), month);
}

void progress(Ui& ui, const Rect& rect, std::string_view label, std::string_view value, float fraction) {
  Widget& widget = record(ui, Role::progress, label, rect);
  widget.value = value;
  const float height = std::min(rect.h, 10.0F);
  const Rect track{rect.x, rect.centre().y - height / 2, rect.w, height};
  draw_fill(ui, track, color_of(ui, Ink::tile), height / 2);
  draw_edge(ui, track, color_of(ui, Ink::edge), height / 2, 1);
  const float part = std::clamp(fraction, 0.0F, 1.0F);
  if (part > 0) {
    draw_fill(ui, {track.x, track.y, std::max(height, track.w * part), height}, color_of(ui, Ink::primary), height / 2);
  }
}

}  // namespace kiem::gui
