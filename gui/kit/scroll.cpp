#include "gui/kit/scroll.hpp"

#include <cmath>

#include "core/base/check.hpp"
#include "gui/kit/state.hpp"
#include "gui/kit/take.hpp"

namespace kiem::gui {
namespace {

constexpr float kScrollPadding = 8;  // above and below contents, so that rings and shadows are not cut
constexpr float kShadowRoom = 14;    // of shadows beside contents
constexpr float kBarWidth = 4;
constexpr float kBarGap = 7;
constexpr float kLeastThumb = 36;

float& offset_of(Ui::State& state) { return state.page().offsets[state.areas[*state.area].name]; }

}  // namespace

ScrollArea::ScrollArea(Ui& ui, std::string_view name, const Rect& view) : ui_(ui) {
  Ui::State& state = ui.state();
  KIEM_CHECK(state.in_frame && !state.area && state.areas.size() < 255);
  state.area = state.areas.size();
  state.areas.push_back({hash_of(0, name), view, 0});
  const float s = state.scale;
  ImGui::PushClipRect({std::floor((view.x - kShadowRoom) * s), std::floor(view.y * s)},
                      {std::ceil((view.right() + kShadowRoom) * s), std::ceil(view.bottom() * s)}, true);
}

ScrollArea::~ScrollArea() {
  Ui::State& state = ui_.state();
  const Area& area = state.areas[*state.area];
  ImGui::PopClipRect();
  if (area.height > area.view.h + 0.5F) {
    const float track = area.view.h;
    const float thumb = std::min(track, std::max(kLeastThumb, track * area.view.h / area.height));
    const float most = area.height - area.view.h;
    const float at = std::clamp(offset_of(state) / most, 0.0F, 1.0F) * (track - thumb);
    const bool is_held = state.thumb == area.name;
    draw_fill(ui_, {area.view.right() + kBarGap, area.view.y + at, kBarWidth, thumb},
              color_of(ui_, is_held ? Ink::edge : Ink::hairline), kBarWidth / 2);
  }
  state.area.reset();
}

Rect ScrollArea::content() const {
  Ui::State& state = ui_.state();
  const Rect& view = state.areas[*state.area].view;
  // Whole pixels, or the letters would shimmer.
  const float offset = std::round(offset_of(state) * state.scale) / state.scale;
  return {view.x, view.y + kScrollPadding - offset, view.w, 1000000};
}

void ScrollArea::reach(float bottom) {
  Ui::State& state = ui_.state();
  state.areas[*state.area].height = bottom - content().y + 2 * kScrollPadding;
}

Rows rows_near_sight(const Ui& ui, float top, float pitch, std::size_t count) {
  KIEM_CHECK(pitch > 0);
  const Rect clip = ui.state().clip();
  const float more = ui.area().h;
  const auto row = [&](float y) {
    return static_cast<std::size_t>(std::clamp((y - top) / pitch, 0.0F, static_cast<float>(count)));
  };
  return {row(clip.y - more), std::min(count, row(clip.bottom() + more) + 1)};
}

}  // namespace kiem::gui
