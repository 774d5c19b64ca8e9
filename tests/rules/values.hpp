// Parses the cells of the rule tables: times, in 2026 and the system's zone by default, money, words.
#pragma once

#include "loader/model/policy.hpp"
#include "tests/rules/table.hpp"

namespace offcirc::tables {

/// UTC. `06-12 10:05`, `06-12 10:05:30`; a trailing `2nd` selects the second occurrence of the repeated hour; a leading
/// year is used instead of 2026: `2025-12-31 10:00`.
Seconds time_in(const Cell& cell, const Zone& zone);
/// As time_in, or NEVER, or a bare date, which means 23:59 on that day.
Seconds due_in(const Cell& cell, const Zone& zone);
/// `06-12` or `2025-12-31`
Day day_in(const Cell& cell);
/// What a desk entered: a bare date, a local time, NEVER; none if the cell is empty.
Stamp stamp_in(const Cell& cell);
/// `12.50` or `-3.00`; 0 if the cell is empty.
Cents money_in(const Cell& cell);
int number_in(const Cell& cell);
/// `yes` or `no`
bool answer_in(const Cell& cell);
Outcome outcome_in(const Cell& cell, const std::string& code);
Kind kind_in(const Cell& cell, const std::string& name);

/// The values as tables show them, in their shortest form.
std::string time_text(Seconds utc, const Zone& zone);
std::string day_text(Day day);
std::string money_text(Cents cents);

}  // namespace offcirc::tables
