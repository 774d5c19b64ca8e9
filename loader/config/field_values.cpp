#include "loader/config/field_values.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

// How many letters must be changed, added, removed or swapped with their neighbor to turn `a` into `b`.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_before, before(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({changed, before[j] + 1, current[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], two_before[j - 2] + 1);
    }
    two_before = before;
    before = current;
  }
  return before[b.size()];
}

}  // namespace

std::string hint_of(std::string_view wrong, const std::vector<std::string_view>& known) {
  // With two letters changed, a short word becomes a different word.
  const std::size_t tolerated = wrong.size() < 5 ? 1 : 2;
  std::size_t nearest = tolerated + 1;
  std::string_view meant;
  bool several = false;
  for (const std::string_view candidate : known) {
    const std::size_t far = distance(wrong, candidate);
    if (far < nearest) {
      nearest = far;
      meant = candidate;
      several = false;
    } else if (far == nearest && candidate != meant) {
      several = true;
    }
  }
  if (meant.empty() || several) return ".";
  return "; did you mean '" + std::string(meant) + "'?";
}

namespace {

const std::vector<std::string_view> k_weekdays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

}  // namespace

std::optional<Seconds> parse_clock_offset(std::string_view text) {
  constexpr std::size_t k_to_minutes = 6, k_to_seconds = 9;
  const bool has_seconds = text.size() == k_to_seconds;
  if (!has_seconds && text.size() != k_to_minutes) return std::nullopt;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  if (text[3] != ':' || (has_seconds && text[6] != ':')) return std::nullopt;
  const auto hours = parse_digits(text.substr(1, 2));
  const auto minutes = parse_digits(text.substr(4, 2));
  const auto seconds = has_seconds ? parse_digits(text.substr(7, 2)) : 0;
  if (!hours || !minutes || !seconds || *minutes > 59 || *seconds > 59) return std::nullopt;
  const Seconds offset = Seconds{*hours} * 3600 + *minutes * 60 + *seconds;
  return text[0] == '-' ? -offset : offset;
}

std::vector<Day> read_days(TomlReader& reader, std::string_view key) {
  std::vector<Day> days;
  for (const TomlValue* value : reader.texts(key, true)) {
    const auto stamp = parse_iso(value->text);
    if (stamp && stamp->is(StampForm::date))
      days.push_back(static_cast<Day>(stamp->seconds() / k_day_seconds));
    else
      reader.report(value->place, fmt::format("'{}' in {} must have days such as \"2026-12-25\"; \"{}\" is not a day.",
                                              key, reader.name(), value->text));
  }
  return days;
}

std::array<bool, 7> read_weekdays(TomlReader& reader, std::string_view key) {
  std::array<bool, 7> weekdays{};
  for (const TomlValue* value : reader.texts(key)) {
    const auto found = std::find(k_weekdays.begin(), k_weekdays.end(), value->text);
    if (found != k_weekdays.end())
      weekdays.at(static_cast<std::size_t>(found - k_weekdays.begin())) = true;
    else
      reader.report(value->place,
                    fmt::format("'{}' in {} must have weekdays (sun, mon, tue, wed, thu, fri or sat), not \"{}\"{}",
                                key, reader.name(), value->text, hint_of(value->text, k_weekdays)));
  }
  return weekdays;
}

bool is_address(std::string_view address) {
  constexpr std::string_view k_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  constexpr std::string_view k_signs = ".!#$%&'*+/=?^_`{|}~-";  // RFC 5322, atext and the dots between
  constexpr std::size_t k_max_local = 64, k_max = 254;          // RFC 5321, 4.5.3.1
  const auto consists_of = [](std::string_view text, std::string_view letters, std::string_view signs) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
      return letters.find(c) != std::string_view::npos || signs.find(c) != std::string_view::npos;
    });
  };
  const auto has_dots_between = [](std::string_view text) {
    return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
  };
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos || at > k_max_local || address.size() > k_max) return false;
  const std::string_view local = address.substr(0, at), domain = address.substr(at + 1);
  return has_dots_between(local) && consists_of(local, k_letters, k_signs) && has_dots_between(domain) &&
         consists_of(domain, k_letters, ".-");
}

void read_addresses(TomlReader& reader, std::string_view key, std::vector<std::string>& into) {
  for (const TomlValue* value : reader.texts(key))
    if (is_address(value->text))
      into.push_back(value->text);
    else
      reader.report(value->place, fmt::format("'{}' in {} must have e-mail addresses such as \"circ@example.org\".",
                                              key, reader.name()));
}

const TomlValue* read_name(TomlReader& reader, std::string_view key) {
  const TomlValue* name = reader.find(key);
  if (name == nullptr) {
    reader.report(reader.place(), fmt::format("'{}' is missing in {}.", key, reader.name()));
    return nullptr;
  }
  if (name->kind != TomlKind::text) {
    reader.report_wrong_kind(key, *name, describe(TomlKind::text));
    return nullptr;
  }
  const bool usable = !name->text.empty() && name->text != "*" && trimmed(name->text) == name->text &&
                      find_control_byte(name->text) == std::string_view::npos;
  if (usable) return name;
  reader.report(name->place,
                fmt::format("'{}' in {} must be a name without blanks around it, and not *, which means any.", key,
                            reader.name()));
  return nullptr;
}

namespace {

bool iconv_knows(const std::string& encoding) {
  if (encoding.empty()) return false;  // iconv would take it for the encoding of the locale
  const iconv_t converter = iconv_open("UTF-8", encoding.c_str());
  // iconv_open() reports failure as a pointer of all ones. NOLINTNEXTLINE(performance-no-int-to-ptr)
  if (converter == reinterpret_cast<iconv_t>(-1)) return false;
  iconv_close(converter);
  return true;
}

}  // namespace

void read_encoding(TomlReader& reader, std::string& encoding) {
  const TomlValue* name = reader.text("encoding");
  if (name == nullptr) return;
  if (iconv_knows(name->text))
    encoding = name->text;
  else
    reader.report(
        name->place,
        fmt::format("the encoding \"{}\" is not supported on this machine; use one from 'iconv --list', such as "
                    "windows-1252.",
                    name->text));
}

}  // namespace offcirc
