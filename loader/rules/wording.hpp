// Words that several messages share.
#pragma once

#include <string>
#include <string_view>

#include "loader/rules/decision.hpp"

namespace offcirc {

/// `2026-06-12 10:05`, in the system's zone; `NEVER`.
std::string when(Seconds utc, const Zone& zone);
/// `2026-06-12 23:59` as a due date: without the time where it is 23:59.
std::string due_text(Seconds due_at, const Zone& zone);
/// The library's code, or "no library".
std::string_view library_code(LibraryIndex library, const Policy& policy);
/// `User not found: 21221000000015`: the phrase of the outcome and what it is about.
std::string phrase_with(Outcome outcome, std::string_view about);

}  // namespace offcirc
