// A village of laptops in one thread from one seed: whole Communities with real stores, real sessions between them, and
// a network that is late, cuts, goes deaf in one direction and comes back (DESIGN D1).
//
// Every laptop has its own clock (years off, if told), its own chance and a home of its own; stores are practice stores
// under a key file, so opening one costs no key derivation, and no sync waits for the disk. A lost frame cuts its link,
// as it would over TCP. The world prints nothing; who runs it prints the seed. One thread.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/access/acts.hpp"
#include "core/ingest.hpp"
#include "core/kiem.hpp"
#include "sync/session/session.hpp"
#include "tests/support/fakes.hpp"
#include "tests/support/fault_vfs.hpp"
#include "tests/support/temp_home.hpp"

namespace kiem::test {

// What crossed a link, per direction: [0] from who dialled, [1] to it.
struct Traffic {
  std::array<std::uint64_t, 2> frames{}, bytes{}, segment_bytes{};
  // Of those, what got there before the link was cut.
  std::array<std::uint64_t, 2> arrived_segment_bytes{};
  // By kind of message: wire::Message::index().
  std::array<std::array<std::uint64_t, std::variant_size_v<wire::Message>>, 2> kind_bytes{};
  // When the first segment got there, and the last frame of any kind; by the world's clock, 0: never.
  std::array<std::uint64_t, 2> first_segment_ms{}, last_ms{};
  [[nodiscard]] std::uint64_t all_bytes() const { return bytes[0] + bytes[1]; }
  [[nodiscard]] std::uint64_t all_segment_bytes() const { return segment_bytes[0] + segment_bytes[1]; }
};

struct Network {
  std::uint64_t latency_ms = 5;
  unsigned jitter_ms = 0;
  unsigned cut_percent = 0;          // of frames
  std::uint64_t bytes_a_second = 0;  // of a link, in each direction; 0: as many as there are
  std::size_t room = 16;             // frames that wait in one direction before a session is asked for more
};

class SimWorld;

// One person's laptop. Its Community may be closed and opened again; whatever link it had is cut then.
class SimLaptop {
 public:
  SimLaptop(SimWorld& world, std::string name, std::uint64_t seed);

  [[nodiscard]] Community& community() { return *community_; }
  [[nodiscard]] Replica& replica() { return community_->replica(); }
  [[nodiscard]] const BoxPublicKey& key() { return replica().keys().transport.public_key; }
  [[nodiscard]] PeerDevice as_peer() { return {replica().keys().device, key(), {}}; }
  [[nodiscard]] FakeEnv& fake() { return fake_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::filesystem::path& home() const { return home_; }

  // Answers of the wanted kind; anything else stops the test.
  template <class Wanted>
  Wanted ask(const Request& request) {
    auto answer = community_->perform(request);
    if (!answer) stop_at(answer.error());
    KIEM_CHECK(std::holds_alternative<Wanted>(*answer));
    return std::get<Wanted>(std::move(*answer));
  }
  // What a person may be told "no" to, which writes nothing; no fault of the machine and none of ours.
  void attempt(const Request& request);
  void add_task(const std::string& title, std::uint32_t seats = 1);
  void claim(const std::string& title, std::uint32_t count = 1);
  void withdraw(const std::string& title);
  // The canonical dump without the person's own space, which nobody else has.
  [[nodiscard]] std::vector<std::string> dump();
  // "name state position" of every claim of the task, in order.
  [[nodiscard]] std::vector<std::string> claims(const std::string& title);
  [[nodiscard]] std::uint64_t only_here();

  // Whether a page or frame of its store holds the text. The laptop is closed and opened for it.
  [[nodiscard]] bool holds_text(std::string_view text);
  // Its operations that lack a part, and which: what was erased.
  [[nodiscard]] std::vector<std::string> lacking();

  // A backup of this laptop as it is now, in its own folder: its path.
  std::filesystem::path back_up(const std::string& name);
  // What the person's recovery words are to a restored copy.
  [[nodiscard]] Request words() const;

  // Runs `body` on this laptop's store from below, in one transaction, while its Community is closed: for what no
  // command offers.
  void from_below(const std::function<void(Connection& db, const DeviceKeys& keys, Ingest& ingest)>& body);
  // Writes an act of membership that no command offers, by the same author and door as all others.
  void write_act(const ActBody& act);

  void close();
  void open();
  void restart() {
    close();
    open();
  }

 private:
  friend class SimWorld;
  friend class SimLink;
  [[noreturn]] static void stop_at(const Error& error);
  SimWorld& world_;
  std::string name_;
  FakeEnv fake_;
  TempHome folder_;
  std::filesystem::path home_;
  SecretBytes key_file_, words_;
  std::unique_ptr<Community> community_;
};

class SimLink {
 public:
  SimLink(SimWorld& world, std::size_t from, std::size_t to, SecretBytes invitation);

