#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <deque>
#include <optional>
#include <set>
#include <string>

#include "loader/circulation/fetch.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/journal.hpp"
#include "loader/journal/read_load.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/journal/schema.hpp"
#include "loader/rules/registration.hpp"
#include "store_sample.hpp"
#include "tests/worded.hpp"

using namespace offcirc;

namespace fs = std::filesystem;

namespace {

constexpr Seconds k_morning = 1781276400;  // 2026-06-12T10:00:00-05:00

/// Transactions as the intake provides them, with handmade results of the rules.
struct HandMadeLoad {
  std::deque<Transaction> transactions;
  std::deque<Registration> registrations;
  Desk desk{"OSH", "", "0201", "OFFLINE"};
  Batch batch;
  ReadSet keys;
  Results results, unreadable;

  HandMadeLoad() {
    Log log;
    log.path = "OSH/standlog.0201";
    log.format = "symphony";
    log.library = "OSH";
    log.station = "0201";
    log.digest = "00c0ffee";
    log.records = 3;
    log.notes.push_back({"cut-short", "The last line has no \"end\".", "Look at it."});
    batch.logs.push_back(log);
    BatchDesk& at = batch.desks.emplace_back();
    at.library = 0;
    at.library_code = "OSH";
    at.station = "0201";
  }

  Transaction& add(Kind kind, std::string_view user_id, std::string_view item_id) {
    const auto n = static_cast<std::uint32_t>(transactions.size());
    Transaction& transaction = transactions.emplace_back();
    transaction.kind = kind;
    transaction.desk = &desk;
    transaction.user_id = user_id;
    transaction.item_id = item_id;
    transaction.line = n + 1;
    Entry entry;
    entry.transaction = &transaction;
    entry.kind = transaction.kind;
    entry.recorded_at = entry.occurred_at = k_morning + n * 60;
    // A content hash with its highest bit set, because the database has only signed numbers.
    entry.identity = {k_morning + n * 60, 0xF000000000000000 + n, 0};
    entry.desk = 0;
    entry.user_id = user_id;
    entry.item_id = item_id;
    if (!user_id.empty()) entry.user_key = key_of(keys.user_ids, user_id);
    if (!item_id.empty()) entry.item_key = key_of(keys.item_ids, item_id);
    batch.entries.push_back(entry);
    results.emplace_back();
    return transaction;
  }

  static std::uint32_t key_of(LargeVector<std::string_view>& ids, std::string_view id) {
    for (std::uint32_t key = 0; key < ids.size(); ++key) {
      if (ids[key] == id) return key;
    }
    ids.push_back(id);
    return static_cast<std::uint32_t>(ids.size() - 1);
  }

  std::int64_t commit(Store& store, const State& state, const Policy& policy) {
    for (std::size_t i = 0; i < results.size(); ++i) {
      const std::uint32_t key = batch.entries[i].item_key;
      if (key != k_none && state.item_of_key[key] != k_none)
        results[i].title = state.items[state.item_of_key[key]].title;
    }
    LoadHead head;
    head.started_at = k_morning + 3600;
    head.finished_at = k_morning + 3601;
    head.operator_name = "pat";
    head.command = "load OSH";
    head.config_text = "[system]\n";
    head.program_version = "0.1.0";
    return store.commit({state, policy, batch, results, unreadable}, head);
  }
};

/// All rows of a query; cells are separated by |, rows by line ends.
std::string rows_of(const fs::path& file, const std::string& sql) {
  const Database database(file, Database::Mode::read);
  Statement statement(database, sql);
  std::string rows;
  while (statement.next()) rows += std::string(statement.text(0)) + "\n";
  return rows;
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

/// The IDs in a user's list of charges or bills.
std::string charges_of(const State& state, Slot user) {
  std::string items;
  for (Slot slot = state.users[user].first_charge; slot != k_none; slot = state.charges[slot].next_of_user) {
    const Charge& charge = state.charges[slot];
    items += charge.item == k_none ? "? " : std::string(state.items[charge.item].id) + " ";
  }
  return items;
}

std::string holds_from(const State& state, Slot slot) {
  std::string ids;
  for (; slot != k_none; slot = state.holds[slot].next) ids += std::string(state.holds[slot].hold_id) + " ";
  return ids;
}

/// Runs `work` in a child process and returns its message; as user nobody if this is root, who may do anything.
template <typename Work>
std::string message_of_nobody(const Work& work) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    constexpr uid_t k_nobody = 65534;
    std::string message = "no other user";
    if (::geteuid() != 0 || (::setgid(k_nobody) == 0 && ::setuid(k_nobody) == 0)) message = message_of(work);
    const ssize_t written = ::write(ends[1], message.data(), message.size());
    ::_exit(written < 0 ? 1 : 0);
  }
  ::close(ends[1]);
  std::string message;
  char buffer[1000];
  for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    message.append(buffer, static_cast<std::size_t>(n));
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return message;
}

