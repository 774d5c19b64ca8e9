// Reads Evergreen's pending.xacts, in which its staff clients store transactions while the server is down: one JSON
// object per line.
#include <fmt/format.h>

#include <charconv>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "formats/evergreen_json.hpp"
#include "formats/evergreen_line.hpp"
#include "formats/fields.hpp"
#include "formats/line_parser.hpp"
#include "formats/registry.hpp"
#include "formats/stamp.hpp"
#include "formats/transaction.hpp"

namespace offcirc {

// Reads a new user from the object `user` of a line.

namespace {

using Member = EvergreenMember;
using Members = std::initializer_list<Member>;

constexpr Stamp k_unreadable(StampForm::unreadable, 0);

std::string_view first_of(const EvergreenLine& line, Members members) {
  for (const Member member : members) {
    if (!line[member].empty()) return line[member];
  }
  return {};
}

std::string_view joined(const EvergreenLine& line, Members members, std::string_view separator, TextArena& arena) {
  std::string text;
  for (const Member member : members) {
    if (line[member].empty()) continue;
    if (!text.empty()) text += separator;
    text += line[member];
  }
  return arena.keep(text);
}

// The client writes the expiration date with a time of day, which has no meaning.
Stamp day_of(std::string_view text) {
  if (text.empty()) return {};
  const Stamp stamp = parse_iso_stamp(text).value_or(k_unreadable);
  if (stamp.is(StampForm::unreadable) || stamp.is(StampForm::never)) return stamp;
  return {StampForm::date, start_of_day(stamp.seconds())};
}

std::string_view address_of(const EvergreenLine& line, TextArena& arena) {
  const std::string_view billing =
      joined(line,
             {Member::billing_street1, Member::billing_street2, Member::billing_city, Member::billing_county,
              Member::billing_state, Member::billing_post_code, Member::billing_country},
             ", ", arena);
  if (!billing.empty()) return billing;
  return joined(line,
                {Member::mailing_street1, Member::mailing_street2, Member::mailing_city, Member::mailing_county,
                 Member::mailing_state, Member::mailing_post_code, Member::mailing_country},
                ", ", arena);
}

/// Returns the registration, kept in the arena. A date that can't be read becomes an unreadable stamp.
const Registration* read_evergreen_registration(const EvergreenLine& line, TextArena& arena) {
  Registration user;
  user.last_name = line[Member::family_name];
  user.first_name = line[Member::first_given_name];
  user.middle_name = line[Member::second_given_name];
  user.alternate_name = joined(
      line, {Member::pref_first_given_name, Member::pref_second_given_name, Member::pref_family_name}, " ", arena);
  user.birth_date = day_of(line[Member::dob]);
  if (user.birth_date.is(StampForm::never)) user.birth_date = k_unreadable;
  user.email = line[Member::email];
  user.phone = first_of(line, {Member::day_phone, Member::evening_phone, Member::other_phone});
  user.language = line[Member::locale];
  user.address = address_of(line, arena);
  user.profile = line[Member::profile];
  user.library = line[Member::home_ou];
  user.expires_on = day_of(line[Member::expire_date]);
  return arena.keep(user);
}

// Turns the members of a line into a transaction: when, who, what, and until when.

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

// Parses all of `text` as a number from -`limit` to `limit`.
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

// A client that knew the error of its clock has already corrected the timestamp, but not the other times.
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

// Reads noncataloged items: they have no barcode and no charge, only a type and a count.
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

// Reads a check-in, a renewal or an in-house use, all of which need a barcode.
Trouble read_of_item(const EvergreenLine& line, Seconds delta_seconds, Transaction& transaction) {
  transaction.item_id = line[Member::barcode];
  if (auto trouble = need(line, Member::barcode)) return trouble;
  if (transaction.kind == Kind::checkin) return read_backdate(line, delta_seconds, transaction);
  if (transaction.kind == Kind::in_house_use) return read_count(line, Member::count, transaction);
  transaction.user_id = line[Member::patron_barcode];
  return read_due(line, transaction);
}

/// Returns the timestamp: absolute, or none if it can't be read.
Stamp evergreen_time(const EvergreenLine& line) {
  const auto seconds = seconds_in(line[Member::timestamp], k_end_of_year_9999);
  return seconds && *seconds >= 0 ? Stamp(StampForm::absolute, *seconds) : Stamp();
}

/// Fills `transaction` except for its line, desk and registration; `recorded` must already be evergreen_time(). Returns
/// a problem if the type is missing or unknown, if a time or an ID that the type needs is missing, or if a date or
/// number can't be read.
std::optional<LineTrouble> read_evergreen_transaction(const EvergreenLine& line, Transaction& transaction) {
  Seconds delta_seconds = 0;
  if (auto trouble = read_kind(line, transaction.kind)) return trouble;
  if (auto trouble = read_times(line, transaction, delta_seconds)) return trouble;
  if (transaction.kind == Kind::checkout) return read_checkout(line, transaction);
  if (transaction.kind != Kind::registration) return read_of_item(line, delta_seconds, transaction);
  transaction.user_id = line[Member::card_barcode];
  return std::nullopt;
}

class EvergreenParser : public LineParser {
 public:
  EvergreenParser(std::string_view text, const LogContext& log_context)
      : LineParser(LineReader(text), log_context), m_line(text, log_context), m_no_desk(log_context.arena.desk({})) {}

 private:
  std::optional<LineTrouble> read_line(std::string_view line, Transaction& transaction, Says& says) override {
    auto trouble = m_line.read(line);
    transaction.recorded = evergreen_time(m_line);
    if (!trouble) trouble = read_evergreen_transaction(m_line, transaction);
    if (trouble) {
      keep_ids(transaction);
      return trouble;
    }
    transaction.desk = m_no_desk;
    if (transaction.kind == Kind::registration) {
      transaction.registration = read_evergreen_registration(m_line, context().arena);
    }
    if (transaction.registration != nullptr) transaction.more = content_of(*transaction.registration);
    says = Says::transaction;
    return std::nullopt;
  }

  [[nodiscard]] std::size_t find_next_record(std::string_view line) const override {
    return find_next_evergreen_object(line);
  }

  // For an unreadable line of any type.
  void keep_ids(Transaction& transaction) const {
    transaction.item_id = m_line[EvergreenMember::barcode];
    transaction.user_id = m_line[EvergreenMember::patron_barcode];
    if (transaction.user_id.empty()) transaction.user_id = m_line[EvergreenMember::card_barcode];
  }

  std::string without_secrets(std::string_view line) override { return without_evergreen_password(line); }

  EvergreenLine m_line;
  const Desk* m_no_desk;  // lines do not say where they were written
};

bool looks_like_transaction(std::string_view line) {
  const auto has = [&](std::string_view member) { return line.find(member) != std::string_view::npos; };
  return trimmed(line).starts_with('{') && has("\"type\"") && has("\"timestamp\"");
}

bool claims(std::string_view head) {
  return some_line_is(LineReader(head), looks_like_transaction);
}

OpenedLog open(std::string_view text, const LogContext& context) {
  return std::make_unique<EvergreenParser>(text, context);
}

}  // namespace

const LogFormat k_evergreen_format = {
    "evergreen", "Evergreen: pending.xacts of the web client and the older staff client", "xacts", true, claims, open};

}  // namespace offcirc
