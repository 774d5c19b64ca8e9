#include "loader/journal/journal_text.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "loader/output/json_text.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

Registration view_of(const StoredRegistration& stored) {
  Registration to;
  to.last_name = stored.last_name;
  to.first_name = stored.first_name;
  to.middle_name = stored.middle_name;
  to.alternate_name = stored.alternate_name;
  to.birth_date = stored.birth_date;
  to.email = stored.email;
  to.phone = stored.phone;
  to.language = stored.language;
  to.address = stored.address;
  to.categories = stored.categories;
  to.department = stored.department;
  to.profile = stored.profile;
  to.library = stored.library;
  to.expires_on = stored.expires_on;
  to.left_out = stored.left_out;
  return to;
}

namespace {

using Element = simdjson::dom::element;

bool read_string(const Element& object, std::string_view key, std::string& into) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return false;
  into = text;
  return true;
}

/// A finding and what its sentence points into.
struct StoredFinding {
  Finding finding;
  NewSentence sentence;
};

/// Far from where a sum or a date made of it would overflow.
bool is_sensible(const Argument& argument) {
  constexpr std::int64_t k_most = std::int64_t{1} << 53;
  const bool is_time = argument.kind == ArgumentKind::time || argument.kind == ArgumentKind::due;
  return (is_time && argument.number == k_never) || (argument.number <= k_most && argument.number >= -k_most);
}

/// A day as text; a moment that is no bare day as a number.
bool read(const Element& value, Argument& argument) {
  if (is_text(argument.kind)) return value.get(argument.text) == simdjson::SUCCESS;
  std::string_view text;
  const bool may_be_date = argument.kind == ArgumentKind::day || argument.kind == ArgumentKind::moment;
  if (may_be_date && value.get(text) == simdjson::SUCCESS) {
    const Stamp date = parse_iso(text).value_or(Stamp());
    argument.number = argument.kind == ArgumentKind::day ? date.seconds() / k_day_seconds : moment_number(date);
    return date.is(StampForm::date);
  }
  if (argument.kind == ArgumentKind::day || value.get(argument.number) != simdjson::SUCCESS) return false;
  if (!is_sensible(argument)) return false;
  if (argument.kind == ArgumentKind::moment)
    argument.number = moment_number(Stamp(StampForm::absolute, argument.number));
  return true;
}

bool read_clause(const Element& object, Outcome outcome, NewSentence& into) {
  std::string_view name;
  if (object["form"].get(name) != simdjson::SUCCESS) return false;
  const std::optional<Form> form = find_form(name);
  if (!form || (facts_of(*form).outcome != outcome && facts_of(*form).outcome != Outcome::ok)) return false;
  const FormFacts& facts = facts_of(*form);
  std::array<Argument, k_max_arguments> arguments;
  std::size_t count = 0;
  simdjson::dom::array values;
  if (object["args"].get(values) == simdjson::SUCCESS) {
    for (const Element value : values) {
      if (count == facts.argument_count) return false;
      arguments.at(count).kind = facts.kinds.at(count);
      if (!read(value, arguments.at(count++))) return false;
    }
  }
  if (count == facts.argument_count) into.add({*form, std::span(arguments).first(count)});
  return count == facts.argument_count;
}

/// Without a form it says no more than its code: it had no arguments, or they were removed.
bool read_sentence(const Element& object, Outcome outcome, NewSentence& into) {
  if (object["form"].error() == simdjson::NO_SUCH_FIELD) return true;
  if (!read_clause(object, outcome, into)) return false;
  if (object["and"].error() == simdjson::NO_SUCH_FIELD) return true;
  simdjson::dom::array clauses;
  if (object["and"].get(clauses) != simdjson::SUCCESS) return false;
  return std::all_of(clauses.begin(), clauses.end(),
                     [&](const Element clause) { return read_clause(clause, Outcome::ok, into); });
}

