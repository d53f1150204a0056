#include "gui/kit/gl_painter.hpp"

#include "gui/kit/state.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <backends/imgui_impl_opengl3.h>
#pragma GCC diagnostic pop

namespace kiem::gui {

GlPainter::GlPainter(Ui& ui) : ui_(ui) {
  ImGui::SetCurrentContext(ui.state().context);
  if (!ImGui_ImplOpenGL3_Init("#version 330 core")) return;
  ready_ = ImGui_ImplOpenGL3_CreateDeviceObjects();
  texture_version_ = ui.texture_version();
}

GlPainter::~GlPainter() {
  ImGui::SetCurrentContext(ui_.state().context);
  if (ImGui::GetIO().BackendRendererUserData != nullptr) ImGui_ImplOpenGL3_Shutdown();
}

void GlPainter::paint() {
  ImGui::SetCurrentContext(ui_.state().context);
  // ImGui's painter takes what it only reads as not const; it is the Ui's own, made anew with the next frame.
  auto& data = const_cast<ImDrawData&>(ui_.draw_data());
  if (texture_version_ != ui_.texture_version()) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
    texture_version_ = ui_.texture_version();
    // The frame was built before this texture had its name, and there is no other.
    for (int i = 0; i < data.CmdListsCount; ++i) {
      for (ImDrawCmd& command : data.CmdLists[i]->CmdBuffer) command.TextureId = ImGui::GetIO().Fonts->TexID;
    }
  }
  ImGui_ImplOpenGL3_RenderDrawData(&data);
}

}  // namespace kiem::gui
