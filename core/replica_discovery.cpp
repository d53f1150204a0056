// Keys under which devices of one initiative find each other on a network (DESIGN D9, sync/PROTOCOL.md section 13).
#include <algorithm>

#include "core/community.hpp"
#include "core/crypto/hash.hpp"
#include "core/replica.hpp"

namespace kiem {
namespace {

constexpr std::string_view kTagDiscovery = "kiem.discovery.0";

// The removals as a set: two laptops that know the same ones have the same key, however they came to know them.
SecretBytes key_after(const SpaceId& space, ByteView secret, std::vector<OpId> removals) {
  std::sort(removals.begin(), removals.end());
  Bytes ids;
  for (const OpId& removal : removals) append(ids, view(removal));
  Hash32 key = keyed_hash_of(secret, kTagDiscovery, {view(space), ids});
  SecretBytes kept = SecretBytes::copy_of(view(key));
  wipe(key.bytes);
  return kept;
}

}  // namespace

Result<std::vector<DiscoveryKeys>> Replica::discovery_keys() {
  std::vector<DiscoveryKeys> all;
  KIEM_TRY_GET(const auto known, spaces());
  for (const SpaceRow& space : known) {
    if (space.kind != SpaceKind::initiative || space.practice != is_practice()) continue;
    KIEM_TRY_GET(const Membership* membership, impl_.ingest.members().of(space.row));
    KIEM_TRY_GET(const CircleSet circles, own_circles(*membership));
    if (circles.empty()) continue;
    std::vector<OpId> removals = membership->partings();
    KIEM_TRY_GET(Bytes secret, space_secret(impl_.db, space.row));
    DiscoveryKeys keys{space.id, {}};
    for (std::size_t i = 0; i < kDiscoveryKeysHeard; ++i) {
      keys.keys.push_back(key_after(space.id, secret, removals));
      if (removals.empty()) break;
      removals.pop_back();
    }
    wipe(secret);
    all.push_back(std::move(keys));
  }
  return all;
}

}  // namespace kiem
