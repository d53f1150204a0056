#include "gui/secrets/libsecret.hpp"

#include "core/base/loaded_library.hpp"

namespace kiem::gui::libsecret {
tl::expected<Functions, std::string> load(const std::string& library) {
  // What it needs itself, which are GLib and GIO, is found in it as well.
  const auto handle = LoadedLibrary::load(library);
  if (!handle) return tl::unexpected(handle.error());
  Functions all;
  const bool found =
      handle->find("secret_value_new", all.value_new) && handle->find("secret_value_get", all.value_get) &&
      handle->find("secret_value_unref", all.value_unref) &&
      handle->find("secret_password_store_binary_sync", all.store) &&
      handle->find("secret_password_lookup_binary_sync", all.lookup) &&
      handle->find("secret_password_search_sync", all.search) &&
      handle->find("secret_password_clear_sync", all.clear) && handle->find("g_bus_get_sync", all.bus_get) &&
      handle->find("g_dbus_connection_set_exit_on_close", all.set_exit_on_close) &&
      handle->find("g_cancellable_new", all.cancel_new) && handle->find("g_cancellable_cancel", all.cancel) &&
      handle->find("g_object_unref", all.object_unref) && handle->find("g_list_free_full", all.list_free) &&
      handle->find("g_error_free", all.failure_free);
  if (!found) return tl::unexpected(LoadedLibrary::said_by_loader());
  return all;
}

}  // namespace kiem::gui::libsecret
