#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/config_folder.hpp"

using namespace offcirc;

namespace {

std::string error_of(std::string_view config) {
  return ConfigFolder(config).error();
}
// The error of a config that has a valid [system] and `rest` from line 3 on.
std::string error_behind_system(std::string_view rest) {
  return error_of(std::string(k_system) + std::string(rest));
}

}  // namespace

TEST_CASE("files that can't be read") {
  const TempFolder folder;
  const auto error_of_file = [](const std::filesystem::path& file) -> std::string {
    try {
      read_config(file);
      return {};
    } catch (const RunError& error) {
      return error.what();
    }
  };
  const std::string missing = (folder.path() / "none.toml").string();
  CHECK(error_of_file(missing) == "The configuration " + missing + " can't be read: No such file or directory.");
  CHECK(error_of_file(folder.path()) ==
        "The configuration " + folder.path().string() + " can't be read: Is a directory.");
  CHECK(error_behind_system("circulation_map = \"none.csv\"\n") ==
        "offcirc.toml:3:19: the circulation map none.csv can't be read: No such file or directory.");
}

TEST_CASE("text that is not TOML") {
  CHECK(error_of("[system]\nname = Example\n") ==
        "offcirc.toml:2:8: this is not TOML. Error while parsing value: could not determine value type.");
  CHECK(error_of("[system\n") ==
        "offcirc.toml:1:8: this is not TOML. Error while parsing table header: expected ']', saw '\\n'.");
  CHECK(error_of("[system]\nname = \"a\"\nname = \"b\"\n") ==
        "offcirc.toml:3:8: this is not TOML. Error while parsing key-value pair: cannot redefine existing string "
        "'name'.");
}

TEST_CASE("[system]") {
  CHECK(error_of("") ==
        "offcirc.toml:1:1: 'timezone' is missing in [system]; set a name from the tz database, such as timezone = "
        "\"America/Chicago\".");
  CHECK(error_of("[system]\nname = \"x\"\n") ==
        "offcirc.toml:1:1: 'timezone' is missing in [system]; set a name from the tz database, such as timezone = "
        "\"America/Chicago\".");
  CHECK(error_of("\n[system]\ntimezone = 5\n") ==
        "offcirc.toml:3:12: 'timezone' in [system] must be a string in quotes, not a whole number.");
  CHECK(error_of("[system]\ntimezone = \"America/Chicgo\"\n") ==
        "offcirc.toml:2:12: there is no time zone \"America/Chicgo\"; use a name from the tz database, such as "
        "America/Chicago.");
  CHECK(error_of("[system]\ntimzone = \"America/Chicago\"\n") ==
        "offcirc.toml:1:1: 'timezone' is missing in [system]; set a name from the tz database, such as timezone = "
        "\"America/Chicago\".\n"
        "offcirc.toml:2:1: unknown key 'timzone' in [system]; did you mean 'timezone'?");
  CHECK(error_of("system = 1\n") ==
        "offcirc.toml:1:1: 'timezone' is missing in [system]; set a name from the tz database, such as timezone = "
        "\"America/Chicago\".\n"
        "offcirc.toml:1:10: 'system' in this file must be a table, [system], not a whole number.");
  CHECK(error_of("[[system]]\ntimezone = \"America/Chicago\"\n") ==
        "offcirc.toml:1:1: [system] must be in single brackets, not [[system]]: there can be only one.\n"
        "offcirc.toml:1:1: 'timezone' is missing in [system]; set a name from the tz database, such as timezone = "
        "\"America/Chicago\".");
  CHECK(error_behind_system("name = 5\n") ==
        "offcirc.toml:3:8: 'name' in [system] must be a string in quotes, not a whole number.");
  CHECK(error_behind_system("email = \"a@example.org\"\n") ==
        "offcirc.toml:3:9: 'email' in [system] must be a list in brackets, not a string in quotes.");
  CHECK(error_behind_system("email = [\"a b\", 5]\n") ==
        "offcirc.toml:3:10: 'email' in [system] must have e-mail addresses such as \"circ@example.org\".\n"
        "offcirc.toml:3:17: the list 'email' in [system] must have strings in quotes, not a whole number.");
  CHECK(error_behind_system("date_order = \"us\"\n") ==
        "offcirc.toml:3:14: 'date_order' in [system] must be \"mdy\" or \"dmy\" or \"ymd\", not \"us\".");
  CHECK(error_behind_system("encoding = \"windows-1253x\"\n") ==
        "offcirc.toml:3:12: the encoding \"windows-1253x\" is not supported on this machine; use one from 'iconv "
        "--list', such as "
        "windows-1252.");
  CHECK(error_behind_system("encoding = \"\"\n") ==
        "offcirc.toml:3:12: the encoding \"\" is not supported on this machine; use one from 'iconv --list', such as "
        "windows-1252.");
  CHECK(error_behind_system("closed = [\"2026-02-30\", \"2026-06-12T10:00\", 10:00:00]\n") ==
        "offcirc.toml:3:11: 'closed' in [system] must have days such as \"2026-12-25\"; \"2026-02-30\" is not a day.\n"
        "offcirc.toml:3:25: 'closed' in [system] must have days such as \"2026-12-25\"; \"2026-06-12T10:00\" is not a "
        "day.\n"
        "offcirc.toml:3:45: the list 'closed' in [system] must have dates in quotes, such as \"2026-12-25\", not a "
        "time.");
  CHECK(error_behind_system("max_archive_mib = 0\n") ==
        "offcirc.toml:3:19: 'max_archive_mib' in [system] must be from 1 to 1048576, not 0.");
  CHECK(error_behind_system("max_age_days = 0\n") ==
        "offcirc.toml:3:16: 'max_age_days' in [system] must be from 1 to 3650, not 0.");
  CHECK(error_behind_system("max_age_days = 3651\n") ==
        "offcirc.toml:3:16: 'max_age_days' in [system] must be from 1 to 3650, not 3651.");
  CHECK(error_behind_system("max_age_days = 7.5\n") ==
        "offcirc.toml:3:16: 'max_age_days' in [system] must be a whole number, not a number with a fraction.");
  CHECK(error_behind_system("[sytem]\n") ==
        "offcirc.toml:3:2: unknown key 'sytem' in this file; did you mean 'system'?");
  CHECK(error_behind_system("[elsewhere]\n") == "offcirc.toml:3:2: unknown key 'elsewhere' in this file.");
}