bool read(const Element& object, StoredFinding& stored) {
  std::string_view code;
  if (object["code"].get(code) != simdjson::SUCCESS) return false;
  Finding& finding = stored.finding;
  finding.overridden = object["overridden"].get(finding.overridden) == simdjson::SUCCESS && finding.overridden;
  finding.is_note = object["note"].get(finding.is_note) == simdjson::SUCCESS && finding.is_note;
  const std::optional<Outcome> outcome = find_outcome(code);
  finding.outcome = outcome.value_or(Outcome::ok);
  return outcome && read_sentence(object, finding.outcome, stored.sentence);
}

bool read(const Element& object, LogNote& note) {
  return read_string(object, "code", note.code) && read_string(object, "message", note.message) &&
         read_string(object, "action", note.action);
}

/// Reads a string whose key may be absent; `into` then stays as it is.
bool read_optional(const Element& object, std::string_view key, std::string& into) {
  return object.at_key(key).error() == simdjson::NO_SUCH_FIELD || read_string(object, key, into);
}

bool read_date(const Element& object, std::string_view key, Stamp& into) {
  std::string text;
  if (!read_optional(object, key, text)) return false;
  const std::optional<Stamp> stamp = parse_iso(text);
  if (stamp) into = *stamp;
  if (!stamp && !text.empty()) into = Stamp(StampForm::unreadable, 0);
  return true;
}

bool read(const Element& object, StoredRegistration& to) {
  return read_optional(object, "last_name", to.last_name) && read_optional(object, "first_name", to.first_name) &&
         read_optional(object, "middle_name", to.middle_name) &&
         read_optional(object, "alternate_name", to.alternate_name) && read_date(object, "birth_date", to.birth_date) &&
         read_optional(object, "email", to.email) && read_optional(object, "phone", to.phone) &&
         read_optional(object, "language", to.language) && read_optional(object, "address", to.address) &&
         read_optional(object, "categories", to.categories) && read_optional(object, "department", to.department) &&
         read_optional(object, "profile", to.profile) && read_optional(object, "library", to.library) &&
         read_date(object, "expires_on", to.expires_on) && read_optional(object, "left_out", to.left_out);
}

bool read(const Element& object, LibraryStation& station) {
  return read_string(object, "library", station.library) && read_string(object, "station", station.station);
}

template <typename One>
std::optional<std::vector<One>> read_list(simdjson::dom::parser& parser, std::string_view text) {
  simdjson::dom::array array;
  if (parser.parse(text.data(), text.size()).get(array) != simdjson::SUCCESS) return std::nullopt;
  std::vector<One> list;
  list.reserve(array.size());
  for (const Element object : array)
    if (!read(object, list.emplace_back())) return std::nullopt;
  return list;
}

}  // namespace

struct JournalJson::Parser {
  simdjson::dom::parser json;
};

JournalJson::JournalJson() : m_parser(std::make_unique<Parser>()) {}
JournalJson::~JournalJson() = default;

std::optional<FindingList> JournalJson::findings(std::string_view text) {
  const std::optional<std::vector<StoredFinding>> list = read_list<StoredFinding>(m_parser->json, text);
  if (!list) return std::nullopt;
  return FindingList(*list, [](const StoredFinding& stored) {
    Finding finding = stored.finding;
    finding.sentence = stored.sentence;
    return finding;
  });
}

bool JournalJson::is_doubtful(std::string_view findings) {
  simdjson::dom::array array;
  if (m_parser->json.parse(findings.data(), findings.size()).get(array) != simdjson::SUCCESS) return false;
  bool doubtful = false;
  for (const Element object : array)
    if (object["doubtful"].get(doubtful) == simdjson::SUCCESS && doubtful) return true;
  return false;
}

std::optional<std::vector<LogNote>> JournalJson::notes(std::string_view text) {
  return read_list<LogNote>(m_parser->json, text);
}

std::optional<std::vector<LibraryStation>> JournalJson::stations(std::string_view text) {
  return read_list<LibraryStation>(m_parser->json, text);
}

