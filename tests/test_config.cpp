#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "loader/config/field_values.hpp"
#include "loader/time/iso8601.hpp"
#include "tests/config_folder.hpp"

using namespace offcirc;

namespace {

bool rejects(const OfflineRules& rules, Outcome outcome) {
  return rules.rejects.test(static_cast<std::size_t>(outcome));
}

constexpr std::string_view k_whole = R"([system]
name = "Example Library System"
timezone = "America/Chicago"
database = "circ.db"
circulation_map = "circmap.csv"
email = ["system@example.org"]
date_order = "dmy"
encoding = "iso-8859-1"
max_archive_mib = 5000
closed = ["2026-12-25", 2026-07-04]
max_age_days = 30

[ids]
user = '^2\d{13}$'
item = '^3\d{13}$'
strip = "Aa"
check_digit = true

[locations]
shelf = ["DISPLAY", "NEW"]
missing = ["MISSING"]
lost = ["LOST", "LOST-ASSUM"]
transit = ["INTRANSIT"]
hold_shelf = ["HOLDS"]

[offline]
checkins = "reject"
max_renewals = 3
default_loan = "14D-5D-2M"
required = ["user_id", "email"]

[offline.rules]
user-blocked = "load"
library-mismatch = "reject"

[[library]]
code = "OSH"
name = "Oshkosh Public Library"
aliases = ["OSHKOSH", "main"]
email = ["circ@example.org"]
stations = ["201", "0202"]
user_access = ["OFFLINE"]
closed_weekdays = ["sun"]
closed = ["2026-06-12"]
[library.offline]
checkins = "load"
renewals = "reject"
registrations = "reject"
holds = "trap"
fines_on_closed_days = false
cap_due_at_expiry = true
[library.offline.rules]
user-blocked = "reject"
not-circulating = "reject"
[library.clock]
0202 = "+00:07:00"
201 = "-01:30"

[[library]]
code = "NEE"

[[profile]]
name = "PUBLIC"
bill_threshold = "10.00"
overdue_threshold = 20
claims_returned_threshold = 5
charge_limit = 50

[[profile]]
name = "DAMAGED"
system = true
location = "DAMAGED"
bill_threshold = 25

[mail]
smtp = "smtp://localhost:25"
tls = "required"
user = "offcirc"
password_file = "secret"
from = "offcirc@example.org"
when = "always"
names = true
ca_file = "ca.pem"
timeout_seconds = 90
user_ids = "last4"
)";

}  // namespace

TEST_CASE("a whole config: the system, IDs, locations, and mail") {
  const ConfigFolder folder(
      k_whole, "rule,library,item_type,user_profile\n21D-10D-5M,*,*,*\n\n\"7D-25D-10M\", OSH ,DVD,PUBLIC\n");
  const Config config = folder.read();
  CHECK(config.file == folder.path() / "offcirc.toml");
  CHECK(config.text == k_whole);
  CHECK(config.system_name == "Example Library System");
  CHECK(config.database == folder.path() / "circ.db");
  CHECK(config.email == std::vector<std::string>{"system@example.org"});
  CHECK(config.date_order == DateOrder::dmy);
  CHECK(config.encoding == "iso-8859-1");
  CHECK(config.max_archive_bytes == 5000ULL * 1024 * 1024);
  CHECK(config.ids.user.text() == "^2\\d{13}$");
  CHECK(config.ids.item.text() == "^3\\d{13}$");
  CHECK(config.ids.strip == "Aa");
  CHECK(config.ids.check_digit);
  CHECK(config.mail.smtp == "smtp://localhost:25");
  CHECK(config.mail.tls == "required");
  CHECK(config.mail.user == "offcirc");
  CHECK(config.mail.password_file == (folder.path() / "secret").string());
  CHECK(config.mail.from == "offcirc@example.org");
  CHECK(config.mail.when == "always");
  CHECK(config.mail.names);
  CHECK(config.mail.ca_file == (folder.path() / "ca.pem").string());
  CHECK(config.mail.timeout_seconds == 90);
  CHECK(config.mail.last_four);
  const Policy& policy = config.policy;
  CHECK(policy.zone.name() == "America/Chicago");
  CHECK(policy.max_age_days == 30);
  CHECK(policy.locations.shelf == std::vector<std::string>{"DISPLAY", "NEW"});
  CHECK(policy.locations.missing == std::vector<std::string>{"MISSING"});
  CHECK(policy.locations.lost == std::vector<std::string>{"LOST", "LOST-ASSUM"});
  CHECK(policy.locations.transit == std::vector<std::string>{"INTRANSIT"});
  CHECK(policy.locations.hold_shelf == std::vector<std::string>{"HOLDS"});
  REQUIRE(policy.circulation_map.rows().size() == 2);
  const auto* row = policy.circulation_map.find("OSH", "PUBLIC", "DVD");
  REQUIRE(row != nullptr);
  CHECK(row->line == 4);
  CHECK(row->rule.text == "7D-25D-10M");
}

