// What stands in the cells of the rule tables, as values: times of the year 2026 in the system's zone, money, words.
#pragma once

#include "loader/model/policy.hpp"
#include "tests/rules/table.hpp"

namespace offcirc::tables {

/// UTC. `06-12 10:05`, `06-12 10:05:30`; with `2nd` behind, the second of autumn's repeated hour; another year where it
/// begins with one: `2025-12-31 10:00`.
Seconds time_in(const Cell& cell, const Zone& zone);
/// As time_in, or a bare date, which is its 23:59, or NEVER.
Seconds due_in(const Cell& cell, const Zone& zone);
/// `06-12` or `2025-12-31`
Day day_in(const Cell& cell);
/// What a desk entered: a bare date, a local time, NEVER; none where the cell is empty.
Stamp stamp_in(const Cell& cell);
/// `12.50` or `-3.00`; 0 where the cell is empty.
Cents money_in(const Cell& cell);
int number_in(const Cell& cell);
/// `yes` or `no`
bool answer_in(const Cell& cell);
Outcome outcome_in(const Cell& cell, const std::string& code);
Kind kind_in(const Cell& cell, const std::string& name);

/// As tables have them, in their shortest form.
std::string time_text(Seconds utc, const Zone& zone);
std::string day_text(Day day);
std::string money_text(Cents cents);

}  // namespace offcirc::tables
