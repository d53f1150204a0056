#include "gui/app/window.hpp"

#include <GLFW/glfw3.h>

#include <array>
#include <cmath>
#include <mutex>

#include "gui/kit/gl_painter.hpp"
#include "gui/kit/pace.hpp"

namespace kiem::gui {
namespace {

// Of OpenGL itself, which GLFW's header leaves out here.
constexpr unsigned kGlRenderer = 0x1F01;
constexpr unsigned kGlRgba = 0x1908;
constexpr unsigned kGlUnsignedByte = 0x1401;
constexpr unsigned kGlBack = 0x0405;
constexpr unsigned kGlPackAlignment = 0x0D05;
using GetString = const unsigned char* (*)(unsigned);
using ReadPixels = void (*)(int, int, int, int, unsigned, unsigned, void*);
using SetUnsigned = void (*)(unsigned);
using PixelStore = void (*)(unsigned, int);

template <class Function>
Function gl(const char* name) {
  return reinterpret_cast<Function>(glfwGetProcAddress(name));
}

struct End {
  void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};
struct EndCursor {
  void operator()(GLFWcursor* cursor) const { glfwDestroyCursor(cursor); }
};

// GLFW, from open to the window's end.
class Library {
 public:
  [[nodiscard]] static std::unique_ptr<Library> start() {
    if (glfwInit() != GLFW_TRUE) return nullptr;
    const std::lock_guard lock(mutex());
    is_open() = true;
    return std::unique_ptr<Library>(new Library);
  }
  ~Library() {
    const std::lock_guard lock(mutex());
    is_open() = false;
    glfwTerminate();
  }
  // Other threads may call wake() before the window opens and after it has gone.
  static void wake() {
    const std::lock_guard lock(mutex());
    if (is_open()) glfwPostEmptyEvent();
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

 private:
  Library() = default;
  static std::mutex& mutex() {
    static std::mutex one;
    return one;
  }
  // Guarded by the mutex.
  static bool& is_open() {
    static bool one = false;
    return one;
  }
};

// A letter is what the keyboard's layout says, not where the key lies: Ctrl+A is on the A of an AZERTY keyboard too.
std::optional<Key> named_key(int key, int scancode) {
  const char* const name = glfwGetKeyName(key, scancode);
  if (name == nullptr || name[0] == 0 || name[1] != 0) return {};
  switch (name[0]) {
    case 'a':
      return Key::a;
    case 'c':
      return Key::c;
    case 'f':
      return Key::f;
    case 'k':
      return Key::k;
    case 'l':
      return Key::l;
    case 'v':
      return Key::v;
    case 'x':
      return Key::x;
    case 'y':
      return Key::y;
    case 'z':
      return Key::z;
    case '+':
    case '=':
      return Key::plus;
    case '-':
      return Key::minus;
    case '0':
      return Key::zero;
    default:
      return {};
  }
}

std::optional<Key> key_of(int key, int scancode) {
  switch (key) {
    case GLFW_KEY_TAB:
      return Key::tab;
    case GLFW_KEY_LEFT:
      return Key::left;
    case GLFW_KEY_RIGHT:
      return Key::right;
    case GLFW_KEY_UP:
      return Key::up;
    case GLFW_KEY_DOWN:
      return Key::down;
    case GLFW_KEY_PAGE_UP:
      return Key::page_up;
    case GLFW_KEY_PAGE_DOWN:
      return Key::page_down;
    case GLFW_KEY_HOME:
      return Key::home;
    case GLFW_KEY_END:
      return Key::end;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
      return Key::enter;
    case GLFW_KEY_SPACE:
      return Key::space;
    case GLFW_KEY_ESCAPE:
      return Key::escape;
    case GLFW_KEY_BACKSPACE:
      return Key::backspace;
    case GLFW_KEY_DELETE:
      return Key::del;
    case GLFW_KEY_F1:
      return Key::f1;
    default:
      return named_key(key, scancode);
  }
}

Clipboard system_clipboard() {
  // GLFW logs and gives nothing when the clipboard holds no text.
  return {[] {
            const char* const text = glfwGetClipboardString(nullptr);
            return std::string(text == nullptr ? "" : text);
          },
          [](const std::string& text) { glfwSetClipboardString(nullptr, text.c_str()); }};
}

class GlfwWindow final : public Window {
 public:
  GlfwWindow(std::unique_ptr<Library> library, std::unique_ptr<GLFWwindow, End> window, const Look& look, Clock& clock)
      : library_(std::move(library)), window_(std::move(window)), clock_(clock), ui_(look, system_clipboard()) {
    listen();
    const std::array shapes{GLFW_ARROW_CURSOR, GLFW_HAND_CURSOR, GLFW_IBEAM_CURSOR};
    for (std::size_t i = 0; i < shapes.size(); ++i) cursors_[i].reset(glfwCreateStandardCursor(shapes[i]));
    const auto* const name = gl<GetString>("glGetString")(kGlRenderer);
    renderer_ = name == nullptr ? "" : reinterpret_cast<const char*>(name);
    glfwSwapInterval(1);
    painter_ = std::make_unique<GlPainter>(ui_);
    rescale();
  }