TEST_CASE("a whole config: libraries override the defaults") {
  const Config config = ConfigFolder(k_whole).read();
  const Policy& policy = config.policy;
  REQUIRE(policy.libraries.size() == 2);
  const Library& oshkosh = policy.libraries[0];
  CHECK(oshkosh.code == "OSH");
  CHECK(oshkosh.name == "Oshkosh Public Library");
  CHECK(oshkosh.aliases == std::vector<std::string>{"OSHKOSH", "main"});
  CHECK(oshkosh.email == std::vector<std::string>{"circ@example.org"});
  CHECK(oshkosh.stations == std::vector<std::string>{"0201", "0202"});
  CHECK(oshkosh.user_access == std::vector<std::string>{"OFFLINE"});
  CHECK(oshkosh.clock_offsets == std::map<std::string, Seconds, std::less<>>{{"0201", -5400}, {"0202", 420}});
  CHECK(oshkosh.offline.checkins);
  CHECK_FALSE(oshkosh.offline.renewals);
  CHECK_FALSE(oshkosh.offline.registrations);
  CHECK(oshkosh.offline.trap_holds);
  CHECK(oshkosh.offline.max_renewals == 3);
  CHECK(oshkosh.offline.default_loan.text == "14D-5D-2M");
  CHECK_FALSE(oshkosh.offline.fines_on_closed_days);
  CHECK(oshkosh.offline.cap_due_at_expiry);
  CHECK(oshkosh.offline.required == std::vector<std::string>{"user_id", "email"});
  const Library& needle = policy.libraries[1];
  CHECK(needle.stations.empty());
  CHECK_FALSE(needle.offline.checkins);
  CHECK(needle.offline.renewals);
  CHECK_FALSE(needle.offline.trap_holds);
  CHECK_FALSE(policy.default_offline.checkins);
}

TEST_CASE("a whole config: what is rejected, by outcome") {
  const Config config = ConfigFolder(k_whole).read();
  const OfflineRules& oshkosh = config.policy.libraries[0].offline;
  const OfflineRules& needle = config.policy.libraries[1].offline;
  CHECK(rejects(oshkosh, Outcome::user_blocked));
  CHECK_FALSE(rejects(needle, Outcome::user_blocked));
  CHECK(rejects(oshkosh, Outcome::not_circulating));
  CHECK_FALSE(rejects(needle, Outcome::not_circulating));
  CHECK(rejects(oshkosh, Outcome::library_mismatch));
  CHECK(rejects(needle, Outcome::library_mismatch));
  CHECK(rejects(needle, Outcome::user_barred));
}

TEST_CASE("a whole config: closed days of the system and of the library") {
  const Config config = ConfigFolder(k_whole).read();
  const auto closed = [](const Calendar& calendar, const char* day) {
    return calendar.is_closed(static_cast<Day>(parse_iso(day)->seconds() / k_day_seconds));
  };
  const Policy& policy = config.policy;
  CHECK(closed(policy.system_calendar, "2026-12-25"));
  CHECK(closed(policy.system_calendar, "2026-07-04"));
  CHECK_FALSE(closed(policy.system_calendar, "2026-06-12"));
  CHECK_FALSE(closed(policy.system_calendar, "2026-06-14"));
  CHECK(closed(policy.libraries[0].calendar, "2026-12-25"));
  CHECK(closed(policy.libraries[0].calendar, "2026-06-12"));
  CHECK(closed(policy.libraries[0].calendar, "2026-06-14"));
  CHECK(closed(policy.libraries[1].calendar, "2026-12-25"));
  CHECK_FALSE(closed(policy.libraries[1].calendar, "2026-06-12"));
}

TEST_CASE("a whole config: profiles") {
  const Config config = ConfigFolder(k_whole).read();
  REQUIRE(config.policy.profiles.size() == 2);
  const Profile& people = config.policy.profiles[0];
  CHECK(people.name == "PUBLIC");
  CHECK(people.bill_threshold_cents == 1000);
  CHECK(people.overdue_threshold == 20);
  CHECK(people.claims_returned_threshold == 5);
  CHECK(people.charge_limit == 50);
  CHECK_FALSE(people.system);
  const Profile& damaged = config.policy.profiles[1];
  CHECK(damaged.system);
  CHECK(damaged.location == "DAMAGED");
  CHECK(damaged.bill_threshold_cents == 2500);
}

