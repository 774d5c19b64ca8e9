#include "formats/evergreen_line.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "formats/evergreen_json.hpp"
#include "formats/fields.hpp"

namespace offcirc {

namespace {

namespace json = simdjson::ondemand;

std::size_t place_of(EvergreenMember member) {
  return static_cast<std::size_t>(member);
}

/// Damage that stops the parsing of a line.
struct Damage {
  const char* at = nullptr;  ///< null: unknown
  std::string message = "Damaged: the JSON can't be read beyond this point.";
};

constexpr bool is_of_number(char c) {
  return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

// Accepts a number, true, false or null.
bool is_literal(std::string_view token) {
  if (token == "null" || token == "true" || token == "false") return true;
  return !token.empty() && std::all_of(token.begin(), token.end(), is_of_number);
}

// The key up to the next quote. A key with a backslash is not the name of any member that is read.
std::string_view key_of(const json::field& field, const char* end) {
  const char* key = field.key().raw();
  const void* quote = std::memchr(key, '"', static_cast<std::size_t>(end - key));
  return {key, quote == nullptr ? 0 : static_cast<std::size_t>(static_cast<const char*>(quote) - key)};
}

void replace_line_breaks(std::string& text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
}

}  // namespace

// Everything that depends on simdjson.
class EvergreenLine::Json {
 public:
  explicit Json(EvergreenLine& line) : m_line(&line) {}

  std::optional<Damage> read() {
    const std::string_view text = m_line->m_text;
    json::document document;
    const simdjson::padded_string_view padded(text.data(), text.size(), text.size() + simdjson::SIMDJSON_PADDING);
    if (m_parser.iterate(padded).get(document) != simdjson::SUCCESS) return Damage{};
    json::object object;
    if (document.get_object().get(object) != simdjson::SUCCESS) return damage_in(document);
    if (auto damage = read_object(object, EvergreenObject::line)) {
      return damage->at == nullptr ? damage_in(document) : damage;
    }
    if (const char* behind = location_in(document)) {
      return Damage{behind, "Something comes after the JSON object: expected the end of the line."};
    }
    return std::nullopt;
  }

  static constexpr std::size_t k_padding = simdjson::SIMDJSON_PADDING;

 private:
  static const char* location_in(json::document& document) {
    const char* location = nullptr;
    return document.current_location().get(location) == simdjson::SUCCESS ? location : nullptr;
  }
  static Damage damage_in(json::document& document) { return Damage{location_in(document)}; }

  // The recursion goes no deeper than the known objects are nested.
  std::optional<Damage> read_object(json::object& object, EvergreenObject kind) {  // NOLINT(misc-no-recursion)
    const char* end = m_line->m_text.data() + m_line->m_text.size();
    for (auto&& next : object) {
      json::field field;
      if (std::move(next).get(field) != simdjson::SUCCESS) return Damage{};
      const std::string_view key = key_of(field, end);
      if (const auto member = find_evergreen_member(kind, key)) {
        if (auto damage = read_value(field.value(), *member)) return damage;
      } else if (const auto inner_kind = find_evergreen_object(kind, key)) {
        if (auto damage = read_inner(field.value(), *inner_kind)) return damage;
      }
    }
    return std::nullopt;
  }

  std::optional<Damage> read_inner(json::value& value, EvergreenObject kind) {  // NOLINT(misc-no-recursion)
    if (!value.raw_json_token().starts_with('{')) return std::nullopt;
    m_line->m_has_user = true;
    json::object inner;
    if (value.get_object().get(inner) != simdjson::SUCCESS) return Damage{};
    return read_object(inner, kind);
  }

  std::optional<Damage> read_value(json::value& value, EvergreenMember member) {
    const std::string_view raw = value.raw_json_token();
    const std::string_view token = trimmed(raw);
    if (token.starts_with('{') || token.starts_with('[') || !m_line->m_values[place_of(member)].empty()) {
      return std::nullopt;
    }
    m_line->m_places[place_of(member)] = token.data();
    if (!token.starts_with('"')) {
      if (!is_literal(token)) return Damage{token.data()};
      if (token != "null") m_line->m_values[place_of(member)] = token;
      return std::nullopt;
    }
    if (token.size() < 2 || !token.ends_with('"')) return Damage{token.data()};
    if (std::memchr(token.data(), '\\', token.size()) != nullptr) return read_escaped(value, member, token.data());
    m_line->m_values[place_of(member)] = trimmed_text(token.substr(1, token.size() - 2));
    return std::nullopt;
  }

