// Reads and checks texts of the config that mean a day, a weekday, a clock correction, an e-mail address or a name.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/config/toml_reader.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

// What an operator who wrote an unknown name probably meant.

/// The end of a sentence about an unknown name: `; did you mean 'timezone'?` if exactly one of `known` is closest to
/// `wrong` and differs by one letter (in words of five letters or more, by up to two) that is wrong, missing, extra or
/// swapped with its neighbor. Otherwise a period.
std::string hint_of(std::string_view wrong, const std::vector<std::string_view>& known);

// Reading and checking the texts.

/// Parses `+HH:MM` or `+HH:MM:SS`, or the same with a minus sign. Returns seconds, or nullopt for anything else.
std::optional<Seconds> parse_clock_offset(std::string_view text);

/// Reads a list of days such as `["2026-12-25"]`; it may also hold TOML's own dates.
std::vector<Day> read_days(TomlReader& reader, std::string_view key);

/// Reads a list such as `["sun", "sat"]`. Element 0 of the result is Sunday.
std::array<bool, 7> read_weekdays(TomlReader& reader, std::string_view key);

/// Reads a list of e-mail addresses, and reports those that is_address() refuses.
void read_addresses(TomlReader& reader, std::string_view key, std::vector<std::string>& into);

/// Reads the name by which other places refer to a library or profile. Returns null and reports it if it is not given,
/// is empty, has blanks around it or a control character in it, or is `*`, which means any in the circulation map.
const TomlValue* read_name(TomlReader& reader, std::string_view key);

/// Reads the name of a character encoding under the key `encoding`, and reports one that iconv does not know.
void read_encoding(TomlReader& reader, std::string& encoding);

/// Whether `address` is an e-mail address in its plain form, `circ@example.org`, so that nothing in it can mean
/// anything else to a mail server or in the header of a mail.
bool is_address(std::string_view address);

}  // namespace offcirc
