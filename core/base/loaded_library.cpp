#include "core/base/loaded_library.hpp"

#include <dlfcn.h>

namespace kiem {

std::string LoadedLibrary::said_by_loader() {
  const char* const said = ::dlerror();  // NOLINT(concurrency-mt-unsafe): of this thread, in every C library of Linux
  return said == nullptr ? std::string("dlopen") : std::string(said);
}

tl::expected<LoadedLibrary, std::string> LoadedLibrary::load(const std::string& name) {
  void* const handle = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) return tl::unexpected(said_by_loader());
  return LoadedLibrary(handle);
}

void* LoadedLibrary::symbol(const char* name) const { return ::dlsym(handle_, name); }

}  // namespace kiem
