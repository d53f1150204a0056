#include "sync/cli/doctor_command.hpp"

#include "core/l10n/text.hpp"
#include "sync/cli/answer_output.hpp"
#include "sync/cli/progress_line.hpp"

namespace kiem::cli {
namespace {

constexpr Text<0> kChecking{"Nakijken:", "Checking:"};

Result<DoctorAnswer> examine_here(const Call& call, Community& community, const RunDoctor& request) {
  KIEM_TRY_GET(const StopRequest stop, StopRequest::watch(call));
  ProgressLine line(call, say(call.options.lang, kChecking));
  return community.examine(request, [&](std::uint64_t done, std::uint64_t of) {
    line.show(done, of);
    return !stop.came();
  });
}

Result<DoctorAnswer> examine_there(const Call& call, ControlClient& holder, const RunDoctor& request) {
  KIEM_TRY_GET(NodeAnswer answer, holder.ask(Request(request)));
  const auto* const plain = std::get_if<Answer>(&answer);
  const auto* const found = plain == nullptr ? nullptr : std::get_if<DoctorAnswer>(plain);
  // Whoever has the store and answers a question with something else is no Kiem of ours.
  if (found == nullptr) return fail(ErrorCode::peer_garbage, Fault::peer, {call.options.home->string()});
  return *found;
}

Result<DoctorAnswer> find_out(const Call& call, const RunDoctor& request) {
  KIEM_TRY_GET(std::optional<ControlClient> holder, find_holder(call));
  if (!holder) {
    auto community = open_community(call);
    if (community) return examine_here(call, **community, request);
    if (community.error().code == ErrorCode::store_busy) {
      // A node may have started between the two.
      KIEM_TRY_GET(holder, find_holder(call));
    }
    if (!holder) return tl::unexpected<Error>(std::move(community).error());
  }
  return examine_there(call, *holder, request);
}

}  // namespace

Result<ExitCode> examine(const Call& call, const Examine& command) {
  const RunDoctor request{command.repair};
  KIEM_TRY_GET(const DoctorAnswer found, find_out(call, request));
  if (call.options.json) {
    call.streams.out << answer_json(call.options.lang, found);
  } else {
    Page page(call.streams.out);
    print_answer(page, call.audience(), request, found);
  }
  return exit_code(found);
}

}  // namespace kiem::cli
