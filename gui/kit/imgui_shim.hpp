// The one door to Dear ImGui: no other file includes its headers. What differs between releases is handled here.
//
// Debian 12 has 1.86, and that is what Kiem is proven with. The kit asks little of ImGui: fonts, drawing, and the
// editing of one line of text. Hit testing and the walk of the keyboard are our own (ui.cpp, focus.cpp), because in
// 1.86 Tab visits text fields only and Enter presses no button. ImGui's own handling of Tab, Enter and Escape (which
// would throw away what was typed) is switched off by leaving those keys out of its map. Another release needs its key
// events (1.87), and its font texture (1.92), handled in this file first; hence the gate.
#pragma once

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#ifdef __clang__
#pragma GCC diagnostic ignored "-Wdeprecated-anon-enum-enum-conversion"
#pragma GCC diagnostic ignored "-Wnull-pointer-subtraction"
#else
#pragma GCC diagnostic ignored "-Wclass-memaccess"
#pragma GCC diagnostic ignored "-Wdeprecated-enum-enum-conversion"
#endif
#include <imgui.h>
#include <imgui_freetype.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>
#pragma GCC diagnostic pop

#include "gui/kit/input.hpp"
#include "gui/kit/palette.hpp"

#if IMGUI_VERSION_NUM < 18600 || IMGUI_VERSION_NUM >= 18700
#error "Kiem is proven with Dear ImGui 1.86 (Debian 12); see gui/kit/imgui_shim.hpp for what another release needs"
#endif

namespace kiem::gui::shim {

inline ImU32 color(Color color) {
  return ImU32{color.r} << IM_COL32_R_SHIFT | ImU32{color.g} << IM_COL32_G_SHIFT | ImU32{color.b} << IM_COL32_B_SHIFT |
         ImU32{color.a} << IM_COL32_A_SHIFT;
}

// Tells ImGui which of our keys it edits text with.
inline void map_keys(ImGuiIO& io) {
  for (int& mapped : io.KeyMap) mapped = -1;
  const auto map = [&io](ImGuiKey theirs, Key ours) { io.KeyMap[theirs] = static_cast<int>(ours); };
  map(ImGuiKey_LeftArrow, Key::left);
  map(ImGuiKey_RightArrow, Key::right);
  map(ImGuiKey_Home, Key::home);
  map(ImGuiKey_End, Key::end);
  map(ImGuiKey_Backspace, Key::backspace);
  map(ImGuiKey_Delete, Key::del);
  map(ImGuiKey_A, Key::a);
  map(ImGuiKey_C, Key::c);
  map(ImGuiKey_V, Key::v);
  map(ImGuiKey_X, Key::x);
  map(ImGuiKey_Y, Key::y);
  map(ImGuiKey_Z, Key::z);
}

// At most one key is pressed in a frame, and none is held: the platform sends a repeat as a press of its own, so each
// event is exactly one step, however long a frame takes.
inline void press_keys(ImGuiIO& io, const KeyPressed* pressed) {
  for (std::size_t key = 0; key < kKeys; ++key) {
    io.KeysDown[key] = false;
    io.KeysDownDuration[key] = -1.0F;
  }
  io.KeyCtrl = pressed != nullptr && pressed->mods.ctrl;
  io.KeyShift = pressed != nullptr && pressed->mods.shift;
  if (pressed != nullptr) io.KeysDown[static_cast<std::size_t>(pressed->key)] = true;
}

// The next field, which has this id, begins to be edited, with all of its text selected.
inline void begin_editing(ImGuiID id) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  g.NavActivateInputId = id;
  g.NavActivateFlags = ImGuiActivateFlags_None;
}
// After the field was drawn: nothing is selected, the caret stands behind the last letter.
inline void caret_to_end() {
  ImGuiInputTextState& state = ImGui::GetCurrentContext()->InputTextState;
  state.Stb.cursor = state.Stb.select_start = state.Stb.select_end = state.CurLenW;
}
inline void end_begin_editing() { ImGui::GetCurrentContext()->NavActivateInputId = 0; }

inline bool is_editing(ImGuiID id) { return ImGui::GetCurrentContext()->ActiveId == id; }

// Nothing is edited any more. What was typed is in the screen's string already; ImGui's copies are wiped, since they
// may be of a passphrase.
inline void stop_editing() {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  ImGui::ClearActiveID();
  ImGuiInputTextState& state = g.InputTextState;
  const auto wipe = [](auto& buffer) {
    if (buffer.Data != nullptr) {
      std::fill_n(buffer.Data, buffer.Capacity, std::remove_reference_t<decltype(*buffer.Data)>{});
    }
  };
  wipe(state.TextW);
  wipe(state.TextA);
  wipe(state.InitialTextA);
  state.Stb = {};
  state.ID = 0;
  state.CurLenW = 0;
  state.CurLenA = 0;
  state.TextAIsValid = false;
}

}  // namespace kiem::gui::shim
