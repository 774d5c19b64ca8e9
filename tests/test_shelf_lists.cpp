// The shelf lists, from data files and logs to the report: what they contain and what they omit.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "loader/data/csv_import.hpp"
#include "loader/runs/load.hpp"
#include "loader/store/store.hpp"
#include "tests/config_folder.hpp"

namespace fs = std::filesystem;
using namespace offcirc;

namespace {

constexpr std::string_view k_config = R"([system]
timezone = "America/Chicago"
database = "circ.db"
circulation_map = "circmap.csv"
[locations]
hold_shelf = ["HOLDS"]
transit = ["INTRANSIT"]
[offline]
default_loan = "21D-10D-5M"
[[library]]
code = "OSH"
[[library]]
code = "NEE"
[[library]]
code = "APP"
[library.offline]
holds = "trap"
[[profile]]
name = "PUBLIC"
[[profile]]
name = "DAMAGED"
system = true
location = "DAMAGED"
)";

constexpr std::string_view k_log_header = "occurred_at,recorded_at,library,station,kind,user_id,item_id\n";

/// A system with users u1 to u3, items a1, a2, and a3 of title A and b1 of title B, in which OSH has an outage on June
/// 12 from 10:00 on, loaded at 20:00.
class Shelves {
 public:
  explicit Shelves(const std::string& charges, const std::string& holds = "") : m_folder(k_config) {
    m_folder.write("users.csv", "user_id,profile\nu1,PUBLIC\nu2,PUBLIC\nu3,PUBLIC\nDA,DAMAGED\n");
    m_folder.write("items.csv",
                   "item_id,title_id,title,item_type,library\na1,A,Title A,BOOK,OSH\na2,A,Title A,BOOK,OSH\n"
                   "a3,A,Title A,BOOK,OSH\nb1,B,Title B,BOOK,OSH\n");
    m_folder.write("charges.csv", "item_id,user_id,library,charged_at,due_at,rule,claims_returned_on\n" + charges);
    m_folder.write("holds.csv",
                   "hold_id,level,title_id,item_id,user_id,pickup_library,placed_at,status,expires_on\n" + holds);
    const Config config = m_folder.read();
    Store::create(config.database);
    std::vector<fs::path> files;
    for (const char* name : {"users.csv", "items.csv", "charges.csv", "holds.csv"})
      files.push_back(m_folder.path() / name);
    Store(config.database, Store::Access::write).import_csv(files, config.policy, {});
  }

  /// `lines` of the log: `10:05,OSH,checkout,u1,a1`. Times without a date are on June 12.
  LoadOutcome load(const std::vector<std::string>& lines, bool dry_run = true) const {
    std::string log(k_log_header);
    for (const std::string& line : lines) {
      const std::size_t comma = line.find(',');
      const std::string time = (comma == 5 ? "2026-06-12T" : "") + line.substr(0, comma) + ":00";
      const std::size_t kind = line.find(',', comma + 1);
      log += "," + time + line.substr(comma, kind - comma) + ",0201" + line.substr(kind) + "\n";
    }
    m_folder.write("log.csv", log);
    Config config = m_folder.read();
    LoadOptions options;
    options.intake.paths = {(m_folder.path() / "log.csv").string()};
    options.database = config.database;
    options.now = 1'781'312'400;  // 2026-06-12T20:00:00-05:00
    options.dry_run = dry_run;
    return run_load(options, config);
  }

  [[nodiscard]] Zone zone() const { return m_folder.read().policy.zone; }

 private:
  ConfigFolder m_folder;
};

std::string clock_of(Seconds utc) {
  static const Zone k_zone = load_zone("America/Chicago");
  return iso_time(utc, k_zone).substr(5, 11);
}

/// One line per hold: event, library, hold, user, item, title, time.
std::string holds_of(const LoadOutcome& outcome) {
  std::string text;
  for (const ShelfHold& hold : outcome.shelf_lists.holds)
    text += std::string(facts_of(hold.event).code) + " " + hold.library + " " + hold.hold_id + " " + hold.user_id +
            " " + hold.item_id + " " + hold.title + " " + clock_of(hold.at) + "\n";
  return text;
}

std::string due_of(const LoadOutcome& outcome) {
  std::string text;
  for (const DueCharge& charge : outcome.shelf_lists.due_charges)
    text += charge.library + " " + charge.user_id + " " + charge.item_id + " " + charge.title + " " +
            clock_of(charge.due_at) + "\n";
  return text;
}

}  // namespace

TEST_CASE("a hold that was filled, one whose item left, and one whose user took another copy") {
  const Shelves shelves("",
                        "h1,title,A,,u1,OSH,2026-06-01,waiting,\n"
                        "h2,title,A,a2,u2,NEE,2026-06-02,on-shelf,\n"
                        "h3,title,B,b1,u3,APP,2026-06-03,on-shelf,\n");
  CHECK(holds_of(shelves.load({"10:05,OSH,checkout,u1,a1", "10:10,OSH,checkout,u2,a3", "10:15,OSH,checkout,u1,b1"})) ==
        "waits-again APP h3 u3 b1 Title B 06-12T10:15\n"
        "another-taken NEE h2 u2 a2 Title A 06-12T10:10\n"
        "filled OSH h1 u1 a1 Title A 06-12T10:05\n");
}

