#include "loader/store/journal_json.hpp"

#include <simdjson.h>

#include <string>

#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

using Element = simdjson::dom::element;

bool read_string(const Element& object, std::string_view key, std::string& into) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return false;
  into = text;
  return true;
}

bool read(const Element& object, Finding& finding) {
  std::string_view code;
  if (object["code"].get(code) != simdjson::SUCCESS || object["message"].get(finding.message) != simdjson::SUCCESS)
    return false;
  finding.overridden = object["overridden"].get(finding.overridden) == simdjson::SUCCESS && finding.overridden;
  finding.is_note = object["note"].get(finding.is_note) == simdjson::SUCCESS && finding.is_note;
  const std::optional<Outcome> outcome = find_outcome(code);
  finding.outcome = outcome.value_or(Outcome::ok);
  return outcome.has_value();
}

bool read(const Element& object, LogNote& note) {
  return read_string(object, "code", note.code) && read_string(object, "message", note.message) &&
         read_string(object, "action", note.action);
}

/// Left out where it is not known.
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
  const std::optional<std::vector<Finding>> list = read_list<Finding>(m_parser->json, text);
  if (!list) return std::nullopt;
  return FindingList(*list);
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

}  // namespace offcirc
