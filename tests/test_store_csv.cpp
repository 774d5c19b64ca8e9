#include <doctest/doctest.h>

#include <string>

#include "store_sample.hpp"

using namespace offcirc;

namespace {

/// The message of importing one file into a database with the sample data, without the folder's path.
std::string import_error(const std::string& name, const std::string& text, const ImportOptions& options = {}) {
  SampleDatabase sample;
  sample.import_sample();
  const std::string before = sample.exported();
  std::string message = message_of([&] { sample.import({{name, text}}, options); });
  CHECK(sample.exported() == before);  // nothing was imported
  const std::string folder = sample.folder.path().string() + "/";
  for (auto at = message.find(folder); at != std::string::npos; at = message.find(folder)) {
    message.erase(at, folder.size());
  }
  return message;
}

std::string counts_text(const std::vector<ImportCount>& counts) {
  std::string text;
  for (const ImportCount& count : counts) {
    text += std::filesystem::path(count.path).stem().string() + " +" + std::to_string(count.inserted) + " ~" +
            std::to_string(count.updated) + " -" + std::to_string(count.removed) + " =" +
            std::to_string(count.unchanged) + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("a file imported in the exported form is exported unchanged") {
  SampleDatabase sample;
  sample.import_sample();
  CHECK(sample.exported("users.csv") == k_users_csv);
  CHECK(sample.exported("items.csv") == k_items_csv);
  CHECK(sample.exported("charges.csv") == k_charges_csv);
  CHECK(sample.exported("holds.csv") == k_holds_csv);
  CHECK(sample.exported("bills.csv") == k_bills_csv);
}

TEST_CASE("export, import, export gives identical files, in the same database and in a new one") {
  SampleDatabase sample;
  sample.import_sample();
  const std::string before = sample.exported();
  std::vector<std::filesystem::path> files;
  for (const char* name : {"bills.csv", "holds.csv", "charges.csv", "items.csv", "users.csv"}) {
    files.push_back(sample.folder.path() / "out" / name);
  }
  const auto counts = Store(sample.file, Store::Access::write).import_csv(files, sample.policy, {}).counts;
  CHECK(counts_text(counts) ==
        "users +0 ~0 -0 =4\nitems +0 ~0 -0 =4\ncharges +0 ~0 -0 =3\nholds +0 ~0 -0 =3\nbills +0 "
        "~0 -0 =3\n");
  CHECK(sample.exported() == before);

  SampleDatabase fresh;
  Store(fresh.file, Store::Access::write).import_csv(files, fresh.policy, {});
  CHECK(fresh.exported() == before);
}

TEST_CASE("an export leaves only the five files, readable by their owner only") {
  SampleDatabase sample;
  sample.import_sample();
  CHECK_FALSE(sample.exported().empty());
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(sample.folder.path() / "out")) {
    ++count;
    CHECK(entry.path().extension() == ".csv");
    CHECK((entry.status().permissions() & std::filesystem::perms(0077)) == std::filesystem::perms::none);
  }
  CHECK(count == 5);
}

TEST_CASE("columns may be in any order, and a missing one is empty") {
  SampleDatabase sample;
  sample.import({{"users.csv", "\xEF\xBB\xBFlast_name, user_id ,barred\r\n\r\nSmith, 24000 ,TRUE"}});
  CHECK(sample.exported("users.csv").ends_with("\n24000,,,Smith,,,,,,,,,,,,,true,,0,\n"));
}

TEST_CASE("no-break spaces around IDs and codes are blanks") {
  SampleDatabase sample;
  sample.import(
      {{"users.csv", "user_id,last_name,alternate_ids\n\u00A024000\u202F,Smith\u00A0Jones,\u200724001\u00A0;24002\n"}});
  CHECK(sample.exported("users.csv").ends_with("\n24000,,,Smith\u00A0Jones,,,,,,,,,,,24001;24002,,false,,0,\n"));
}

TEST_CASE("times without an offset are local, and a bare due date is the end of its day") {
  SampleDatabase sample;
  sample.import({{"users.csv", "user_id\n1\n"},
                 {"items.csv", "item_id,last_action_at\n7,2026-06-01\n8,2026-06-01T14:00:00Z\n"},
                 {"charges.csv", "item_id,user_id,charged_at,due_at\n7,1,2026-06-01 10:30,2026-06-22\n8,1,,never\n"}});
  CHECK(sample.exported("items.csv")
            .ends_with("\n7,,,,,,,,,2026-06-01T00:00:00-05:00,\n8,,,,,,,,,"
                       "2026-06-01T09:00:00-05:00,\n"));
  CHECK(sample.exported("charges.csv")
            .ends_with("\n7,1,,2026-06-01T10:30:00-05:00,2026-06-22T23:59:00-05:00,,0,\n"
                       "8,1,,,NEVER,,0,\n"));
}

TEST_CASE("a hold is on the item if an item is given, otherwise on the title, and is waiting") {
  SampleDatabase sample;
  sample.import({{"users.csv", "user_id\n1\n"},
                 {"items.csv", "item_id\n7\n"},
                 {"holds.csv", "hold_id,title_id,item_id,user_id\nA,T1,,1\nB,T1,7,1\n"}});
  CHECK(sample.exported("holds.csv").ends_with("\nA,title,T1,,1,,,waiting,\nB,item,T1,7,1,,,waiting,\n"));
}

TEST_CASE("paid bills are not exported") {
  SampleDatabase sample;
  sample.import({{"users.csv", "user_id\n1\n"}, {"bills.csv", "bill_id,user_id,amount\nA,1,0\nB,1,2\nC,1,2.5\n"}});
  CHECK(sample.exported("bills.csv").ends_with("billed_at\nB,1,,,2.00,,\nC,1,,,2.50,,\n"));
}

TEST_CASE("if a code is missing, the database is damaged and nothing is exported") {
  SampleDatabase sample;
  sample.import_sample();
  Database(sample.file, Database::Mode::write).run("PRAGMA foreign_keys = OFF; DELETE FROM item_types");
  CHECK(message_of([&] { (void)sample.exported(); }) ==
        sample.file.string() + ": the database is damaged (a code of items is missing). Restore your last backup.");
  CHECK_FALSE(std::filesystem::exists(sample.folder.path() / "out" / "items.csv"));
}

TEST_CASE("rows are updated by ID, and each is counted once") {
  SampleDatabase sample;
  sample.import_sample();
  const auto counts = sample.import({{"users.csv",
                                      "user_id,profile,library,last_name,first_name,phone,barred,alternate_ids\n"
                                      "22000,PUBLIC,NEE,O'Brien,\"Pat \"\"P\"\"\",920-555-0100,1,\n"
                                      "23000,,,Nunez,Ana,,,A-1\n"  // changes only by taking over the other ID A-1
                                      "21000,PUBLIC,OSH,Diaz,Ana,,,A-2\n"
                                      "25000,,,,,,,\n"}});
  CHECK(counts_text(counts) == "users +1 ~2 -0 =1\n");
  CHECK(sample.exported("users.csv").find("\n23000,,,Nunez,Ana,,,,,,,,,,A-1,,false,,0,\n") != std::string::npos);
  CHECK(sample.exported("users.csv").find("\n21000,PUBLIC,OSH,Diaz,Ana,,,,,,,,,,A-2,,false,,0,\n") !=
        std::string::npos);
}

TEST_CASE("a dry run counts and changes nothing") {
  SampleDatabase sample;
  sample.import_sample();
  const std::string before = sample.exported();
  ImportOptions options;
  options.dry_run = true;
  CHECK(counts_text(sample.import({{"users.csv", "user_id\n21000\n9\n"}}, options)) == "users +1 ~1 -0 =0\n");
  CHECK(sample.exported() == before);
}

TEST_CASE("with replace, a table gets the contents of its file") {
  SampleDatabase sample;
  sample.import_sample();
  ImportOptions options;
  options.replace = true;
  CHECK(counts_text(sample.import({{"bills.csv", "bill_id,user_id,amount\nB2,21000,-1.00\nB9,22000,1.00\n"}},
                                  options)) == "bills +1 ~1 -2 =0\n");
  CHECK(sample.exported("bills.csv").ends_with("billed_at\nB2,21000,,,-1.00,,\nB9,22000,,,1.00,,\n"));
  CHECK(sample.exported("charges.csv") == k_charges_csv);
}

TEST_CASE("with replace, users that are no longer imported are removed, and their other IDs are free") {
  SampleDatabase sample;
  sample.import_sample();
  ImportOptions options;
  options.replace = true;
  const auto counts = sample.import({{"users.csv", "user_id,alternate_ids\n22000,A-1;21000\n"},
                                     {"charges.csv", "item_id,user_id,due_at\n"},
                                     {"holds.csv", "hold_id,user_id\n"},
                                     {"bills.csv", "bill_id,user_id,amount\n"}},
                                    options);
  CHECK(counts_text(counts) == "users +0 ~1 -3 =0\ncharges +0 ~0 -3 =0\nholds +0 ~0 -3 =0\nbills +0 ~0 -3 =0\n");
  CHECK(sample.exported("users.csv").ends_with("registered_on\n22000,,,,,,,,,,,,,,21000;A-1,,false,,0,\n"));
}

TEST_CASE("with replace, no row that another table needs is removed") {
  ImportOptions options;
  options.replace = true;
  CHECK(import_error("users.csv", "user_id\n22000\n", options) ==
        "users.csv: user 21000 is missing, but charges has rows for it. Import charges.csv as well, or keep the row.\n"
        "users.csv: user 21000 is missing, but holds has rows for it. Import holds.csv as well, or keep the row.\n"
        "users.csv: user 23000 is missing, but holds has rows for it. Import holds.csv as well, or keep the row.\n"
        "users.csv: user 21000 is missing, but bills has rows for it. Import bills.csv as well, or keep the row.\n"
        "Nothing was imported.");
}

TEST_CASE("with replace, a row can't name one that will be removed") {
  SampleDatabase sample;
  sample.import_sample();
  ImportOptions options;
  options.replace = true;
  const std::string message = message_of([&] {
    sample.import({{"items.csv", "item_id\n31000\n"}, {"charges.csv", "item_id,user_id,due_at\n33000,21000,NEVER\n"}},
                  options);
  });
  CHECK(message == sample.folder.path().string() +
                       "/charges.csv:2:1: item_id: there is no item \"33000\" in items.csv, which replaces all items.\n"
                       "Nothing was imported.");
}

TEST_CASE("every invalid cell is reported with its place") {
  CHECK(import_error("users.csv",
                     "user_id,birth_date,barred,claims_returned,library,profile\n"
                     "1,12/06/2026,maybe,-1,OSX,PUBLIX\n"
                     ",,,,,\n"
                     "2\n") ==
        "users.csv:2:27: profile: there is no profile \"PUBLIX\". Correct the row, or add the profile to the "
        "configuration.\n"
        "users.csv:2:23: library: there is no library \"OSX\". Correct the row, or add the library to the "
        "configuration.\n"
        "users.csv:2:3: birth_date: expected a date such as 2026-06-12, got \"12/06/2026\".\n"
        "users.csv:2:14: barred: expected true or false, got \"maybe\".\n"
        "users.csv:2:20: claims_returned: expected a whole number, got \"-1\".\n"
        "users.csv:3:1: user_id must not be empty.\n"
        "users.csv:4: expected 6 fields, as in the header row, got 1.\n"
        "Nothing was imported.");
}

TEST_CASE("invalid charges, holds, bills, and items") {
  CHECK(import_error("charges.csv",
                     "item_id,user_id,charged_at,due_at,rule\n"
                     "39999,29999,NEVER,soon,3 weeks\n"
                     "32000,21000,,,\n") ==
        "charges.csv:2:1: item_id: there is no item \"39999\" in items.csv or in the database.\n"
        "charges.csv:2:7: user_id: there is no user \"29999\" in users.csv or in the database.\n"
        "charges.csv:2:13: charged_at: expected a time such as 2026-06-12T10:12:31, got \"NEVER\".\n"
        "charges.csv:2:19: due_at: expected a time such as 2026-06-12T10:12:31, or NEVER, got \"soon\".\n"
        "charges.csv:2:24: rule: expected a circulation rule such as 21D-10D-5M, got \"3 weeks\".\n"
        "charges.csv:3:14: due_at must not be empty.\n"
        "Nothing was imported.");
  CHECK(import_error("holds.csv",
                     "hold_id,user_id,level,status,title_id\n"
                     "A,21000,copy,filled,T1\n"
                     "B,21000,item,,T1\n"
                     "C,21000,,,\n") ==
        "holds.csv:2:9: level: expected title or item, got \"copy\".\n"
        "holds.csv:2:14: status: expected waiting, on-shelf or in-transit, got \"filled\".\n"
        "holds.csv:3:1: a hold of level item needs an item_id.\n"
        "holds.csv:4:1: a hold of level title needs a title_id.\n"
        "Nothing was imported.");
  CHECK(import_error("bills.csv", "bill_id,user_id,amount\nA,21000,$5\nB,,1.00\n") ==
        "bills.csv:2:9: amount: expected an amount such as 12.50, got \"$5\".\n"
        "bills.csv:3:3: user_id must not be empty.\n"
        "Nothing was imported.");
  CHECK(import_error("items.csv", "item_id,price\n1,-5.00\n") ==
        "items.csv:2:3: price: expected an amount such as 12.50, got \"-5.00\".\nNothing was imported.");
}

TEST_CASE("an error in a row is not repeated for the rows that name it") {
  SampleDatabase sample;
  const std::string message = message_of([&] {
    sample.import(
        {{"users.csv", "user_id,barred\n1,perhaps\n"}, {"bills.csv", "bill_id,user_id,amount\nA,1,1\nB,2,1\n"}});
  });
  const std::string folder = sample.folder.path().string();
  CHECK(message == folder + "/users.csv:2:3: barred: expected true or false, got \"perhaps\".\n" + folder +
                       "/bills.csv:3:3: user_id: there is no user \"2\" in users.csv or in the database.\n"
                       "Nothing was imported.");
}

TEST_CASE("an ID that occurs twice in a file") {
  CHECK(import_error("users.csv", "user_id\n7\n8\n7\n") ==
        "users.csv:4:1: 7 is already in users.csv:2.\n"
        "Nothing was imported.");
  CHECK(import_error("users.csv", "user_id,barred\n7,perhaps\n7,1\n") ==
        "users.csv:2:3: barred: expected true or false, got \"perhaps\".\n"
        "users.csv:3:1: 7 is already in users.csv:2.\n"
        "Nothing was imported.");
  CHECK(import_error("charges.csv", "item_id,user_id,due_at\n31000,21000,NEVER\n31000,22000,NEVER\n") ==
        "charges.csv:3:1: 31000 is already in charges.csv:2.\n"
        "Nothing was imported.");
}

TEST_CASE("an ID identifies one user") {
  CHECK(import_error("users.csv", "user_id,alternate_ids\n7,X\n8,X\n") ==
        "users.csv:3:3: alternate_ids: X is already another ID of a user in users.csv:2. Each ID can belong to only "
        "one user.\n"
        "Nothing was imported.");
  CHECK(import_error("users.csv", "user_id,inactive_ids\n7,A-1\n") ==
        "users.csv:2:3: inactive_ids: A-1 is already another ID of user 21000. Each ID can belong to only one user.\n"
        "Nothing was imported.");
  CHECK(import_error("users.csv", "user_id,alternate_ids\n7,22000\n") ==
        "users.csv:2:3: alternate_ids: 22000 is already the user_id of a user. Each ID can belong to only one user.\n"
        "Nothing was imported.");
  CHECK(import_error("users.csv", "user_id\n21009\n") ==
        "users.csv:2:1: user_id: 21009 is already another ID of user 21000. Each ID can belong to only one user.\n"
        "Nothing was imported.");
}

TEST_CASE("invalid files") {
  CHECK(import_error("users.csv", "") ==
        "users.csv: the header row with the column names is missing.\n"
        "Nothing was imported.");
  CHECK(import_error("bills.csv", "bill_id,user,user_id,user_id\n") ==
        "bills.csv:1:9: bills.csv has no column 'user'. Its columns are "
        "bill_id,user_id,item_id,reason,amount,library,billed_at.\n"
        "bills.csv:1:22: the column user_id appears twice.\n"
        "bills.csv:1: the column amount is missing.\n"
        "Nothing was imported.");
  CHECK(import_error("users.csv",
                     "user_id,last_name\n1,Smith\n2,N\xFA\xF1"
                     "ez\n") ==
        "users.csv:3: this is not UTF-8 text. Save the file as CSV with UTF-8.\n"
        "Nothing was imported.");
  CHECK(import_error("users.csv", "user_id,last_name\n1,\"Smith\n2,Jones\n") ==
        "users.csv:2:3: The opening quotation mark of the field has no closing one.\n"
        "Nothing was imported.");
  CHECK(import_error("patrons.csv", "user_id\n") ==
        "patrons.csv: a data file must be named users.csv, items.csv, charges.csv, holds.csv or bills.csv. Rename it.");
  SampleDatabase sample;
  CHECK(message_of([&] {
          Store(sample.file, Store::Access::write).import_csv({sample.folder.path() / "users.csv"}, sample.policy, {});
        }) == sample.folder.path().string() + "/users.csv: the file can't be read: No such file or directory.");
}

TEST_CASE("the first hundred of many errors are listed") {
  std::string text = "user_id,barred\n";
  for (int i = 0; i < 103; ++i) text += std::to_string(i) + ",x\n";
  const std::string message = import_error("users.csv", text);
  CHECK(
      message.ends_with("users.csv:101:4: barred: expected true or false, got \"x\".\n"
                        "There are 3 more errors.\n"
                        "Nothing was imported."));
}
