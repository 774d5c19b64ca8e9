#include "formats/sip2_code.hpp"

#include <algorithm>

#include "formats/fields.hpp"
#include "formats/sip2_date.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_code_digits = 2;

// 3M SIP 2.00. Requests first, then the answers that a log of both directions has between them.
constexpr Sip2Code k_codes[] = {
    {"11", Sip2Action::checkout, "ffDB", "Checkout"},
    {"09", Sip2Action::checkin, "fDB", "Check-in"},
    {"29", Sip2Action::renew, "ffDB", "Renewal"},
    {"65", Sip2Action::other, "D", "Renew all"},
    {"15", Sip2Action::other, "?D", "Hold"},
    {"37", Sip2Action::other, "Ddddd???", "Fee paid"},
    {"01", Sip2Action::other, "fD", "Block user"},
    {"25", Sip2Action::other, "D", "Enable user"},
    {"19", Sip2Action::other, "D", "Item status update"},
    {"17", Sip2Action::noise, "D", {}},
    {"23", Sip2Action::noise, "dddD", {}},
    {"35", Sip2Action::noise, "D", {}},
    {"63", Sip2Action::noise, "dddD??????????", {}},
    {"93", Sip2Action::noise, "dd", {}},
    {"97", Sip2Action::noise, "", {}},
    {"99", Sip2Action::noise, "ddddd.dd", {}},
    {"10", Sip2Action::noise, "d???D", {}},
    {"12", Sip2Action::noise, "d???D", {}},
    {"16", Sip2Action::noise, "d?D", {}},
    {"18", Sip2Action::noise, "??????D", {}},
    {"20", Sip2Action::noise, "dD", {}},
    {"24", Sip2Action::noise, "??????????????dddD", {}},
    {"26", Sip2Action::noise, "??????????????dddD", {}},
    {"30", Sip2Action::noise, "d???D", {}},
    {"36", Sip2Action::noise, "?D", {}},
    {"38", Sip2Action::noise, "?D", {}},
    {"64", Sip2Action::noise, "??????????????dddD????????????????????????", {}},
    {"66", Sip2Action::noise, "d????????D", {}},
    {"94", Sip2Action::noise, "d", {}},
    {"96", Sip2Action::noise, "", {}},
    {"98", Sip2Action::noise, "??????ddddddDd.dd", {}},
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

// Eight digits, four characters of zone, six digits: whether there is such a day is another question. Nothing else gets
// through, since a message about the date may show it.
bool has_date_shape(std::string_view text, bool blanks_too) {
  constexpr std::size_t k_zone_at = 8, k_clock_at = 12;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_zone = i >= k_zone_at && i < k_clock_at;
    const bool may_be_blank = blanks_too || is_zone;
    if (!is_digit(text[i]) && !(text[i] == ' ' && may_be_blank) && !(is_capital(text[i]) && is_zone)) return false;
  }
  return true;
}

std::size_t size_of(char part) {
  return part == 'D' || part == 'B' ? k_sip2_date_bytes : 1;
}

bool fits(char part, std::string_view text) {
  if (text.size() != size_of(part)) return false;
  if (part == 'f') return text == "Y" || text == "N";
  if (part == 'd') return is_digit(text[0]);
  if (part == 'D' || part == 'B') return has_date_shape(text, part == 'B');
  return part == '?' ? text[0] != '|' : text[0] == part;
}

std::string_view expectation(char part) {
  if (part == 'f') return "Y or N";
  if (part == 'd') return "a digit";
  if (part == 'D') return "a date and time such as \"20260612    101231\"";
  if (part == 'B') return "a date and time, or 18 blanks";
  return "a fixed field";
}

// Behind the fixed part a field begins, or the message ends.
bool begins_field(std::string_view text) {
  return text.empty() || (text.size() >= 2 && is_capital(text[0]) && (is_capital(text[1]) || is_digit(text[1])));
}

}  // namespace

const Sip2Code* find_sip2_code(std::string_view text) {
  const std::string_view digits = text.substr(0, k_code_digits);
  const auto* const found =
      std::find_if(std::begin(k_codes), std::end(k_codes), [&](const Sip2Code& code) { return code.digits == digits; });
  return found == std::end(k_codes) ? nullptr : found;
}

bool is_dated(const Sip2Code& code) {
  return code.layout.find('D') != std::string_view::npos;
}

bool fits_layout(const Sip2Code& code, std::string_view text, std::size_t& end, Sip2Misfit& misfit) {
  end = k_code_digits;
  for (const char part : code.layout) {
    const std::string_view found = text.substr(end, size_of(part));
    if (!fits(part, found)) {
      misfit = {end, expectation(part)};
      return false;
    }
    end += found.size();
  }
  if (begins_field(text.substr(end))) return true;
  misfit = {end, "a field such as AO"};
  return false;
}

}  // namespace offcirc
