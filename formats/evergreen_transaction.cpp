#include "formats/evergreen_transaction.hpp"

#include <fmt/format.h>

#include <charconv>

#include "formats/fields.hpp"
#include "formats/iso_stamp.hpp"

namespace offcirc {
namespace {

using Member = EvergreenMember;
using Trouble = std::optional<LineTrouble>;

constexpr Seconds k_end_of_year_9999 = 253'402'300'799;
constexpr Seconds k_max_delta_seconds = 10 * 366 * k_day_seconds;
constexpr std::string_view k_registration_type = "register";
constexpr int k_max_count = 1'000'000;

LineTrouble unexpected(const EvergreenLine& line, Member member, std::string_view expected) {
  return {line.column_of(member),
          fmt::format("{}: expected {}, got {}.", name_of(member), expected, quoted(line[member]))};
}

Trouble need(const EvergreenLine& line, Member member) {
  if (!line[member].empty()) return std::nullopt;
  return LineTrouble{0, fmt::format("{} is missing: type {} needs it.", name_of(member), line[Member::type])};
}

// All of the text, and no further from zero than `limit`.
std::optional<Seconds> seconds_in(std::string_view text, Seconds limit) {
  Seconds seconds = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seconds);
  const bool is_number = error == std::errc() && stop == end && !text.empty();
  return is_number && seconds <= limit && seconds >= -limit ? std::optional(seconds) : std::nullopt;
}

Trouble read_kind(const EvergreenLine& line, Kind& kind) {
  struct Type {
    std::string_view name;
    Kind kind;
  };
  static constexpr Type k_types[] = {{"checkout", Kind::checkout},
                                     {"checkin", Kind::checkin},
                                     {"renew", Kind::renewal},
                                     {"in_house_use", Kind::in_house_use},
                                     {k_registration_type, Kind::registration}};
  const std::string_view name = line[Member::type];
  if (name.empty()) return LineTrouble{0, "type is missing."};
  for (const Type& type : k_types) {
    if (type.name != name) continue;
    kind = type.kind;
    return std::nullopt;
  }
  return unexpected(line, Member::type, "checkout, checkin, renew, in_house_use or register");
}

// Where the client knew by how much its clock was off, it has corrected the timestamp, but not the other times.
Trouble read_times(const EvergreenLine& line, Transaction& transaction, Seconds& delta_seconds) {
  if (line[Member::timestamp].empty()) return LineTrouble{0, "timestamp is missing."};
  if (!transaction.recorded.says_when()) return unexpected(line, Member::timestamp, "seconds since 1970");
  delta_seconds = 0;
  if (line[Member::delta].empty()) return std::nullopt;
  const auto delta = seconds_in(line[Member::delta], k_max_delta_seconds);
  if (!delta) return unexpected(line, Member::delta, "seconds");
  delta_seconds = *delta;
  if (delta_seconds != 0) transaction.occurred = transaction.recorded;
  return std::nullopt;
}

Trouble read_due(const EvergreenLine& line, Transaction& transaction) {
  if (line[Member::due_date].empty()) return std::nullopt;
  const auto due = parse_iso_stamp(line[Member::due_date]);
  if (!due) return unexpected(line, Member::due_date, "a date such as 2026-07-03");
  transaction.due = *due;
  transaction.due_from = DueFrom::transaction;
  return std::nullopt;
}

Trouble read_backdate(const EvergreenLine& line, Seconds delta_seconds, Transaction& transaction) {
  if (line[Member::backdate].empty()) return std::nullopt;
  const auto day = parse_iso_stamp(line[Member::backdate]);
  if (!day || day->is(StampForm::never)) return unexpected(line, Member::backdate, "a date such as 2026-07-03");
  transaction.discharged_on = *day;
  if (day->is(StampForm::civil)) {
    transaction.discharged_on = Stamp(StampForm::civil, day->seconds() + delta_seconds);
  }
  return std::nullopt;
}

Trouble read_count(const EvergreenLine& line, Member member, Transaction& transaction) {
  if (line[member].empty()) return std::nullopt;
  const auto count = parse_digits(line[member]);
  if (!count || *count < 1 || *count > k_max_count) return unexpected(line, member, "a number from 1 to 1000000");
  transaction.count = static_cast<std::uint32_t>(*count);
  return std::nullopt;
}

bool is_non_catalogued(const EvergreenLine& line) {
  const std::string_view mark = line[Member::noncat];
  return !mark.empty() && mark != "0" && mark != "false";
}

// No barcode, no charge: only how many of which type went out.
Trouble read_non_catalogued(const EvergreenLine& line, Transaction& transaction) {
  transaction.kind = Kind::in_house_use;
  transaction.what = line[Member::noncat_type];
  return read_count(line, Member::noncat_count, transaction);
}

Trouble read_checkout(const EvergreenLine& line, Transaction& transaction) {
  transaction.user_id = line[Member::patron_barcode];
  if (is_non_catalogued(line)) return read_non_catalogued(line, transaction);
  transaction.item_id = line[Member::barcode];
  if (auto trouble = need(line, Member::patron_barcode)) return trouble;
  if (auto trouble = need(line, Member::barcode)) return trouble;
  return read_due(line, transaction);
}

// All but a checkout, which may be of something that has no barcode.
Trouble read_of_item(const EvergreenLine& line, Seconds delta_seconds, Transaction& transaction) {
  transaction.item_id = line[Member::barcode];
  if (auto trouble = need(line, Member::barcode)) return trouble;
  if (transaction.kind == Kind::checkin) return read_backdate(line, delta_seconds, transaction);
  if (transaction.kind == Kind::in_house_use) return read_count(line, Member::count, transaction);
  transaction.user_id = line[Member::patron_barcode];
  return read_due(line, transaction);
}

}  // namespace

Stamp evergreen_time(const EvergreenLine& line) {
  const auto seconds = seconds_in(line[Member::timestamp], k_end_of_year_9999);
  return seconds && *seconds >= 0 ? Stamp(StampForm::absolute, *seconds) : Stamp();
}

std::optional<LineTrouble> read_evergreen_transaction(const EvergreenLine& line, Transaction& transaction) {
  Seconds delta_seconds = 0;
  if (auto trouble = read_kind(line, transaction.kind)) return trouble;
  if (auto trouble = read_times(line, transaction, delta_seconds)) return trouble;
  if (transaction.kind == Kind::checkout) return read_checkout(line, transaction);
  if (transaction.kind != Kind::registration) return read_of_item(line, delta_seconds, transaction);
  transaction.user_id = line[Member::card_barcode];
  return std::nullopt;
}

}  // namespace offcirc
