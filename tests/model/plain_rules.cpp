#include "tests/model/plain_rules.hpp"

#include <cstdlib>
#include <vector>

#include "tests/model/world.hpp"

namespace offcirc::model {

namespace {

/// "2.50" -> 250
Cents cents_of(const std::string& units) {
  auto dot = units.find('.');
  Cents whole = std::atoll(units.substr(0, dot).c_str()) * 100;
  if (dot == std::string::npos) return whole;
  return whole + std::atoll((units.substr(dot + 1) + "00").substr(0, 2).c_str());
}

std::vector<std::string> split_at_hyphens(const std::string& text) {
  std::vector<std::string> parts(1);
  for (char c : text) {
    if (c == '-') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// Days since 1970-01-01, counted year by year and month by month.
Day count_days(int year, int month, int day) {
  auto leap = [](int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  static constexpr int k_lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  Day days = 0;
  for (int y = 1970; y < year; ++y) days += leap(y) ? 366 : 365;
  for (int y = year; y < 1970; ++y) days -= leap(y) ? 366 : 365;
  for (int m = 1; m < month; ++m) days += k_lengths[m - 1] + (m == 2 && leap(year) ? 1 : 0);
  return days + day - 1;
}

}  // namespace

PlainRule read_rule(const std::string& text) {
  auto parts = split_at_hyphens(text);
  PlainRule rule;
  if (parts.size() != 3 || parts[0].size() < 2 || parts[1].size() < 2 || parts[2].size() < 2) return rule;
  rule.loan = std::atoi(parts[0].c_str());
  rule.loan_in_hours = parts[0].back() == 'H';
  rule.rate = std::atoll(parts[1].c_str());
  rule.fine_by_hours = parts[1].back() == 'H';
  rule.cap = cents_of(parts[2].substr(0, parts[2].size() - 1));
  return rule;
}

Day civil_day(const Zone& zone, Seconds utc) {
  Seconds civil = zone.to_civil(utc);
  Seconds in_day = ((civil % k_day_seconds) + k_day_seconds) % k_day_seconds;
  return static_cast<Day>((civil - in_day) / k_day_seconds);
}

Seconds last_minute_of(const Zone& zone, Day day) {
  return zone.to_utc(Seconds{day} * k_day_seconds + 23 * 3600 + 59 * 60);
}

Seconds end_of(const Zone& zone, Day day) {
  return last_minute_of(zone, day) + 59;
}

Day day_of_text(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return k_no_expiry;
  return count_days(std::atoi(text.substr(0, 4).c_str()), std::atoi(text.substr(5, 2).c_str()),
                    std::atoi(text.substr(8, 2).c_str()));
}

std::string plain_name(const std::string& utf8) {
  // The accented letters that occur in the tests' invented names.
  static const std::map<std::string, std::string> k_letters = {
      {"é", "e"}, {"É", "e"}, {"ñ", "n"}, {"Ñ", "n"}, {"ú", "u"}, {"ü", "u"}, {"Ü", "u"}, {"ö", "o"}, {"á", "a"}};
  std::string plain;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    auto letter = k_letters.find(utf8.substr(i, 2));
    char c = utf8[i];
    if (letter != k_letters.end()) {
      plain += letter->second;
      ++i;
    } else if (c >= 'A' && c <= 'Z') {
      plain += static_cast<char>(c - 'A' + 'a');
    } else if (c != '-' && c != '\'' && c != '.' && c != ' ') {
      plain += c;
    }
  }
  return plain;
}

}  // namespace offcirc::model
