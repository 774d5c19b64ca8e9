// Reads the answers of a SIP2 server: splits them, checks that they are whole, and says what they tell about an item, a
// user, a transaction or the server. Answers may be garbage: nothing here trusts their length, codes or dates.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/stamp.hpp"
#include "loader/send/sip2_encoding.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

struct Sip2Answer {
  struct Field {
    std::string code;   ///< two characters
    std::string value;  ///< UTF-8, trimmed
  };

  std::string code;   ///< 94, 98, 18, 64, 10, 12, 30, 38 or 96
  std::string fixed;  ///< the fixed part, always of the length that belongs to the code
  std::vector<Field> fields;
  char sequence = 0;  ///< from AY; 0 if there is none, as from mediators

  /// The first field with that code; empty if there is none.
  [[nodiscard]] std::string_view value(std::string_view field_code) const;
  /// The flag that 10, 12, 30, 38 and 94 begin with: the server has done it.
  [[nodiscard]] bool is_ok() const { return fixed[0] == '1' || fixed[0] == 'Y'; }
};

/// Parses an answer without its CR. nullopt if it is none of the above, too short, or contradicts its checksum.
std::optional<Sip2Answer> parse_sip2_answer(std::string_view frame, const Sip2Encoding& encoding);

/// Whether two IDs are the same to a server: blanks at the ends and the case of letters do not count.
bool is_same_sip2_id(std::string_view a, std::string_view b);

/// The day of a due date (AH) on the server's calendar. Servers write it as SIP2 has it, `20261220    235900`, as ISO
/// 8601, or as their site does. nullopt if it can't be read, or if 03/04/2026 may be of March or of April.
std::optional<Day> read_sip2_due_day(std::string_view text, const Zone& zone);

/// The day and month of a civil day, for messages: `2026-12-20`.
std::string sip2_day_text(Day day);

/// An item as the server has it (18).
struct LiveItem {
  bool is_known = false;
  int status = 0;  ///< circulation status of 3M SIP 2.00; 0 if unreadable
  std::string due_text;
  std::optional<Day> due_day;

  /// Charged, charged and not to be recalled, or recalled.
  [[nodiscard]] bool is_charged() const { return status == 4 || status == 5 || status == 7; }
  /// Claimed returned or lost: charged or not.
  [[nodiscard]] bool may_be_charged() const { return status == 11 || status == 12; }
};

LiveItem live_item_of(const Sip2Answer& answer, const Zone& zone);

/// A user as the server has it (64).
struct LiveUser {
  bool is_known = false;
  std::string id;                    ///< AA: the server's own ID of the user, which may be another than was asked for
  std::optional<int> charged_count;  ///< nullopt if the server does not say
  std::vector<std::string> charged;  ///< AU: item IDs, or titles

  [[nodiscard]] bool lists(std::string_view item_id) const;
  /// Whether the list has all items that the user has.
  [[nodiscard]] bool has_whole_list() const;
};

LiveUser live_user_of(const Sip2Answer& answer);

/// The server as it describes itself (98).
struct LiveServer {
  std::string flags;    ///< on-line, checkin, checkout, renewal, status update, off-line; not to be trusted
  std::string timeout;  ///< tenths of a second; 000 off-line, 999 unknown
  std::string retries;
  std::string version;
  std::string name;  ///< AM, or AO
  Stamp clock;       ///< civil or absolute; none or unreadable if the server does not say
};

LiveServer live_server_of(const Sip2Answer& answer);

}  // namespace offcirc
