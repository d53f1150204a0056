#include "gui/kit/ui.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <utility>

#include "core/base/check.hpp"
#include "gui/kit/focus.hpp"
#include "gui/kit/state.hpp"
#include "gui/kit/take.hpp"

namespace kiem::gui {
namespace {

constexpr float kRingGap = 3;
constexpr float kRingThickness = 3;

// ImGui's memory is wiped when it is given back, since a passphrase is edited in it. The size stands before the block.
struct Block {
  alignas(std::max_align_t) std::size_t size;
};
void* give(std::size_t size, void*) {
  auto* block = static_cast<Block*>(std::malloc(sizeof(Block) + size));
  if (block == nullptr) return nullptr;
  block->size = size;
  return block + 1;
}
void take_back(void* memory, void*) {
  if (memory == nullptr) return;
  Block* block = static_cast<Block*>(memory) - 1;
  explicit_bzero(memory, block->size);
  std::free(block);
}

const char* paste(void* user) {
  auto& state = *static_cast<Ui::State*>(user);
  state.pasted = state.clipboard.get ? state.clipboard.get() : state.kept_text;
  return state.pasted.c_str();
}
void copy(void* user, const char* text) {
  auto& state = *static_cast<Ui::State*>(user);
  if (state.clipboard.set) {
    state.clipboard.set(text);
  } else {
    state.kept_text = text;
  }
}

void wear(Ui::State& state) {
  const Palette& palette = state.palette();
  ImGuiStyle& style = ImGui::GetStyle();
  const auto as_vec4 = [](Color color) { return ImGui::ColorConvertU32ToFloat4(shim::color(color)); };
  for (ImVec4& color : style.Colors) color = {0, 0, 0, 0};
  style.Colors[ImGuiCol_Text] = as_vec4(palette[Ink::text]);
  ImVec4 selected = as_vec4(palette[Ink::primary]);
  selected.w = 0.35F;
  style.Colors[ImGuiCol_TextSelectedBg] = selected;
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.WindowMinSize = {1, 1};
  style.FrameBorderSize = 0;
}

void load(Ui::State& state) {
  state.scale = static_cast<float>(state.look.text_percent) / 100.0F * state.look.pixel_ratio;
  KIEM_CHECK(state.scale >= 0.5F && state.scale <= 8.0F);
  state.fonts = load_fonts(*ImGui::GetIO().Fonts, state.scale, state.letters);
  ImGui::GetIO().Fonts->SetTexID(&state);  // any name; the painter gives its own
  ++state.texture_version;
  state.new_letters = false;
}

void draw_ring(Ui& ui) {
  Ui::State& state = ui.state();
  if (!state.ring) return;
  for (const auto& widget : state.now.widgets) {
    if (widget.id != state.focus || !widget.actionable) continue;
    const bool in_area = widget.area != 0;
    const Rect window{0, 0, state.size.x, state.size.y};
    Rect clip = in_area ? state.areas[widget.area - 1U].view : window;
    if (in_area) clip = Rect{clip.x - 8, clip.y, clip.w + 16, clip.h};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRect({clip.x * state.scale, clip.y * state.scale},
                      {clip.right() * state.scale, clip.bottom() * state.scale}, true);
    const float out = kRingGap + kRingThickness;
    // Where there is no room outside, such as at the window's edge, the ring lies inside.
    Rect ring{widget.rect.x - out, widget.rect.y - out, widget.rect.w + 2 * out, widget.rect.h + 2 * out};
    ring = ring.clipped_to({clip.x, in_area ? ring.y : clip.y, clip.w, in_area ? ring.h : clip.h});
    draw_edge(ui, ring, color_of(ui, Ink::focus), 16, kRingThickness);
    list.PopClipRect();
    return;
  }
}

// The widget that had the keyboard may be gone: its label changed by what it did, or its page closed.
void mend_focus(Ui::State& state) {
  if (state.focus == 0) return;
  const auto is_here = [&](WidgetId id) {
    return std::any_of(state.now.widgets.begin(), state.now.widgets.end(),
                       [id](const Widget& widget) { return widget.id == id && widget.actionable && widget.enabled; });
  };
  if (is_here(state.focus)) return;
  state.moved = true;
  if (state.now.page != state.before.page) {
    const WidgetId kept = state.page().focus;
    state.focus = is_here(kept) ? kept : 0;
    state.reveal = state.focus;
    return;
  }
  const auto old = std::find_if(state.before.widgets.begin(), state.before.widgets.end(),
                                [&](const Widget& widget) { return widget.id == state.focus; });
  const WidgetId lost = std::exchange(state.focus, 0);
  if (old == state.before.widgets.end()) return;
  float least = 0;
  bool best_in_group = false;
  for (const auto& widget : state.now.widgets) {
    if (!widget.actionable || !widget.enabled) continue;
    const bool in_group = state.group_now[widget.id] == state.group_before[lost];
    const Vec a = old->rect.centre();
    const Vec b = widget.rect.centre();
    const float distance = std::hypot(a.x - b.x, a.y - b.y);
    const bool better =
        state.focus == 0 || (in_group && !best_in_group) || (in_group == best_in_group && distance < least);
    if (!better) continue;
    least = distance;
    best_in_group = in_group;
    state.focus = widget.id;
  }
}

void find_wanted(Ui::State& state) {
  if (!state.wanted) return;
  const Widget* widget = find(state.now, *state.wanted);
  if (widget == nullptr) return;
  state.focus = widget->id;
  state.reveal = widget->id;
  state.select_text = true;
  state.ring = true;
  state.moved = true;
  state.wanted.reset();
}

void mark_focus(Ui::State& state) {
  for (auto& widget : state.now.widgets) widget.focused = widget.actionable && widget.id == state.focus;
}

void clamp_scrolls(Ui::State& state) {
  for (const auto& area : state.areas) {
    float& offset = state.page().offsets[area.name];
    const float most = std::max(0.0F, area.height - area.view.h);
    if (offset > most) {
      offset = most;
      state.moved = true;
    }
  }
}

void point(Ui::State& state) {
  const WidgetId hot = state.pointer ? widget_at(state.now, *state.pointer) : 0;
  if (hot != state.hot) state.moved = true;  // what is hovered is drawn otherwise
  state.hot = hot;
  state.cursor = Pointer::arrow;
  for (const auto& widget : state.now.widgets) {
    if (widget.id != hot || !widget.actionable || !widget.enabled) continue;
    state.cursor = widget.role == Role::field ? Pointer::text : Pointer::hand;
  }
}

bool is_held_field(const Ui::State& state, WidgetId id) {
  return std::any_of(state.before.widgets.begin(), state.before.widgets.end(), [id](const Widget& widget) {
    return widget.id == id && widget.actionable && widget.enabled && widget.role == Role::field;
  });
}

// ImGui sees the mouse only where it has something to do with it: in a field.
void hand_over_input(Ui::State& state, ImGuiIO& io) {
  const bool in_field = state.pointer && is_held_field(state, state.down ? state.held : state.hot);
  io.MousePos =
      in_field ? ImVec2{state.pointer->x * state.scale, state.pointer->y * state.scale} : ImVec2{-FLT_MAX, -FLT_MAX};
  io.MouseDown[0] = in_field && state.down;
  const bool edits = state.editing != 0 && state.editing == state.focus;
  shim::press_keys(io, edits && state.key ? &*state.key : nullptr);
  if (edits) {
    for (const char32_t character : state.typed) io.AddInputCharacter(static_cast<unsigned>(character));
  }
}

}  // namespace

std::uint32_t hash_of(std::uint32_t seed, std::string_view text) {
  std::uint32_t hash = 2166136261U ^ seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash == 0 ? 1 : hash;
}

Ui::Ui(const Look& look, Clipboard clipboard) : state_(std::make_unique<State>()) {
  static std::once_flag once;
  std::call_once(once, [] { ImGui::SetAllocatorFunctions(give, take_back); });
  State& state = *state_;
  state.look = look;
  state.clipboard = std::move(clipboard);
  ImGuiContext* const others = ImGui::GetCurrentContext();
  state.context = ImGui::CreateContext();
  ImGui::SetCurrentContext(state.context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigInputTextCursorBlink = false;  // a blinking caret would draw for ever
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  io.GetClipboardTextFn = paste;
  io.SetClipboardTextFn = copy;
  io.ClipboardUserData = &state;
  shim::map_keys(io);
  wear(state);
  load(state);
  ImGui::SetCurrentContext(others);
}

Ui::~Ui() {
  ImGuiContext* const others = ImGui::GetCurrentContext();
  ImGui::SetCurrentContext(state_->context);
  ImGui::DestroyContext(state_->context);
  ImGui::SetCurrentContext(others == state_->context ? nullptr : others);
}

const Look& Ui::look() const { return state_->look; }

void Ui::set_look(const Look& look) {
  State& state = *state_;
  KIEM_CHECK(!state.in_frame);
  if (look == state.look) return;
  ImGui::SetCurrentContext(state.context);
  const float before = state.scale;
  state.look = look;
  wear(state);
  if (static_cast<float>(look.text_percent) / 100.0F * look.pixel_ratio != before) load(state);
  if (state.pointer)
    *state.pointer = {state.pointer->x * before / state.scale, state.pointer->y * before / state.scale};
  state.reveal = state.focus;
  state.moved = true;
}

void Ui::feed(const Event& event) {
  if (!std::holds_alternative<PointerLeft>(event) && !std::holds_alternative<FocusLost>(event)) ++state_->acts;
  state_->events.push_back(event);
}

std::uint64_t Ui::acts() const { return state_->acts; }

void Ui::frame(Vec size, float seconds, const std::function<void(Ui&)>& draw) {
  State& state = *state_;
  KIEM_CHECK(!state.in_frame && size.x >= 1 && size.y >= 1 && seconds > 0);
  ImGui::SetCurrentContext(state.context);
  state.moved = false;
  state.size = {size.x / state.scale, size.y / state.scale};
  state.before = std::move(state.now);
  state.areas_before = std::move(state.areas);
  state.group_before = std::move(state.group_now);
  state.now = {state.before.page, state.size, {}};
  state.areas.clear();
  state.group_now.clear();
  state.ids.clear();
  take_events(state);

  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {size.x, size.y};
  io.DeltaTime = seconds;
  hand_over_input(state, io);
  if (state.editing != 0 && state.editing != state.focus) {
    shim::stop_editing();
    state.editing = 0;
    state.edited_hash = 0;
  }
  state.in_frame = true;
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(io.DisplaySize);
  ImGui::Begin("kiem", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse |
                   ImGuiWindowFlags_NoBringToFrontOnFocus);
  ImGui::GetWindowDrawList()->AddRectFilled({0, 0}, io.DisplaySize, color_of(*this, Ink::page));
  draw(*this);
  KIEM_CHECK(state.groups.empty() && !state.area);
  mend_focus(state);
  find_wanted(state);
  mark_focus(state);
  draw_ring(*this);
  ImGui::End();
  ImGui::Render();
  state.in_frame = false;
  if (state.new_letters) {
    load(state);
    state.moved = true;
  }
  clamp_scrolls(state);
  reveal_focus(state);
  point(state);
}

bool Ui::unsettled() const { return !state_->events.empty() || state_->moved; }
const Frame& Ui::last() const { return state_->now; }
Pointer Ui::pointer() const { return state_->cursor; }

const ImDrawData& Ui::draw_data() const {
  ImGui::SetCurrentContext(state_->context);
  const ImDrawData* const data = ImGui::GetDrawData();
  KIEM_CHECK(data != nullptr);
  return *data;
}

unsigned Ui::texture_version() const { return state_->texture_version; }

Vec Ui::texture_size() const {
  ImGui::SetCurrentContext(state_->context);
  const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  return {static_cast<float>(atlas.TexWidth), static_cast<float>(atlas.TexHeight)};
}

Rect Ui::area() const { return {0, 0, state_->size.x, state_->size.y}; }

void Ui::enter_page(std::string_view name) {
  State& state = *state_;
  KIEM_CHECK(state.in_frame);
  if (state.now.page == name) return;
  state.pages[state.now.page].focus = state.focus;
  state.now.page = name;
}

bool Ui::pressed(Key key, Mods mods) {
  State& state = *state_;
  if (!state.key || state.key->key != key || state.key->mods != mods) return false;
  state.key.reset();
  return true;
}

void Ui::ask_focus(std::string_view label) {
  state_->wanted = label;
  state_->moved = true;
}

void Ui::copy_text(const std::string& text) { copy(state_.get(), text.c_str()); }

void note_letters(Ui::State& state, std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    if (static_cast<unsigned char>(*at) < 0x80) {
      ++at;
      continue;
    }
    unsigned letter = 0;
    at += std::max(1, ImTextCharFromUtf8(&letter, at, end));
    if (is_on_demand(letter) && state.letters.insert(letter).second) state.new_letters = true;
  }
}

float Ui::text_width(Font font, std::string_view text) const {
  note_letters(*state_, text);
  ImFont* const letters = state_->fonts.text[static_cast<std::size_t>(font)];
  const char* const end = text.data() + text.size();
  return letters->CalcTextSizeA(letters->FontSize, FLT_MAX, 0, text.data(), end).x / state_->scale;
}

bool Ui::near_sight(const Rect& rect) const {
  const Rect clip = state_->clip();
  const float more = state_->size.y;
  return rect.bottom() >= clip.y - more && rect.y <= clip.bottom() + more;
}

Rect Ui::State::clip() const {
  const Rect window{0, 0, size.x, size.y};
  return area ? areas[*area].view.clipped_to(window) : window;
}

Group::Group(Ui& ui, std::string_view key, std::string_view label) : ui_(ui) {
  Ui::State& state = ui.state();
  std::string shown(label);
  if (label.empty() && !state.groups.empty()) shown = state.groups.back().label;
  state.groups.push_back({hash_of(state.group(), key), std::move(shown)});
}
Group::~Group() { ui_.state().groups.pop_back(); }

Widget& record(Ui& ui, Role role, std::string_view label, const Rect& rect) {
  Ui::State& state = ui.state();
  KIEM_CHECK(state.in_frame);
  Widget widget;
  widget.role = role;
  widget.label = label;
  widget.rect = rect;
  widget.visible = rect.clipped_to(state.clip());
  widget.over = state.over;
  if (!state.groups.empty()) widget.group = state.groups.back().label;
  if (state.area) widget.area = static_cast<std::uint8_t>(*state.area + 1);
  widget.id = hash_of(state.group() + static_cast<std::uint32_t>(role), label);
  // Two of one name differ by their order; for those that can be pressed the layout test calls it a fault.
  while (!state.ids.insert(widget.id).second) widget.id = hash_of(widget.id, "again");
  state.group_now[widget.id] = state.group();
  state.now.widgets.push_back(std::move(widget));
  return state.now.widgets.back();
}

Touch touch(Ui& ui, Role role, std::string_view label, const Rect& rect, bool enabled, bool selected) {
  Ui::State& state = ui.state();
  Widget& widget = record(ui, role, label, rect);
  widget.actionable = true;
  widget.enabled = enabled;
  widget.selected = selected;
  Touch touch;
  touch.id = widget.id;
  touch.hovered = enabled && state.hot == widget.id && !state.dragged;
  touch.held = enabled && state.held == widget.id && state.hot == widget.id;
  touch.pressed = enabled && state.fired == widget.id;
  touch.focused = state.focus == widget.id;
  return touch;
}

}  // namespace kiem::gui