std::optional<StoredRegistration> JournalJson::registration(std::string_view text) {
  Element object;
  StoredRegistration registration;
  if (m_parser->json.parse(text.data(), text.size()).get(object) != simdjson::SUCCESS || !object.is_object() ||
      !read(object, registration))
    return std::nullopt;
  return registration;
}

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

/// An unreadable date is stored as `unreadable`, because the report of the registration says so.
std::string date_of_registration(Stamp stamp) {
  return stamp.is(StampForm::unreadable) ? std::string("unreadable") : stamp_text(stamp);
}

constexpr std::size_t k_usual_list_bytes = 200;

/// `write` gets each element, the writer of its object, and the text that this appends to.
template <typename List, typename Write>
std::string json_list(const List& list, Write write) {
  std::string json;
  json.reserve(k_usual_list_bytes);
  json += '[';
  for (const auto& one : list) {
    if (json.size() > 1) json += ", ";
    JsonObjectWriter object(json);
    write(one, object, json);
    object.end();
  }
  json += ']';
  return json;
}

}  // namespace

Cell stamp_cell(Stamp stamp, RowCells& cells) {
  return stamp.says_when() ? Cell(cells.keep(stamp_text(stamp))) : Cell();
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

namespace {

void append_argument(std::string& json, const Argument& argument) {
  if (is_text(argument.kind)) return append_json_string(json, argument.text);
  const Stamp moment = argument.kind == ArgumentKind::moment ? moment_of(argument.number) : Stamp();
  if (argument.kind == ArgumentKind::day)
    append_json_string(json, iso_date(static_cast<Day>(argument.number)));
  else if (moment.is(StampForm::date))
    append_json_string(json, iso_date(static_cast<Day>(moment.seconds() / k_day_seconds)));
  else
    json += std::to_string(moment.is(StampForm::absolute) ? moment.seconds() : argument.number);
}

void add_clause(const Clause& clause, std::string& json, JsonObjectWriter& object) {
  object.string("form", facts_of(clause.form).name);
  if (clause.arguments.empty()) return;
  object.begin("args");
  json += '[';
  for (const Argument& argument : clause.arguments) {
    if (&argument != clause.arguments.data()) json += ", ";
    append_argument(json, argument);
  }
  json += ']';
}

void add_sentence(Sentence sentence, std::string& json, JsonObjectWriter& object) {
  ClauseReader reader(sentence);
  if (const Clause* leading = reader.next()) add_clause(*leading, json, object);
  if (reader.rest().empty()) return;
  object.begin("and");
  std::string_view separator = "[";
  while (const Clause* clause = reader.next()) {
    json += separator;
    separator = ", ";
    JsonObjectWriter following(json);
    add_clause(*clause, json, following);
    following.end();
  }
  json += ']';
}

}  // namespace

Cell findings_cell(const FindingList& findings, RowCells& cells, bool is_doubtful) {
  if (findings.empty()) return {};
  return cells.keep(json_list(findings, [is_doubtful](Finding finding, JsonObjectWriter& object, std::string& json) {
    object.string("code", facts_of(finding.outcome).code);
    add_sentence(finding.sentence, json, object);
    if (finding.overridden) object.boolean("overridden", true);
    if (finding.is_note) object.boolean("note", true);
    if (is_doubtful && finding.outcome == Outcome::unreadable) object.boolean("doubtful", true);
  }));
}

std::string notes_text(const std::vector<LogNote>& notes) {
  return json_list(notes, [](const LogNote& note, JsonObjectWriter& object, std::string& /*json*/) {
    object.string("code", note.code).string("message", note.message).string("action", note.action);
  });
}

std::string stations_text(const std::vector<LibraryStation>& stations) {
  return json_list(stations, [](const LibraryStation& station, JsonObjectWriter& object, std::string& /*json*/) {
    object.string("library", station.library).string("station", station.station);
  });
}

}  // namespace offcirc
