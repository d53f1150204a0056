#include "sync/control/answer_fields.hpp"
#include "sync/control/messages.hpp"

namespace kiem::control {
namespace {

// As the variant of answer and error is written, without a copy of either.
template <class T>
struct Outcome {
  std::uint32_t which;
  const T& what;
};
constexpr std::uint32_t kAnswered = 0;
constexpr std::uint32_t kFailed = 1;

}  // namespace

template <class T>
struct Fields<Outcome<T>> {
  static constexpr auto of(const auto& v) { return std::tie(v.which, v.what); }
};

namespace {

WipedBytes frame_of(const Error& error) {
  if (auto frame = to_frame(Outcome<Error>{kFailed, error}, kAnswerBounds)) return std::move(*frame);
  return frame_of(Error{error.code, error.fault, {}});
}

}  // namespace

WipedBytes encode_answer(const Result<NodeAnswer>& answer) {
  if (!answer) return frame_of(answer.error());
  auto frame = to_frame(Outcome<NodeAnswer>{kAnswered, *answer}, kAnswerBounds);
  return frame ? std::move(*frame) : frame_of(frame.error());
}

Result<Result<NodeAnswer>> decode_answer(ByteView item) {
  using Told = std::variant<NodeAnswer, Error>;
  static_assert(std::is_same_v<std::variant_alternative_t<kAnswered, Told>, NodeAnswer>);
  static_assert(std::is_same_v<std::variant_alternative_t<kFailed, Told>, Error>);
  KIEM_TRY_GET(Told told, from_item<Told>(item, kAnswerBounds));
  if (auto* const error = std::get_if<Error>(&told)) return Result<NodeAnswer>(tl::unexpected(std::move(*error)));
  return Result<NodeAnswer>(std::move(*std::get_if<NodeAnswer>(&told)));
}

}  // namespace kiem::control
