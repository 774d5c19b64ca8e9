// What an error of SQLite means to the one who runs offcirc, and the way out.
#pragma once

#include <string>
#include <string_view>

namespace offcirc {

/// `code` is an extended result code of SQLite, `message` its own words.
std::string meaning_of(int code, const char* message);

/// Of a database that holds what no offcirc writes.
std::string damage_sentence(std::string_view what);

}  // namespace offcirc
