// The kinds of SIP2 messages: what the two digits in front mean, and what stands between them and the fields.
#pragma once

#include <cstdint>
#include <string_view>

namespace offcirc {

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

}  // namespace offcirc
