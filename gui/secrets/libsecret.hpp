// What we use of libsecret, GLib and GIO, as their headers declare it (libsecret 0.20, GLib 2.74), and found in the
// library when the program runs: Kiem is built without them and starts where they are not. For secret_service.cpp
// alone.
//
// The functions are those of the C interface, which is stable by the library's promise (libsecret-1.so.0). A library
// that was once loaded stays: its types cannot be unloaded. Any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tl/expected.hpp>

namespace kiem::gui::libsecret {

// Theirs, known by address alone.
struct Value;   // SecretValue
struct Cancel;  // GCancellable
struct Bus;     // GDBusConnection

struct Failure {  // GError
  std::uint32_t domain;
  int code;
  char* message;
};
struct List {  // GList
  void* data;
  List* next;
  List* previous;
};
struct Attribute {  // SecretSchemaAttribute
  const char* name;
  int type;
};
struct Schema {  // SecretSchema
  const char* name;
  int flags;
  std::array<Attribute, 32> attributes;
  int reserved;
  std::array<void*, 7> more_reserved;
};
constexpr int kStringAttribute = 0;  // SECRET_SCHEMA_ATTRIBUTE_STRING
constexpr int kMatchesNoName = 2;    // SECRET_SCHEMA_DONT_MATCH_NAME
constexpr int kSessionBus = 2;       // G_BUS_TYPE_SESSION

// Attributes follow as name, value, ..., null.
struct Functions {
  Value* (*value_new)(const char* secret, std::ptrdiff_t length, const char* content_type) = nullptr;
  const char* (*value_get)(Value*, std::size_t* length) = nullptr;
  void (*value_unref)(void*) = nullptr;
  int (*store)(const Schema*, const char* collection, const char* label, Value*, Cancel*, Failure**, ...) = nullptr;
  Value* (*lookup)(const Schema*, Cancel*, Failure**, ...) = nullptr;
  List* (*search)(const Schema*, int flags, Cancel*, Failure**, ...) = nullptr;
  int (*clear)(const Schema*, Cancel*, Failure**, ...) = nullptr;
  Bus* (*bus_get)(int type, Cancel*, Failure**) = nullptr;
  void (*set_exit_on_close)(Bus*, int exit) = nullptr;
  Cancel* (*cancel_new)() = nullptr;
  void (*cancel)(Cancel*) = nullptr;
  void (*object_unref)(void*) = nullptr;
  void (*list_free)(List*, void (*free_one)(void*)) = nullptr;
  void (*failure_free)(Failure*) = nullptr;
};

// All of them, or what the loader says is missing.
[[nodiscard]] tl::expected<Functions, std::string> load(const std::string& library);

}  // namespace kiem::gui::libsecret