TEST_CASE("only the time zone is required; the rest has defaults") {
  const Config config = ConfigFolder(k_system).read();
  CHECK(config.database.empty());
  CHECK(config.encoding == "windows-1252");
  CHECK(config.max_archive_bytes == 1024ULL * 1024 * 1024);
  CHECK(config.date_order == DateOrder::mdy);
  CHECK(config.mail.when == "errors");
  CHECK(config.mail.tls.empty());
  CHECK(config.mail.timeout_seconds == 60);
  CHECK_FALSE(config.mail.last_four);
  CHECK(config.policy.max_age_days == 7);
  CHECK(config.policy.libraries.empty());
  CHECK(config.policy.circulation_map.rows().empty());
  const OfflineRules& rules = config.policy.default_offline;
  CHECK(rules.checkins);
  CHECK(rules.renewals);
  CHECK(rules.registrations);
  CHECK_FALSE(rules.trap_holds);
  CHECK(rules.max_renewals == 2);
  CHECK(rules.default_loan.text == "21D-10D-5M");
  CHECK(rules.fines_on_closed_days);
  CHECK_FALSE(rules.cap_due_at_expiry);
  CHECK(rules.required == std::vector<std::string>{"user_id", "last_name", "library", "profile"});
  std::string rejected;
  for (int i = 0; i < k_outcome_count; ++i)
    if (rejects(rules, static_cast<Outcome>(i))) rejected += std::string(facts_of(static_cast<Outcome>(i)).code) + " ";
  CHECK(rejected == "system-user user-barred user-blocked renewal-limit item-has-hold ");
}

TEST_CASE("locations that the config does not set have Symphony's names") {
  const auto locations_of = [](const std::string& section) {
    return ConfigFolder("[system]\ntimezone = \"UTC\"\n" + section).read().policy.locations;
  };
  using Codes = std::vector<std::string>;
  for (const char* section : {"", "[locations]\n"}) {
    const Locations usual = locations_of(section);
    CHECK(usual.shelf.empty());
    CHECK(usual.missing == Codes{"MISSING"});
    CHECK(usual.lost == Codes{"LOST", "LOST-ASSUM", "LOST-CLAIM", "LOST-PAID", "UI-LOST"});
    CHECK(usual.transit == Codes{"INTRANSIT"});
    CHECK(usual.hold_shelf == Codes{"HOLDS"});
  }
  const Locations given = locations_of("[locations]\nlost = []\nmissing = [\"GONE\"]\n");
  CHECK(given.lost.empty());
  CHECK(given.missing == Codes{"GONE"});
  CHECK(given.transit == Codes{"INTRANSIT"});
}

TEST_CASE("an absolute path is unchanged") {
  ConfigFolder folder(std::string(k_system) + "database = \"/var/lib/offcirc/circ.db\"\n");
  CHECK(folder.read().database == "/var/lib/offcirc/circ.db");
}

TEST_CASE("TLS may be true or false") {
  const auto tls = [](std::string_view value) {
    return ConfigFolder(std::string(k_system) + "[mail]\ntls = " + std::string(value) + "\n").read().mail.tls;
  };
  CHECK(tls("true") == "required");
  CHECK(tls("false") == "none");
  CHECK(tls("\"try\"") == "try");
}

TEST_CASE("if [mail] does not set TLS, the default suits the server") {
  const auto tls = [](std::string_view server, std::string_view more = {}) {
    return ConfigFolder(std::string(k_system) + "[mail]\nfrom = \"a@example.org\"\nsmtp = \"" + std::string(server) +
                        "\"\n" + std::string(more))
        .read()
        .mail.tls;
  };
  CHECK(tls("smtp://localhost:25") == "none");
  CHECK(tls("smtp://127.0.0.1") == "none");
  CHECK(tls("smtp://[::1]:25", "user = \"x\"\n") == "none");
  CHECK(tls("smtp://localhost.example.org") == "try");
  CHECK(tls("smtp://mail.example.org:587") == "try");
  CHECK(tls("smtp://mail.example.org:587", "user = \"x\"\n") == "required");
  CHECK(tls("smtp://mail.example.org:587", "user = \"x\"\ntls = \"none\"\n") == "none");
}

TEST_CASE("which e-mail addresses are valid") {
  for (const char* right : {"circ@example.org", "a.b-c+d_e@sub.example.org", "-x@y", "o'brien@example.org"})
    CHECK_MESSAGE(is_address(right), right);
  const std::string long_name(65, 'x'), long_domain(253, 'x');
  for (const std::string& wrong :
       {std::string(), std::string("circ"), std::string("@example.org"), std::string("circ@"), std::string("a@b@c"),
        std::string("a,b@c"), std::string("a b@c"), std::string("<a@b>"), std::string("\"a\"@b"),
        std::string("a@b\r\nX"), std::string("a@b>"), std::string(".a@b"), std::string("a@b."), std::string("a..b@c"),
        std::string("a@k\u00f6ln"), long_name + "@b", "a@" + long_domain, std::string("a@[127.0.0.1]"),
        std::string("a\0b@c", 5)})
    CHECK_FALSE_MESSAGE(is_address(wrong), wrong);
}

TEST_CASE("a hint names the single nearest name, if it is near") {
  CHECK(hint_of("timzone", {"name", "timezone"}) == "; did you mean 'timezone'?");
  CHECK(hint_of("tiemzone", {"name", "timezone"}) == "; did you mean 'timezone'?");
  CHECK(hint_of("timezones", {"timezone", "timezone"}) == "; did you mean 'timezone'?");
  CHECK(hint_of("zone", {"name", "timezone"}) == ".");
  CHECK(hint_of("was-lot", {"was-lost", "was-hot"}) == ".");
  CHECK(hint_of("x", {}) == ".");
}
