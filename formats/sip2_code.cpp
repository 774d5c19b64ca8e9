#include "formats/sip2_code.hpp"

#include <array>

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
    {"17", Sip2Action::noise, "D", {}, Sip2Action::noise, "18", "AAAPBIBOCHNB"},
    {"23", Sip2Action::noise, "dddD", {}, Sip2Action::noise, {}, "ABAPBIBOCHNB"},
    {"35", Sip2Action::noise, "D", {}, Sip2Action::noise, "36", "ABAPBIBOCHNB"},
    {"63", Sip2Action::noise, "dddDllllllllll", {}, Sip2Action::noise, {}, "ABAPBICHNB"},
    {"93", Sip2Action::noise, "dd", {}},
    {"97", Sip2Action::noise, "", {}},
    {"99", Sip2Action::noise, "ddddd.dd", {}},
    {"10", Sip2Action::answer, "olllD", {}, Sip2Action::checkin},
    {"12", Sip2Action::answer, "olllD", {}, Sip2Action::checkout},
    {"16", Sip2Action::noise, "olD", {}},
    {"18", Sip2Action::noise, "nnnnnnD", {}},
    {"20", Sip2Action::noise, "oD", {}},
    {"24", Sip2Action::noise, "lllllllllllllldddD", {}},
    {"26", Sip2Action::noise, "lllllllllllllldddD", {}},
    {"30", Sip2Action::answer, "olllD", {}, Sip2Action::renew},
    {"36", Sip2Action::noise, "lD", {}},
    {"38", Sip2Action::noise, "lD", {}},
    {"64", Sip2Action::noise, "lllllllllllllldddDnnnnnnnnnnnnnnnnnnnnnnnn", {}},
    {"66", Sip2Action::noise, "onnnnnnnnD", {}},
    {"94", Sip2Action::noise, "o", {}},
    {"96", Sip2Action::noise, "", {}},
    {"98", Sip2Action::noise, "llllllnnnnnnDd.dd", {}},
};

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
  if (part == 'o') return text == "0" || text == "1";
  if (part == 'd') return is_digit(text[0]);
  if (part == 'n') return is_digit(text[0]) || text == " ";
  if (part == 'l') return is_capital(text[0]) || text == " ";
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

std::array<const Sip2Code*, 100> by_number() {
  std::array<const Sip2Code*, 100> codes{};
  for (const Sip2Code& code : k_codes) {
    codes.at(static_cast<std::size_t>((code.digits[0] - '0') * 10 + (code.digits[1] - '0'))) = &code;
  }
  return codes;
}

// Behind the fixed part a field begins, or the message ends.
bool begins_field(std::string_view text) {
  return text.empty() || (text.size() >= 2 && is_capital(text[0]) && (is_capital(text[1]) || is_digit(text[1])));
}

}  // namespace

const Sip2Code* find_sip2_code(std::string_view text) {
  // Asked of every other byte of a line, so by number.
  static const std::array<const Sip2Code*, 100> codes_by_number = by_number();
  if (text.size() < k_code_digits || !is_digit(text[0]) || !is_digit(text[1])) return nullptr;
  const int number = (text[0] - '0') * 10 + (text[1] - '0');
  return codes_by_number.at(static_cast<std::size_t>(number));
}

bool is_dated(const Sip2Code& code) {
  return code.layout.find('D') != std::string_view::npos;
}

std::size_t date_offset(const Sip2Code& code) {
  return code.layout.find('D');  // what comes before a date is one character each
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
