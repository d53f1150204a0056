#include "gui/kit/palette.hpp"

#include <cmath>

#include "core/base/check.hpp"

namespace kiem::gui {
namespace {

constexpr Color rgb(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 16U), static_cast<std::uint8_t>((value >> 8U) & 0xFFU),
          static_cast<std::uint8_t>(value & 0xFFU), 255};
}

struct Row {
  Ink ink;
  std::uint32_t light;
  std::uint32_t dark;
  std::uint32_t contrast;
};
constexpr std::array<Row, kInks> kRows{{
    {Ink::page, 0xF6F4EF, 0x141A17, 0x000000},        {Ink::sidebar, 0xFFFFFF, 0x1A221E, 0x000000},
    {Ink::card, 0xFFFFFF, 0x1F2924, 0x0C0C0C},        {Ink::card_selected, 0xFBFAF6, 0x25312B, 0x1C1C10},
    {Ink::text, 0x1D2B24, 0xEDF2EE, 0xFFFFFF},        {Ink::muted, 0x56645C, 0xA9B8AF, 0xE0E0E0},
    {Ink::hairline, 0xE4E0D6, 0x33413A, 0x8C8C8C},    {Ink::edge, 0x868C82, 0x73827A, 0xFFFFFF},
    {Ink::primary, 0x2C6A4B, 0x7CC79C, 0xFFD83D},     {Ink::primary_hover, 0x235840, 0x93D6AF, 0xFFE98A},
    {Ink::on_primary, 0xFFFFFF, 0x0E2418, 0x000000},  {Ink::tint, 0xE3F0E7, 0x24402F, 0x33300A},
    {Ink::on_tint, 0x1F5639, 0xA6E0BD, 0xFFE98A},     {Ink::amber, 0xFCEFD2, 0x43361A, 0x332600},
    {Ink::on_amber, 0x7A4E00, 0xF3C969, 0xFFD98A},    {Ink::red, 0xFBE4DE, 0x4A2720, 0x3A0E08},
    {Ink::on_red, 0x98301B, 0xF5A896, 0xFFC4B8},      {Ink::tile, 0xF1EEE6, 0x2A352F, 0x262626},
    {Ink::on_tile, 0x56645C, 0xA9B8AF, 0xF0F0F0},     {Ink::inverse, 0x1D2B24, 0xEDF2EE, 0xFFFFFF},
    {Ink::on_inverse, 0xFFFFFF, 0x1D2B24, 0x000000},  {Ink::focus, 0xB26A00, 0xF0B545, 0x5CE1FF},
    {Ink::shadow, 0x1D2B24, 0x000000, 0x000000},      {Ink::avatar_1, 0xF2DCE6, 0x4B2638, 0x3A0E25},
    {Ink::on_avatar_1, 0x7A1E4B, 0xF2B3D0, 0xFFC9E2}, {Ink::avatar_2, 0xF8E3C8, 0x46351A, 0x332600},
    {Ink::on_avatar_2, 0x7A4A00, 0xF0CB8A, 0xFFE0A6}, {Ink::avatar_3, 0xDDE6F6, 0x22344F, 0x0E1F3A},
    {Ink::on_avatar_3, 0x1F4A86, 0xAFCBF5, 0xC9DEFF}, {Ink::avatar_4, 0xE6E0F6, 0x352F5C, 0x1E1640},
    {Ink::on_avatar_4, 0x4B3591, 0xC9BDF7, 0xDDD3FF}, {Ink::avatar_5, 0xD9EFEB, 0x1E4541, 0x06302B},
    {Ink::on_avatar_5, 0x0F5A50, 0x9FE0D5, 0xB8F5EA},
}};

constexpr Palette palette_from(std::uint32_t Row::*column) {
  Palette palette{};
  for (std::size_t i = 0; i < kInks; ++i) palette.colors[i] = rgb(kRows[i].*column);
  return palette;
}
constexpr std::array<Palette, kThemes.size()> kPalettes{palette_from(&Row::light), palette_from(&Row::dark),
                                                        palette_from(&Row::contrast)};