TEST_CASE("only the last event of a hold is listed") {
  const Shelves shelves("", "h1,title,A,a1,u1,OSH,2026-06-01,on-shelf,\n");
  const std::string filled = "filled OSH h1 u1 a2 Title A 06-12T10:10\n";
  CHECK(holds_of(shelves.load({"10:05,OSH,checkout,u2,a1", "10:10,OSH,checkout,u1,a2"})) == filled);
  CHECK(holds_of(shelves.load({"10:05,OSH,checkout,u1,a2", "10:10,OSH,checkout,u1,a1"})) ==
        "filled OSH h1 u1 a1 Title A 06-12T10:10\n");
  CHECK(holds_of(shelves.load({"10:05,OSH,checkout,u1,a2", "10:10,OSH,checkout,u2,a1"})) ==
        "waits-again OSH h1 u1 a1 Title A 06-12T10:10\n");
  // Trapped again at a library that traps holds: a result to follow up says where the item is.
  CHECK(holds_of(shelves.load({"10:05,APP,checkout,u2,a1", "10:10,APP,checkin,,a1"})).empty());
}

TEST_CASE("a refused checkout and a renewal touch no hold") {
  const Shelves shelves("a2,u1,OSH,2026-06-01,2026-06-30,21D-10D-5M,\n", "h1,title,A,a1,u1,OSH,2026-06-01,on-shelf,\n");
  CHECK(holds_of(shelves.load({"10:05,OSH,checkout,nobody,a1", "10:10,OSH,renewal,u1,a2"})).empty());
}

TEST_CASE("waiting holds that were placed since the outage began, for pickup at its libraries") {
  const Shelves shelves("",
                        "h1,title,A,,u1,OSH,2026-06-12T10:00:00,waiting,\n"
                        "h2,title,A,,u1,OSH,2026-06-12T09:59:59,waiting,\n"
                        "h3,item,,b1,u2,OSH,2026-06-12T19:00:00,waiting,2026-06-12\n"
                        "h4,item,,b1,u3,OSH,2026-06-12T19:00:00,waiting,2026-06-11\n"
                        "h5,item,,b1,u3,NEE,2026-06-12T19:00:00,waiting,\n"
                        "h6,title,A,a3,u3,OSH,2026-06-12T19:00:00,on-shelf,\n"
                        "h7,title,A,,u3,,2026-06-12T19:00:00,waiting,\n");
  CHECK(holds_of(shelves.load({"10:00,OSH,checkout,u1,b1"})) ==
        "placed OSH h1 u1  Title A 06-12T10:00\n"
        "placed OSH h3 u2 b1 Title B 06-12T19:00\n");
  // A hold that a transaction of the load has filled meanwhile is listed only once.
  CHECK(holds_of(shelves.load({"10:00,OSH,checkout,u2,a1", "11:00,OSH,checkout,u1,a2"})) ==
        "filled OSH h2 u1 a2 Title A 06-12T11:00\n"
        "placed OSH h1 u1  Title A 06-12T10:00\n"
        "placed OSH h3 u2 b1 Title B 06-12T19:00\n");
}

TEST_CASE("charges that came due between the start of the outage and the load, as the load leaves them") {
  const std::string rule = ",21D-10D-5M,";
  const Shelves shelves("a1,u1,OSH,2026-06-01,2026-06-12T10:00:00" + rule + "\n" +  //
                        "a2,u2,OSH,2026-06-01,2026-06-12T20:00:00" + rule + "\n" +  //
                        "a3,u2,OSH,2026-06-01,2026-06-12T20:00:01" + rule + "\n" +  //
                        "b1,u3,OSH,2026-06-01,2026-06-12T09:59:59" + rule + "\n");
  const std::string a1 = "OSH u1 a1 Title A 06-12T10:00\n", a2 = "OSH u2 a2 Title A 06-12T20:00\n";
  CHECK(due_of(shelves.load({"10:00,OSH,in-house-use,,"})) == a1 + a2);
  CHECK(due_of(shelves.load({"10:00,OSH,checkin,,a1"})) == a2);
  CHECK(due_of(shelves.load({"10:00,OSH,renewal,,a2"})) == a1);
  CHECK(due_of(shelves.load({"10:00,OSH,checkout,u3,a1"})) == a2);
  CHECK(due_of(shelves.load({"10:00,OSH,checkout,nobody,a1"})) == a1 + a2);
}

TEST_CASE("claimed charges and those of system users or other libraries are not listed as due") {
  const Shelves shelves(
      "a1,u1,OSH,2026-06-01,2026-06-12T15:00:00,21D-10D-5M,2026-06-10\n"
      "a2,DA,OSH,2026-06-01,2026-06-12T15:00:00,,\n"
      "a3,u1,NEE,2026-06-01,2026-06-12T15:00:00,21D-10D-5M,\n"
      "b1,u1,OSH,2026-06-01,NEVER,,\n");
  CHECK(due_of(shelves.load({"10:00,OSH,in-house-use,,"})).empty());
  CHECK(due_of(shelves.load({"10:00,NEE,in-house-use,,"})) == "NEE u1 a3 Title A 06-12T15:00\n");
}

TEST_CASE("the outage begins with the first transaction that the load itself judged") {
  const Shelves shelves("a1,u1,OSH,2026-05-01,2026-06-11T12:00:00,21D-10D-5M,\n");
  const std::string listed = "OSH u1 a1 Title A 06-11T12:00\n";
  CHECK(due_of(shelves.load({"2026-06-11T12:00,OSH,in-house-use,,"})) == listed);
  CHECK(due_of(shelves.load({"2026-06-11T12:00,OSH,checkout,nobody,b1"})) == listed);
  CHECK(due_of(shelves.load({"2026-06-11T12:01,OSH,in-house-use,,"})).empty());
  CHECK(due_of(shelves.load({"2026-05-11T12:00,OSH,checkout,u1,b1", "10:00,OSH,in-house-use,,"})).empty());
  const std::vector<std::string> lines = {"2026-06-11T11:00,OSH,in-house-use,,"};
  CHECK(due_of(shelves.load(lines, false)) == listed);
  CHECK(due_of(shelves.load(lines)).empty());  // already loaded: it judges nothing
}
