// What the stores in tests/vectors/store hold and what opens them, for the tool that makes them and the test that reads
// them. tests/vectors/README.md tells the same to a second implementation.
#pragma once

#include <array>
#include <string_view>

#include "core/store/store.hpp"

namespace kiem::test {

constexpr std::string_view kVectorPassphrase = "zon en regen, zaaien en oogsten";
// Argon2id at three passes, with little memory: these are opened on every run of the tests.
constexpr PwhashCost kVectorCost{3, 1024};
constexpr std::uint8_t kVectorKeyFileByte = 0x4B;   // 32 of them
constexpr std::uint8_t kVectorHeldByte = 0x48;      // 32 of them
constexpr std::uint8_t kVectorRecoveryByte = 0x52;  // 16 of them
constexpr std::string_view kVectorStoreId = "926466c20801171b1cbc482077b8009b";
constexpr std::string_view kVectorDataKey = "d1ee78e91ca49bfcaea95c72c54b23466c93153283f446a6684c12e60e8adf3e";

// "closed" has all of its rows in the database, "log" the last two of them in its write-ahead log.
constexpr std::array kVectorStores{"closed", "log"};
constexpr std::string_view kVectorTable = "CREATE TABLE plant (id INTEGER PRIMARY KEY, name TEXT NOT NULL)";
constexpr std::array<std::string_view, 5> kVectorRows{"aalbes", "boerenkool", "citroenmelisse", "dille", "éénjarige"};
constexpr std::size_t kVectorRowsInLog = 2;

inline Unlock vector_passphrase() { return Passphrase{SecretBytes::copy_of(view(kVectorPassphrase))}; }
inline Unlock vector_key_file() { return KeyFile{SecretBytes::copy_of(Bytes(kKeyFileBytes, kVectorKeyFileByte))}; }
inline Unlock vector_held_key() { return HeldKey{SecretBytes::copy_of(Bytes(kHeldKeyBytes, kVectorHeldByte))}; }
inline Unlock vector_recovery() {
  return RecoveryCode{SecretBytes::copy_of(Bytes(kRecoveryCodeBytes, kVectorRecoveryByte))};
}

}  // namespace kiem::test
