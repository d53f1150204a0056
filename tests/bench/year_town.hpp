// The year played into one store: each operation by its author's own device, signed, through the ingest door, with the
// acts of core/domain where the product has one, in transactions that are durable when they return.
//
// Script and product differ in four places. A task is two operations, since its notes are for members only. Signing up
// and off is the volunteer's own doing, whoever the script names, for nobody else but a coordinator may take a claim
// back. A task that is "claimed" counts as called off, the one other state that is not open. Hours are a collection
// of plain fields that no view shows.
//
// A Town has its home's store while it lives. What the script's names became is kept in Names, which one line of
// history shares. Failures end the program; one thread.
#pragma once

#include <optional>
#include <span>

#include "core/domain/user_act.hpp"
#include "core/ingest.hpp"
#include "tests/bench/year_home.hpp"
#include "tests/bench/year_model.hpp"
#include "tests/bench/year_neighbours.hpp"

namespace kiem::bench {

struct YearNames {
  std::map<std::string, RecordId> records;
  YearModel model;  // of the same line of history: what a text is before it is edited
};

class YearTown {
 public:
  YearTown(YearHome& home, const YearNeighbours& neighbours);

  // By the store's own person, a coordinator: every neighbour is admitted and confirmed.
  void admit_all();
  void play(std::span<const YearOp* const> ops, std::size_t a_commit, YearNames& names);
  // Makes the log longer by so many operations of a chain that nobody asks for, of the usual size, written below the
  // door: what is measured is how much of the log is looked at, not what it says.
  void lengthen(std::size_t operations);
  // The task board, as YearModel::board() has it.
  [[nodiscard]] std::vector<std::string> board(const YearScript& script);
  // The canonical dump without what each store has alone: the operations of its person's own space.
  [[nodiscard]] std::vector<std::string> dump();

 private:
  void play(const YearOp& op, YearNames& names);
  [[nodiscard]] UserAct act_of(const DeviceKeys& keys);

  YearHome& home_;
  const YearNeighbours& neighbours_;
  std::unique_ptr<Store> store_;
  Connection& db_;
  SpaceRow space_;
  Ingest ingest_;
  std::unique_ptr<Connection> reader_;
};

}  // namespace kiem::bench