/// Commits the load in a process that may not write files beyond `limit` bytes: it gets an error or is killed. Returns
/// true if it completed.
bool commit_within(rlim_t limit, bool killed, HandMadeLoad& load, SampleDatabase& sample) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit no_core{0, 0}, most{limit, limit};
    ::setrlimit(RLIMIT_CORE, &no_core);
    std::signal(SIGXFSZ, killed ? SIG_DFL : SIG_IGN);
    const std::string message = message_of([&] {
      Store store(sample.file, Store::Access::write);
      store.begin(0);
      State state = fetch_state(store.database(), load.keys, sample.policy);
      state.charges.at(0).open = false;
      ::setrlimit(RLIMIT_FSIZE, &most);
      load.commit(store, state, sample.policy);
    });
    ::_exit(message.empty() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void open_for_reading(const fs::path& file) {
  const Store store(file, Store::Access::read);
}
void open_for_writing(const fs::path& file) {
  const Store store(file, Store::Access::write);
}

}  // namespace

TEST_CASE("a database is created once and not touched again") {
  const TempFolder folder;
  const fs::path file = folder.path() / "circ.db";
  CHECK(Store::create(file));
  const std::string bytes = read_file(file);
  CHECK_FALSE(Store::create(file));
  CHECK(read_file(file) == bytes);
  CHECK(names_in(folder.path()) == std::set<std::string>{"circ.db"});
}

TEST_CASE("an empty file becomes a database only on request") {
  const TempFolder folder;
  const fs::path file = folder.path() / "circ.db";
  write_file(file, "");
  CHECK(message_of([&] { open_for_reading(file); }) ==
        file.string() + ": this file is empty. Run 'offcirc init' to turn it into a database.");
  CHECK(Store::create(file));
  CHECK(message_of([&] { open_for_reading(file); }).empty());
}

TEST_CASE("missing databases") {
  const TempFolder folder;
  const fs::path file = folder.path() / "circ.db";
  CHECK(message_of([&] { open_for_reading(file); }) ==
        file.string() + ": there is no database. Run 'offcirc init' to create one.");
  CHECK(message_of([&] { open_for_writing(file); }) ==
        file.string() + ": there is no database. Run 'offcirc init' to create one.");
  CHECK(names_in(folder.path()).empty());
  CHECK(message_of([&] { open_for_reading(folder.path()); }) ==
        folder.path().string() +
            ": this is a folder, not a database file. Correct --db or 'database' in the configuration.");
  CHECK(message_of([&] { Store::create(folder.path()); }) ==
        folder.path().string() +
            ": this is a folder, not a database file. Correct --db or 'database' in the configuration.");
  CHECK(message_of([&] { Store::create(folder.path() / "none" / "circ.db"); }) ==
        (folder.path() / "none" / "circ.db").string() +
            ": the folder of the database does not exist. Create it, or correct --db or 'database' in the "
            "configuration.");
}

TEST_CASE("a file that is not a database is left alone") {
  const TempFolder folder;
  const fs::path file = folder.path() / "circ.db";
  std::string binary(4096, '\x7f');
  binary[10] = '\0';
  for (const std::string& bytes : {std::string("user_id,last_name\n1,Smith\n"), binary}) {
    write_file(file, bytes);
    const std::string message =
        file.string() +
        ": this is not an offcirc database. Name another file with --db, or move this one away and run 'offcirc init'.";
    CHECK(message_of([&] { open_for_reading(file); }) == message);
    CHECK(message_of([&] { open_for_writing(file); }) == message);
    CHECK(message_of([&] { Store::create(file); }) == message);
    CHECK(read_file(file) == bytes);
  }
}

TEST_CASE("a database of another program is left alone") {
  for (const char* sql :
       {"CREATE TABLE t(a)", "PRAGMA application_id = 7; CREATE TABLE t(a)", "PRAGMA application_id = 7"}) {
    const TempFolder folder;
    const fs::path file = folder.path() / "other.db";
    Database(file, Database::Mode::create).run(sql);
    const std::string bytes = read_file(file);
    const std::string message = file.string() +
                                ": this is a database of another program. Name another file with --db, or move this "
                                "one away and run 'offcirc init'.";
    CHECK(message_of([&] { open_for_reading(file); }) == message);
    CHECK(message_of([&] { Store::create(file); }) == message);
    CHECK(read_file(file) == bytes);
  }
}

