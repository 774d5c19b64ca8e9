#include "loader/store/journal_json.hpp"

#include <simdjson.h>

#include <string>

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
  std::string code;
  if (!read_string(object, "code", code) || !read_string(object, "message", finding.message)) return false;
  const std::optional<Outcome> outcome = find_outcome(code);
  finding.outcome = outcome.value_or(Outcome::ok);
  return outcome.has_value();
}

bool read(const Element& object, LogNote& note) {
  return read_string(object, "code", note.code) && read_string(object, "message", note.message) &&
         read_string(object, "action", note.action);
}

bool read(const Element& object, MissingStation& station) {
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

std::optional<std::vector<Finding>> JournalJson::findings(std::string_view text) {
  return read_list<Finding>(m_parser->json, text);
}

std::optional<std::vector<LogNote>> JournalJson::notes(std::string_view text) {
  return read_list<LogNote>(m_parser->json, text);
}

std::optional<std::vector<MissingStation>> JournalJson::stations(std::string_view text) {
  return read_list<MissingStation>(m_parser->json, text);
}

}  // namespace offcirc
