// A laptop with a text: makes mutations of edits, and holds those it was given. For the tests and laws of texts.
#pragma once

#include <deque>
#include <string>

#include "core/crdt/text_edits.hpp"
#include "tests/support/mutation_ids.hpp"

namespace kiem::test {

// Every mutation made in one world, so that their texts stay where they are.
class TextWorld {
 public:
  const TextMutation& make(const TextEdit& edit, std::uint64_t author) {
    texts_.push_back(edit.text);
    const bool run =
        edit.kind == TextKind::add || edit.kind == TextKind::insert_words || edit.kind == TextKind::rewrite;
    made_.push_back({mutation(first_ + made_.size()), edit.kind, person(author), device(author),
                     run ? std::optional<std::string_view>(texts_.back()) : std::nullopt, edit.supersedes, edit.element,
                     edit.words, edit.numbers});
    return made_.back();
  }
  explicit TextWorld(std::uint64_t first = 0) : first_(first) {}
  [[nodiscard]] const std::deque<TextMutation>& all() const { return made_; }

 private:
  std::uint64_t first_;
  std::deque<std::string> texts_;
  std::deque<TextMutation> made_;
};

class TextLaptop {
 public:
  TextLaptop(TextWorld& world, std::uint64_t author) : world_(&world), author_(author) {}

  [[nodiscard]] TextFold fold() const { return fold_text(record(1), view("text"), have_); }
  [[nodiscard]] std::string text() const { return plain_text(fold()); }
  [[nodiscard]] const std::vector<TextMutation>& have() const { return have_; }

  void write(const std::vector<TextEdit>& edits) {
    for (const auto& edit : edits) have_.push_back(world_->make(edit, author_));
  }
  void edit(std::string_view text) { write(diff_text(fold(), text, device(author_), 77 * ++lot_ + author_)); }
  void take(const std::vector<TextMutation>& others) { have_.insert(have_.end(), others.begin(), others.end()); }
  void meet(TextLaptop& other) {
    const auto mine = have_;
    take(other.have_);
    other.take(mine);
  }

 private:
  TextWorld* world_;
  std::uint64_t author_;
  std::uint64_t lot_ = 0;
  std::vector<TextMutation> have_;
};

}  // namespace kiem::test