  [[nodiscard]] bool ready() const { return painter_->ready(); }

  [[nodiscard]] Ui& ui() override { return ui_; }
  [[nodiscard]] Counts counts() const override { return counts_; }
  [[nodiscard]] std::string renderer() const override { return renderer_; }

  void run(const App& app) override {
    due_ = true;
    while (glfwWindowShouldClose(window_.get()) == GLFW_FALSE) {
      const Next next = app.act(ui_, clock_.monotonic_ms());
      if (next.quit) return;
      due_ = due_ || next.draw_again;
      const Pace pace = pace_of({.now_ms = clock_.monotonic_ms(),
                                 .hidden = is_hidden(),
                                 .due = due_,
                                 .pointer_moved = pointer_moved_,
                                 .painted_ms = painted_ms_,
                                 .move_gap_ms = move_gap_for(renderer_.c_str()),
                                 .look_again_ms = next.look_again_ms,
                                 .act_again_ms = next.act_again_ms});
      if (pace.draw) {
        if (draw(app)) return;
      } else if (pace.wait_ms) {
        glfwWaitEventsTimeout(static_cast<double>(*pace.wait_ms) / 1000.0 + 0.001);
      } else {
        glfwWaitEvents();
      }
    }
  }

  [[nodiscard]] Picture shown() override {
    Picture picture;
    glfwGetFramebufferSize(window_.get(), &picture.width, &picture.height);
    const auto row = static_cast<std::size_t>(picture.width) * 4;
    const auto height = static_cast<std::size_t>(picture.height);
    std::vector<std::uint8_t> from_below(row * height);
    painter_->paint();  // what was swapped away is undefined
    gl<SetUnsigned>("glReadBuffer")(kGlBack);
    gl<PixelStore>("glPixelStorei")(kGlPackAlignment, 1);
    gl<ReadPixels>("glReadPixels")(0, 0, picture.width, picture.height, kGlRgba, kGlUnsignedByte, from_below.data());
    picture.rgba.resize(row * height);
    for (std::size_t y = 0; y < height; ++y) {
      const auto begin = from_below.begin() + static_cast<std::ptrdiff_t>((height - 1 - y) * row);
      std::copy_n(begin, row, picture.rgba.begin() + static_cast<std::ptrdiff_t>(y * row));
    }
    for (std::size_t i = 3; i < picture.rgba.size(); i += 4) picture.rgba[i] = 255;  // a window is not seen through
    return picture;
  }

 private:
  static GlfwWindow& of(GLFWwindow* window) { return *static_cast<GlfwWindow*>(glfwGetWindowUserPointer(window)); }

  void feed(const Event& event) {
    ui_.feed(event);
    due_ = true;
  }