TEST_CASE("a database of another version is left alone") {
  const SampleDatabase sample;
  Database(sample.file, Database::Mode::write).run("PRAGMA user_version = 9");
  const std::string message =
      sample.file.string() +
      ": this database was written by a newer offcirc (format 9; this one uses 7). Use the newer offcirc.";
  CHECK(message_of([&] { open_for_writing(sample.file); }) == message);
  CHECK(message_of([&] { Store::create(sample.file); }) == message);
  Database(sample.file, Database::Mode::write).run("PRAGMA user_version = 1");
  for (const auto& use : {std::function<void()>([&] { open_for_writing(sample.file); }),
                          std::function<void()>([&] { Store::create(sample.file); })})
    CHECK(message_of(use) ==
          sample.file.string() +
              ": this database was written by an older offcirc (format 1; this one uses 7). Run 'offcirc export' with "
              "the older offcirc, then 'offcirc init' and 'offcirc import' with this one. The new database does not "
              "know the earlier logs: do not load them again.");
}

TEST_CASE("only one process can write") {
  const SampleDatabase sample;
  Store first(sample.file, Store::Access::write);
  first.begin(0);
  Store second(sample.file, Store::Access::write);
  CHECK(
      message_of([&] { second.begin(0); }) ==
      fmt::format("{}: another offcirc is writing it (process {}, for 0 seconds). Try again when it has ended, or wait "
                  "for it with --wait SECONDS.",
                  sample.file.string(), ::getpid()));
  Store reader(sample.file, Store::Access::read);
  CHECK(message_of([&] { reader.begin(0); }).empty());
}

TEST_CASE("files and folders that can't be written") {
  const SampleDatabase sample;
  fs::permissions(sample.folder.path(), fs::perms(0555));
  fs::permissions(sample.file, fs::perms(0444));
  CHECK(message_of_nobody([&] { open_for_reading(sample.file); }).empty());
  CHECK(message_of_nobody([&] { open_for_writing(sample.file); }) ==
        sample.file.string() +
            ": the database can't be written: Permission denied. Run offcirc as a user with permission to write it.");
  fs::permissions(sample.file, fs::perms(0666));
  CHECK(message_of_nobody([&] { open_for_writing(sample.file); }) ==
        sample.file.string() +
            ": its folder can't be written: Permission denied. Run offcirc as a user with permission to write there: "
            "SQLite keeps its journal next to the database.");
  fs::permissions(sample.file, fs::perms(0000));
  CHECK(message_of_nobody([&] { open_for_reading(sample.file); }) ==
        sample.file.string() +
            ": the database can't be read: Permission denied. Run offcirc as a user with permission to read it.");
  fs::permissions(sample.folder.path(), fs::perms(0755));
}

TEST_CASE("reading leaves the file and its folder as they are") {
  SampleDatabase sample;
  sample.import_sample();
  const std::string bytes = read_file(sample.file);
  const auto names = names_in(sample.folder.path());
  {
    Store store(sample.file, Store::Access::read);
    store.begin(0);
    ReadSet keys;
    keys.user_ids = {"21000"};
    keys.item_ids = {"31000"};
    CHECK(fetch_state(store.database(), keys, sample.policy).users.size() == 1);
    CHECK(find_copies(store.database(), std::vector<Identity>(3)).is_copy == std::vector<bool>{false, true, true});
    CHECK(names_in(sample.folder.path()) == names);
  }
  CHECK(read_file(sample.file) == bytes);
  CHECK(names_in(sample.folder.path()) == names);
}

TEST_CASE("fetch finds items, and users by each of their IDs") {
  SampleDatabase sample;
  sample.import_sample();
  ReadSet keys;
  keys.user_ids = {"DA-OS", "A-2", "99999", "21009", "21000"};
  keys.item_ids = {"33000", "39999", "31000"};
  Store store(sample.file, Store::Access::read);
  store.begin(0);
  const State state = fetch_state(store.database(), keys, sample.policy);

  const auto found = [&](std::size_t key) { return state.user_of_key[key]; };
  CHECK(state.users[found(0).slot].id == "DA-OS");
  CHECK(found(0).by == FoundBy::id);
  CHECK(found(1).by == FoundBy::alternate_id);
  CHECK(found(2).by == FoundBy::nothing);
  CHECK(found(2).slot == k_none);
  CHECK(found(3).by == FoundBy::inactive_id);
  CHECK(found(4).by == FoundBy::id);
  CHECK(found(1).slot == found(4).slot);
  CHECK(found(3).slot == found(4).slot);

  const User& ana = state.users[found(4).slot];
  CHECK(ana.profile == 0);
  CHECK(ana.library == 0);
  CHECK_FALSE(ana.barred);
  CHECK(ana.claims_returned == 2);
  CHECK(iso_date(ana.expires_on) == "2027-01-31");
  CHECK(ana.details == k_none);
  CHECK(state.users[found(0).slot].expires_on == INT32_MAX);
  CHECK(state.users[found(0).slot].library == k_no_library);

  CHECK(state.item_of_key[1] == k_none);
  const Item& item = state.items[state.item_of_key[2]];
  CHECK(item.id == "31000");
  CHECK(item.title == "A Title");
  CHECK(state.item_types[item.item_type] == "BOOK");
  CHECK(state.locations[item.home_location] == "STACKS");
  CHECK(state.locations[item.current_location] == "CHECKEDOUT");
  CHECK(iso_time(item.last_action_at, sample.policy.zone) == "2026-06-01T09:00:00-05:00");
  CHECK(state.last_actions[item.last_action] == "checkout");
  CHECK(state.earlier_action(item).occurred_at == k_no_time);
  CHECK(state.items[state.item_of_key[0]].title_slot == k_none);
  CHECK(state.items[state.item_of_key[0]].home_location == k_no_code);
}

