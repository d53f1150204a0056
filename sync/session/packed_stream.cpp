#include "sync/session/packed_stream.hpp"

#include "core/base/check.hpp"

namespace kiem {
namespace {

void remember(Bytes& history, ByteView words) {
  append(history, words);
  if (history.size() <= kPackedHistory) return;
  history.erase(history.begin(), history.end() - static_cast<std::ptrdiff_t>(kPackedHistory));
}

}  // namespace

void PackedOut::begin(std::vector<Hash32> known) {
  known_ = std::move(known);
  packer_.begin(known_);
  history_.clear();
}

void PackedOut::begin_anew() {
  KIEM_CHECK(empty());
  packer_.begin(known_);
  history_.clear();
  anew_ = true;
}

Status PackedOut::add(const ExportedRun& run, const Packer::Tells& tells) {
  return packer_.add(run.segment, run.ids, run.claims, tells, packed_);
}

wire::Segments PackedOut::finish() {
  wire::Segments segments;
  segments.anew = std::exchange(anew_, false);
  Bytes compressed = compression_.compress(packed_.words, history_);
  remember(history_, packed_.words);
  // The size takes up to three bytes.
  if (compressed.size() + 4 < packed_.words.size()) {
    segments.size = static_cast<std::uint32_t>(packed_.words.size());
    segments.words = std::move(compressed);
  } else {
    segments.words = std::move(packed_.words);
  }
  if (!packed_.chance.empty()) segments.chance = std::move(packed_.chance);
  packed_ = {};
  return segments;
}

void PackedIn::begin(std::vector<Hash32> known) {
  known_ = std::move(known);
  unpacker_.begin(known_);
  history_.clear();
}

Result<Unpacked> PackedIn::take(const wire::Segments& segments, const Unpacker::Finds& finds) {
  if (segments.anew) {
    unpacker_.begin(known_);
    history_.clear();
    is_lost_ = false;
  }
  if (is_lost_) return Unpacked{{}, false, false};
  Bytes expanded;
  if (segments.size) {
    if (*segments.size > kMaxPackedWords) {
      return fail(ErrorCode::too_large, Fault::peer, {"words", std::to_string(kMaxPackedWords)});
    }
    KIEM_TRY_GET(expanded, compression_.expand(segments.words, *segments.size, history_));
  }
  const ByteView words = segments.size ? ByteView(expanded) : ByteView(segments.words);
  KIEM_TRY_GET(auto unpacked, unpacker_.take(words, segments.chance ? ByteView(*segments.chance) : ByteView{}, finds));
  remember(history_, words);
  is_lost_ = !unpacked.is_whole;
  return unpacked;
}

}  // namespace kiem
