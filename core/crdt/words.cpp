#include "core/crdt/words.hpp"

namespace kiem {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t start = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (is_word_space(text[i - 1]) && !is_word_space(text[i])) {
      words.push_back(text.substr(start, i - start));
      start = i;
    }
  }
  if (start < text.size()) words.push_back(text.substr(start));
  return words;
}

std::string_view core_of(std::string_view word) {
  while (!word.empty() && is_word_space(word.back())) word.remove_suffix(1);
  return word;
}

std::string show_words(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += words[i];
    if (i + 1 < words.size() && !words[i].empty() && !is_word_space(words[i].back())) text += ' ';
  }
  text.resize(core_of(text).size());
  return text;
}

bool shown_alike(std::string_view word, std::string_view wanted, bool last) {
  const auto core = core_of(word);
  const auto wanted_core = core_of(wanted);
  if (core != wanted_core) return false;
  if (last) return true;
  return word == wanted || (word.size() == core.size() && wanted.substr(wanted_core.size()) == " ");
}

}  // namespace kiem