TEST_CASE("fetch brings the accounts of named users and of those who have the items") {
  SampleDatabase sample;
  sample.import_sample();
  ReadSet keys;
  keys.user_ids = {"21000"};
  keys.item_ids = {"33000", "31000"};
  Store store(sample.file, Store::Access::read);
  store.begin(0);
  const State state = fetch_state(store.database(), keys, sample.policy);

  REQUIRE(state.users.size() == 2);
  CHECK(state.users[1].id == "22000");  // has 33000
  CHECK(state.users[1].barred);
  CHECK(charges_of(state, 0) == "? 31000 ");
  CHECK(charges_of(state, 1) == "33000 ");
  const Charge& charge = state.charges[state.items[state.item_of_key[0]].charge];
  CHECK(charge.due_at == k_never);
  CHECK(charge.rule == k_no_code);
  CHECK(iso_time(charge.claims_returned_at, sample.policy.zone) == "2026-06-02T00:00:00-05:00");
  const Charge& other = state.charges[state.items[state.item_of_key[1]].charge];
  CHECK(other.renewals == 1);
  CHECK(state.rules[other.rule].text == "21D-10D-5M");
  CHECK(state.rules[other.rule].rate_cents == 10);
  for (const Charge& one : state.charges) CHECK(one.item_row != 0);

  const Bill& first = state.bills[state.users[0].first_bill];  // a bill without a time is the earliest
  CHECK(first.bill_id == "B2");
  CHECK(first.amount_cents == -100);
  CHECK(first.item_row == 0);
  const Bill& second = state.bills[first.next_of_user];
  CHECK(second.bill_id == "B1");
  CHECK(second.reason == "OVERDUE");
  CHECK(second.next_of_user == k_none);

  const Item& item = state.items[state.item_of_key[1]];
  CHECK(holds_from(state, state.titles[item.title_slot].first_hold) == "H2 H1 ");
  CHECK(holds_from(state, item.first_hold) == "H3 ");
  const Hold& shelf = state.holds[state.titles[item.title_slot].first_hold];
  CHECK(shelf.status == HoldStatus::on_shelf);
  CHECK(shelf.item_row != 0);
  CHECK(shelf.user_row == state.users[0].row);
}

TEST_CASE("fetch brings namesakes in order of ID, with the data that a registration is compared with") {
  SampleDatabase sample;
  sample.import_sample();
  ReadSet keys;
  keys.user_ids = {"22000"};
  keys.registered_keys = {0};
  keys.folded_last_names = {"nunez", "", "nobody"};
  Store store(sample.file, Store::Access::read);
  store.begin(0);
  const State state = fetch_state(store.database(), keys, sample.policy);

  REQUIRE(state.namesakes.size() == 3);
  REQUIRE(state.namesakes[0].size() == 2);
  CHECK(state.namesakes[1].empty());
  CHECK(state.namesakes[2].empty());
  const User& ana = state.users[state.namesakes[0][0]];
  CHECK(ana.id == "21000");
  CHECK(ana.first_charge == k_none);  // not fetched, because no transaction concerns her account
  CHECK(state.details[ana.details].last_name == "Núñez");
  CHECK(state.details[ana.details].birth_date == "1960-02-29");
  CHECK(state.details[ana.details].categories == "A;B");
  CHECK(state.details[ana.details].expires_on == "2027-01-31");
  CHECK(state.users[state.namesakes[0][1]].id == "23000");
  const User& pat = state.users[state.user_of_key[0].slot];
  CHECK(state.details[pat.details].phone == "920-555-0100");
  CHECK(state.details[pat.details].birth_date.empty());
}

