// One SIP2 message, found in a piece of a log and taken apart, and the kinds of messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "formats/diagnostic.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

// The kinds of SIP2 messages: what the two digits in front mean, and what stands between them and the fields.

enum class Sip2Action : std::uint8_t {
  checkout,
  checkin,
  renew,
  other,   ///< a request that offcirc does not load
  answer,  ///< what the server answered to one of the first three
  noise,   ///< logins, questions, and all other answers
};

struct Sip2Code {
  std::string_view digits;
  Sip2Action action;
  /// What follows the digits, a character each: f = Y or N, o = 0 or 1, d = a digit, n = a digit or a blank, l =
  /// a capital letter or a blank, ? = anything, D = a date and time, B = 18 characters in which a date may be; any
  /// other stands for itself.
  std::string_view layout;
  std::string_view name;  ///< as in "Place hold"; empty for answers and noise
  /// Of an answer: what was asked.
  Sip2Action asked = Sip2Action::noise;
  /// Of a question that damage can make of a request: the digits of its answer, and the fields, two letters each, that
  /// it never has. These tell.
  std::string_view answered_by = {};
  std::string_view foreign_fields = {};
};

/// Null where no message begins so. `text` may be longer.
const Sip2Code* find_sip2_code(std::string_view text);

/// Whether it has a date, which only a message can have where one is expected.
bool is_dated(const Sip2Code& code);

/// Where its first date begins after the digits. \pre is_dated(code)
std::size_t date_offset(const Sip2Code& code);

/// What of a layout is not there; column and expectation for a message.
struct Sip2Misfit {
  std::size_t at = 0;  ///< from 0, of the text
  std::string_view expected;
};

/// Holds `text`, which begins with the code's digits, against its layout. Sets `end` to where its fields begin;
/// `misfit` to the first place that is wrong. False then.
bool fits_layout(const Sip2Code& code, std::string_view text, std::size_t& end, Sip2Misfit& misfit);

// One SIP2 message found in a piece of a log and taken apart, its checksum checked.

/// `AA21221000000015` is code AA, value 21221000000015.
struct Sip2Field {
  std::string_view code;
  std::string_view value;  ///< trimmed
};

enum class Sip2Checksum : std::uint8_t { none, right, wrong };

/// Used again for each piece, since its memory stays.
struct Sip2Message {
  const Sip2Code* code = nullptr;  ///< null where there is no message
  std::string_view text;           ///< from the code on, without blanks at the end
  std::string_view fixed;          ///< between the code and the fields
  std::vector<Sip2Field> fields;   ///< those that hold something for offcirc (never a password) and are whole
  std::string_view sequence;       ///< of AY; empty: it has none
  Sip2Checksum checksum = Sip2Checksum::none;
  Stamp recorded;            ///< its first date; none where that can't be read
  std::uint8_t secrets = 0;  ///< a bit for each kind of password that it has as a field (formats/sip2_secrets.hpp)
  bool has_foreign_field = false;  ///< one that its code never has
};

/// Finds the message in `piece`, which is what end_of_sip2_record() gives, and splits it. `message` holds what could be
/// read even where something is wrong. The fixed part is checked for its form only.
std::optional<LineTrouble> read_sip2_message(std::string_view piece, Sip2Message& message);

/// Of the first field of that code; nullopt where there is none.
std::optional<std::string_view> sip2_value(const Sip2Message& message, std::string_view code);

}  // namespace offcirc
