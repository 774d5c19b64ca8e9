#include "loader/store/journal_text.hpp"

#include <string_view>

#include "loader/store/json_text.hpp"
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

template <typename List, typename Element>
std::string json_list(const List& list, Element element) {
  std::string json = "[";
  for (const auto& one : list) {
    if (json.size() > 1) json += ',';
    json += element(one).text();
  }
  return json + "]";
}

}  // namespace

Cell stamp_cell(Stamp stamp) {
  return stamp.says_when() ? Cell(stamp_text(stamp)) : Cell();
}

Cell due_from_cell(DueFrom due_from) {
  return due_from == DueFrom::none ? Cell() : Cell(name_of(due_from));
}

Cell registration_cell(const Registration* registration) {
  if (registration == nullptr) return {};
  return JsonObject()
      .add_unless_empty("last_name", registration->last_name)
      .add_unless_empty("first_name", registration->first_name)
      .add_unless_empty("middle_name", registration->middle_name)
      .add_unless_empty("alternate_name", registration->alternate_name)
      .add_unless_empty("birth_date", date_of_registration(registration->birth_date))
      .add_unless_empty("email", registration->email)
      .add_unless_empty("phone", registration->phone)
      .add_unless_empty("language", registration->language)
      .add_unless_empty("address", registration->address)
      .add_unless_empty("categories", registration->categories)
      .add_unless_empty("department", registration->department)
      .add_unless_empty("profile", registration->profile)
      .add_unless_empty("library", registration->library)
      .add_unless_empty("expires_on", date_of_registration(registration->expires_on))
      .text();
}

Cell findings_cell(const std::vector<Finding>& findings) {
  if (findings.empty()) return {};
  return json_list(findings, [](const Finding& finding) {
    return JsonObject().add("code", facts_of(finding.outcome).code).add("message", finding.message);
  });
}

std::string notes_text(const std::vector<LogNote>& notes) {
  return json_list(notes, [](const LogNote& note) {
    return JsonObject().add("code", note.code).add("message", note.message).add("action", note.action);
  });
}

}  // namespace offcirc
