// One-line fields. ImGui edits the text; the box, the label, what is wrong and the focus are drawn here.
#include <cmath>
#include <utility>

#include "gui/kit/state.hpp"
#include "gui/kit/widgets.hpp"

namespace kiem::gui {
namespace {

constexpr float kFieldRadius = 12;
constexpr float kBoxHeight = 52;
constexpr float kLabelGap = 8;  // room for the ring
constexpr float kBelowGap = 8;
constexpr float kFieldPadding = 14;
constexpr float kSearchIconRoom = 42;

// FNV-1a, 64 bits: tells whether the screen changed a text that is being edited, without keeping a copy of a secret.
std::uint64_t hash_of_text(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

// The line of text inside a field of this id; true when it was edited.
bool edit(Ui& ui, WidgetId id, const Rect& line, std::string& text, bool secret, bool enabled) {
  Ui::State& state = ui.state();
  const float s = state.scale;
  ImFont* const letters = state.fonts.text[static_cast<std::size_t>(Font::body)];
  note_letters(state, text);
  ImGui::PushFont(letters);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, (line.h * s - letters->FontSize) / 2});
  ImGui::SetCursorScreenPos({std::round(line.x * s), std::round(line.y * s)});
  ImGui::SetNextItemWidth(line.w * s);
  ImGui::PushID(static_cast<int>(id));
  const ImGuiID theirs = ImGui::GetID("##field");
  const bool has_focus = state.focus == id && enabled;
  if (has_focus && shim::is_editing(theirs) && state.editing == id && hash_of_text(text) != state.edited_hash) {
    shim::stop_editing();  // the screen put another text in it; ImGui would bring back its own
    state.select_text = false;
  }
  // A press in it begins at the letter that was pressed; ImGui sees to that.
  const bool begins = has_focus && !shim::is_editing(theirs) && state.held != id;
  const bool selects = std::exchange(state.select_text, state.select_text && !begins);
  if (begins) shim::begin_editing(theirs);
  ImGui::BeginDisabled(!enabled);
  ImGui::PushStyleColor(ImGuiCol_Text, color_of(ui, enabled ? Ink::text : Ink::on_tile));
  const ImGuiInputTextFlags flags = secret ? ImGuiInputTextFlags_Password : ImGuiInputTextFlags_None;
  const bool changed = ImGui::InputText("##field", &text, flags);
  ImGui::PopStyleColor();
  ImGui::EndDisabled();
  if (begins && !selects && shim::is_editing(theirs)) shim::caret_to_end();
  shim::end_begin_editing();
  if (has_focus && shim::is_editing(theirs)) {
    if (state.editing != id) state.moved = true;  // keys reach it from the next frame on
    state.editing = id;
    state.edited_hash = hash_of_text(text);
  }
  ImGui::PopID();
  ImGui::PopStyleVar();
  ImGui::PopFont();
  return changed;
}

struct FieldBox {
  Rect rect;
  Rect line;
  std::string_view placeholder;
  bool has_problem = false;
  bool secret = false;
  bool enabled = true;
};

FieldAnswer draw_box(Ui& ui, const Touch& touched, const FieldBox& box, std::string& text) {
  Ui::State& state = ui.state();
  const bool active = touched.focused && box.enabled;
  draw_fill(ui, box.rect, color_of(ui, box.enabled ? Ink::card : Ink::tile), kFieldRadius);
  const Ink edge = box.has_problem ? Ink::on_red : active ? Ink::primary : Ink::edge;
  draw_edge(ui, box.rect, color_of(ui, edge), kFieldRadius, active || box.has_problem ? 2.5F : 2.0F);
  FieldAnswer answer;
  answer.changed = edit(ui, touched.id, box.line, text, box.secret, box.enabled);
  if (text.empty() && !box.placeholder.empty()) {
    const std::string shown = shortened(ui, Font::body, box.placeholder, box.line.w);
    draw_text(ui, {box.line.x, box.line.centre().y}, Font::body, color_of(ui, Ink::muted), shown);
  }
  answer.entered = active && state.key && state.key->key == Key::enter;
  if (answer.entered) state.key.reset();
  return answer;
}

float label_height(const Ui& ui, float width, std::string_view label) {
  return paragraph_height(ui, width, label, {.font = Font::body_medium}) + kLabelGap;
}

std::string_view below(const FieldLook& look) { return look.problem.empty() ? look.help : look.problem; }

constexpr float kBelowIcon = 32;
float below_height(const Ui& ui, float width, const FieldLook& look) {
  const std::string_view text = below(look);
  if (text.empty()) return 0;
  const float room = look.problem.empty() ? width : width - kBelowIcon;
  return kBelowGap + std::max(lines_height(Font::small, lines_of(ui, Font::small, text, room).size()), 24.0F);
}

}  // namespace

FieldAnswer text_field(Ui& ui, const Rect& rect, std::string_view label, std::string& text, const FieldLook& look) {
  Column column(rect);
  // The label is drawn, not recorded: it is the field's own.
  const auto lines = lines_of(ui, Font::body_medium, label, rect.w);
  const float height = lines_height(Font::body_medium, lines.size());
  draw_lines(ui, column.take(height, kLabelGap), Font::body_medium, color_of(ui, Ink::text), lines, false);
  const Rect box = column.take(kBoxHeight, kBelowGap);

  const Touch touched = touch(ui, Role::field, label, box, look.enabled);
  const std::size_t index = ui.state().now.widgets.size() - 1;
  const FieldAnswer answer = draw_box(ui, touched,
                                      {.rect = box,
                                       .line = box.inset(kFieldPadding, 2),
                                       .placeholder = look.placeholder,
                                       .has_problem = !look.problem.empty(),
                                       .secret = look.secret,
                                       .enabled = look.enabled},
                                      text);
  Widget& widget = ui.state().now.widgets[index];
  if (!look.secret) widget.value = text;
  widget.problem = look.problem;
  if (!look.problem.empty()) {
    Rect room = column.rest();
    draw_icon(ui, {room.x + 12, room.y + 12}, Icon::alert, color_of(ui, Ink::on_red));
    cut_left(room, kBelowIcon);
    room.y += 3;
    paragraph(ui, room, look.problem, {.font = Font::small, .ink = Ink::on_red});
  } else if (!look.help.empty()) {
    paragraph(ui, column.rest(), look.help, {.font = Font::small, .ink = Ink::muted});
  }
  return answer;
}

float text_field_height(const Ui& ui, float width, std::string_view label, const FieldLook& look) {
  return label_height(ui, width, label) + kBoxHeight + below_height(ui, width, look);
}

FieldAnswer search_field(Ui& ui, const Rect& rect, std::string_view label, std::string& text) {
  const Touch touched = touch(ui, Role::field, label, rect);
  Ui::State& state = ui.state();
  const std::size_t index = state.now.widgets.size() - 1;
  const bool clears = touched.focused && !text.empty() && state.key && state.key->key == Key::escape;
  if (clears) {
    text.clear();
    state.key.reset();
  }
  Rect line = rect.inset(kFieldPadding, 2);
  cut_left(line, kSearchIconRoom - kFieldPadding);
  FieldAnswer answer = draw_box(ui, touched, {.rect = rect, .line = line, .placeholder = label}, text);
  draw_icon(ui, {rect.x + 26, rect.centre().y}, Icon::search, color_of(ui, Ink::muted));
  answer.changed = answer.changed || clears;
  state.now.widgets[index].value = text;
  return answer;
}

}  // namespace kiem::gui