TEST_CASE("libraries and profiles that only the database has are added to the policy") {
  SampleDatabase sample;
  sample.import_sample();
  Policy policy;
  policy.default_offline.max_renewals = 7;
  policy.libraries.emplace_back().code = "XYZ";
  Store store(sample.file, Store::Access::read);
  store.begin(0);
  ReadSet keys;
  keys.user_ids = {"22000"};
  const State state = fetch_state(store.database(), keys, policy);
  REQUIRE(policy.libraries.size() == 3);
  CHECK(policy.libraries[1].code == "NEE");
  CHECK(policy.libraries[1].offline.max_renewals == 7);
  CHECK(policy.libraries[2].code == "OSH");
  CHECK(policy.profiles[0].name == "DAMAGED");
  CHECK(policy.profiles[1].name == "PUBLIC");
  CHECK(state.users[0].library == 1);
  CHECK(state.users[0].profile == 1);
}

TEST_CASE("a load is written with everything that it changed") {
  SampleDatabase sample;
  sample.import_sample();
  HandMadeLoad load;
  load.add(Kind::checkin, "", "31000");
  load.add(Kind::checkout, "24000", "31000").due = Stamp(StampForm::civil, k_morning - 5 * 3600 + 86400);
  Transaction& registration = load.add(Kind::registration, "24000", "");
  load.registrations.push_back({});
  load.registrations[0].last_name = "Nuñez-Ito";
  load.registrations[0].first_name = "Mio";
  load.registrations[0].birth_date = Stamp(StampForm::date, -k_day_seconds);
  load.registrations[0].profile = "PUBLIC";
  registration.registration = &load.registrations[0];
  load.add(Kind::renewal, "", "34000");
  load.add(Kind::payment, "21000", "").amount_cents = 350;

  Store store(sample.file, Store::Access::write);
  store.begin(0);
  State state = fetch_state(store.database(), load.keys, sample.policy);
  const Slot item = state.item_of_key[0];
  // The check-in: the charge is closed, a bill is created, a hold is filled.
  Charge& old = state.charges[state.items[item].charge];
  old.open = false;
  const Slot ana = old.user;
  Bill bill;
  bill.user = ana;
  bill.item_row = state.items[item].row;
  bill.amount_cents = 70;
  bill.reason = "OVERDUE";
  bill.library = 0;
  bill.billed_at = k_morning;
  bill.made_by = 0;
  state.bills.push_back(bill);
  bill.amount_cents = 5;
  state.bills.push_back(bill);  // one entry may create two
  load.results[0].made_bill = true;
  load.results[0].bill_cents = 70;
  load.results[0].findings.push_back({Outcome::bill_created, worded("A bill of \"$0.70\"")});
  Hold& hold = state.holds[state.titles[state.items[item].title_slot].first_hold];
  hold.status = HoldStatus::waiting;
  hold.item_row = 0;
  hold.changed = true;
  // The checkout to the new user, who is registered later.
  User user;
  user.id = "24000";
  user.profile = 0;
  user.library = 1;
  user.registered_by = 2;
  user.details = static_cast<Slot>(state.details.size());
  state.details.push_back(details_of(load.registrations[0]));
  state.users.push_back(user);
  Charge charge;
  charge.item = item;
  charge.item_row = state.items[item].row;
  charge.user = static_cast<Slot>(state.users.size() - 1);
  charge.library = 0;
  charge.rule = state.rule({14, false, 10, false, 500, "14D-10D-5M"});
  charge.charged_at = k_morning + 60;
  charge.due_at = k_morning + k_day_seconds;
  charge.in_database = false;
  state.charges.push_back(charge);
  state.items[item].charge = static_cast<Slot>(state.charges.size() - 1);
  state.items[item].current_location = state.location("NEWPLACE");
  state.items[item].location_changed = true;
  state.items[item].last_entry = 1;
  state.items[item].last_entry_at = load.batch.entries[1].occurred_at;
  load.results[1].disposition = Disposition::follow_up;
  load.results[1].due_at = charge.due_at;
  load.results[1].due_from = DueFrom::transaction;
  // The renewal of the second item, and the payment.
  Charge& renewed = state.charges[state.items[state.item_of_key[1]].charge];
  renewed.due_at = k_never;
  renewed.renewals = 1;
  renewed.changed = true;
  Slot paid = state.users[ana].first_bill;
  while (state.bills[paid].bill_id != "B1") paid = state.bills[paid].next_of_user;
  state.bills[paid].amount_cents = 0;
  state.bills[paid].changed = true;
  state.uses.push_back({0, 20616, "MAGAZINE", 2});
  state.uses.push_back({0, 20616, "MAGAZINE", 3});
  // An unreadable record after them.
  UnreadableRecord unreadable;
  unreadable.diagnostic = {.line = 9, .column = 4, .message = "The date can't be read.", .identity = {0, 77, 0}};
  unreadable.diagnostic.user_id = "21000";
  unreadable.diagnostic.item_id = "31000";
  unreadable.diagnostic.is_doubtful = true;
  unreadable.times = {k_morning, k_morning + 420};
  unreadable.library = "OSH";
  load.batch.unreadable.push_back(unreadable);
  load.unreadable.emplace_back().disposition = Disposition::unreadable;
  load.unreadable[0].findings.push_back({Outcome::unreadable, worded("The date can't be read.")});

  CHECK(load.commit(store, state, sample.policy) == 1);

  CHECK(sample.exported("users.csv")
            .find("\n24000,PUBLIC,NEE,Nuñez-Ito,Mio,,,1969-12-31,,,,,,,,,false,,0,2026-06-12\n") != std::string::npos);
  CHECK(sample.exported("charges.csv") ==
        "item_id,user_id,library,charged_at,due_at,rule,renewals,claims_returned_on\n"
        "31000,24000,OSH,2026-06-12T10:01:00-05:00,2026-06-13T10:00:00-05:00,14D-10D-5M,0,\n"
        "33000,22000,OSH,2026-05-01T09:00:00-05:00,NEVER,,0,2026-06-02\n"
        "34000,21000,,2026-05-01T09:00:00-05:00,NEVER,,1,\n");
  CHECK(sample.exported("holds.csv").find("\nH2,title,T1,,21000,OSH,2026-06-02T10:00:00-05:00,waiting,\n") !=
        std::string::npos);
  CHECK(sample.exported("bills.csv") ==
        "bill_id,user_id,item_id,reason,amount,library,billed_at\n"
        "B2,21000,,CREDIT,-1.00,,\n"
        "B3,22000,33000,LOST,12.00,NEE,2026-01-02T00:00:00-05:00\n"
        "L1781276400-f000000000000000-0,21000,31000,OVERDUE,0.70,OSH,2026-06-12T10:00:00-05:00\n"
        "L1781276400-f000000000000000-0-2,21000,31000,OVERDUE,0.05,OSH,2026-06-12T10:00:00-05:00\n");
  // The server's last action is imported; a load does not change it.
  CHECK(sample.exported("items.csv")
            .find("\n31000,T1,A Title,FIC A,BOOK,OSH,STACKS,NEWPLACE,25.00,2026-06-01T09:00:00-05:00,checkout\n") !=
        std::string::npos);

  CHECK(rows_of(sample.file, "SELECT folded_last_name FROM users WHERE user_id = '24000'") == "nunezito\n");
  CHECK(rows_of(sample.file, "SELECT code || day || item_type || count FROM uses JOIN libraries USING (library)") ==
        "OSH20616MAGAZINE5\n");
  CHECK(rows_of(sample.file,
                "SELECT concat FROM (SELECT load || ' ' || operator || ' ' || command || ' ' || text || "
                "first_result || ' ' || result_count AS concat FROM loads JOIN configs USING (config))") ==
        "1 pat load OSH [system]\n1 6\n");
  CHECK(
      rows_of(sample.file, "SELECT path || ' ' || format || ' ' || records || ' ' || notes FROM load_logs") ==
      "OSH/standlog.0201 symphony 3 "
      "[{\"code\": \"cut-short\", \"message\": \"The last line has no \\\"end\\\".\", \"action\": \"Look at it.\"}]\n");
  CHECK(rows_of(sample.file,
                "SELECT n || ' ' || ifnull(kind, '-') || ' ' || line || ' ' || ifnull(col, '-') || ' ' || "
                "disposition || ' ' || outcome || ' ' || ifnull(findings, '-') || ' ' || "
                "ifnull(due_given, '-') || ' ' || ifnull(due_from, '-') || ' ' || ifnull(bill_cents, '-') "
                "|| ' ' || ifnull(amount_cents, '-') || ' ' || title FROM results ORDER BY result") ==
        "1 checkin 1 - loaded bill-created [{\"code\": \"bill-created\", \"form\": \"worded\", "
        "\"args\": [\"A bill of \\\"$0.70\\\"\"]}] - "
        "- 70 "
        "- A Title\n"
        "2 checkout 2 - follow-up ok - 2026-06-13T10:00:00 transaction - - A Title\n"
        "3 registration 3 - loaded ok - - - - - \n"
        "4 renewal 4 - loaded ok - - - - - Another\n"
        "5 payment 5 - loaded ok - - - - 350 \n"
        "6 - 9 4 unreadable unreadable [{\"code\": \"unreadable\", \"form\": \"worded\", "
        "\"args\": [\"The date can't be read.\"], "
        "\"doubtful\": true}] - - - - \n");
  const StoredResult stored = load_of_journal(store.database(), 1).results.back();
  CHECK(stored.is_doubtful);
  CHECK(stored.recorded_at == k_morning);
  CHECK(stored.occurred_at == k_morning + 420);
  CHECK(stored.user_id == "21000");
  CHECK(stored.item_id == "31000");
  CHECK(rows_of(sample.file, "SELECT registration FROM results WHERE registration IS NOT NULL") ==
        "{\"last_name\": \"Nuñez-Ito\", \"first_name\": \"Mio\", \"birth_date\": \"1969-12-31\", \"profile\": "
        "\"PUBLIC\"}\n");

  // A later load sees what is recorded and what happened to the item.
  store.begin(0);
  const Identity recorded = load.batch.entries[1].identity;
  Identity other = recorded;
  other.ordinal = 1;
  CHECK(find_copies(store.database(), std::vector<Identity>{other, recorded, {0, 77, 0}, {0, 78, 0}}).is_copy ==
        std::vector<bool>{false, true, true, false});
  const State after = fetch_state(store.database(), load.keys, sample.policy);
  const EarlierAction& earlier = after.earlier_action(after.items[after.item_of_key[0]]);
  CHECK(earlier.occurred_at == k_morning + 60);
  CHECK(earlier.kind == Kind::checkout);
  CHECK(earlier.library == "OSH");
  CHECK(earlier.station == "0201");
  CHECK(after.users[after.user_of_key[0].slot].id == "24000");
}

