#include "formats/sip2_message.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "formats/sip2_checksum.hpp"
#include "formats/sip2_date.hpp"
#include "formats/sip2_place.hpp"
#include "formats/sip2_secrets.hpp"

namespace offcirc {
namespace {

LineTrouble no_message(std::string_view line) {
  const Sip2Code* code = find_sip2_code(line);
  if (code == nullptr || code->action == Sip2Action::noise || code->action == Sip2Action::answer) {
    return damage_at(0,
                     "This is no SIP2 message: expected one such as 11 (checkout), 09 (check-in) or 29 (renewal), with "
                     "its date and time.");
  }
  std::size_t end = 0;
  Sip2Misfit misfit;
  fits_layout(*code, line, end, misfit);
  return damage_at(misfit.at, fmt::format("The message {} ({}) can't be read: expected {} here.", code->digits,
                                          code->name, misfit.expected));
}

bool is_kept(std::string_view code) {
  return code == "AO" || code == "AA" || code == "AB" || code == "BI";
}

// Where only one letter is taken, nothing of it is lost.
bool may_lack_delimiter(std::string_view code) {
  return !is_kept(code) || code == "BI";
}

bool belongs_to_checksum(std::string_view code) {
  return code == "AY" || code == "AZ";
}

bool is_foreign(std::string_view code, const Sip2Message& message) {
  if (message.code == nullptr) return false;
  const std::string_view foreign = message.code->foreign_fields;
  for (std::size_t at = 0; at < foreign.size(); at += 2) {
    if (foreign.substr(at, 2) == code) return true;
  }
  return false;
}

/// The fields of a message, one after the other: all that are whole are taken, even if another is damaged.
class FieldReader {
 public:
  FieldReader(std::string_view piece, Sip2Message& message) : m_piece(piece), m_message(message) {}

  std::optional<LineTrouble> read(std::string_view rest) {
    for (std::size_t bar = rest.find('|'); bar != std::string_view::npos; bar = rest.find('|')) {
      add(rest.substr(0, bar));
      rest.remove_prefix(bar + 1);
    }
    read_end(rest);
    if (m_message.checksum == Sip2Checksum::right) return std::nullopt;  // it was written so
    return std::move(m_trouble);
  }

 private:
  void add(std::string_view field) {
    const std::string_view code = field.substr(0, 2);
    if (add_checksum(field)) return;
    if (m_message.checksum != Sip2Checksum::none && !trimmed(field).empty()) {
      return damaged(field, "something comes after the checksum.");
    }
    if (is_digits(code)) return damaged(field, "no field begins here.");
    if (field.size() == 1) return damaged(field, "a field has two letters.");
    if (belongs_to_checksum(code)) return damaged(field, "the checksum is no checksum.");
    m_message.secrets |= sip2_secret_bit(code);
    m_message.has_foreign_field |= is_foreign(code, m_message);
    if (is_kept(code)) m_message.fields.push_back({code, trimmed(field.substr(2))});
  }

  // False where it is none.
  bool add_checksum(std::string_view field) {
    const std::string_view promised = promised_sip2_checksum(field);
    if (promised.empty() || m_message.code == nullptr) return false;
    if (m_message.checksum != Sip2Checksum::none) return false;
    if (field.starts_with("AY")) m_message.sequence = field.substr(2, 1);
    const auto summed = static_cast<std::size_t>(promised.data() - m_message.text.data());
    unsigned sum = 0;
    for (const char c : m_message.text.substr(0, summed)) sum += static_cast<unsigned char>(c);
    const std::string found = sip2_checksum_of(sum);
    const bool is_right = equal_ignoring_case(promised, found);
    m_message.checksum = is_right ? Sip2Checksum::right : Sip2Checksum::wrong;
    if (!is_right && !m_trouble) {
      m_trouble = LineTrouble{0, fmt::format("Damaged: checksum {} promised, {} found.", promised, found), true};
    }
    return true;
  }

  // What follows the last |: nothing, a checksum, or a field that does not end. Some writers never end the last
  // one; where all of it is taken it may be cut as well.
  void read_end(std::string_view end) {
    if (trimmed(end).empty() || !promised_sip2_checksum(end).empty()) return add(end);
    const std::string_view code = end.substr(0, 2);
    if (may_lack_delimiter(code) && !belongs_to_checksum(code) && end.size() > 1) return add(end);
    if (!m_trouble) {
      m_trouble = damage_at(m_piece.size(), "The message is cut short: expected | or a whole checksum at its end.");
    }
  }

  void damaged(std::string_view field, std::string_view what) {
    if (m_trouble) return;
    m_trouble = damage_at(static_cast<std::size_t>(field.data() - m_piece.data()), fmt::format("Damaged: {}", what));
  }

  std::string_view m_piece;
  Sip2Message& m_message;
  std::optional<LineTrouble> m_trouble;
};

// Of a message whose front is damaged: its first date, where the second follows it.
Stamp date_of_fragment(std::string_view front) {
  for (std::size_t at = 0; at + 2 * k_sip2_date_bytes <= front.size(); ++at) {
    if (!is_digit(front[at]) || (at > 0 && is_digit(front[at - 1]))) continue;
    const Stamp first = parse_sip2_date(front.substr(at, k_sip2_date_bytes));
    const Stamp second = parse_sip2_date(front.substr(at + k_sip2_date_bytes, k_sip2_date_bytes));
    if (first.says_when() && !second.is(StampForm::unreadable)) return first;
  }
  return {};
}

std::optional<LineTrouble> read_fragment(std::string_view piece, Sip2Message& message) {
  const std::size_t bar = std::min(piece.find('|'), piece.size());
  message.recorded = date_of_fragment(piece.substr(0, bar));
  if (bar < piece.size()) FieldReader(piece, message).read(piece.substr(bar + 1));
  return no_message(piece);
}

}  // namespace

std::optional<LineTrouble> read_sip2_message(std::string_view piece, Sip2Message& message) {
  message.code = nullptr;
  message.text = message.fixed = message.sequence = {};
  message.fields.clear();
  message.checksum = Sip2Checksum::none;
  message.recorded = Stamp();
  message.secrets = 0;
  message.has_foreign_field = false;
  piece = piece.substr(0, piece.find_last_not_of(" \t") + 1);
  const Sip2Start start = find_sip2_start(piece);
  message.code = start.code;
  if (start.code == nullptr) return read_fragment(piece, message);
  message.text = piece.substr(start.at);
  message.fixed = piece.substr(start.at + start.code->digits.size(), start.fixed_bytes());
  if (is_dated(*message.code)) {
    message.recorded = parse_sip2_date(message.fixed.substr(date_offset(*message.code), k_sip2_date_bytes));
    if (!message.recorded.says_when()) message.recorded = Stamp();
  }
  return FieldReader(piece, message).read(piece.substr(start.fields_at));
}

std::optional<std::string_view> sip2_value(const Sip2Message& message, std::string_view code) {
  const auto found = std::find_if(message.fields.begin(), message.fields.end(),
                                  [&](const Sip2Field& field) { return field.code == code; });
  return found == message.fields.end() ? std::nullopt : std::optional(found->value);
}

}  // namespace offcirc
