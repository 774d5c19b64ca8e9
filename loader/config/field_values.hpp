// What the texts of the config must look like that mean a day, a weekday, a clock error or a name.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loader/config/toml_reader.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

// What somebody probably meant who wrote a name that nothing has.

/// `; did you mean 'timezone'?` where exactly one of `known` is nearest to `wrong`, and near: a letter or two wrong,
/// missing, too many, or two neighbours swapped. Else a full stop. To be put behind a sentence.
std::string hint_of(std::string_view wrong, const std::vector<std::string_view>& known);

// Texts of the config that mean a day, a weekday, a clock's error or a name: what each must look like.

/// `+HH:MM` or `+HH:MM:SS`, or with a minus sign, in seconds; nullopt otherwise.
std::optional<Seconds> parse_clock_offset(std::string_view text);

/// The days of a list such as `["2026-12-25"]`; the list may hold TOML's own dates.
std::vector<Day> read_days(TomlReader& reader, std::string_view key);

/// `[0]` is Sunday; of a list such as `["sun", "sat"]`.
std::array<bool, 7> read_weekdays(TomlReader& reader, std::string_view key);

/// A list of e-mail addresses, each one that is_address() takes.
void read_addresses(TomlReader& reader, std::string_view key, std::vector<std::string>& into);

/// The name by which other places call a library or profile. Null, and a trouble, where it is not given, has a control
/// character or is `*`, which in the circulation map stands for all.
const TomlValue* read_name(TomlReader& reader, std::string_view key);

/// Whether `address` is an e-mail address in its plain form, `circ@example.org`: nothing in it can mean anything else
/// to a mail server or in the head of a mail.
bool is_address(std::string_view address);

}  // namespace offcirc
