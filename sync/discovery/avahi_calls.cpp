#include "sync/discovery/avahi_calls.hpp"

#include "core/base/loaded_library.hpp"

namespace kiem {

std::optional<AvahiCalls> load_avahi(const AvahiLibraries& libraries) {
  const auto common = LoadedLibrary::load(libraries.common);
  const auto client = LoadedLibrary::load(libraries.client);
  if (!common || !client) return std::nullopt;
  AvahiCalls all{};
  const bool found =
      common->find("avahi_simple_poll_new", all.poll_new) && common->find("avahi_simple_poll_get", all.poll_get) &&
      common->find("avahi_simple_poll_iterate", all.poll_iterate) &&
      common->find("avahi_simple_poll_wakeup", all.poll_wakeup) &&
      common->find("avahi_simple_poll_free", all.poll_free) &&
      common->find("avahi_string_list_add_arbitrary", all.list_add) &&
      common->find("avahi_string_list_free", all.list_free) && client->find("avahi_client_new", all.client_new) &&
      client->find("avahi_client_free", all.client_free) && client->find("avahi_service_browser_new", all.browse) &&
      client->find("avahi_service_resolver_new", all.resolve) &&
      client->find("avahi_service_resolver_free", all.resolver_free) &&
      client->find("avahi_entry_group_new", all.group_new) &&
      client->find("avahi_entry_group_add_service_strlst", all.group_add) &&
      client->find("avahi_entry_group_commit", all.group_commit) &&
      client->find("avahi_entry_group_reset", all.group_reset);
  return found ? std::optional(all) : std::nullopt;
}

}  // namespace kiem
