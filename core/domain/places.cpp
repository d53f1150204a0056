#include "core/domain/places.hpp"

#include "core/domain/text_rules.hpp"

namespace kiem {

Result<NewPlace> checked_place(const AddPlace& request) {
  NewPlace place;
  KIEM_TRY_GET(place.title, checked_title("title", request.title));
  KIEM_TRY_GET(place.kind, checked_text("kind", request.kind, kMaxShortText));
  KIEM_TRY_GET(place.area, checked_text("area", request.area, kMaxShortText));
  KIEM_TRY_GET(place.text, checked_text("text", request.text, kMaxShortText));
  KIEM_TRY_GET(place.meeting_point, checked_text("meeting_point", request.meeting_point, kMaxShortText));
  return place;
}

void draft_place(Draft& draft, const std::optional<RecordId>& record, const NewPlace& place) {
  constexpr auto kPlace = collection::kPlace;
  draft.add(create_record(kPlace, record));
  const auto tell = [&](std::uint32_t field, const std::string& text) {
    if (!text.empty()) draft.add(write_field(kPlace, record, field), TextValue{text, {}});
  };
  tell(place_field::kTitle, place.title);
  tell(place_field::kKind, place.kind);
  tell(place_field::kArea, place.area);
  tell(place_field::kText, place.text);
  tell(place_field::kMeetingPoint, place.meeting_point);
}

Result<RecordId> add_place(const UserAct& act, const NewPlace& place) {
  Draft draft = act.draft_in(CircleNumber::open);
  draft_place(draft, std::nullopt, place);
  KIEM_TRY_GET(const OpId op, act.write(draft));
  return record_of(op);
}

}  // namespace kiem
