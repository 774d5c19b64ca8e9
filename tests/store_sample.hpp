// A small library system for the tests of the store: its policy, its data files, and a handmade load.
#pragma once

#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "loader/data/csv_export.hpp"
#include "loader/data/csv_import.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/progress.hpp"
#include "loader/store/store.hpp"
#include "temp_folder.hpp"

namespace offcirc {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// The message of the RunError thrown by `call`; empty if it throws none.
template <typename Call>
std::string message_of(const Call& call) {
  try {
    call();
  } catch (const RunError& error) {
    return error.what();
  }
  return {};
}

inline Policy sample_policy() {
  Policy policy;
  policy.zone = Zone("Test/Central", {{INT64_MIN / 4, -5 * 3600}});
  for (const char* code : {"OSH", "NEE"}) policy.libraries.emplace_back().code = code;
  for (const char* name : {"PUBLIC", "DAMAGED"}) policy.profiles.emplace_back().name = name;
  policy.default_offline.max_renewals = 7;
  return policy;
}

// In the form in which they are exported.
inline const std::string k_users_csv =
    "user_id,profile,library,last_name,first_name,middle_name,alternate_name,birth_date,email,phone,language,address,"
    "categories,department,alternate_ids,inactive_ids,barred,expires_on,claims_returned,registered_on\n"
    "21000,PUBLIC,OSH,Núñez,Ana,,,1960-02-29,ana@example.org,,,\"1 Elm St, Oshkosh\",A;B,,A-1;A-2,21009,false,"
    "2027-01-31,2,2020-05-06\n"
    "22000,PUBLIC,NEE,O'Brien,\"Pat \"\"P\"\"\",,,,,920-555-0100,,,,,,,true,,0,\n"
    "23000,,,Nunez,Ana,,,,,,,,,,,,false,,0,\n"
    "DA-OS,DAMAGED,,,,,,,,,,,,,,,false,,0,\n";

inline const std::string k_items_csv =
    "item_id,title_id,title,call_number,item_type,library,home_location,current_location,price,last_action_at,"
    "last_action\n"
    "31000,T1,A Title,FIC A,BOOK,OSH,STACKS,CHECKEDOUT,25.00,2026-06-01T09:00:00-05:00,checkout\n"
    "32000,T1,A Title,FIC A,BOOK,NEE,STACKS,STACKS,,,\n"
    "33000,,\"Untitled, once\",,DVD,OSH,,,0.05,,\n"
    "34000,T2,Another,,,,,,,,\n";

inline const std::string k_charges_csv =
    "item_id,user_id,library,charged_at,due_at,rule,renewals,claims_returned_on\n"
    "31000,21000,OSH,2026-06-01T09:00:00-05:00,2026-06-22T23:59:00-05:00,21D-10D-5M,1,\n"
    "33000,22000,OSH,2026-05-01T09:00:00-05:00,NEVER,,0,2026-06-02\n"
    "34000,21000,,2026-05-01T09:00:00-05:00,2026-05-22T23:59:00-05:00,,0,\n";

inline const std::string k_holds_csv =
    "hold_id,level,title_id,item_id,user_id,pickup_library,placed_at,status,expires_on\n"
    "H1,title,T1,,22000,NEE,2026-06-03T10:00:00-05:00,waiting,2026-12-31\n"
    "H2,title,T1,32000,21000,OSH,2026-06-02T10:00:00-05:00,on-shelf,\n"
    "H3,item,,31000,23000,OSH,,waiting,\n";

inline const std::string k_bills_csv =
    "bill_id,user_id,item_id,reason,amount,library,billed_at\n"
    "B1,21000,31000,OVERDUE,3.50,OSH,2026-06-01T09:00:00-05:00\n"
    "B2,21000,,CREDIT,-1.00,,\n"
    "B3,22000,33000,LOST,12.00,NEE,2026-01-02T00:00:00-05:00\n";

/// A database in its own folder.
struct SampleDatabase {
  SampleDatabase() { Store::create(file); }

  /// Imports each text under its file name.
  std::vector<ImportCount> import(const std::vector<std::pair<std::string, std::string>>& files,
                                  const ImportOptions& options = {}) {
    std::vector<std::filesystem::path> paths;
    for (const auto& [name, text] : files) {
      write_file(folder.path() / name, text);
      paths.push_back(folder.path() / name);
    }
    return Store(file, Store::Access::write).import_csv(paths, policy, options).counts;
  }
  void import_sample() {
    import({{"users.csv", k_users_csv},
            {"items.csv", k_items_csv},
            {"charges.csv", k_charges_csv},
            {"holds.csv", k_holds_csv},
            { "bills.csv",
              k_bills_csv }});
  }
  /// The exported file with that name.
  [[nodiscard]] std::string exported(const std::string& name) const {
    export_files(Store(file, Store::Access::read).database(), folder.path() / "out", policy.zone);
    return read_file(folder.path() / "out" / name);
  }
  /// All five files, concatenated.
  [[nodiscard]] std::string exported() const {
    std::string all;
    for (const char* name : {"users.csv", "items.csv", "charges.csv", "holds.csv", "bills.csv"}) all += exported(name);
    return all;
  }

  TempFolder folder;
  std::filesystem::path file = folder.path() / "circ.db";
  Policy policy = sample_policy();
};

}  // namespace offcirc