TEST_CASE("a hold that an earlier load found a copy for gets no other copy") {
  SampleDatabase sample;
  sample.import_sample();
  HandMadeLoad load;
  load.add(Kind::checkin, "", "31000");
  load.results[0].disposition = Disposition::follow_up;
  load.results[0].made_bill = true;
  load.results[0].bill_cents = 70;
  load.results[0].findings = {{Outcome::route_for_hold, say<Form::hold_waits>("31000", "NEE")}};
  {
    Store store(sample.file, Store::Access::write);
    store.begin(0);
    State state = fetch_state(store.database(), load.keys, sample.policy);
    state.charges[state.items[0].charge].open = false;
    state.items[0].charge = k_none;
    state.items[0].last_entry = 0;
    state.items[0].last_entry_at = k_morning;
    load.commit(store, state, sample.policy);
  }

  const auto routed = [&](std::initializer_list<std::string_view> item_ids) {
    ReadSet keys;
    keys.item_ids.assign(item_ids);
    Store store(sample.file, Store::Access::read);
    store.begin(0);
    const State found = fetch_state(store.database(), keys, sample.policy);
    std::string text;
    for (const Hold& hold : found.holds) {
      if (hold.routed_item == k_none) continue;
      text += std::string(hold.hold_id) + " ";
      text += hold.routed_item == k_another_copy ? "another copy" : std::string(found.items[hold.routed_item].id);
    }
    return text;
  };
  const auto change = [&](const std::string& sql) { Database(sample.file, Database::Mode::write).run(sql); };
  // H3 has been waiting for this very copy, and longer.
  CHECK(routed({"31000", "32000"}).empty());
  change("DELETE FROM holds WHERE hold_id = 'H3'");
  CHECK(routed({"31000", "32000"}) == "H1 31000");
  CHECK(routed({"32000"}) == "H1 another copy");
  SUBCASE("the hold was placed later") {
    change("UPDATE holds SET placed_at = 1781276401 WHERE hold_id = 'H1'");
    CHECK(routed({"32000"}).empty());
  }
  SUBCASE("the hold has expired") {
    change("UPDATE holds SET expires_on = 20000 WHERE hold_id = 'H1'");
    CHECK(routed({"32000"}).empty());
  }
  SUBCASE("the server has seen the copy since") {
    change("UPDATE items SET last_action_at = 1781276401 WHERE item_id = '31000'");
    CHECK(routed({"32000"}).empty());
  }
  SUBCASE("a user has the copy") {
    change(
        "INSERT INTO charges(item_no, user_no, due_at, renewals) "
        "SELECT item_no, 1, 0, 0 FROM items WHERE item_id = '31000'");
    CHECK(routed({"32000"}).empty());
  }
  SUBCASE("the copy is on the hold shelf") {
    change(
        "UPDATE holds SET status = 'on-shelf', item_no = (SELECT item_no FROM items WHERE item_id = '31000') "
        "WHERE hold_id = 'H1'");
    CHECK(routed({"32000"}).empty());
  }
  SUBCASE("the bill is known as well") {
    Store store(sample.file, Store::Access::read);
    store.begin(0);
    const State after = fetch_state(store.database(), load.keys, sample.policy);
    CHECK(after.earlier_action(after.items[0]).bill_cents == 70);
  }
}

