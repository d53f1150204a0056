#include "gui/host/node_thread.hpp"

#include <unistd.h>

#include <atomic>
#include <deque>

#include "core/base/check.hpp"
#include "core/kiem.hpp"
#include "gui/host/neighbours.hpp"
#include "gui/host/no_network.hpp"
#include "gui/host/remembering.hpp"
#include "sync/control/control_client.hpp"
#include "sync/node/node_loop.hpp"
#include "sync/transport/handoff.hpp"
#include "sync/transport/quiet_thread.hpp"

namespace kiem::gui {
namespace {

struct Open {
  std::filesystem::path home;
  Unlock unlock;
};
struct OpenRemembered {
  std::filesystem::path home;
};
struct Make {
  std::filesystem::path home;
  Unlock unlock;
  std::string name;
};
struct Practise {
  std::string name;
};
struct Shut {};
struct Ask {
  NodeRequest request;
};
struct Choose {
  Passphrase passphrase;
};
struct Remember {
  bool on = false;
};
struct Plug {
  bool in = true;
};
struct Stop {};
using Work = std::variant<Open, OpenRemembered, Make, Practise, Shut, Ask, Choose, Remember, Plug, Stop>;

// More than a person can ask for while the store is being opened.
constexpr std::size_t kWaitingWork = 4'096;
constexpr std::size_t kWaitingNews = 65'536;
constexpr std::chrono::hours kIdle{1};
constexpr std::size_t kPracticeKey = 32;

}  // namespace

struct NodeThread::Impl {
  explicit Impl(NodeServices handed_in) : services(std::move(handed_in)), work(kWaitingWork), news(kWaitingNews) {}

  NodeServices services;
  Handoff<Work> work;
  Handoff<News> news;
  std::atomic<bool> is_change_told = false;  // a StoreChanged waits to be taken

  // --- of the thread alone ---
  std::unique_ptr<Community> community;
  std::unique_ptr<ControlServer> control;
  std::unique_ptr<Neighbours> neighbours;
  bool plugged_in = true;
  bool practising = false;
  std::deque<Work> next;                // what ends the present loop
  std::deque<NodeRequest> asked;        // meanwhile, for the next one
  std::unique_ptr<QuietThread> thread;  // last, so that it is joined before what it uses goes

  void tell(News told) {
    news.push(std::move(told));
    services.wake();
  }
  void give(Work given) {
    const bool taken = work.try_push(given);
    KIEM_CHECK(taken);
  }