  std::optional<Damage> read_escaped(json::value& value, EvergreenMember member, const char* at) {
    std::string_view decoded;
    if (value.get_string().get(decoded) != simdjson::SUCCESS) return Damage{at};
    std::string text(decoded);
    replace_line_breaks(text);
    if (const std::size_t control = find_control_byte(text); control != std::string_view::npos) {
      return Damage{at, fmt::format("Damaged: {} has byte {:02X}, which is not text.", name_of(member),
                                    static_cast<unsigned char>(text[control]))};
    }
    m_line->m_values[place_of(member)] = m_line->m_context.arena.keep(trimmed_text(text));
    return std::nullopt;
  }

  EvergreenLine* m_line;
  json::parser m_parser;
};

EvergreenLine::EvergreenLine(std::string_view log, const LogContext& context)
    : m_log(log), m_context(context), m_json(std::make_unique<Json>(*this)) {}
EvergreenLine::~EvergreenLine() = default;

std::optional<LineTrouble> EvergreenLine::read(std::string_view line) {
  clear();
  m_text = line;
  if (!is_printable_ascii(line)) decode();
  if (auto trouble = find_ends()) return read_damaged(std::move(*trouble));
  make_room_behind();
  const auto damage = m_json->read();
  if (!damage) return std::nullopt;
  return read_damaged({damage->at == nullptr ? 0 : column_at(damage->at), damage->message});
}

std::optional<LineTrouble> EvergreenLine::read_damaged(LineTrouble trouble) {
  m_values.fill({});
  m_has_user = true;
  const EvergreenRemains remains = remains_of_evergreen_line(m_text);
  m_values[place_of(EvergreenMember::type)] = remains.type;
  m_values[place_of(EvergreenMember::timestamp)] = remains.timestamp;
  m_values[place_of(EvergreenMember::patron_barcode)] = remains.patron_barcode;
  m_values[place_of(EvergreenMember::barcode)] = remains.barcode;
  m_values[place_of(EvergreenMember::card_barcode)] = remains.card_barcode;
  trouble.is_damage = true;
  return trouble;
}

std::optional<LineTrouble> EvergreenLine::find_ends() const {
  const std::string_view object = trimmed(m_text);
  if (!object.starts_with('{')) {
    return LineTrouble{column_at(object.data()),
                       "This is not an Evergreen line: expected a JSON object, beginning with {."};
  }
  if (!object.ends_with('}')) {
    return LineTrouble{column_at(object.data() + object.size()),
                       "The line does not end with its JSON object: it is cut short, or something comes after it."};
  }
  return std::nullopt;
}

void EvergreenLine::decode() {
  const std::string_view decoded = m_context.decoder.decode(m_text);
  m_is_decoded = decoded.data() != m_text.data();
  m_text = decoded;
}

// simdjson reads a little past the end of the line.
void EvergreenLine::make_room_behind() {
  const char* log_end = m_log.data() + m_log.size();
  if (!m_is_decoded && static_cast<std::size_t>(log_end - (m_text.data() + m_text.size())) >= Json::k_padding) return;
  std::string with_room(m_text);
  with_room.resize(m_text.size() + Json::k_padding, ' ');
  m_text = m_context.arena.keep(with_room).substr(0, m_text.size());
}

void EvergreenLine::clear() {
  // Most lines have no user, which has most of the members.
  const std::size_t used = m_has_user ? k_evergreen_member_count : k_evergreen_line_member_count;
  std::fill_n(m_values.begin(), used, std::string_view());
  m_has_user = false;
  m_is_decoded = false;
}

std::uint32_t EvergreenLine::column_of(EvergreenMember member) const {
  return column_at(m_places[place_of(member)]);
}

std::uint32_t EvergreenLine::column_at(const char* place) const {
  const auto before = std::min(static_cast<std::size_t>(place - m_text.data()), m_text.size());
  if (!m_is_decoded) return static_cast<std::uint32_t>(before + 1);
  // Each character was one byte in the log.
  const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const auto characters =
      std::count_if(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(before), begins_character);
  return static_cast<std::uint32_t>(characters + 1);
}

namespace {

constexpr std::size_t k_nowhere = std::string_view::npos;
constexpr std::string_view k_blanks = " \t";
// What may come between a value and the next name.
constexpr std::string_view k_between = " \t,}]";

bool is_of_name(char c) {
  return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A member that is recognized beyond doubt: no string holds a quote after a comma or a brace, because JSON writes
/// `\"`.
struct Part {
  std::string_view name;
  std::string_view value;   ///< what certainly belongs to it: a string, a brace or bracket, or a word
  std::string_view behind;  ///< the text between the value and the next part

  [[nodiscard]] bool is_whole() const {
    if (value.empty() || behind.find_first_not_of(k_between) != k_nowhere) return false;
    return value[0] == '"' ? value.size() > 1 && value.back() == '"' : value[0] == '{' || !behind.empty();
  }
  [[nodiscard]] bool closes_object() const { return behind.find('}') != k_nowhere; }
};

/// Splits a line into parts.
class Parts {
 public:
  explicit Parts(std::string_view line) : m_line(line) { find_name(0); }

  bool next(Part& part) {
    if (m_name.empty()) return false;
    part.name = m_name;
    const std::size_t value_at = std::min(m_line.find_first_not_of(k_blanks, m_behind_name), m_line.size());
    find_name(m_behind_name);
    const std::string_view rest = m_line.substr(value_at, std::max(value_at, m_part_end) - value_at);
    part.value = rest.substr(0, value_size(rest));
    part.behind = rest.substr(part.value.size());
    return true;
  }

 private:
  // Finds the next `"name":` that begins the line or follows a comma or a brace.
  void find_name(std::size_t from) {
    m_name = {};
    m_part_end = m_line.size();
    for (std::size_t quote = m_line.find('"', from); quote != k_nowhere; quote = m_line.find('"', quote + 1)) {
      const std::size_t before = quote == 0 ? k_nowhere : m_line.find_last_not_of(k_blanks, quote - 1);
      if (before != k_nowhere && m_line[before] != ',' && m_line[before] != '{') continue;
      std::size_t end = quote + 1;
      while (end < m_line.size() && is_of_name(m_line[end])) ++end;
      const std::size_t colon = m_line.substr(end, 1) == "\"" ? m_line.find_first_not_of(k_blanks, end + 1) : k_nowhere;
      if (end == quote + 1 || colon == k_nowhere || m_line[colon] != ':') continue;
      m_name = m_line.substr(quote + 1, end - quote - 1);
      m_behind_name = colon + 1;
      m_part_end = quote;
      return;
    }
  }

  static std::size_t value_size(std::string_view rest) {
    if (rest.starts_with('{') || rest.starts_with('[')) return 1;
    if (!rest.starts_with('"')) return std::min(rest.find_first_of(" \t,}]{[\""), rest.size());
    std::size_t at = 1;
    while (at < rest.size() && rest[at] != '"') at += rest[at] == '\\' ? 2 : 1;
    return std::min(at + 1, rest.size());
  }

  std::string_view m_line;
  std::string_view m_name;  // of the next part; empty if there is none
  std::size_t m_behind_name = 0;
  std::size_t m_part_end = 0;
};

// Matches `passwd`, even with one letter lost, wrong, doubled or misplaced.
bool may_be_password(std::string_view name) {
  return name.find("pas") != k_nowhere || name.find("swd") != k_nowhere;
}

// The value without its quotes.
std::string_view text_of(const Part& part) {
  std::string_view text = part.value;
  if (text.starts_with('{') || text.starts_with('[') || text.find('\\') != k_nowhere) return {};
  if (text.starts_with('"')) text.remove_prefix(1);
  if (!text.ends_with('"')) return trimmed(text.substr(0, text.find(',')));
  text.remove_suffix(1);
  return trimmed(text);
}

}  // namespace

EvergreenRemains remains_of_evergreen_line(std::string_view line) {
  EvergreenRemains remains;
  bool is_registration = false;
  Parts parts(line);
  for (Part part; parts.next(part);) {
    is_registration = is_registration || part.name == "user" ||
                      find_evergreen_member(EvergreenObject::user, part.name) ||
                      find_evergreen_object(EvergreenObject::user, part.name);
    if (part.name == "type" && part.is_whole()) remains.type = text_of(part);
    if (part.name == "timestamp" && part.is_whole()) remains.timestamp = text_of(part);
    if (part.name == "patron_barcode" && remains.patron_barcode.empty()) remains.patron_barcode = text_of(part);
    if (part.name == "barcode" && remains.barcode.empty()) remains.barcode = text_of(part);
  }
  if (is_registration) remains.card_barcode = std::exchange(remains.barcode, {});
  return remains;
}

std::string without_evergreen_password(std::string_view line) {
  std::string kept;
  Parts parts(line);
  for (Part part; parts.next(part);) {
    kept.append(part.name).append(":");
    if (!may_be_password(part.name)) {
      kept.append(part.value);
    } else if (!part.is_whole()) {
      break;
    }
    kept.append("\n");
  }
  return kept;
}

}  // namespace offcirc
