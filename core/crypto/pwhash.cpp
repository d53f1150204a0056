#include "core/crypto/pwhash.hpp"

#include <sodium.h>

#include "core/base/check.hpp"
#include "core/crypto/sodium.hpp"

namespace kiem {

Result<SecretBytes> pwhash(const SecretBytes& passphrase, ByteView salt, PwhashCost cost) {
  ensure_sodium();
  KIEM_CHECK(salt.size() == kPwhashSaltBytes);
  const bool below_floor = cost.passes < 1 || cost.memory_kib < 8;
  if (below_floor || cost.passes > kPwhashMaxPasses || cost.memory_kib > kPwhashMaxMemoryKib) {
    return fail(ErrorCode::kdf_too_costly, Fault::damage, {std::to_string(cost.memory_kib / 1024)});
  }
  SecretBytes key(32);
  const auto words = passphrase.view();
  const int failed =
      crypto_pwhash(key.edit().data(), key.size(), reinterpret_cast<const char*>(words.data()), words.size(),
                    salt.data(), cost.passes, std::size_t{cost.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13);
  // libsodium fails here for one reason only once the parameters are in range: the memory could not be had.
  if (failed != 0) return fail(ErrorCode::out_of_memory, Fault::machine);
  return key;
}

}  // namespace kiem