constexpr bool rows_stand_in_order() {
  for (std::size_t i = 0; i < kInks; ++i) {
    if (static_cast<std::size_t>(kRows[i].ink) != i) return false;
  }
  return true;
}
static_assert(rows_stand_in_order());

constexpr double kText = 4.5;
constexpr double kEdge = 3;
constexpr std::array kPairs{
    ContrastPair{Ink::text, Ink::page, kText},
    ContrastPair{Ink::text, Ink::sidebar, kText},
    ContrastPair{Ink::text, Ink::card, kText},
    ContrastPair{Ink::text, Ink::card_selected, kText},
    ContrastPair{Ink::text, Ink::tile, kText},
    ContrastPair{Ink::muted, Ink::page, kText},
    ContrastPair{Ink::muted, Ink::sidebar, kText},
    ContrastPair{Ink::muted, Ink::card, kText},
    ContrastPair{Ink::muted, Ink::card_selected, kText},
    ContrastPair{Ink::on_primary, Ink::primary, kText},
    ContrastPair{Ink::on_primary, Ink::primary_hover, kText},
    ContrastPair{Ink::primary, Ink::page, kText},
    ContrastPair{Ink::primary, Ink::sidebar, kText},
    ContrastPair{Ink::primary, Ink::card, kText},
    ContrastPair{Ink::primary, Ink::card_selected, kEdge},
    ContrastPair{Ink::on_tint, Ink::tint, kText},
    ContrastPair{Ink::text, Ink::tint, kText},
    ContrastPair{Ink::on_amber, Ink::amber, kText},
    ContrastPair{Ink::text, Ink::amber, kText},
    ContrastPair{Ink::on_red, Ink::red, kText},
    ContrastPair{Ink::text, Ink::red, kText},
    ContrastPair{Ink::on_red, Ink::page, kText},
    ContrastPair{Ink::on_red, Ink::card, kText},
    ContrastPair{Ink::on_red, Ink::sidebar, kText},
    ContrastPair{Ink::on_tile, Ink::tile, kText},
    ContrastPair{Ink::on_inverse, Ink::inverse, kText},
    ContrastPair{Ink::edge, Ink::page, kEdge},
    ContrastPair{Ink::edge, Ink::card, kEdge},
    ContrastPair{Ink::edge, Ink::card_selected, kEdge},
    ContrastPair{Ink::edge, Ink::sidebar, kEdge},
    ContrastPair{Ink::focus, Ink::page, kEdge},
    ContrastPair{Ink::focus, Ink::card, kEdge},
    ContrastPair{Ink::focus, Ink::card_selected, kEdge},
    ContrastPair{Ink::focus, Ink::sidebar, kEdge},
    ContrastPair{Ink::focus, Ink::tint, kEdge},
    ContrastPair{Ink::on_avatar_1, Ink::avatar_1, kText},
    ContrastPair{Ink::on_avatar_2, Ink::avatar_2, kText},
    ContrastPair{Ink::on_avatar_3, Ink::avatar_3, kText},
    ContrastPair{Ink::on_avatar_4, Ink::avatar_4, kText},
    ContrastPair{Ink::on_avatar_5, Ink::avatar_5, kText},
};

double luminance(Color color) {
  const auto linear = [](std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

}  // namespace

const Palette& palette_of(Theme theme) { return kPalettes[static_cast<std::size_t>(theme)]; }

ToneInks inks_of(Tone tone) {
  switch (tone) {
    case Tone::neutral:
      return {Ink::tile, Ink::on_tile};
    case Tone::good:
      return {Ink::tint, Ink::on_tint};
    case Tone::notice:
      return {Ink::amber, Ink::on_amber};
    case Tone::alert:
      return {Ink::red, Ink::on_red};
  }
  KIEM_UNREACHABLE("a tone without inks");
}

double contrast(Color a, Color b) {
  const double first = luminance(a) + 0.05;
  const double second = luminance(b) + 0.05;
  return first > second ? first / second : second / first;
}

std::span<const ContrastPair> contrast_pairs() { return kPairs; }

std::string_view name_of(Theme theme) {
  static constexpr std::array<std::string_view, kThemes.size()> kNames{"light", "dark", "contrast"};
  return kNames[static_cast<std::size_t>(theme)];
}

}  // namespace kiem::gui