TEST_CASE("a result that happened before an item's last one does not replace it") {
  SampleDatabase sample;
  sample.import_sample();
  HandMadeLoad load;
  load.add(Kind::checkin, "", "31000");
  Store store(sample.file, Store::Access::write);
  for (const Seconds occurred_at : {k_morning, k_morning - 60}) {
    load.batch.entries[0].occurred_at = occurred_at;
    load.batch.entries[0].identity.recorded = occurred_at;
    store.begin(0);
    State state = fetch_state(store.database(), load.keys, sample.policy);
    state.items[0].last_entry = 0;
    state.items[0].last_entry_at = occurred_at;
    load.commit(store, state, sample.policy);
  }
  CHECK(rows_of(sample.file, "SELECT load FROM items JOIN results ON result = last_result") == "1\n");
  CHECK(rows_of(sample.file, "SELECT load || ' ' || first_result FROM loads") == "1 1\n2 2\n");
  CHECK(rows_of(sample.file, "SELECT count(*) FROM configs") == "1\n");
}

TEST_CASE("a record that was already loaded is in the journal, but is not recorded again") {
  SampleDatabase sample;
  HandMadeLoad load;
  load.add(Kind::checkin, "", "31000");
  load.add(Kind::checkin, "", "31000");
  load.batch.entries[1].identity = load.batch.entries[0].identity;
  load.results[1].disposition = Disposition::already_loaded;
  Store store(sample.file, Store::Access::write);
  store.begin(0);
  load.commit(store, fetch_state(store.database(), load.keys, sample.policy), sample.policy);
  CHECK(rows_of(sample.file, "SELECT count(*) FROM results") == "2\n");
  CHECK(rows_of(sample.file, "SELECT result FROM identities") == "1\n");
}