TEST_CASE("[ids] and [locations]") {
  CHECK(error_behind_system("[ids]\nuser = '^2\\d{13$'\nitem = '[0-9'\n") ==
        "offcirc.toml:4:8: 'user' in [ids] must be a regular expression, not '^2\\d{13$': a { has no counterpart, or "
        "its content is not a repetition count.\n"
        "offcirc.toml:5:8: 'item' in [ids] must be a regular expression, not '[0-9': a [ or ] has no counterpart.");
  CHECK(error_behind_system("[ids]\nuser = '(2'\nitem = '[9-0]'\n") ==
        "offcirc.toml:4:8: 'user' in [ids] must be a regular expression, not '(2': a ( or ) has no counterpart, or "
        "there is nothing before *, + or ? to repeat.\n"
        "offcirc.toml:5:8: 'item' in [ids] must be a regular expression, not '[9-0]': a range in [ ] is backwards.");
  CHECK(error_behind_system("[ids]\nuser = '*2'\nitem = '\\'\n") ==
        "offcirc.toml:4:8: 'user' in [ids] must be a regular expression, not '*2': a ( or ) has no counterpart, or "
        "there is nothing before *, + or ? to repeat.\n"
        "offcirc.toml:5:8: 'item' in [ids] must be a regular expression, not '\\': a \\ comes before a character "
        "without a special meaning.");
  CHECK(error_behind_system("[ids]\nchekc_digit = true\ncheck_digit = \"yes\"\n") ==
        "offcirc.toml:4:1: unknown key 'chekc_digit' in [ids]; did you mean 'check_digit'?\n"
        "offcirc.toml:5:15: 'check_digit' in [ids] must be true or false, not a string in quotes.");
  CHECK(error_behind_system("[locations]\nlost = [\"LOST\", true]\nfound = []\n") ==
        "offcirc.toml:4:17: the list 'lost' in [locations] must have strings in quotes, not true or false.\n"
        "offcirc.toml:5:1: unknown key 'found' in [locations].");
}

