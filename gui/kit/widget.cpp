#include "gui/kit/widget.hpp"

#include <array>

namespace kiem::gui {
namespace {

std::string_view name_of_role(Role role) {
  static constexpr std::array<std::string_view, 14> kNames{"text",     "heading", "chip",     "badge",  "picture",
                                                           "progress", "status",  "button",   "filter", "tab",
                                                           "row",      "card",    "checkbox", "field"};
  return kNames[static_cast<std::size_t>(role)];
}

}  // namespace

const Widget* find(const Frame& frame, std::string_view label, std::string_view group) {
  for (const auto& widget : frame.widgets) {
    if (widget.actionable && widget.label == label && (group.empty() || widget.group == group)) return &widget;
  }
  return nullptr;
}

const Widget* focused(const Frame& frame) {
  for (const auto& widget : frame.widgets) {
    if (widget.focused) return &widget;
  }
  return nullptr;
}

bool says(const Frame& frame, std::string_view text) {
  for (const auto& widget : frame.widgets) {
    for (const std::string* part : {&widget.label, &widget.value, &widget.problem}) {
      if (part->find(text) != std::string::npos) return true;
    }
  }
  return false;
}

std::string describe(const Frame& frame) {
  std::string text;
  for (const auto& widget : frame.widgets) {
    text.append(name_of_role(widget.role)).append(" \"").append(widget.label).append("\"");
    if (!widget.value.empty()) text.append(" = \"").append(widget.value).append("\"");
    if (!widget.problem.empty()) text.append(" problem \"").append(widget.problem).append("\"");
    if (!widget.group.empty()) text.append(" in \"").append(widget.group).append("\"");
    if (widget.selected) text.append(" selected");
    if (widget.focused) text.append(" focused");
    if (!widget.enabled) text.append(" disabled");
    if (widget.visible.w <= 0 || widget.visible.h <= 0) text.append(" out of sight");
    text.append("\n");
  }
  return text;
}

}  // namespace kiem::gui
