// How a failure is told.
//
// Three kinds, never mixed (D12). What comes from outside and is wrong is an Error value, returned in a Result. What
// our own code promised and broke is a KIEM_CHECK. A machine that fails (disk full, device gone) is an Error at the
// store's door, after which the store refuses to go on. Exceptions end at the wrapper of the library that throws.
//
// An Error carries a code and the few words that fill its sentence; the sentence itself, in the user's language and
// with a way out, is l10n's (core/l10n/errors.*). Words in `args` may be shown to the person but are never logged.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace kiem {

// Whose doing it is: decides what is remembered of a peer and which exit code a command ends with.
enum class Fault : unsigned char {
  person,   // the request cannot be done as asked
  peer,     // bytes from elsewhere are wrong
  machine,  // disk, memory or operating system
  damage,   // what the store holds is not what was written
};

enum class ErrorCode : unsigned short {
  // --- store (core/store) ---
  not_a_store,       // args: path
  store_exists,      // args: path
  store_missing,     // args: path
  no_slot_opens,     // wrong passphrase or key file
  header_damaged,    // args: path
  store_unfinished,  // args: path; its making was cut short, nothing was ever in it
  page_damaged,      // args: page number
  record_damaged,    // args: which row; one record cannot be shown, the rest can
  store_too_new,     // args: version found, version known
  store_busy,        // args: where it is in use
  disk_full,         // no args
  disk_failed,       // args: what the system said
  out_of_memory,     // no args
  kdf_too_costly,    // args: MiB asked
  store_closed,      // refused to go on after an earlier failure
  wal_replaced,      // an old write-ahead log was put beside the store
  page_replaced,     // pages of an earlier moment were put back
  store_older,       // args: who remembers more; this whole store is of an earlier moment
  keyring_failed,    // args: what the desktop's secret service said
  last_slot,         // the only thing that opens the store is not taken away
  // --- operations (core/oplog) ---
  not_canonical,    // args: byte offset, what
  too_large,        // args: what, limit
  wrong_signature,  // no args
  wrong_author,     // no args
  unknown_author,   // the author's certificate is not here: asked for again
  unknown_circle,   // of a space or circle that this store is no member of
  chain_gap,        // args: expected seq, found seq
  unknown_format,   // args: format number
  // --- acts (core/domain, core/access) ---
  empty_text,         // args: field
  text_too_long,      // args: field, limit
  bad_text,           // args: field (not UTF-8, or control characters)
  bad_number,         // args: field, what was given, what is expected
  bad_date,           // args: what was given
  bad_time,           // args: what was given
  not_found,          // args: kind of thing, what was given
  ambiguous,          // args: kind of thing, what was given, then one choice per arg
  no_initiative,      // no initiative in this store yet
  many_initiatives,   // several: name one
  not_allowed,        // args: what
  task_closed,        // args: title, state
  already_claimed,    // args: title
  not_claimed,        // args: title
  nothing_to_change,  // no args
  wrong_words,        // recovery words that do not fit
  practice_only,      // args: what
  not_enrolled,       // a restored copy, which writes nothing before it is a device of its own
  // --- import (core/domain/import) ---
  file_missing,      // args: path
  file_unreadable,   // args: path
  csv_broken,        // args: row, what
  csv_unknown_kind,  // no column tells whether these are tasks, places or people
  file_too_large,    // args: path, limit
  file_exists,       // args: path
  // --- schema (core/schema) ---
  schema_invalid,  // args: line, word, reason (core/schema/schema_file.hpp)
  // --- sync ---
  bad_address,         // args: what was given
  address_in_use,      // args: the address
  peer_unreachable,    // args: the address
  peer_lost,           // args: the address; it answered, and the connection broke before all was done
  peer_refused,        // args: why, in the peer's short word
  peer_other_version,  // no version in common
  peer_garbage,        // what came is no language of ours
  bad_code,            // an invitation's code that cannot be read
  code_used,           // it has admitted somebody already
  nobody_known,        // no other device of any initiative here
  // --- command line (sync/cli) ---
  usage,          // args: what is wrong
  missing_input,  // args: what is missing
};

struct Error {
  ErrorCode code;
  Fault fault = Fault::person;
  std::vector<std::string> args;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, Fault fault = Fault::person,
                                                std::vector<std::string> args = {}) {
  return tl::unexpected<Error>(Error{code, fault, std::move(args)});
}

}  // namespace kiem

// Returns the error of EXPRESSION from the enclosing function, or goes on.
#define KIEM_TRY(expression)                                               \
  do {                                                                     \
    if (auto kiem_try = (expression); !kiem_try) {                         \
      return ::tl::unexpected<::kiem::Error>(std::move(kiem_try).error()); \
    }                                                                      \
  } while (false)

#define KIEM_CONCAT_INNER(a, b) a##b
#define KIEM_CONCAT(a, b) KIEM_CONCAT_INNER(a, b)
// KIEM_TRY_GET(auto value, expression): the value, or returns the error from the enclosing function.
#define KIEM_TRY_GET(declaration, expression) \
  KIEM_TRY_GET_INNER(KIEM_CONCAT(kiem_got_, __LINE__), declaration, expression)
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration and the name it declares can stand in no parentheses.
#define KIEM_TRY_GET_INNER(temporary, declaration, expression)                          \
  auto temporary = (expression);                                                        \
  if (!temporary) return ::tl::unexpected<::kiem::Error>(std::move(temporary).error()); \
  declaration = std::move(*temporary)
// NOLINTEND(bugprone-macro-parentheses)
