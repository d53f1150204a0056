#include "gui/secrets/libsecret.hpp"

#include <dlfcn.h>

namespace kiem::gui::libsecret {
namespace {

std::string said_by_loader() {
  const char* const said = ::dlerror();  // NOLINT(concurrency-mt-unsafe): of this thread, in every C library of Linux
  return said == nullptr ? std::string("dlopen") : std::string(said);
}

// Looks in the library and in those it needs itself, which are GLib and GIO.
template <class Function>
bool find(void* library, const char* name, Function& found) {
  found = reinterpret_cast<Function>(::dlsym(library, name));
  return found != nullptr;
}

}  // namespace

tl::expected<Functions, std::string> load(const std::string& library) {
  void* const handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) return tl::unexpected(said_by_loader());
  Functions all;
  const bool found =
      find(handle, "secret_value_new", all.value_new) && find(handle, "secret_value_get", all.value_get) &&
      find(handle, "secret_value_unref", all.value_unref) &&
      find(handle, "secret_password_store_binary_sync", all.store) &&
      find(handle, "secret_password_lookup_binary_sync", all.lookup) &&
      find(handle, "secret_password_search_sync", all.search) &&
      find(handle, "secret_password_clear_sync", all.clear) && find(handle, "g_bus_get_sync", all.bus_get) &&
      find(handle, "g_dbus_connection_set_exit_on_close", all.set_exit_on_close) &&
      find(handle, "g_cancellable_new", all.cancel_new) && find(handle, "g_cancellable_cancel", all.cancel) &&
      find(handle, "g_object_unref", all.object_unref) && find(handle, "g_list_free_full", all.list_free) &&
      find(handle, "g_error_free", all.failure_free);
  if (!found) return tl::unexpected(said_by_loader());
  return all;
}

}  // namespace kiem::gui::libsecret