TEST_CASE("[offline] and [offline.rules]") {
  CHECK(error_behind_system("[offline]\ncheckins = \"no\"\nholds = true\n") ==
        "offcirc.toml:4:12: 'checkins' in [offline] must be \"load\" or \"reject\", not \"no\".\n"
        "offcirc.toml:5:9: 'holds' in [offline] must be a string in quotes, not true or false.");
  CHECK(error_behind_system("[offline]\nmax_renewals = -1\n") ==
        "offcirc.toml:4:16: 'max_renewals' in [offline] must be from 0 to 1000, not -1.");
  CHECK(error_behind_system("[offline]\ndefault_loan = \"3 weeks\"\n") ==
        "offcirc.toml:4:16: 'default_loan' in [offline] must be a circulation rule such as \"21D-10D-5M\", not \"3 "
        "weeks\".");
  CHECK(error_behind_system("[offline]\ndefault_loan = \"0D-0D-0M\"\n") ==
        "offcirc.toml:4:16: 'default_loan' in [offline] must be at least a day or an hour, not \"0D-0D-0M\".");
  CHECK(error_behind_system("[offline]\nrequired = [\"lastname\", \"shoe_size\"]\n") ==
        "offcirc.toml:4:13: 'required' in [offline] must have columns of users.csv, not \"lastname\"; did you mean "
        "'last_name'?\n"
        "offcirc.toml:4:25: 'required' in [offline] must have columns of users.csv, not \"shoe_size\".");
  CHECK(error_behind_system("[offline.rules]\nuser-bloked = \"load\"\n") ==
        "offcirc.toml:4:1: there is no outcome 'user-bloked' for [offline.rules]; did you mean "
        "'user-blocked'?");
  CHECK(error_behind_system("[offline.rules]\nuser-not-found = \"load\"\n") ==
        "offcirc.toml:4:1: 'user-not-found' in [offline.rules] can't be configured: it is always rejected. The "
        "configurable outcomes are library-mismatch, system-user, user-barred, user-blocked, renewal-limit, "
        "item-has-hold, not-circulating, "
        "was-charged-to-another, hold-for-another, card-inactive, privilege-expired, charge-limit, "
        "perhaps-loaded-before.");
  CHECK(error_behind_system("[offline.rules]\ntoo-old = \"load\"\n") ==
        "offcirc.toml:4:1: 'too-old' in [offline.rules] can't be configured: it is always rejected, unless --override "
        "names it. The configurable outcomes are library-mismatch, system-user, user-barred, user-blocked, "
        "renewal-limit, item-has-hold, "
        "not-circulating, was-charged-to-another, hold-for-another, card-inactive, privilege-expired, charge-limit, "
        "perhaps-loaded-before.");
  CHECK(error_behind_system("[offline.rules]\nwas-lost = \"reject\"\n") ==
        "offcirc.toml:4:1: 'was-lost' in [offline.rules] can't be configured: it is always loaded. The configurable "
        "outcomes are library-mismatch, system-user, user-barred, user-blocked, renewal-limit, item-has-hold, "
        "not-circulating, "
        "was-charged-to-another, hold-for-another, card-inactive, privilege-expired, charge-limit, "
        "perhaps-loaded-before.");
  CHECK(error_behind_system("[offline.rules]\nunreadable = \"load\"\n") ==
        "offcirc.toml:4:1: 'unreadable' in [offline.rules] can't be configured: it is never loaded. The configurable "
        "outcomes are library-mismatch, system-user, user-barred, user-blocked, renewal-limit, item-has-hold, "
        "not-circulating, "
        "was-charged-to-another, hold-for-another, card-inactive, privilege-expired, charge-limit, "
        "perhaps-loaded-before.");
  CHECK(error_behind_system("[offline.rules]\nuser-blocked = \"note\"\nuser-barred = false\n") ==
        "offcirc.toml:4:16: 'user-blocked' in [offline.rules] must be \"reject\" or \"load\", not \"note\".\n"
        "offcirc.toml:5:15: 'user-barred' in [offline.rules] must be a string in quotes, not true or false.");
}

