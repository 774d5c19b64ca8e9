#include "loader/hints/id_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace offcirc {
namespace {

// Longer IDs are not in use anywhere; a pattern may well accept endless ones.
constexpr std::size_t k_longest_id = 20;

bool is_digit(char ch) {
  return ch >= '0' && ch <= '9';
}

bool all_digits(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), is_digit);
}

// How many digits more would make it match; 0 where none would.
std::size_t missing_digits(std::string_view id, const IdPattern& pattern) {
  std::string padded(id);
  for (std::size_t missing = 1; padded.size() < k_longest_id; ++missing)
    if (pattern.fits(padded += '0')) return missing;
  return 0;
}

bool is_letter(char ch) {
  return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
}

std::string without_separators(std::string_view id) {
  // Hyphens, dashes and quotation marks as word processors make them too.
  constexpr std::string_view k_dropped[] = {" ",      "\t",     "-",      "\"",     "'",      "=",
                                            "\u00A0", "\u2007", "\u202F", "\u2010", "\u2011", "\u2013",
                                            "\u2018", "\u2019", "\u201C", "\u201D"};
  std::string bare;
  while (!id.empty()) {
    const auto* const dropped = std::find_if(std::begin(k_dropped), std::end(k_dropped),
                                             [&](std::string_view text) { return id.starts_with(text); });
    if (dropped == std::end(k_dropped)) bare += id.front();
    id.remove_prefix(dropped == std::end(k_dropped) ? 1 : dropped->size());
  }
  return bare;
}

// `27.0` of a number that a spreadsheet took for one with decimals.
std::string_view without_decimals(std::string_view number) {
  const std::size_t point = number.find_first_of(".,");
  if (point == std::string_view::npos || point == 0) return number;
  const std::string_view decimals = number.substr(point + 1);
  const bool is_zero = !decimals.empty() && decimals.find_first_not_of('0') == std::string_view::npos;
  return is_zero && all_digits(number.substr(0, point)) ? number.substr(0, point) : number;
}

// In upper case, or in lower case.
std::string in_case(std::string_view id, bool upper) {
  std::string text(id);
  for (char& ch : text)
    if (is_letter(ch)) ch = static_cast<char>(upper ? ch & ~0x20 : ch | 0x20);
  return text;
}

// `1212` is `12` twice.
bool is_written_twice(std::string_view id) {
  const std::size_t half = id.size() / 2;
  return half >= 2 && id.size() % 2 == 0 && id.substr(0, half) == id.substr(half);
}

}  // namespace

std::string oddity(std::string_view id, IdKind kind, const IdPatterns& patterns) {
  const IdPattern& own = kind == IdKind::user ? patterns.user : patterns.item;
  const IdPattern& other = kind == IdKind::user ? patterns.item : patterns.user;
  if (own.fits(id)) {
    const bool wrong = patterns.check_digit && all_digits(id) && !has_right_check_digit(id);
    return wrong ? "The check digit is wrong." : "";
  }
  if (other.fits(id)) return kind == IdKind::user ? "It looks like an item ID." : "It looks like a user ID.";
  if (!own.is_given() || !all_digits(id)) return {};
  const std::size_t missing = missing_digits(id, own);
  if (missing == 0) return {};
  return fmt::format("It is cut short: {} digit{} missing.", missing, missing == 1 ? " is" : "s are");
}

std::string bare_number(std::string_view id) {
  const std::string separated = without_separators(id);
  std::string_view bare = separated;
  if (!bare.empty() && is_letter(bare[0])) bare = without_decimals(bare.substr(1));
  return std::string(all_digits(bare) ? bare : without_decimals(separated));
}

std::vector<std::string> typed_forms(std::string_view id) {
  const std::string bare = bare_number(id), separated = without_separators(id);
  std::vector<std::string> forms = {separated, std::string(without_decimals(separated)), bare};
  for (const std::string& whole : {separated, bare})
    if (is_written_twice(whole)) forms.push_back(whole.substr(0, whole.size() / 2));
  for (const bool upper : {true, false}) forms.push_back(in_case(separated, upper));
  for (std::size_t i = 0; i < bare.size(); ++i)
    if (is_digit(bare[i]) && bare.size() > 2) forms.push_back(std::string(bare).erase(i, 1));
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  std::erase_if(forms, [&](const std::string& form) { return form.empty() || form == id; });
  return forms;
}

// None comes twice: each differs from the ID at another digit, or in another pair.
std::vector<std::string> near_misses(std::string_view id) {
  std::vector<std::string> misses;
  std::string candidate(id);
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (is_digit(id[i])) {
      for (candidate[i] = '0'; candidate[i] <= '9'; ++candidate[i])
        if (candidate[i] != id[i]) misses.push_back(candidate);
      candidate[i] = id[i];
    }
    if (i + 1 < id.size() && id[i] != id[i + 1]) {
      std::swap(candidate[i], candidate[i + 1]);
      misses.push_back(candidate);
      std::swap(candidate[i], candidate[i + 1]);
    }
  }
  return misses;
}

}  // namespace offcirc