  void run();
  bool obey(Work& given);
  bool change_slots(Work& given);
  Status take_store(const std::filesystem::path& home, Result<std::unique_ptr<Community>> opened);
  Result<std::string> begin_practice(const std::string& name);
  void shut();
  void serve();
  Status serve_over(Network& network);
  void tell_slots() { tell(SlotsTold{community->store().slot_kinds()}); }
  // After the store was told to be open: it takes a look at every page.
  void look_at_pages() {
    if (community == nullptr) return;
    if (const Status fresh = community->store().check_freshness(); !fresh) tell(PagesDoubted{fresh.error()});
  }
  void give_up_keyring() const {
    if (services.give_up_keyring) services.give_up_keyring();
  }
  void refuse(const NodeRequest& request, const Error& error) {
    tell(RequestAnswered{request, tl::unexpected<Error>(error)});
  }
};

// --- the thread ------------------------------------------------------------------------------------------------------

void NodeThread::Impl::run() {
  while (true) {
    if (next.empty()) {
      if (auto given = work.pop_within(kIdle)) next.push_back(*std::move(given));
      if (next.empty()) continue;
    }
    Work given = std::move(next.front());
    next.pop_front();
    if (!obey(given)) break;
    if (community != nullptr && next.empty()) serve();
  }
  shut();
}

bool NodeThread::Impl::obey(Work& given) {
  if (std::holds_alternative<Stop>(given)) return false;
  if (const auto* const plug = std::get_if<Plug>(&given)) {
    plugged_in = plug->in;
  } else if (const auto* const ask = std::get_if<Ask>(&given)) {
    if (community != nullptr) {
      asked.push_back(ask->request);
    } else {
      refuse(ask->request, {ErrorCode::store_closed, Fault::person, {}});
    }
  } else if (std::holds_alternative<Shut>(given)) {
    shut();
    tell(StoreShut{});
  } else if (auto* const open = std::get_if<Open>(&given)) {
    shut();
    tell(StoreOpened{take_store(open->home, Community::open(open->home, open->unlock, services.env))});
    look_at_pages();
  } else if (const auto* const remembered = std::get_if<OpenRemembered>(&given)) {
    shut();
    tell(StoreOpened{
        take_store(remembered->home, gui::open_remembered(remembered->home, services.keyring, services.env)), true});
    look_at_pages();
  } else if (auto* const make = std::get_if<Make>(&given)) {
    shut();
    std::string words;
    const Status made =
        take_store(make->home, Community::create(make->home, make->unlock, make->name, services.env, words));
    if (made) {
      tell(StoreMade{std::move(words)});
    } else {
      tell(StoreMade{tl::unexpected<Error>(made.error())});
    }
  } else if (const auto* const practise = std::get_if<Practise>(&given)) {
    shut();
    tell(PracticeBegun{begin_practice(practise->name)});
  } else {
    change_slots(given);
  }
  return true;
}

// Done without ending the loop, so that whoever we are talking with notices nothing. False: it is other work.
bool NodeThread::Impl::change_slots(Work& given) {
  auto* const choose = std::get_if<Choose>(&given);
  const auto* const remembers = std::get_if<Remember>(&given);
  if (choose == nullptr && remembers == nullptr) return false;
  Status done = fail(ErrorCode::store_closed);
  if (community != nullptr) {
    Store& store = community->store();
    if (choose != nullptr) {
      done = store.put_slot(std::move(choose->passphrase));
    } else if (remembers->on) {
      done = gui::remember(store, services.keyring, services.env.rng);
    } else {
      done = stop_remembering(store, services.keyring);
    }
    tell_slots();
  }
  if (choose != nullptr) {
    tell(PassphraseChosen{std::move(done)});
  } else {
    tell(Remembering{remembers->on, std::move(done)});
  }
  return true;
}

Status NodeThread::Impl::take_store(const std::filesystem::path& home, Result<std::unique_ptr<Community>> opened) {
  const auto path = control_path(home, services.runtime_dir);
  if (!opened) {
    if (opened.error().code != ErrorCode::store_busy || !path) {
      return tl::unexpected<Error>(std::move(opened).error());
    }
    // Who has it, so that the person knows which window to close.
    KIEM_TRY_GET(const std::optional<ControlClient> holder, ControlClient::connect(*path));
    const std::string who =
        holder ? home.string() + " (pid " + std::to_string(holder->hello().pid) + ")" : home.string();
    return fail(ErrorCode::store_busy, Fault::person, {who});
  }
  // Without a place for the socket the window works as well; only commands have to wait.
  if (path) {
    KIEM_TRY_GET(control,
                 ControlServer::listen(*path, {ControlRole::client, static_cast<std::uint32_t>(::getpid()), {}}));
  }
  community = *std::move(opened);
  community->on_change([this](const Change&) {
    if (!is_change_told.exchange(true)) tell(StoreChanged{});
  });
  tell_slots();
  return {};
}

Result<std::string> NodeThread::Impl::begin_practice(const std::string& name) {
  const std::filesystem::path& folder = services.practice_folder;
  KIEM_TRY_GET(neighbours, Neighbours::start(services.neighbours, folder / "buren"));
  practising = true;
  const std::filesystem::path home = folder / "ik";
  std::string words;
  auto made =
      Community::create(home, KeyFile{SecretBytes::random(kPracticeKey, services.env.rng)}, name, services.env, words);
  wipe(words);
  const Status taken = take_store(home, std::move(made));
  if (!taken) {
    neighbours.reset();
    return tl::unexpected<Error>(taken.error());
  }
  return neighbours->code();
}

void NodeThread::Impl::shut() {
  for (const NodeRequest& request : std::exchange(asked, {})) {
    refuse(request, {ErrorCode::store_closed, Fault::person, {}});
  }
  control.reset();
  community.reset();
  neighbours.reset();
  if (!std::exchange(practising, false)) return;
  std::error_code ignored;  // in the system's temporary folder, where it hurts nobody
  std::filesystem::remove_all(services.practice_folder, ignored);
}

// Meets others and answers until something comes that ends this: another store, another plug, the end.
void NodeThread::Impl::serve() {
  NoNetwork none;
  Status served;
  if (!plugged_in && none.is_good()) {
    served = serve_over(none);
  } else {
    const auto network = services.open_network(community->replica().keys().transport, services.env.clock);
    if (network) {
      served = serve_over(**network);
    } else {
      served = tl::unexpected<Error>(network.error());
    }
  }
  if (served) return;
  shut();
  tell(StoreFailed{served.error()});
}

Status NodeThread::Impl::serve_over(Network& network) {
  // Neighbours of the practice garden are processes of this laptop, which need not be looked for.
  std::unique_ptr<Datagrams> datagrams;
  if (plugged_in && !practising && services.open_datagrams) {
    auto opened = services.open_datagrams();
    if (opened) {
      datagrams = *std::move(opened);
    } else {
      services.env.log.line(LogLevel::warning, "the client does not look around: its port is not free");
    }
  }
  KIEM_TRY_GET(const std::unique_ptr<Node> node, Node::create(*community, network, services.env));
  // Neighbours call nobody, so who practises need not be found. Without a port it still meets whom it calls itself.
  if (plugged_in && !practising && !node->listen(std::nullopt)) {
    services.env.log.line(LogLevel::warning, "the client accepts no peers: no port is free");
  }
  NowListening listening;
  for (const Endpoint& each : node->addresses()) listening.addresses.push_back(to_text(each));
  tell(std::move(listening));
  if (datagrams != nullptr) KIEM_TRY(node->look_around(*datagrams));
  NodeLoop loop(*node, network, services.env.clock);
  if (datagrams != nullptr) loop.watch(*datagrams);
  if (control != nullptr) loop.serve(*control);
  const auto ask_node = [&](const NodeRequest& request) {
    node->ask(request, [this, request](const Result<NodeAnswer>& answer) { tell(RequestAnswered{request, answer}); });
  };
  for (const NodeRequest& request : std::exchange(asked, {})) ask_node(request);
  loop.watch(work.wake_fd(), [&] {
    while (auto given = work.try_pop()) {
      if (auto* const ask = std::get_if<Ask>(&*given); ask != nullptr && next.empty()) {
        ask_node(ask->request);
      } else if (!next.empty() || !change_slots(*given)) {
        next.push_back(*std::move(given));
      }
    }
  });
  if (neighbours != nullptr) {
    loop.watch(neighbours->fd(), [this, &loop] {
      for (std::string& word : neighbours->told()) tell(NeighbourTold{std::move(word)});
      if (neighbours->have_gone()) loop.unwatch(neighbours->fd());
    });
  }
  KIEM_TRY(loop.run_until([this] { return !next.empty(); }));
  return loop.leave();
}

// --- the drawing thread ----------------------------------------------------------------------------------------------

Result<std::unique_ptr<NodeThread>> NodeThread::start(NodeServices services) {
  auto impl = std::make_unique<Impl>(std::move(services));
  if (!impl->work.is_good() || !impl->news.is_good()) return fail(ErrorCode::out_of_memory, Fault::machine);
  impl->thread = std::make_unique<QuietThread>([inside = impl.get()] { inside->run(); });
  if (!impl->thread->is_running()) return fail(ErrorCode::out_of_memory, Fault::machine);
  return std::unique_ptr<NodeThread>(new NodeThread(std::move(impl)));
}

NodeThread::NodeThread(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

NodeThread::~NodeThread() {
  impl_->give(Stop{});
  impl_->give_up_keyring();
}

void NodeThread::open(const std::filesystem::path& home, Unlock unlock) { impl_->give(Open{home, std::move(unlock)}); }
void NodeThread::open_remembered(const std::filesystem::path& home) { impl_->give(OpenRemembered{home}); }
void NodeThread::make(const std::filesystem::path& home, Unlock unlock, const std::string& name) {
  impl_->give(Make{home, std::move(unlock), name});
}
void NodeThread::practise(const std::string& name) { impl_->give(Practise{name}); }
void NodeThread::shut() {
  impl_->give(Shut{});
  impl_->give_up_keyring();
}
void NodeThread::choose_passphrase(Passphrase passphrase) { impl_->give(Choose{std::move(passphrase)}); }
void NodeThread::remember(bool on) { impl_->give(Remember{on}); }
void NodeThread::ask(NodeRequest request) { impl_->give(Ask{std::move(request)}); }
void NodeThread::plug(bool in) { impl_->give(Plug{in}); }

std::vector<News> NodeThread::take_news() {
  std::vector<News> taken;
  while (auto told = impl_->news.try_pop()) {
    // From here on a further change is news again.
    if (std::holds_alternative<StoreChanged>(*told)) impl_->is_change_told = false;
    taken.push_back(*std::move(told));
  }
  return taken;
}

}  // namespace kiem::gui