TEST_CASE("[[library]]") {
  CHECK(error_behind_system("[library]\ncode = \"OSH\"\n") ==
        "offcirc.toml:3:1: [library] must be in double brackets, [[library]]: there can be several.");
  CHECK(error_behind_system("[[library]]\nname = \"Oshkosh\"\n") ==
        "offcirc.toml:3:1: 'code' is missing in [[library]].");
  CHECK(error_behind_system("[[library]]\ncode = \"*\"\n[[library]]\ncode = 5\n[[library]]\ncode = \" OSH\"\n") ==
        "offcirc.toml:4:8: 'code' in [[library]] must be a name without blanks around it, and not *, which means any.\n"
        "offcirc.toml:6:8: 'code' in [[library]] must be a string in quotes, not a whole number.\n"
        "offcirc.toml:8:8: 'code' in [[library]] must be a name without blanks around it, and not *, which means any.");
  CHECK(
      error_behind_system("[[library]]\ncode = \"OSH\"\n[[library]]\ncode = \"NEE\"\n[[library]]\ncode = \"OSH\"\n") ==
      "offcirc.toml:8:8: the library \"OSH\" is already at line 4, column 8; give each code once.");
  CHECK(error_behind_system("[[library]]\ncode = \"OSH\"\nstations = [\"0201\", \"201\", \"\"]\n") ==
        "offcirc.toml:5:21: the station \"0201\" is already at line 5, column 13 of this library.\n"
        "offcirc.toml:5:28: 'stations' in [[library]] must have station numbers such as \"0201\", not \"\".");
  CHECK(error_behind_system("[[library]]\ncode = \"OSH\"\nclosed_weekdays = [\"sunday\", \"sut\"]\n") ==
        "offcirc.toml:5:20: 'closed_weekdays' in [[library]] must have weekdays (sun, mon, tue, wed, thu, fri or sat), "
        "not \"sunday\".\n"
        "offcirc.toml:5:30: 'closed_weekdays' in [[library]] must have weekdays (sun, mon, tue, wed, thu, fri or sat), "
        "not \"sut\".");
  CHECK(
      error_behind_system("[[library]]\ncode = \"OSH\"\nclosed = [\"25.12.2026\"]\n") ==
      "offcirc.toml:5:11: 'closed' in [[library]] must have days such as \"2026-12-25\"; \"25.12.2026\" is not a day.");
  CHECK(error_behind_system("[[library]]\ncode = \"OSH\"\n[library.offline.rules]\nuser-bared = \"load\"\n") ==
        "offcirc.toml:6:1: there is no outcome 'user-bared' for [library.offline.rules]; did you mean "
        "'user-barred'?");
  CHECK(error_behind_system("[[library]]\ncode = \"OSH\"\n[library.offlin]\n") ==
        "offcirc.toml:5:10: unknown key 'offlin' in [[library]]; did you mean 'offline'?");
  CHECK(
      error_behind_system("[[library]]\ncode = \"OSH\"\nstations = [\"0201\"]\n[library.clock]\n0201 = \"7 minutes\"\n"
                          "201 = \"+00:07\"\n0202 = 420\n") ==
      "offcirc.toml:7:8: '0201' in [library.clock] must be the correction of the station's time, such as \"+00:07:00\" "
      "or "
      "\"-01:00\", not \"7 minutes\".\n"
      "offcirc.toml:9:8: '0202' in [library.clock] must be a string in quotes, not a whole number.");
  CHECK(
      error_behind_system(
          "[[library]]\ncode = \"OSH\"\n[library.clock]\n1 = \"00:07:00\"\n2 = \"+00:60\"\n3 = \"+0:7:0\"\n"
          "4 = \"-00-07:00\"\n5 = \"+00:07\"\n0005 = \"+00:07\"\n") ==
      "offcirc.toml:6:5: '1' in [library.clock] must be the correction of the station's time, such as \"+00:07:00\" or "
      "\"-01:00\", not \"00:07:00\".\n"
      "offcirc.toml:7:5: '2' in [library.clock] must be the correction of the station's time, such as \"+00:07:00\" or "
      "\"-01:00\", not \"+00:60\".\n"
      "offcirc.toml:8:5: '3' in [library.clock] must be the correction of the station's time, such as \"+00:07:00\" or "
      "\"-01:00\", not \"+0:7:0\".\n"
      "offcirc.toml:9:5: '4' in [library.clock] must be the correction of the station's time, such as \"+00:07:00\" or "
      "\"-01:00\", not \"-00-07:00\".\n"
      "offcirc.toml:10:1: the station \"0005\" is already in [library.clock].");
  CHECK(
      error_behind_system("[[library]]\ncode = \"OSH\"\nstations = [\"0201\"]\n[library.clock]\n0202 = \"+00:07\"\n") ==
      "offcirc.toml:7:1: the library has no station \"0202\"; add it to 'stations', or remove its clock.");
}

