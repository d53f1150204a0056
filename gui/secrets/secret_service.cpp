#include "gui/secrets/secret_service.hpp"

#include "gui/secrets/libsecret.hpp"

namespace kiem::gui {
namespace {

using libsecret::Bus;
using libsecret::Failure;
using libsecret::Functions;
using libsecret::List;
using libsecret::Value;

constexpr const char* kAttribute = "kiem-store";
constexpr const char* kLabel = "Kiem";
constexpr const char* kDefaultCollection = "default";
constexpr const char* kContentType = "application/octet-stream";
constexpr const char* kEnd = nullptr;  // of a list of attributes

// Found by the attribute alone: GNOME Keyring does not know the schema of what it has not unlocked yet, and would
// answer that there is nothing.
constexpr libsecret::Schema kSchema{
    "org.kiem.Store", libsecret::kMatchesNoName, {{{kAttribute, libsecret::kStringAttribute}, {nullptr, 0}}}, 0, {}};

tl::unexpected<Error> refused(std::string words) {
  return fail(ErrorCode::keyring_failed, Fault::machine, {std::move(words)});
}

}  // namespace

// What one call needs besides its own arguments, given back at its end.
class SecretService::Call {
 public:
  Call(SecretService& service, const Functions& functions)
      : service_(service), functions_(functions), cancel_(functions.cancel_new()) {
    const std::lock_guard lock(service_.mutex_);
    service_.under_way_ = cancel_;
  }
  ~Call() {
    {
      const std::lock_guard lock(service_.mutex_);
      service_.under_way_ = nullptr;
    }
    if (failure_ != nullptr) functions_.failure_free(failure_);
    if (bus_ != nullptr) functions_.object_unref(bus_);
    functions_.object_unref(cancel_);
  }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  // First of all: GIO would end the program together with the desktop's bus.
  [[nodiscard]] Status reach_bus() {
    bus_ = functions_.bus_get(libsecret::kSessionBus, cancel_, &failure_);
    if (bus_ == nullptr) return failed();
    functions_.set_exit_on_close(bus_, 0);
    return {};
  }
  // Whether something is kept, locked or not.
  [[nodiscard]] Result<bool> has(const std::string& store) {
    List* const found = functions_.search(&kSchema, 0, cancel_, &failure_, kAttribute, store.c_str(), kEnd);
    const bool any = found != nullptr;
    functions_.list_free(found, functions_.object_unref);
    if (failure_ != nullptr) return tl::unexpected<Error>(failed().error());
    return any;
  }

  [[nodiscard]] libsecret::Cancel* cancel() const { return cancel_; }
  [[nodiscard]] Failure** failure() { return &failure_; }
  [[nodiscard]] bool has_failed() const { return failure_ != nullptr; }
  [[nodiscard]] Status failed() const {
    const bool has_words = failure_ != nullptr && failure_->message != nullptr;
    return refused(has_words ? failure_->message : "org.freedesktop.secrets");
  }
  // It said nothing, and did nothing.
  [[nodiscard]] static Status locked() { return refused("org.freedesktop.secrets: locked"); }

 private:
  SecretService& service_;
  const Functions& functions_;
  libsecret::Cancel* cancel_;
  Bus* bus_ = nullptr;
  Failure* failure_ = nullptr;
};

SecretService::SecretService(std::string library) : library_(std::move(library)) {}
SecretService::~SecretService() = default;

Result<const Functions*> SecretService::functions() {
  if (functions_ == nullptr) {
    auto loaded = libsecret::load(library_);
    if (!loaded) return refused(std::move(loaded).error());
    functions_ = std::make_unique<const Functions>(*loaded);
  }
  return functions_.get();
}

Result<std::optional<SecretBytes>> SecretService::fetch(const StoreId& store) {
  KIEM_TRY_GET(const Functions* const use, functions());
  Call call(*this, *use);
  KIEM_TRY(call.reach_bus());
  const std::string name = to_hex(store.bytes);
  const auto value = std::unique_ptr<Value, void (*)(void*)>(
      use->lookup(&kSchema, call.cancel(), call.failure(), kAttribute, name.c_str(), kEnd), use->value_unref);
  if (call.has_failed()) return tl::unexpected<Error>(call.failed().error());
  if (value != nullptr) {
    std::size_t size = 0;
    const char* const secret = use->value_get(value.get(), &size);
    return std::optional(SecretBytes::copy_of(view(std::string_view(secret, size))));
  }
  // Nothing, or something that was not opened for us.
  KIEM_TRY_GET(const bool is_locked, call.has(name));
  if (is_locked) return tl::unexpected<Error>(Call::locked().error());
  return std::optional<SecretBytes>();
}

Status SecretService::keep(const StoreId& store, ByteView secret) {
  KIEM_TRY_GET(const Functions* const use, functions());
  Call call(*this, *use);
  KIEM_TRY(call.reach_bus());
  const std::string name = to_hex(store.bytes);
  const auto value =
      std::unique_ptr<Value, void (*)(void*)>(use->value_new(reinterpret_cast<const char*>(secret.data()),
                                                             static_cast<std::ptrdiff_t>(secret.size()), kContentType),
                                              use->value_unref);
  const int kept = use->store(&kSchema, kDefaultCollection, kLabel, value.get(), call.cancel(), call.failure(),
                              kAttribute, name.c_str(), kEnd);
  if (call.has_failed()) return call.failed();
  return kept != 0 ? Status() : Call::locked();
}

Status SecretService::forget(const StoreId& store) {
  KIEM_TRY_GET(const Functions* const use, functions());
  Call call(*this, *use);
  KIEM_TRY(call.reach_bus());
  const std::string name = to_hex(store.bytes);
  static_cast<void>(use->clear(&kSchema, call.cancel(), call.failure(), kAttribute, name.c_str(), kEnd));
  if (call.has_failed()) return call.failed();
  // It answers "no" both when there was nothing and when that stays locked.
  KIEM_TRY_GET(const bool is_left, call.has(name));
  return is_left ? Call::locked() : Status();
}

void SecretService::cancel() {
  const std::lock_guard lock(mutex_);
  if (under_way_ != nullptr) functions_->cancel(under_way_);
}

}  // namespace kiem::gui