TEST_CASE("an uncommitted load is rolled back") {
  SampleDatabase sample;
  sample.import_sample();
  const std::string bytes = read_file(sample.file);
  HandMadeLoad load;
  load.add(Kind::checkin, "", "31000");
  load.add(Kind::checkin, "", "31000");
  load.batch.entries[1].identity = load.batch.entries[0].identity;  // the rules never allow this
  {
    Store store(sample.file, Store::Access::write);
    store.begin(0);
    State state = fetch_state(store.database(), load.keys, sample.policy);
    state.charges[0].open = false;
    CHECK(message_of([&] { load.commit(store, state, sample.policy); }) ==
          sample.file.string() +
              ": there was a database error: UNIQUE constraint failed: identities.recorded, identities.content, "
              "identities.ordinal (1555).");
  }
  CHECK(read_file(sample.file) == bytes);
  CHECK(names_in(sample.folder.path()).count("circ.db-journal") == 0);
}

TEST_CASE("rows that another program has changed stop a load") {
  SampleDatabase sample;
  sample.import_sample();
  HandMadeLoad load;
  load.add(Kind::checkin, "", "31000");
  Store store(sample.file, Store::Access::write);
  store.begin(0);
  State state = fetch_state(store.database(), load.keys, sample.policy);
  state.charges[0].open = false;
  state.charges[0].item_row = 999;
  CHECK(message_of([&] { load.commit(store, state, sample.policy); }) ==
        sample.file.string() +
            ": 1 rows of charges had to be written, but 0 were, so nothing was changed. Run the load again. If that "
            "does not help, the database is damaged: restore your last backup.");
}

TEST_CASE("a load that is interrupted at any write leaves nothing behind") {
  // The load's journal is large, so that the files exceed the limit at many different places.
  HandMadeLoad load;
  const std::string name(200, 'x');
  for (int i = 0; i < 400; ++i) load.add(Kind::checkin, name, "31000");
  // Without the signal a write fails; with it the process ends during one.
  for (const bool killed : {false, true}) {
    SampleDatabase sample;
    sample.import_sample();
    const std::string before = sample.exported();
    int interrupted = 0;
    bool done = false;
    for (rlim_t limit = 512; !done; limit = limit * 5 / 4) {
      done = commit_within(limit, killed, load, sample);
      if (done) break;
      ++interrupted;
      Store::create(sample.file);  // rolls back what a killed process has left
      CHECK(sample.exported() == before);
      CHECK(rows_of(sample.file, "SELECT count(*) FROM results") == "0\n");
    }
    CHECK(interrupted > 10);
    CHECK(rows_of(sample.file, "SELECT count(*) FROM results") == "400\n");
  }
}

TEST_CASE("a reader is told how to clean up after a killed load") {
  SampleDatabase sample;
  sample.import_sample();
  const pid_t child = ::fork();
  if (child == 0) {
    Database database(sample.file, Database::Mode::write);
    database.run("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE");
    database.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
        "INSERT INTO titles(title_id) SELECT 'X' || i FROM n");
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  REQUIRE(names_in(sample.folder.path()).count("circ.db-journal") == 1);
  CHECK(message_of([&] { open_for_reading(sample.file); }) ==
        sample.file.string() +
            ": a run was interrupted while it wrote. Run 'offcirc init' to restore the state before it.");
  CHECK_FALSE(Store::create(sample.file));
  CHECK(sample.exported("items.csv") == k_items_csv);
}
