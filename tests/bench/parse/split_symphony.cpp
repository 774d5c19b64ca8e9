#include <chrono>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/bench/parse/line_by_line.hpp"

namespace offcirc::bench {
namespace {

using Fields = std::map<std::string, std::string>;

/// The fields that circulation needs, as in Transaction.
struct Recorded {
  Kind kind = Kind::unsupported;
  Stamp at, due, discharged_on;
  std::string user_id, item_id, library, station, user_access;
  std::size_t identity = 0;
};

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t end = text.find(separator); end != std::string::npos; end = text.find(separator, start)) {
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  parts.push_back(text.substr(start));
  return parts;
}

Seconds civil_seconds(int year, int month, int day, int hour, int minute, int second) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) throw std::invalid_argument("no such time");
  return Seconds{std::chrono::sys_days(date).time_since_epoch().count()} * k_day_seconds + hour * 3600 + minute * 60 +
         second;
}

Stamp header_time(const std::string& line) {
  return {StampForm::civil,
          civil_seconds(std::stoi(line.substr(1, 4)), std::stoi(line.substr(5, 2)), std::stoi(line.substr(7, 2)),
                        std::stoi(line.substr(9, 2)), std::stoi(line.substr(11, 2)), std::stoi(line.substr(13, 2)))};
}

// `7/3/2026` or `6/12/2026,9:30`
Stamp date_of(const std::string& value) {
  if (value.empty()) return {};
  const std::vector<std::string> halves = split(value, ',');
  const std::vector<std::string> date = split(halves[0], '/');
  if (date.size() != 3) throw std::invalid_argument("no such date");
  const int year = std::stoi(date[2]), month = std::stoi(date[0]), day = std::stoi(date[1]);
  if (halves.size() == 1) return {StampForm::date, civil_seconds(year, month, day, 0, 0, 0)};
  const std::vector<std::string> clock = split(halves[1], ':');
  if (clock.size() != 2) throw std::invalid_argument("no such time");
  return {StampForm::civil, civil_seconds(year, month, day, std::stoi(clock[0]), std::stoi(clock[1]), 0)};
}

Kind kind_of(const std::string& command) {
  if (command == "CV") return Kind::checkout;
  if (command == "EV") return Kind::checkin;
  if (command == "RV") return Kind::renewal;
  return Kind::unsupported;
}

void check_length(const std::string& line, std::size_t start) {
  const std::size_t end = line.rfind("^^O");
  if (end == std::string::npos) throw std::invalid_argument("no end mark");
  if (static_cast<std::size_t>(std::stoi(line.substr(end + 3))) != end + 3 - start) {
    throw std::invalid_argument("damaged");
  }
}

Recorded read_line(const std::string& line) {
  if (line.size() < 26 || line[0] != 'E') throw std::invalid_argument("no header");
  const std::size_t start = line.find("^S");
  check_length(line, start);
  const std::vector<std::string> parts = split(line.substr(start + 1), '^');
  Fields fields;
  fields[parts[0].substr(5, 2)] = parts[0].substr(7);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].size() >= 2) fields[parts[i].substr(0, 2)] = parts[i].substr(2);
  }
  Recorded recorded;
  recorded.kind = kind_of(parts[0].substr(3, 2));
  recorded.at = header_time(line);
  recorded.due = date_of(fields["CF"]);
  recorded.discharged_on = date_of(fields["CO"]);
  recorded.user_id = fields["UO"];
  recorded.item_id = fields["NQ"];
  recorded.library = fields["FE"];
  recorded.station = line.substr(15, 4);
  recorded.user_access = fields["FF"];
  recorded.identity = std::hash<std::string>()(line.substr(start));
  return recorded;
}

}  // namespace

Tally read_symphony_by_splitting(std::istream& log) {
  Tally tally;
  for (std::string line; std::getline(log, line);) {
    const Recorded r = read_line(line);
    tally.add(r.kind, r.at, r.due, r.discharged_on, r.user_id, r.item_id, r.library.size() + r.user_access.size());
  }
  return tally;
}

}  // namespace offcirc::bench
