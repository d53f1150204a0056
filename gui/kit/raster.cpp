// Dear ImGui's triangles painted without a driver. Sampling is at pixel centres, edges follow the top-left rule of
// OpenGL 4.6 section 14.6.1 (each pixel on a shared edge belongs to one triangle), in whole 1/256 pixels, so a picture
// does not depend on the machine. Blending is that of ImGui's own OpenGL painter: over, without gamma.
#include <cmath>
#include <cstdint>

#include "core/base/check.hpp"
#include "gui/kit/imgui_shim.hpp"
#include "gui/kit/picture.hpp"

namespace kiem::gui {
namespace {

struct Texture {
  const unsigned char* alpha = nullptr;  // its colour is white everywhere
  int width = 0;
  int height = 0;
};

// Between the four texels round a place, clamped at the edges; 0 to 255.
double sample(const Texture& texture, double u, double v) {
  const double x = u * texture.width - 0.5;
  const double y = v * texture.height - 0.5;
  const double left = std::floor(x);
  const double top = std::floor(y);
  const double fx = x - left;
  const double fy = y - top;
  const auto texel = [&](double column, double row) {
    const int at_x = std::clamp(static_cast<int>(column), 0, texture.width - 1);
    const int at_y = std::clamp(static_cast<int>(row), 0, texture.height - 1);
    return static_cast<double>(texture.alpha[at_y * texture.width + at_x]);
  };
  const double above = texel(left, top) * (1 - fx) + texel(left + 1, top) * fx;
  const double below = texel(left, top + 1) * (1 - fx) + texel(left + 1, top + 1) * fx;
  return above * (1 - fy) + below * fy;
}

struct Clip {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
};

void blend(std::uint8_t* pixel, const std::array<double, 4>& color, double coverage) {
  const double alpha = color[3] / 255.0 * coverage / 255.0;
  for (std::size_t i = 0; i < 3; ++i) {
    pixel[i] = static_cast<std::uint8_t>(std::lround(pixel[i] * (1 - alpha) + color[i] * alpha));
  }
}

struct Point {
  std::int64_t x = 0;  // in 1/256 of a pixel
  std::int64_t y = 0;
};
Point point_of(const ImDrawVert& vertex) {
  return {std::llround(vertex.pos.x * 256.0), std::llround(vertex.pos.y * 256.0)};
}

// Twice the area on the left of the edge a-b, seen from c.
std::int64_t side(const Point& a, const Point& b, const Point& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}
bool is_top_left(const Point& a, const Point& b) { return (a.y == b.y && b.x > a.x) || b.y < a.y; }

std::array<double, 4> color_of_vertex(const ImDrawVert& vertex) {
  const auto channel = [&](unsigned shift) { return static_cast<double>((vertex.col >> shift) & 0xFFU); };
  return {channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT), channel(IM_COL32_A_SHIFT)};
}

void triangle(Picture& picture, const Texture& texture, const Clip& clip, const ImDrawVert* a, const ImDrawVert* b,
              const ImDrawVert* c) {
  Point pa = point_of(*a);
  Point pb = point_of(*b);
  Point pc = point_of(*c);
  std::int64_t area = side(pa, pb, pc);
  if (area == 0) return;
  if (area < 0) {
    std::swap(b, c);
    std::swap(pb, pc);
    area = -area;
  }
  const auto first = [](std::int64_t least) { return static_cast<int>((least - 128 + 255) >> 8); };
  const auto last = [](std::int64_t most) { return static_cast<int>((most - 128) >> 8); };
  const int left = std::max(clip.left, first(std::min({pa.x, pb.x, pc.x})));
  const int right = std::min(clip.right - 1, last(std::max({pa.x, pb.x, pc.x})));
  const int top = std::max(clip.top, first(std::min({pa.y, pb.y, pc.y})));
  const int bottom = std::min(clip.bottom - 1, last(std::max({pa.y, pb.y, pc.y})));
  const std::int64_t bias_a = is_top_left(pb, pc) ? 0 : -1;
  const std::int64_t bias_b = is_top_left(pc, pa) ? 0 : -1;
  const std::int64_t bias_c = is_top_left(pa, pb) ? 0 : -1;
  const auto color_a = color_of_vertex(*a);
  const auto color_b = color_of_vertex(*b);
  const auto color_c = color_of_vertex(*c);
  const auto same = [](const ImVec2& one, const ImVec2& other) { return one.x == other.x && one.y == other.y; };
  const bool one_color = a->col == b->col && b->col == c->col;
  const bool one_place = same(a->uv, b->uv) && same(b->uv, c->uv);
  const double flat = one_place ? sample(texture, a->uv.x, a->uv.y) : 0;
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) {
      const Point at{std::int64_t{x} * 256 + 128, std::int64_t{y} * 256 + 128};
      const std::int64_t wa = side(pb, pc, at);
      const std::int64_t wb = side(pc, pa, at);
      const std::int64_t wc = side(pa, pb, at);
      if (wa + bias_a < 0 || wb + bias_b < 0 || wc + bias_c < 0) continue;
      const double fa = static_cast<double>(wa) / static_cast<double>(area);
      const double fb = static_cast<double>(wb) / static_cast<double>(area);
      const double fc = 1 - fa - fb;
      std::array<double, 4> color = color_a;
      if (!one_color) {
        for (std::size_t i = 0; i < 4; ++i) color[i] = color_a[i] * fa + color_b[i] * fb + color_c[i] * fc;
      }
      const double coverage = one_place ? flat
                                        : sample(texture, a->uv.x * fa + b->uv.x * fb + c->uv.x * fc,
                                                 a->uv.y * fa + b->uv.y * fb + c->uv.y * fc);
      const auto offset =
          (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)) * 4;
      blend(&picture.rgba[offset], color, coverage);
    }
  }
}

void paint_list(Picture& picture, const Texture& texture, const ImDrawList& list) {
  for (const ImDrawCmd& command : list.CmdBuffer) {
    KIEM_CHECK(command.UserCallback == nullptr);
    const Clip clip{std::max(0, static_cast<int>(command.ClipRect.x)),
                    std::max(0, static_cast<int>(command.ClipRect.y)),
                    std::min(picture.width, static_cast<int>(command.ClipRect.z)),
                    std::min(picture.height, static_cast<int>(command.ClipRect.w))};
    const ImDrawVert* const vertices = list.VtxBuffer.Data + command.VtxOffset;
    const ImDrawIdx* const indices = list.IdxBuffer.Data + command.IdxOffset;
    for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
      triangle(picture, texture, clip, vertices + indices[i], vertices + indices[i + 1], vertices + indices[i + 2]);
    }
  }
}

}  // namespace

Picture paint(const Ui& ui) {
  const ImDrawData& data = ui.draw_data();
  Picture picture;
  picture.width = static_cast<int>(data.DisplaySize.x);
  picture.height = static_cast<int>(data.DisplaySize.y);
  picture.rgba.assign(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 4, 255);
  Texture texture;
  unsigned char* pixels = nullptr;
  ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &texture.width, &texture.height);
  texture.alpha = pixels;
  for (int i = 0; i < data.CmdListsCount; ++i) paint_list(picture, texture, *data.CmdLists[i]);
  return picture;
}

}  // namespace kiem::gui
