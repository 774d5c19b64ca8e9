// Builds the SIP2 requests (3M SIP 2.00) by which transactions reach a live system, and the questions about its state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/stamp.hpp"
#include "formats/transaction.hpp"
#include "loader/model/send_settings.hpp"
#include "loader/send/sip2_encoding.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// One account of the SIP2 server: the desk that a message comes from.
struct Sip2Account {
  std::string user, password;  ///< CN, CO
  std::string institution;     ///< AO
  std::string location;        ///< CP, AP
};

/// What a checkout, check-in, renewal or payment says. Times are UTC.
struct Sip2Request {
  std::string user_id;  ///< empty for a check-in
  std::string item_id;  ///< empty for a payment
  Seconds occurred_at = 0;
  std::optional<Seconds> due_at = std::nullopt;       ///< for a checkout or renewal
  std::optional<Seconds> returned_at = std::nullopt;  ///< for a check-in; occurred_at if it is missing
  Cents amount_cents = 0;                             ///< of a payment
  std::string reference = {};                         ///< of a payment: a transaction ID for the server
};

/// Builds messages in UTF-8, without sequence number, checksum and end; frame() adds these.
class Sip2Requests {
 public:
  /// RunError if there is no such encoding. `zone` is the server's, and must outlive the object.
  Sip2Requests(const SendSettings& settings, const Zone& zone);

  /// Why SIP2 can't transport the ID, as the end of a sentence: `it has a | in it`; empty if it can.
  [[nodiscard]] std::string_view trouble_of_id(std::string_view id) const;

  static std::string login(const Sip2Account& account);  // 93
  static std::string status();                           // 99
  /// Asks about an item (17).
  [[nodiscard]] std::string item(const Sip2Account& account, std::string_view id, Seconds now) const;
  /// Asks about a user and the list of all items that the user has (63).
  [[nodiscard]] std::string user(const Sip2Account& account, std::string_view id, Seconds now) const;

  [[nodiscard]] std::string checkin(const Sip2Account& account, const Sip2Request& request) const;   // 09
  [[nodiscard]] std::string checkout(const Sip2Account& account, const Sip2Request& request) const;  // 11
  [[nodiscard]] std::string renewal(const Sip2Account& account, const Sip2Request& request) const;   // 29
  [[nodiscard]] std::string payment(const Sip2Account& account, const Sip2Request& request) const;   // 37

  /// The bytes to write: the message in the server's encoding, AY and AZ if they are configured, and CR. `sequence` is
  /// a digit. RunError if the encoding lacks a character of it. \pre trouble_of_id() is empty for each ID in it.
  [[nodiscard]] std::string frame(std::string_view message, char sequence) const;

  [[nodiscard]] const Sip2Encoding& encoding() const { return m_encoding; }
  [[nodiscard]] bool has_checksums() const { return m_has_checksums; }

 private:
  [[nodiscard]] std::string lending(std::string_view code, std::string_view policy, const Sip2Account& account,
                                    const Sip2Request& request) const;

  const Zone* m_zone;
  Sip2Encoding m_encoding;
  bool m_has_checksums, m_no_block;
  std::string m_currency;
};

/// `20260612    101231`: the server's local time. Servers ignore the four characters of the zone, so they are blank.
std::string sip2_date(Seconds utc, const Zone& zone);

/// Whether such a date may mean two times: it lies in the hour that is repeated in autumn.
bool is_repeated_time(Seconds utc, const Zone& zone);

/// The password of an account: the first line of `password_file`. RunError, which never contains it, if the file can't
/// be read, is readable by everybody, or its line is empty, or has a | or a control character.
std::string read_sip2_password(const std::string& password_file);

}  // namespace offcirc
