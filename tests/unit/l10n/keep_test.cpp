// The words for how long records are kept.
#include "core/l10n/keep.hpp"

#include <doctest/doctest.h>

#include "core/l10n/dates.hpp"

namespace kiem {
namespace {

const Label kUntil{"tot", "Tot en met", "Until"};

TEST_CASE("a term is told in its unit, for one and for more, after a field or the last change") {
  CHECK(keep_text(Lang::nl, {kUntil, "days", 1}) == "bewaard tot 1 dag na ‘Tot en met’");
  CHECK(keep_text(Lang::nl, {kUntil, "days", 36'500}) == "bewaard tot 36.500 dagen na ‘Tot en met’");
  CHECK(keep_text(Lang::nl, {kUntil, "months", 3}) == "bewaard tot 3 maanden na ‘Tot en met’");
  CHECK(keep_text(Lang::nl, {{}, "years", 2}) == "bewaard tot 2 jaar na de laatste wijziging");
  CHECK(keep_text(Lang::en, {kUntil, "months", 1}) == "kept until 1 month after ‘Until’");
  CHECK(keep_text(Lang::en, {{}, "years", 2}) == "kept until 2 years after the last change");
  // A unit of a later version stands as it is.
  CHECK(keep_text(Lang::en, {{}, "weeks", 2}) == "kept until 2 weeks after the last change");
}

TEST_CASE("why a record is due names its last day, the term and the day that it counts from") {
  DueRow row;
  row.keep = {kUntil, "days", 30};
  row.from = *from_iso_date("2027-04-17");
  row.until = *from_iso_date("2027-05-17");
  CHECK(due_text(Lang::nl, row) == "bewaard tot en met ma 17 mei 2027: 30 dagen na ‘Tot en met’ (za 17 april 2027)");
  CHECK(due_text(Lang::en, row) == "kept until Mon 17 May 2027: 30 days after ‘Until’ (Sat 17 April 2027)");
  CHECK(due_count_text(Lang::nl, 1) == "1 stuk is over zijn bewaartermijn");
  CHECK(due_count_text(Lang::nl, 3) == "3 stukken zijn over hun bewaartermijn");
  CHECK(due_count_text(Lang::en, 3) == "3 records have been kept longer than agreed");
}

}  // namespace
}  // namespace kiem
