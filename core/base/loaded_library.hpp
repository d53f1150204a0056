// A library that is loaded while the program runs, so that Kiem goes without it where it is not installed. The only
// door to the system's loader.
//
// Never unloaded: a thread of the library's own may be on its way out. Copies name the same library. One thread.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace kiem {

class LoadedLibrary {
 public:
  // By file name, as the system's loader looks for it. Error: what the loader said.
  [[nodiscard]] static tl::expected<LoadedLibrary, std::string> load(const std::string& name);

  // A function of the library, or of one that it needs itself. False: there is none of that name, and said_by_loader()
  // says so. That it has this type, only its documentation tells.
  template <class Function>
  [[nodiscard]] bool find(const char* name, Function& found) const {
    found = reinterpret_cast<Function>(symbol(name));
    return found != nullptr;
  }
  [[nodiscard]] static std::string said_by_loader();

 private:
  explicit LoadedLibrary(void* handle) : handle_(handle) {}
  [[nodiscard]] void* symbol(const char* name) const;
  void* handle_;
};

}  // namespace kiem
