#include "formats/sip2_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "formats/sip2_date.hpp"
#include "formats/sip2_place.hpp"
#include "formats/sip2_secrets.hpp"

namespace offcirc {
namespace {

Sip2Says said_by(Sip2Action action) {
  switch (action) {
    case Sip2Action::checkout:
    case Sip2Action::checkin:
    case Sip2Action::renew:
      return Sip2Says::request;
    case Sip2Action::other:
      return Sip2Says::unsupported;
    case Sip2Action::answer:
      return Sip2Says::answer;
    case Sip2Action::noise:
      break;
  }
  return Sip2Says::nothing;
}

}  // namespace

bool Sip2Reader::next() {
  if (!m_lines.next(m_piece)) return false;
  m_is_cut = m_lines.is_cut_by_zeros() || m_piece.data() + m_piece.size() == m_end;
  const std::size_t end = is_block_of_zeros(m_piece) ? m_piece.size() : end_of_sip2_record(m_piece);
  if (end < m_piece.size()) {
    m_lines.give_back(m_piece, end);
    m_piece = m_piece.substr(0, end);
    m_is_cut = false;
  }
  m_second_date = Stamp();
  m_trouble = find_trouble();
  if (!m_trouble) return true;
  if (m_trouble->column != 0) m_trouble->column += m_lines.column_before();
  m_says = Sip2Says::unreadable;
  return true;
}

Sip2Reader::Trouble Sip2Reader::find_trouble() {
  m_says = Sip2Says::nothing;
  m_message.code = nullptr;
  auto size_trouble = find_size_trouble(m_piece);
  if (!size_trouble && trimmed(m_piece).empty()) return std::nullopt;
  auto trouble = read_sip2_message(size_trouble ? std::string_view() : m_piece, m_message);
  if (size_trouble) return size_trouble;
  if (auto damage = find_byte_trouble(m_piece)) return damage;
  if (m_message.code == nullptr) return trouble;
  m_says = said_by(m_message.code->action);
  switch (m_says) {
    case Sip2Says::request:
    case Sip2Says::unsupported:
      return trouble ? trouble : find_trouble_of_request();
    case Sip2Says::nothing:
      if (m_message.checksum == Sip2Checksum::wrong) return trouble;
      // The code of a request may have become that of a question.
      if (m_message.checksum == Sip2Checksum::none && m_message.has_foreign_field)
        return damage_at(place_of(m_message.text), "Damaged: this message has a field that its code never has.");
      break;
    default:
      break;
  }
  return std::nullopt;
}

Sip2Reader::Trouble Sip2Reader::find_trouble_of_request() {
  if (auto trouble = read_dates()) return trouble;
  if (auto trouble = find_hidden_password()) return trouble;
  if (auto trouble = find_missing_field()) return trouble;
  return find_cut();
}

Sip2Reader::Trouble Sip2Reader::read_dates() {
  const Sip2Code& code = *m_message.code;
  const std::size_t at = date_offset(code);
  const std::string_view first = m_message.fixed.substr(at, k_sip2_date_bytes);
  if (!m_message.recorded.says_when()) return no_date("transaction date", first);
  if (code.action == Sip2Action::other) return std::nullopt;
  const bool is_checkin = code.action == Sip2Action::checkin;
  if (!is_checkin && m_message.fixed[1] != 'Y') return std::nullopt;
  const std::string_view second = m_message.fixed.substr(at + k_sip2_date_bytes, k_sip2_date_bytes);
  if (is_checkin && parse_sip2_date(second) == m_message.recorded) return std::nullopt;
  const Stamp date = parse_sip2_day(second);
  if (date.is(StampForm::unreadable)) return no_date(is_checkin ? "return date" : "due date (nb due date)", second);
  m_second_date = date;
  return std::nullopt;
}

// A message cut short between two fields shows it by what it lacks.
Sip2Reader::Trouble Sip2Reader::find_missing_field() const {
  const Sip2Action action = m_message.code->action;
  if (action == Sip2Action::other) return std::nullopt;
  if (!sip2_value(m_message, "AO")) return missing("institution ID (AO)");
  const auto user_id = sip2_value(m_message, "AA");
  if (action == Sip2Action::checkout ? user_id.value_or("").empty() : action == Sip2Action::renew && !user_id) {
    return missing("user ID (AA)");
  }
  if (sip2_value(m_message, "AB").value_or("").empty()) return missing("item ID (AB)");
  return std::nullopt;
}

Sip2Reader::Trouble Sip2Reader::find_hidden_password() const {
  if (m_message.checksum == Sip2Checksum::right) return std::nullopt;
  for (const Sip2Field& field : m_message.fields) {
    if (field.code == "BI") continue;
    const std::size_t at = hidden_secret(field.code, field.value);
    if (at == std::string_view::npos) continue;
    return damage_at(place_of(field.value) + at,
                     fmt::format("Damaged: another field seems to begin within {}, its delimiter lost.", field.code));
  }
  return std::nullopt;
}

std::size_t Sip2Reader::hidden_secret(std::string_view code, std::string_view value) const {
  const IdPattern& pattern = code == "AA" ? m_ids.user : m_ids.item;
  if (code != "AO" && pattern.is_given() && pattern.fits(value)) return std::string_view::npos;
  return find_hidden_secret(code, value, m_message.secrets);
}

Sip2Reader::Trouble Sip2Reader::find_cut() const {
  if (!m_is_cut || m_message.checksum == Sip2Checksum::right) return std::nullopt;
  if (m_lines.is_cut_by_zeros()) return cut_by_zeros(m_piece);
  return damage_at(m_piece.size(),
                   "The last line does not end, so it may be cut short: load the whole log once you have it.");
}

LineTrouble Sip2Reader::no_date(std::string_view name, std::string_view value) const {
  return damage_at(
      place_of(value),
      fmt::format("The {} of the message {} is no date and time: expected one such as \"20260612    101231\", "
                  "got {}.",
                  name, m_message.code->digits, quoted(value)));
}

LineTrouble Sip2Reader::missing(std::string_view field) const {
  return {0, fmt::format("The {} of the message {} is missing.", field, m_message.code->digits)};
}

std::string Sip2Reader::kept_text() const {
  const bool has_message = m_message.code != nullptr && !m_message.text.empty();
  const std::size_t fields_at =
      has_message ? place_of(m_message.text) + m_message.code->digits.size() + m_message.fixed.size() : 0;
  return without_sip2_secrets(m_piece, fields_at);
}

std::string Sip2Reader::kept_message() const {
  const std::string_view text = m_message.text;
  const std::size_t end = std::min(text.find("|AY"), text.find("|AZ"));
  return without_sip2_secrets(text.substr(0, end), m_message.code->digits.size() + m_message.fixed.size());
}

std::string_view Sip2Reader::id(std::string_view code) const {
  const std::string_view value = sip2_value(m_message, code).value_or("");
  if (m_says != Sip2Says::unreadable) return value;
  const bool may_be_kept =
      find_control_byte(value) == std::string_view::npos &&
      (m_message.checksum == Sip2Checksum::right || hidden_secret(code, value) == std::string_view::npos);
  return may_be_kept ? value : std::string_view();
}

}  // namespace offcirc