  [[nodiscard]] Session& dialler() { return *ends_[0]; }
  [[nodiscard]] Session& accepter() { return *ends_[1]; }
  [[nodiscard]] const Traffic& traffic() const { return traffic_; }
  [[nodiscard]] bool is_up() const { return up_; }
  [[nodiscard]] bool is_level() const { return ends_[0]->is_level() && ends_[1]->is_level() && is_quiet(); }
  // Nothing is under way.
  [[nodiscard]] bool is_quiet() const { return under_way_[0].empty() && under_way_[1].empty(); }
  void cut();
  // Deaf in one direction: what is sent that way is swallowed.
  void block(std::size_t direction, bool blocked) { blocked_[direction] = blocked; }
  [[nodiscard]] bool touches(std::size_t laptop) const { return laptops_[0] == laptop || laptops_[1] == laptop; }

 private:
  friend class SimWorld;
  struct Frame {
    Bytes bytes;
    std::uint64_t due = 0;
    std::uint64_t segment_bytes = 0;
  };
  // True when something moved.
  bool step();
  bool send(std::size_t direction);
  bool deliver(std::size_t direction);

  SimWorld& world_;
  std::array<std::size_t, 2> laptops_;
  std::array<std::unique_ptr<Session>, 2> ends_;
  std::array<std::deque<Frame>, 2> under_way_;
  std::array<std::uint64_t, 2> free_ms_{};  // when a slow line has carried what it was given
  std::array<bool, 2> blocked_{};
  Traffic traffic_;
  bool up_ = true;
};

struct Meeting {
  Traffic traffic;
  bool level = false;
  std::uint64_t level_ms = 0;  // when it was, by the world's clock
  std::optional<SessionEnd> dialler, accepter;
};

class SimWorld {
 public:
  explicit SimWorld(std::uint64_t seed);
  ~SimWorld();

  // --- laptops ---
  std::size_t add(const std::string& name);
  // A byte-for-byte copy of a laptop as it is now: a restored backup or a cloned disk.
  std::size_t copy(std::size_t laptop);
  // A new laptop of the same person out of a backup; it writes nothing before it was given words().
  std::size_t restore(std::size_t of, const std::filesystem::path& backup);
  [[nodiscard]] SimLaptop& operator[](std::size_t laptop) { return *laptops_[laptop]; }
  [[nodiscard]] std::size_t size() const { return laptops_.size(); }
  // `first` founds an initiative, invites the others one by one and lets them in.
  void found(std::size_t first, const std::string& name);
  Meeting join(std::size_t inviter, std::size_t joiner, Role role = Role::volunteer);

  // --- network ---
  Network network;
  SimLink& connect(std::size_t from, std::size_t to, SecretBytes invitation = {});
  // Moves time until `done` or until so many milliseconds passed; whether it was done.
  bool run_until(const std::function<bool()>& done, std::uint64_t at_most_ms = 120'000);
  void run(std::uint64_t ms);
  // Connects, runs until both are level or the link is down, says goodbye.
  Meeting meet(std::size_t from, std::size_t to, std::uint64_t at_most_ms = 120'000);
  void cut_all(std::size_t laptop);
  void forget_links();
  // Every pair of laptops, over a good network, until all are level.
  void heal();

  [[nodiscard]] SeededRng& chance() { return chance_; }
  [[nodiscard]] std::uint64_t now_ms() const { return now_ms_; }
  [[nodiscard]] std::uint64_t seed() const { return seed_; }

 private:
  friend class SimLaptop;
  friend class SimLink;
  bool step();

  std::uint64_t seed_;
  SeededRng chance_;
  FaultVfs vfs_;
  std::uint64_t now_ms_ = 0;
  std::uint64_t ticked_ms_ = 0;
  std::vector<std::unique_ptr<SimLaptop>> laptops_;
  std::vector<std::unique_ptr<SimLink>> links_;
};

// KIEM_SEED from the environment when it is set, else `usual`; told on stderr with the name of what runs.
[[nodiscard]] std::uint64_t seed_for(const char* what, std::uint64_t usual);

}  // namespace kiem::test
