// A tool library between two laptops: a schema of its own, two encrypted stores, and one meeting in which the second
// joins and gets all there is. tool-library FOLDER
#include <chrono>
#include <iostream>

#include "core/crypto/system_rng.hpp"
#include "core/kiem.hpp"
#include "core/replica.hpp"
#include "sync/session/session.hpp"

constexpr const char* kSchema = R"(
[[collection]]
key = "gereedschap"
label = { nl = "Gereedschap", en = "Tools" }
title = "naam"
field = [ { key = "naam", type = "text" }, { key = "aantal", type = "integer", pick = "min" } ]
)";

struct SystemTime final : kiem::Clock {
  kiem::WallTime wall() override {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
  }
  std::uint64_t monotonic_ms() override {
    using namespace std::chrono;
    return static_cast<std::uint64_t>(duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count());
  }
};
struct Quiet final : kiem::Log {
  void line(kiem::LogLevel, std::string_view) override {}
};

template <class Wanted>
Wanted ask(kiem::Community& kiem, const kiem::Request& request) {
  return std::get<Wanted>(kiem.perform(request).value());  // throws when it was refused
}

int main(int count, char** words) try {
  if (count != 2) return 2;
  SystemTime clock;
  kiem::SystemRng rng;
  Quiet log;
  const auto laptop = [&](const char* name) {
    const kiem::Unlock key = kiem::KeyFile{kiem::SecretBytes::random(kiem::kKeyFileBytes, rng)};
    std::string recovery_words;  // to be written on paper, in a program for people
    const auto home = std::filesystem::path(words[1]) / name;
    return kiem::Community::create(home, key, name, {clock, rng, log}, recovery_words).value();
  };
  const auto ans = laptop("Ans"), bram = laptop("Bram");
  ask<kiem::InitiativeCreated>(*ans, kiem::CreateInitiative{"Gereedschap van de Lindestraat"});
  ask<kiem::SchemaAnswer>(*ans, kiem::ExtendSchema{{}, kSchema, false});
  ask<kiem::RecordAnswer>(*ans, kiem::AddRecord{{}, "gereedschap", {{"naam", "Ladder"}, {"aantal", "2"}}});

  // The meeting: what a socket would carry goes from hand to hand.
  auto code = ans->replica().invite({}, kiem::Role::volunteer).value().seed;
  const auto key_of = [](kiem::Community& kiem) { return kiem.replica().keys().transport.public_key; };
  kiem::Session there(bram->replica(), {key_of(*ans), true, std::move(code), {}}, clock.monotonic_ms());
  kiem::Session here(ans->replica(), {key_of(*bram), false, {}, {}}, clock.monotonic_ms());
  for (bool moved = true; moved;) {
    moved = false;
    for (auto [from, to] : {std::pair(&there, &here), std::pair(&here, &there)}) {
      while (const auto frame = from->next_frame()) to->receive(*frame, clock.monotonic_ms()), moved = true;
    }
  }
  for (const auto& tool :
       ask<kiem::Records>(*bram, kiem::ListRecords{{}, "gereedschap", {}, "", false, {}, 0}).records) {
    std::cout << "Bram sees: " << tool.title << '\n';
  }
  return there.is_level() && here.is_level() ? 0 : 1;
} catch (const std::exception& problem) {
  std::cerr << problem.what() << '\n';
  return 1;
}