TEST_CASE("aliases in [[library]]") {
  const std::string two =
      "[[library]]\ncode = \"OSH\"\nname = \"Harbor\"\naliases = [\"main\", \"harbor\", \"OSH\"]\n[[library]]\n";
  CHECK(error_behind_system("[[library]]\ncode = \"OSH\"\naliases = [\" main\", \"\", 5]\n") ==
        "offcirc.toml:5:12: 'aliases' in [[library]] must have names without blanks around them.\n"
        "offcirc.toml:5:21: 'aliases' in [[library]] must have names without blanks around them.\n"
        "offcirc.toml:5:25: the list 'aliases' in [[library]] must have strings in quotes, not a whole number.");
  CHECK(error_behind_system(two + "code = \"NEE\"\naliases = [\"Main\"]\n") ==
        "offcirc.toml:9:12: the alias \"Main\" is also a code, name or alias of the library \"OSH\"; give each name to "
        "one library.");
  CHECK(
      error_behind_system(two + "code = \"main\"\n") ==
      "offcirc.toml:6:12: the alias \"main\" is also a code, name or alias of the library \"main\"; give each name to "
      "one library.");
  CHECK(error_behind_system(two + "code = \"NEE\"\nname = \"Main\"\n") ==
        "offcirc.toml:6:12: the alias \"main\" is also a code, name or alias of the library \"NEE\"; give each name to "
        "one library.");
}

TEST_CASE("[[profile]]") {
  CHECK(error_behind_system("[[profile]]\nname = \"PUBLIC\"\nbill_threshold = 10.0\n") ==
        "offcirc.toml:5:18: 'bill_threshold' in [[profile]] must be an amount of money in quotes, such as \"10.00\", "
        "not a number with a fraction.");
  CHECK(
      error_behind_system("[[profile]]\nname = \"PUBLIC\"\nbill_threshold = \"$10\"\n") ==
      "offcirc.toml:5:18: 'bill_threshold' in [[profile]] must be an amount of money such as \"10.00\", not \"$10\".");
  CHECK(error_behind_system("[[profile]]\nname = \"PUBLIC\"\nbill_threshold = -10\n") ==
        "offcirc.toml:5:18: 'bill_threshold' in [[profile]] must be an amount of money such as \"10.00\", not -10.");
  CHECK(error_behind_system("[[profile]]\nname = \"PUBLIC\"\n[[profile]]\nname = \"PUBLIC\"\n") ==
        "offcirc.toml:6:8: the profile \"PUBLIC\" is already at line 4, column 8; give each name once.");
  CHECK(error_behind_system("[[profile]]\nname = \"DAMAGED\"\nlocation = \"DAMAGED\"\n") ==
        "offcirc.toml:5:12: 'location' in [[profile]] is only for a system profile, whose items move there; add system "
        "= true, or remove it.");
  CHECK(error_of("profile = [1]\n" + std::string(k_system)) ==
        "offcirc.toml:1:12: 'profile' in this file must be tables, [[profile]], not a whole number.");
}

TEST_CASE("[mail]") {
  CHECK(error_behind_system("[mail]\nsmtp = \"localhost\"\nfrom = \"a@example.org\"\n") ==
        "offcirc.toml:4:8: 'smtp' in [mail] must be a server such as \"smtp://localhost:25\", not \"localhost\".");
  CHECK(error_behind_system("[mail]\nsmtp = \"smtp://localhost\"\n") ==
        "offcirc.toml:3:1: 'from' is missing in [mail]; set it to the e-mail address that reports are sent from.");
  CHECK(
      error_behind_system("[mail]\nsmtp = \"smtp://localhost\"\nsendmail = \"/usr/sbin/sendmail\"\nfrom = \"a b\"\n") ==
      "offcirc.toml:5:12: [mail] has both 'smtp' and 'sendmail'; keep only one.\n"
      "offcirc.toml:6:8: 'from' in [mail] must be an e-mail address such as \"offcirc@example.org\".");
  CHECK(error_behind_system("[mail]\ntls = 1\nwhen = \"never\"\npassword = \"x\"\n") ==
        "offcirc.toml:4:7: 'tls' in [mail] must be a string in quotes, not a whole number.\n"
        "offcirc.toml:5:8: 'when' in [mail] must be \"errors\" or \"always\", not \"never\".\n"
        "offcirc.toml:6:1: unknown key 'password' in [mail].");
  CHECK(error_behind_system("[mail]\nsmtp = \"smtp://me:secret@mail.example.org\"\nfrom = \"a@example.org\"\n") ==
        "offcirc.toml:4:8: 'smtp' in [mail] must be only a server, such as \"smtp://localhost:25\"; put the user into "
        "'user' and the password into a 'password_file'.");
  CHECK(error_behind_system("[mail]\nuser_ids = \"none\"\ntimeout_seconds = 0\n") ==
        "offcirc.toml:4:12: 'user_ids' in [mail] must be \"full\" or \"last4\", not \"none\".\n"
        "offcirc.toml:5:19: 'timeout_seconds' in [mail] must be from 1 to 3600, not 0.");
}
