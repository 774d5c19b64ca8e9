#include "loader/store/journal_text.hpp"

#include <string_view>

#include "loader/output/json_text.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

constexpr std::size_t k_civil_size = std::string_view("2026-06-12T10:12:31").size();

std::string stamp_text(Stamp stamp) {
  switch (stamp.form()) {
    case StampForm::date:
      return iso_date(static_cast<Day>(stamp.seconds() / k_day_seconds));
    case StampForm::civil:
      return iso_time(stamp.seconds(), Zone()).substr(0, k_civil_size);
    case StampForm::absolute:
      return iso_time(stamp.seconds(), Zone());
    case StampForm::never:
      return iso_time(k_never, Zone());
    case StampForm::none:
    case StampForm::unreadable:
      break;
  }
  return {};
}

/// A date that can't be read is kept as such, since that is what the report says of the registration.
std::string date_of_registration(Stamp stamp) {
  return stamp.is(StampForm::unreadable) ? std::string("unreadable") : stamp_text(stamp);
}

constexpr std::size_t k_usual_list_bytes = 200;

/// `write` gets each element and the writer of its object.
template <typename List, typename Write>
std::string json_list(const List& list, Write write) {
  std::string json;
  json.reserve(k_usual_list_bytes);
  json += '[';
  for (const auto& one : list) {
    if (json.size() > 1) json += ", ";
    JsonObjectWriter object(json);
    write(one, object);
    object.end();
  }
  json += ']';
  return json;
}

}  // namespace

Cell stamp_cell(Stamp stamp, RowCells& cells) {
  return stamp.says_when() ? Cell(cells.keep(stamp_text(stamp))) : Cell();
}

Cell due_from_cell(DueFrom due_from) {
  return due_from == DueFrom::none ? Cell() : Cell(name_of(due_from));
}

Cell registration_cell(const Registration* registration, RowCells& cells) {
  if (registration == nullptr) return {};
  std::string json;
  JsonObjectWriter object(json);
  object.string_unless_empty("last_name", registration->last_name)
      .string_unless_empty("first_name", registration->first_name)
      .string_unless_empty("middle_name", registration->middle_name)
      .string_unless_empty("alternate_name", registration->alternate_name)
      .string_unless_empty("birth_date", date_of_registration(registration->birth_date))
      .string_unless_empty("email", registration->email)
      .string_unless_empty("phone", registration->phone)
      .string_unless_empty("language", registration->language)
      .string_unless_empty("address", registration->address)
      .string_unless_empty("categories", registration->categories)
      .string_unless_empty("department", registration->department)
      .string_unless_empty("profile", registration->profile)
      .string_unless_empty("library", registration->library)
      .string_unless_empty("expires_on", date_of_registration(registration->expires_on))
      .string_unless_empty("left_out", registration->left_out)
      .end();
  return cells.keep(std::move(json));
}

Cell findings_cell(const FindingList& findings, RowCells& cells, bool is_doubtful) {
  if (findings.empty()) return {};
  return cells.keep(json_list(findings, [is_doubtful](Finding finding, JsonObjectWriter& object) {
    object.string("code", facts_of(finding.outcome).code).string("message", finding.message);
    if (finding.overridden) object.boolean("overridden", true);
    if (finding.is_note) object.boolean("note", true);
    if (is_doubtful && finding.outcome == Outcome::unreadable) object.boolean("doubtful", true);
  }));
}

std::string notes_text(const std::vector<LogNote>& notes) {
  return json_list(notes, [](const LogNote& note, JsonObjectWriter& object) {
    object.string("code", note.code).string("message", note.message).string("action", note.action);
  });
}

std::string stations_text(const std::vector<LibraryStation>& stations) {
  return json_list(stations, [](const LibraryStation& station, JsonObjectWriter& object) {
    object.string("library", station.library).string("station", station.station);
  });
}

}  // namespace offcirc
