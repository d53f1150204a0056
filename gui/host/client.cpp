#include "gui/host/client.hpp"

#include "gui/host/direct_backend.hpp"
#include "gui/host/settings_file.hpp"
#include "sync/cli/files.hpp"
#include "sync/control/control_client.hpp"

namespace kiem::gui {
namespace {

// What opens the store without asking the person; nothing when they or the keyring have to be asked.
Result<std::optional<Unlock>> unlock_by_file(const ClientWishes& wishes, const SlotKinds& slots) {
  if (slots.key_file && !slots.passphrase) {
    KIEM_TRY_GET(SecretBytes key, cli::read_practice_key(wishes.home));
    return std::optional<Unlock>(KeyFile{std::move(key)});
  }
  if (!wishes.passphrase_file) return std::optional<Unlock>{};
  KIEM_TRY_GET(SecretBytes words, cli::read_passphrase_file(*wishes.passphrase_file));
  return std::optional<Unlock>(Passphrase{std::move(words)});
}

// Said before a window opens; while it opens, the lock says it again.
Status refuse_if_taken(const ClientWishes& wishes, const NodeServices& node) {
  const auto path = control_path(wishes.home, node.runtime_dir);
  if (!path) return {};
  KIEM_TRY_GET(const std::optional<ControlClient> holder, ControlClient::connect(*path));
  if (!holder) return {};
  const std::string who = wishes.home.string() + " (pid " + std::to_string(holder->hello().pid) + ")";
  return fail(ErrorCode::store_busy, Fault::person, {who});
}

}  // namespace

Result<std::unique_ptr<Client>> Client::begin(ClientWishes wishes, NodeServices node,
                                              std::function<std::int32_t(WallTime)> zone_offset) {
  model::UiState state;
  state.settings = wishes.settings;
  std::optional<Unlock> unlock;
  std::optional<SlotKinds> slots;
  if (wishes.practice_name) {
    state.has_store = false;
    state.page = model::Page::practice;
    model::typed(state, model::Field::your_name) = *wishes.practice_name;
  } else if (!store_exists(wishes.home)) {
    state.has_store = false;
    state.page = model::Page::first_run;
  } else {
    KIEM_TRY(refuse_if_taken(wishes, node));
    KIEM_TRY_GET(slots, slot_kinds(wishes.home));
    KIEM_TRY_GET(unlock, unlock_by_file(wishes, *slots));
    if (!unlock) state.page = model::Page::unlock;
  }

  std::unique_ptr<Client> client(new Client());
  HostServices services{node.env.clock, std::move(zone_offset), wishes.home, {}};
  services.keep_settings = [home = wishes.home, &log = node.env.log](const model::Settings& settings) {
    if (!write_settings(home, settings)) log.line(LogLevel::warning, "the settings of the window were not kept");
  };
  if (wishes.picture) {
    client->backend_ = std::make_unique<DirectBackend>(node.env);
  } else {
    KIEM_TRY_GET(client->backend_, NodeThread::start(std::move(node)));
  }
  client->host_ = std::make_unique<Host>(std::move(services), *client->backend_, std::move(state), slots);
  if (!wishes.view.empty() && !client->host_->show(wishes.view)) {
    return fail(ErrorCode::usage, Fault::person, {"unknown_choice", "--view", wishes.view, Host::views()});
  }
  if (wishes.practice_name) {
    client->host_->practise(*wishes.practice_name);
  } else if (unlock) {
    client->host_->open(*std::move(unlock));
  } else if (slots && slots->held && !wishes.picture) {
    client->host_->open_remembered();
  }
  return client;
}

}  // namespace kiem::gui
