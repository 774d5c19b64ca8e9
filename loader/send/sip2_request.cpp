#include "loader/send/sip2_request.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "formats/fields.hpp"
#include "formats/sip2_fields.hpp"
#include "loader/config/config.hpp"
#include "loader/progress.hpp"

namespace offcirc {
namespace {

// Nobody's barcode is longer, and servers cut what does not fit into their tables.
constexpr std::size_t k_max_id_bytes = 255;

char flag(bool value) {
  return value ? 'Y' : 'N';
}

// What the configuration names can't end a field early. The config is UTF-8 and its sections are checked, but a stray
// delimiter here would change the meaning of all that follows.
std::string field_value(std::string_view value) {
  std::string clean;
  for (const char c : value) clean += c == '|' || (c >= 0 && c < ' ') ? ' ' : c;
  return clean;
}

}  // namespace

std::string sip2_date(Seconds utc, const Zone& zone) {
  const Seconds civil = zone.to_civil(utc);
  const Seconds midnight = start_of_day(civil);
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{midnight / k_day_seconds}}};
  const Seconds time = civil - midnight;
  return fmt::format("{:04}{:02}{:02}    {:02}{:02}{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), time / 3600, time / 60 % 60,
                     time % 60);
}

bool is_repeated_time(Seconds utc, const Zone& zone) {
  const auto [first, second] = zone.both_utc(zone.to_civil(utc));
  return first != second;
}

Sip2Requests::Sip2Requests(const SendSettings& settings, const Zone& zone)
    : m_zone(&zone),
      m_encoding(settings.encoding),
      m_has_checksums(settings.error_detection),
      m_no_block(settings.no_block),
      m_currency(settings.currency) {}

std::string_view Sip2Requests::trouble_of_id(std::string_view id) const {
  if (id.empty()) return "it is empty";
  if (id.find('|') != std::string_view::npos) return "it has a | in it";
  if (find_control_byte(id) != std::string_view::npos || id.find('\t') != std::string_view::npos)
    return "it has a control character in it";
  if (trimmed(id) != id) return "it begins or ends with a blank";
  const auto bytes = m_encoding.encoded(id);
  if (!bytes) return "it has a character that the server's encoding lacks";
  return bytes->size() > k_max_id_bytes ? "it is too long" : "";
}

std::string Sip2Requests::login(const Sip2Account& account) {
  return fmt::format("9300CN{}|CO{}|CP{}|", field_value(account.user), field_value(account.password),
                     field_value(account.location));
}

std::string Sip2Requests::status() {
  return "9900802.00";
}

std::string Sip2Requests::item(const Sip2Account& account, std::string_view id, Seconds now) const {
  return fmt::format("17{}AO{}|AB{}|AC|", sip2_date(now, *m_zone), field_value(account.institution), id);
}

std::string Sip2Requests::user(const Sip2Account& account, std::string_view id, Seconds now) const {
  // The third of the ten places asks for the list of charged items. Without BP and BQ, some servers give only the first
  // few.
  return fmt::format("63000{}  Y       AO{}|AA{}|AC|BP1|BQ9999|", sip2_date(now, *m_zone),
                     field_value(account.institution), id);
}

std::string Sip2Requests::checkin(const Sip2Account& account, const Sip2Request& request) const {
  return fmt::format("09{}{}{}AP{}|AO{}|AB{}|AC|", flag(m_no_block), sip2_date(request.occurred_at, *m_zone),
                     sip2_date(request.returned_at.value_or(request.occurred_at), *m_zone),
                     field_value(account.location), field_value(account.institution), request.item_id);
}

// The item comes before the user: servers carry out what they have got of a message when its connection breaks, and a
// checkout that was cut within the item's ID could lend another item. Cut there, this one has no user yet.
std::string Sip2Requests::lending(std::string_view code, std::string_view policy, const Sip2Account& account,
                                  const Sip2Request& request) const {
  const bool no_block = m_no_block && request.due_at.has_value();
  return fmt::format("{}{}{}{}{}AO{}|AB{}|AA{}|AC|", code, policy, flag(no_block),
                     sip2_date(request.occurred_at, *m_zone),
                     sip2_date(request.due_at.value_or(request.occurred_at), *m_zone), field_value(account.institution),
                     request.item_id, request.user_id);
}

std::string Sip2Requests::checkout(const Sip2Account& account, const Sip2Request& request) const {
  // Y: a self-check may renew. Servers renew anyway, and N would refuse a renewal that is sent as a checkout.
  return lending("11", "Y", account, request);
}

std::string Sip2Requests::renewal(const Sip2Account& account, const Sip2Request& request) const {
  return lending("29", "N", account, request);  // N: no third party renews
}

// Fee type 01 is any fee, so the server decides which of the patron's bills are paid; payment type 00 is cash. The
// amount comes last: cut within the ID, the message has none, and does not pay the bills of somebody else.
std::string Sip2Requests::payment(const Sip2Account& account, const Sip2Request& request) const {
  return fmt::format("37{}0100{}AO{}|AA{}|AC|BK{}|BV{}|", sip2_date(request.occurred_at, *m_zone), m_currency,
                     field_value(account.institution), request.user_id, field_value(request.reference),
                     money_cell(request.amount_cents));
}

std::string Sip2Requests::frame(std::string_view message, char sequence) const {
  auto encoded = m_encoding.encoded(message);
  if (!encoded)
    throw RunError(
        "[library.send] has an account, institution or location with a character that [send] encoding lacks.");
  std::string& bytes = *encoded;
  if (m_has_checksums) {
    bytes += "AY";
    bytes += sequence;
    bytes += "AZ";
    unsigned sum = 0;
    for (const char c : bytes) sum += static_cast<unsigned char>(c);
    bytes += sip2_checksum_of(sum);
  }
  bytes += '\r';
  return std::move(bytes);
}

std::string read_sip2_password(const std::string& password_file) {
  std::string line = read_password_file(password_file);
  if (line.find('|') != std::string::npos || find_control_byte(line) != std::string::npos)
    throw RunError(
        fmt::format("The password in {} has a | or a control character in it, which SIP2 can't send: choose "
                    "another.",
                    password_file));
  return line;
}

}  // namespace offcirc
