// Finds one SIP2 message in a piece of a log and splits it; lists the kinds of messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/diagnostic.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

enum class Sip2Action : std::uint8_t {
  checkout,
  checkin,
  renew,
  other,   ///< a request that offcirc does not load
  answer,  ///< the server's response to one of the first three
  noise,   ///< logins, inquiries, and all other responses
};

struct Sip2Code {
  std::string_view digits;
  Sip2Action action;
  /// The layout of the fixed part after the digits, with one character per element: f = Y or N, o = 0 or 1, d = a
  /// digit, n = a digit or a space, l = a capital letter or a space, ? = anything but |, D = a date and time, B = 18
  /// characters that may hold a date; any other character stands for itself.
  std::string_view layout;
  std::string_view name;  ///< such as "Hold"; empty for responses and noise
  /// For a response: the action that was requested.
  Sip2Action asked = Sip2Action::noise;
  /// For an inquiry that damage can make from a request: the code of its response, and the fields (two letters each)
  /// that it never has. Either reveals the damage.
  std::string_view answered_by = {};
  std::string_view foreign_fields = {};
};

/// Finds the code that `text` begins with. Returns null if no message begins like that.
const Sip2Code* find_sip2_code(std::string_view text);

/// Returns whether the layout has a date: only a message can have one where it is expected.
bool is_dated(const Sip2Code& code);

/// The offset of the first date after the digits. \pre is_dated(code)
std::size_t date_offset(const Sip2Code& code);

/// Where a text deviates from a layout, and what was expected there, as the end of a sentence.
struct Sip2Misfit {
  std::size_t at = 0;  ///< offset in the text
  std::string_view expected;
};

/// Compares `text`, which begins with the digits of `code`, with the layout. If it fits, returns true and sets `end` to
/// where the fields begin; otherwise returns false and sets `misfit` to the first place that is wrong.
bool fits_layout(const Sip2Code& code, std::string_view text, std::size_t& end, Sip2Misfit& misfit);

/// For `AA21221000000015`: code AA, value 21221000000015.
struct Sip2Field {
  std::string_view code;
  std::string_view value;  ///< trimmed
};

enum class Sip2Checksum : std::uint8_t { none, right, wrong };

/// One message, split. Reuse the object for the next piece: it keeps its memory.
struct Sip2Message {
  const Sip2Code* code = nullptr;  ///< null if there is no message
  std::string_view text;           ///< from the code on, without trailing spaces
  std::string_view fixed;          ///< the fixed part, between the code and the fields
  std::vector<Sip2Field> fields;   ///< the complete fields that offcirc uses, never a password
  std::string_view sequence;       ///< from AY; empty if there is none
  Sip2Checksum checksum = Sip2Checksum::none;
  Stamp recorded;                  ///< its first date; none if that can't be read
  std::uint8_t secrets = 0;        ///< one bit for each kind of password field present (formats/sip2_fields.hpp)
  bool has_foreign_field = false;  ///< a field that its code never has
};

/// Finds the message in `piece`, which ends where end_of_sip2_record() says, and splits it. `message` holds whatever
/// could be read even if a problem is returned. The fixed part is checked only for its form.
std::optional<LineTrouble> read_sip2_message(std::string_view piece, Sip2Message& message);

/// The value of the first field with that code; nullopt if there is none.
std::optional<std::string_view> sip2_value(const Sip2Message& message, std::string_view code);

}  // namespace offcirc
