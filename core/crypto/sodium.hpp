// The door to libsodium: every function of core/crypto calls this before its first use. Thread-safe, cheap after the
// first call; stops the program when libsodium cannot start.
#pragma once

namespace kiem {
void ensure_sodium();
}  // namespace kiem
