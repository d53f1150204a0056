#include "sync/cli/passphrase_command.hpp"

#include "core/base/check.hpp"
#include "sync/cli/files.hpp"
#include "sync/cli/passphrase_output.hpp"
#include "sync/cli/unlock.hpp"

namespace kiem::cli {
namespace {

SharedSecret shared(SecretBytes secret) { return {std::make_shared<const SecretBytes>(std::move(secret))}; }

StoreSecret proof_of(const Unlock& unlock) {
  using SecretKind = StoreSecret::Kind;
  if (const auto* const file = std::get_if<KeyFile>(&unlock)) return {SecretKind::key_file, shared(file->key.clone())};
  if (const auto* const code = std::get_if<RecoveryCode>(&unlock)) {
    return {SecretKind::recovery_words, shared(code->bits.clone())};
  }
  return {SecretKind::passphrase, shared(std::get<Passphrase>(unlock).words.clone())};
}

// What opens the store now, tried: nobody chooses a new passphrase in vain.
Result<Unlock> find_proof(const Call& call, const std::filesystem::path& home, const ChangeWaysIn& command) {
  if (!store_exists(home)) return fail(ErrorCode::store_missing, Fault::person, {home.string()});
  KIEM_TRY_GET(const SlotKinds slots, slot_kinds(home));
  if (opens_by_itself(slots)) return fail(ErrorCode::not_allowed, Fault::person, {"practice_store"});
  auto found = command.by_recovery_words
                   ? find_recovery_words(command.recovery_file, call.options.lang, call.environment, call.streams)
                   : find_unlock(home, call.options, call.environment, call.streams);
  if (!found) return found;
  if (Status fits = check_secret(home, *found); !fits) {
    return tl::unexpected<Error>(misfit(std::move(fits).error(), *found, call.options));
  }
  return found;
}

Result<WaysIn> change(const Call& call, const NodeRequest& request, const Unlock& proof) {
  KIEM_TRY_GET(NodeAnswer answer, ask(call, request, proof));
  const auto* const plain = std::get_if<Answer>(&answer);
  const auto* const ways = plain == nullptr ? nullptr : std::get_if<WaysIn>(plain);
  // Whoever has the store and answers a question with something else is no Kiem of ours.
  if (ways == nullptr) return fail(ErrorCode::peer_garbage, Fault::peer, {call.options.home->string()});
  return *ways;
}

Result<WaysIn> add_key_file(const Call& call, const std::filesystem::path& home, const ChangeWaysIn& command,
                            const Unlock& proof) {
  // The file first: a slot whose key nobody has is worth nothing.
  KIEM_TRY_GET(SecretBytes key, make_key_file(command.key_file, call.env.rng));
  auto changed = change(call, Request(AddKeyFile{proof_of(proof), shared(key.clone())}), proof);
  // Whoever has the store may have done it and gone before it could say so: then the key stays.
  if (!changed && !check_secret(home, KeyFile{std::move(key)})) {
    std::error_code ignored;  // a key to nothing; the first failure is the one to tell
    std::filesystem::remove(command.key_file, ignored);
  }
  return changed;
}

Result<WaysIn> perform(const Call& call, const std::filesystem::path& home, const ChangeWaysIn& command) {
  KIEM_TRY_GET(const Unlock proof, find_proof(call, home, command));
  switch (command.what) {
    case ChangeWaysIn::What::add_key_file:
      return add_key_file(call, home, command, proof);
    case ChangeWaysIn::What::drop_key_file:
      return change(call, Request(DropKeyFile{proof_of(proof)}), proof);
    case ChangeWaysIn::What::add_recovery_words: {
      KIEM_TRY_GET(const Unlock words,
                   find_recovery_words(command.recovery_file, call.options.lang, call.environment, call.streams));
      return change(call, Request(AddRecoveryWords{proof_of(proof), proof_of(words).secret}), proof);
    }
    case ChangeWaysIn::What::passphrase:
      break;
  }
  KIEM_TRY_GET(SecretBytes chosen,
               choose_new_passphrase(command.new_passphrase_file, call.options.lang, call.environment, call.streams));
  return change(call, Request(ChangePassphrase{proof_of(proof), shared(std::move(chosen))}), proof);
}

}  // namespace

Result<ExitCode> change_ways_in(const Call& call, const ChangeWaysIn& command) {
  KIEM_TRY_GET(const std::filesystem::path home, call.home());
  KIEM_TRY_GET(const WaysIn ways, perform(call, home, command));
  if (call.options.json) {
    call.streams.out << to_json_line(json_of(ways));
  } else {
    Page page(call.streams.out);
    print_ways_in(page, call.audience(), ways);
  }
  return ExitCode::done;
}

}  // namespace kiem::cli