  void listen() {
    GLFWwindow* const window = window_.get();
    glfwSetWindowUserPointer(window, this);
    glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) { of(w).pointer(x, y); });
    glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int inside) {
      if (inside == GLFW_FALSE) of(w).feed(PointerLeft{});
    });
    glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int) {
      if (button == GLFW_MOUSE_BUTTON_LEFT) of(w).feed(PointerButton{action == GLFW_PRESS});
    });
    glfwSetScrollCallback(window, [](GLFWwindow* w, double, double y) { of(w).feed(Wheel{static_cast<float>(y)}); });
    glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
      if (action == GLFW_RELEASE) return;
      const auto ours = key_of(key, scancode);
      const bool has_alt = (mods & (GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0;
      if (!ours || has_alt) return;
      of(w).feed(KeyPressed{*ours, {(mods & GLFW_MOD_CONTROL) != 0, (mods & GLFW_MOD_SHIFT) != 0}});
    });
    glfwSetCharCallback(window, [](GLFWwindow* w, unsigned c) { of(w).feed(Typed{static_cast<char32_t>(c)}); });
    glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int has) {
      if (has == GLFW_FALSE) of(w).feed(FocusLost{});
    });
    glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { of(w).due_ = true; });
    glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { of(w).due_ = true; });
    glfwSetWindowIconifyCallback(window, [](GLFWwindow* w, int hidden) { of(w).due_ |= hidden == GLFW_FALSE; });
    glfwSetWindowContentScaleCallback(window, [](GLFWwindow* w, float, float) { of(w).rescale(); });
  }

  // Of the window's own units to pixels, which differ on some displays.
  void pointer(double x, double y) {
    int width = 0;
    int pixels = 0;
    glfwGetWindowSize(window_.get(), &width, nullptr);
    glfwGetFramebufferSize(window_.get(), &pixels, nullptr);
    const double ratio = width > 0 ? static_cast<double>(pixels) / width : 1.0;
    ui_.feed(PointerMoved{{static_cast<float>(x * ratio), static_cast<float>(y * ratio)}});
    pointer_moved_ = true;
  }

  void rescale() {
    float ratio = 1;
    glfwGetWindowContentScale(window_.get(), &ratio, nullptr);
    Look look = ui_.look();
    look.pixel_ratio = std::clamp(ratio, 1.0F, 4.0F);
    ui_.set_look(look);
    due_ = true;
  }

  [[nodiscard]] bool is_hidden() const {
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(window_.get(), &width, &height);
    return glfwGetWindowAttrib(window_.get(), GLFW_ICONIFIED) != GLFW_FALSE || width < 1 || height < 1;
  }

  // True when the app wants to end.
  bool draw(const App& app) {
    const std::uint64_t now = clock_.monotonic_ms();
    const float seconds = std::clamp(static_cast<float>(now - built_ms_) / 1000.0F, 0.001F, 1.0F);
    built_ms_ = now;
    due_ = false;
    pointer_moved_ = false;
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(window_.get(), &width, &height);
    const Settled settled =
        run_until_settled(ui_, app, {static_cast<float>(width), static_cast<float>(height)}, seconds, now);
    counts_.frames += settled.frames;
    due_ = settled.draw_again;
    if (settled.quit) return true;
    glfwSetCursor(window_.get(), cursors_[static_cast<std::size_t>(ui_.pointer())].get());
    painter_->paint();
    glfwSwapBuffers(window_.get());
    ++counts_.painted;
    painted_ms_ = clock_.monotonic_ms();
    return false;
  }

  std::unique_ptr<Library> library_;
  std::unique_ptr<GLFWwindow, End> window_;
  std::array<std::unique_ptr<GLFWcursor, EndCursor>, 3> cursors_;
  Clock& clock_;
  Ui ui_;
  std::unique_ptr<GlPainter> painter_;
  std::string renderer_;
  Counts counts_;
  bool due_ = true;
  bool pointer_moved_ = false;
  std::uint64_t painted_ms_ = 0;
  std::uint64_t built_ms_ = 0;
};

}  // namespace

tl::expected<std::unique_ptr<Window>, WindowFault> Window::open(const std::string& title, Vec size, const Look& look,
                                                                Clock& clock) {
  auto library = Library::start();
  if (!library) return tl::unexpected(WindowFault::no_display);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_FALSE);
  std::unique_ptr<GLFWwindow, End> window(
      glfwCreateWindow(static_cast<int>(size.x), static_cast<int>(size.y), title.c_str(), nullptr, nullptr));
  if (!window) return tl::unexpected(WindowFault::no_opengl);
  glfwMakeContextCurrent(window.get());
  auto opened = std::make_unique<GlfwWindow>(std::move(library), std::move(window), look, clock);
  if (!opened->ready()) return tl::unexpected(WindowFault::no_opengl);
  return opened;
}

void Window::wake() { Library::wake(); }

std::string_view sentence(WindowFault fault, Lang lang) {
  const bool nl = lang == Lang::nl;
  if (fault == WindowFault::no_display) {
    return nl ? "Er is hier geen scherm om een venster op te tonen. In de terminal kan het ook: kiem task list."
              : "There is no display here to show a window on. The terminal works as well: kiem task list.";
  }
  return nl ? "Het beeld van deze computer kan geen OpenGL 3.3. Werk het stuurprogramma bij, zet "
              "LIBGL_ALWAYS_SOFTWARE=1 ervoor, of gebruik de terminal: kiem task list."
            : "This computer's graphics cannot do OpenGL 3.3. Update the driver, put LIBGL_ALWAYS_SOFTWARE=1 before "
              "the command, or use the terminal: kiem task list.";
}

}  // namespace kiem::gui
