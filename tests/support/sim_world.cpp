#include "tests/support/sim_world.hpp"

#include <algorithm>
#include <cstdio>

#include "core/base/check.hpp"
#include "core/identity/recovery.hpp"
#include "core/oplog/author.hpp"
#include "core/schema/first.hpp"
#include "core/views/dump.hpp"
#include "tests/support/plain_pages.hpp"

namespace kiem::test {
namespace {

constexpr std::uint64_t kStepMs = 5;
constexpr std::uint64_t kTickMs = 1'000;
constexpr std::int64_t kYearMs = 365LL * 24 * 3600 * 1000;

std::string state_word(ClaimState state) { return std::to_string(static_cast<int>(state)); }

}  // namespace

// --- a laptop --------------------------------------------------------------------------------------------------------

SimLaptop::SimLaptop(SimWorld& world, std::string name, std::uint64_t seed)
    : world_(world), name_(std::move(name)), fake_(seed), home_(folder_.store()) {}

void SimLaptop::stop_at(const Error& error) {
  std::fprintf(stderr, "refused with code %d", static_cast<int>(error.code));
  for (const auto& arg : error.args) std::fprintf(stderr, ", %s", arg.c_str());
  std::fputs("\n", stderr);
  KIEM_CHECK(false);
  std::abort();
}

void SimLaptop::open() {
  StoreOptions options;
  options.parent_vfs = world_.vfs_.name();
  auto opened = Community::open(home_, KeyFile{key_file_.clone()}, fake_.env(), options);
  if (!opened) stop_at(opened.error());
  community_ = std::move(*opened);
}

void SimLaptop::close() {
  for (std::size_t i = 0; i < world_.size(); ++i) {
    if (&world_[i] == this) world_.cut_all(i);
  }
  community_.reset();
}

void SimLaptop::attempt(const Request& request) {
  const auto answer = community_->perform(request);
  if (!answer && answer.error().fault != Fault::person) stop_at(answer.error());
}

void SimLaptop::add_task(const std::string& title, std::uint32_t seats) {
  AddTask task;
  task.title = title;
  task.seats = seats;
  ask<TaskAdded>(task);
}

void SimLaptop::claim(const std::string& title, std::uint32_t count) {
  ask<ClaimAnswer>(ClaimTask{{}, {title}, count, {}});
}

void SimLaptop::withdraw(const std::string& title) { ask<ClaimAnswer>(WithdrawClaim{{}, {title}, {}}); }

std::filesystem::path SimLaptop::back_up(const std::string& name) {
  const auto file = folder_.path() / name;
  ask<BackedUp>(BackUp{file.string()});
  return file;
}

Request SimLaptop::words() const { return EnrolCopy{{std::make_shared<const SecretBytes>(words_.clone())}}; }

void SimLaptop::from_below(const std::function<void(Connection&, const DeviceKeys&, Ingest&)>& body) {
  close();
  {
    StoreOptions options;
    options.parent_vfs = world_.vfs_.name();
    auto store = Store::open(home_, KeyFile{key_file_.clone()}, fake_.env(), options);
    KIEM_CHECK(store.has_value());
    Connection& db = (*store)->writer();
    const auto stored = local_value(db, "device keys");
    KIEM_CHECK(stored && *stored);
    const auto keys = DeviceKeys::from_stored(**stored);
    auto transaction = Transaction::begin(db);
    KIEM_CHECK(keys && transaction);
    Ingest ingest(db, fake_.env());
    body(db, *keys, ingest);
    KIEM_CHECK(ingest.fold().has_value() && transaction->commit().has_value());
  }
  open();
}

bool SimLaptop::holds_text(std::string_view text) {
  close();
  const bool found = test::holds_text(home_, KeyFile{key_file_.clone()}, text);
  open();
  return found;
}

std::vector<std::string> SimLaptop::lacking() {
  auto reader = community_->open_reader();
  if (!reader) stop_at(reader.error());
  std::vector<std::string> lines;
  const auto spaces = all_spaces(**reader);
  KIEM_CHECK(spaces.has_value());
  const auto rows = operations_of(**reader, spaces->back().row);
  KIEM_CHECK(rows.has_value());
  for (const std::int64_t row : *rows) {
    const auto id = operation_id(**reader, row);
    const auto bytes = export_operation(**reader, row);
    KIEM_CHECK(id && bytes);
    for (std::size_t part = 0; part < bytes->parts.size(); ++part) {
      if (!bytes->parts[part]) lines.push_back(to_hex(view(*id)) + " " + std::to_string(part));
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

void SimLaptop::write_act(const ActBody& act) {
  from_below([&](Connection& db, const DeviceKeys& keys, Ingest& ingest) {
    const auto spaces = all_spaces(db);
    KIEM_CHECK(spaces.has_value());
    Mutation mutation;
    mutation.collection = {std::nullopt, collection::kAccess};
    mutation.authority = encode(Act{act, {}});
    Draft draft(circle_id(spaces->back().id, 0), kSchemaNumber);
    draft.add(std::move(mutation));
    const auto operation = author(db, keys, draft, new_act(fake_.rng), fake_.env());
    KIEM_CHECK(operation && ingest.take(*operation));
  });
}

std::vector<std::string> SimLaptop::dump() {
  auto reader = community_->open_reader();
  if (!reader) stop_at(reader.error());
  auto lines = canonical_dump(**reader);
  if (!lines) stop_at(lines.error());
  auto own = (*reader)->prepare(
      "SELECT o.id FROM operation o JOIN chain USING(chain) JOIN circle USING(circle) JOIN space s USING(space) "
      "WHERE s.kind = 0");
  if (!own) stop_at(own.error());
  while (true) {
    const auto more = own->step();
    if (!more) stop_at(more.error());
    if (!*more) break;
    const std::string line = "operation x" + to_hex(own->blob(0)) + " ";
    std::erase_if(*lines, [&](const std::string& each) { return each.starts_with(line); });
  }
  return std::move(*lines);
}

std::vector<std::string> SimLaptop::claims(const std::string& title) {
  const auto task = ask<TaskDetail>(ShowTask{{}, {title}});
  std::vector<std::string> lines;
  for (const auto& claim : task.claims) {
    lines.push_back(claim.person.name + " " + state_word(claim.state) + " " + std::to_string(claim.position));
  }
  return lines;
}

std::uint64_t SimLaptop::only_here() {
  const auto status = ask<StatusAnswer>(ShowStatus{});
  return status.initiatives.empty() ? 0 : status.initiatives.front().only_here;
}

// --- a link ----------------------------------------------------------------------------------------------------------

SimLink::SimLink(SimWorld& world, std::size_t from, std::size_t to, SecretBytes invitation)
    : world_(world), laptops_{from, to} {
  SessionOptions out;
  out.peer = world[to].key();
  out.dialled = true;
  out.invitation = std::move(invitation);
  SessionOptions in;
  in.peer = world[from].key();
  ends_[0] = std::make_unique<Session>(world[from].replica(), std::move(out), world.now_ms());
  ends_[1] = std::make_unique<Session>(world[to].replica(), std::move(in), world.now_ms());
}

void SimLink::cut() {
  if (!up_) return;
  up_ = false;
  for (auto& queue : under_way_) queue.clear();
  for (auto& end : ends_) end->lost();
}

bool SimLink::send(std::size_t direction) {
  bool moved = false;
  while (up_ && under_way_[direction].size() < world_.network.room) {
    auto frame = ends_[direction]->next_frame();
    if (!frame) break;
    KIEM_CHECK(!frame->empty() && frame->size() <= wire::kMaxFrame);
    moved = true;
    ++traffic_.frames[direction];
    traffic_.bytes[direction] += frame->size();
    const auto message = wire::decode(*frame);
    KIEM_CHECK(message.has_value());
    traffic_.kind_bytes[direction][message->index()] += frame->size();
    const std::uint64_t segments_before = traffic_.segment_bytes[direction];
    if (const auto* segments = std::get_if<wire::Segments>(&*message))
      traffic_.segment_bytes[direction] += bytes_of(*segments);
    if (const auto* piece = std::get_if<wire::Piece>(&*message))
      traffic_.segment_bytes[direction] += piece->bytes.size();
    if (world_.chance_.chance(world_.network.cut_percent)) {
      cut();
      return true;
    }
    if (blocked_[direction]) continue;
    const std::uint64_t jitter = world_.network.jitter_ms > 0 ? world_.chance_.below(world_.network.jitter_ms) : 0;
    std::uint64_t away = world_.now_ms_;
    if (world_.network.bytes_a_second > 0) {
      away = std::max(away, free_ms_[direction]) + 1'000 * frame->size() / world_.network.bytes_a_second;
      free_ms_[direction] = away;
    }
    std::uint64_t due = away + world_.network.latency_ms + jitter;
    if (!under_way_[direction].empty()) due = std::max(due, under_way_[direction].back().due);
    if (segments_before == 0 && traffic_.segment_bytes[direction] > 0) traffic_.first_segment_ms[direction] = due;
    traffic_.last_ms[direction] = due;
    under_way_[direction].push_back({std::move(*frame), due, traffic_.segment_bytes[direction] - segments_before});
  }
  return moved;
}

// As a node takes them: what came at the same time is one commit.
bool SimLink::deliver(std::size_t direction) {
  std::vector<Frame> frames;
  auto& queue = under_way_[direction];
  while (up_ && !queue.empty() && queue.front().due <= world_.now_ms_) {
    frames.push_back(std::move(queue.front()));
    queue.pop_front();
  }
  const auto receive = [&] {
    for (const Frame& frame : frames) {
      traffic_.arrived_segment_bytes[direction] += frame.segment_bytes;
      ends_[1 - direction]->receive(frame.bytes, world_.now_ms_);
    }
  };
  if (frames.size() < 2) {
    receive();
  } else if (const Status kept = world_[laptops_[1 - direction]].community().replica().together(receive); !kept) {
    if (kept.error().fault != Fault::damage) SimLaptop::stop_at(kept.error());
    ends_[1 - direction]->undone(kept.error());
  }
  return !frames.empty();
}

bool SimLink::step() {
  if (!up_) return false;
  bool moved = false;
  for (const std::size_t direction : {0U, 1U}) {
    moved = send(direction) || moved;
    moved = deliver(direction) || moved;
  }
  const bool ended = ends_[0]->end() && ends_[1]->end();
  const bool half = ends_[0]->end() || ends_[1]->end();
  // Who ended it closes the link once its last frame is away.
  if (up_ && is_quiet() && !moved && (ended || half)) cut();
  return moved;
}

// --- the world -------------------------------------------------------------------------------------------------------

SimWorld::SimWorld(std::uint64_t seed) : seed_(seed), chance_(seed) {}

SimWorld::~SimWorld() { links_.clear(); }

std::size_t SimWorld::add(const std::string& name) {
  auto laptop = std::make_unique<SimLaptop>(*this, name, chance_.next());
  // Clocks are off by up to ten years either way; nothing may depend on them.
  laptop->fake_.clock.set_wall(laptop->fake_.clock.wall().ms +
                               (static_cast<std::int64_t>(chance_.below(20)) - 10) * kYearMs);
  laptop->key_file_ = SecretBytes::random(32, laptop->fake_.rng);
  StoreOptions options;
  options.parent_vfs = vfs_.name();
  std::string words;
  auto made =
      Community::create(laptop->home_, KeyFile{laptop->key_file_.clone()}, name, laptop->fake_.env(), words, options);
  if (!made) SimLaptop::stop_at(made.error());
  const auto parsed = RecoveryWords::parse(words);
  KIEM_CHECK(parsed.has_value());
  laptop->words_ = parsed->bits().clone();
  laptop->community_ = std::move(*made);
  laptops_.push_back(std::move(laptop));
  return laptops_.size() - 1;
}

std::size_t SimWorld::copy(std::size_t original) {
  laptops_[original]->close();
  auto laptop = std::make_unique<SimLaptop>(*this, laptops_[original]->name_, chance_.next());
  laptop->key_file_ = laptops_[original]->key_file_.clone();
  laptop->words_ = laptops_[original]->words_.clone();
  std::filesystem::copy(laptops_[original]->home_, laptop->home_, std::filesystem::copy_options::recursive);
  laptops_[original]->open();
  laptop->open();
  laptops_.push_back(std::move(laptop));
  return laptops_.size() - 1;
}

std::size_t SimWorld::restore(std::size_t of, const std::filesystem::path& backup) {
  auto laptop = std::make_unique<SimLaptop>(*this, laptops_[of]->name_, chance_.next());
  laptop->key_file_ = laptops_[of]->key_file_.clone();
  laptop->words_ = laptops_[of]->words_.clone();
  StoreOptions options;
  options.parent_vfs = vfs_.name();
  auto restored =
      Community::restore(backup, laptop->home_, KeyFile{laptop->key_file_.clone()}, laptop->fake_.env(), {}, options);
  if (!restored) SimLaptop::stop_at(restored.error());
  KIEM_CHECK(restored->damaged_pages.empty());
  laptop->community_ = std::move(restored->community);
  laptops_.push_back(std::move(laptop));
  return laptops_.size() - 1;
}

void SimWorld::found(std::size_t first, const std::string& name) {
  laptops_[first]->ask<InitiativeCreated>(CreateInitiative{name});
  for (std::size_t i = 0; i < laptops_.size(); ++i) {
    if (i != first) KIEM_CHECK(join(first, i).level);
  }
}

Meeting SimWorld::join(std::size_t inviter, std::size_t joiner, Role role) {
  auto invitation = laptops_[inviter]->replica().invite({}, role);
  if (!invitation) SimLaptop::stop_at(invitation.error());
  SimLink& link = connect(joiner, inviter, std::move(invitation->seed));
  run_until([&] { return link.is_level() || !link.is_up(); });
  Meeting meeting{link.traffic(), link.is_level(), now_ms_, link.dialler().end(), link.accepter().end()};
  link.cut();
  forget_links();
  return meeting;
}

SimLink& SimWorld::connect(std::size_t from, std::size_t to, SecretBytes invitation) {
  links_.push_back(std::make_unique<SimLink>(*this, from, to, std::move(invitation)));
  return *links_.back();
}

bool SimWorld::step() {
  bool moved = false;
  for (const auto& link : links_) moved = link->step() || moved;
  // Nothing to do now: on to the next thing that is due, or the next tick.
  std::uint64_t next = ticked_ms_ + kTickMs;
  for (const auto& link : links_) {
    for (const auto& queue : link->under_way_) {
      if (!queue.empty()) next = std::min(next, queue.front().due);
    }
  }
  const std::uint64_t passed = moved ? kStepMs : std::max(kStepMs, next - std::min(next, now_ms_));
  now_ms_ += passed;
  for (const auto& laptop : laptops_) laptop->fake_.clock.advance(static_cast<std::int64_t>(passed));
  if (now_ms_ - ticked_ms_ >= kTickMs) {
    ticked_ms_ = now_ms_;
    for (const auto& link : links_) {
      if (!link->up_) continue;
      for (const auto& end : link->ends_) end->tick(now_ms_);
    }
  }
  return moved;
}

bool SimWorld::run_until(const std::function<bool()>& done, std::uint64_t at_most_ms) {
  const std::uint64_t until = now_ms_ + at_most_ms;
  while (!done()) {
    if (now_ms_ >= until) return false;
    step();
  }
  return true;
}

void SimWorld::run(std::uint64_t ms) {
  run_until([] { return false; }, ms);
}

Meeting SimWorld::meet(std::size_t from, std::size_t to, std::uint64_t at_most_ms) {
  SimLink& link = connect(from, to);
  run_until([&] { return link.is_level() || !link.is_up(); }, at_most_ms);
  Meeting meeting{link.traffic(), link.is_level(), now_ms_, link.dialler().end(), link.accepter().end()};
  if (link.is_up()) {
    link.dialler().close();
    run_until([&] { return !link.is_up(); });
  }
  forget_links();
  return meeting;
}

void SimWorld::cut_all(std::size_t laptop) {
  for (const auto& link : links_) {
    if (link->touches(laptop)) link->cut();
  }
  forget_links();
}

void SimWorld::forget_links() {
  std::erase_if(links_, [](const auto& link) { return !link->is_up(); });
}

void SimWorld::heal() {
  const Network before = std::exchange(network, Network{});
  for (const auto& link : links_) link->cut();
  forget_links();
  // Twice: what the first pairs heard last, the first of them hear in the second turn; a confirmation in a third.
  for (int turn = 0; turn < 3; ++turn) {
    for (std::size_t i = 0; i < size(); ++i) {
      for (std::size_t j = i + 1; j < size(); ++j) KIEM_CHECK(meet(i, j).level);
    }
  }
  network = before;
}

}  // namespace kiem::test
