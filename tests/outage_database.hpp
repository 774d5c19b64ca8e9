// A circulation database made from a plain world, with what the data files can't express: the actions of earlier loads.
#pragma once

#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "loader/circulation/fetch.hpp"
#include "loader/data/csv_export.hpp"
#include "loader/data/csv_import.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/journal.hpp"
#include "loader/store/store.hpp"
#include "tests/model/bridge.hpp"
#include "tests/model/world_csv.hpp"

namespace offcirc::model {

inline const LoadHead k_head{1781276400, 1781276401, "pat", "load", "[system]\n", "1.0", "Example", {}, {}, {}};

/// A database in its own folder.
class OutageDatabase {
 public:
  OutageDatabase(const std::filesystem::path& folder, const World& world, const Policy& policy)
      : m_folder(folder), m_policy(policy) {
    std::filesystem::create_directory(m_folder);
    Store::create(file());
    open().import_csv(write_world(world, policy.zone, m_folder), policy, {});
  }

  /// Raises all row numbers, as if many rows had been deleted: what a load names is then a small part of the tables'
  /// range, and is looked up row by row.
  /// \pre No load has been committed.
  void number_rows_far() const {
    Database database(file(), Database::Mode::write);
    DbTransaction transaction(database);
    Statement(database, "PRAGMA defer_foreign_keys = ON").run();
    for (const char* column :
         {"users.user_no", "user_aliases.user_no", "charges.user_no", "holds.user_no", "bills.user_no", "items.item_no",
          "charges.item_no", "holds.item_no", "bills.item_no", "holds.hold_no", "bills.bill_no"}) {
      const std::string text = column, table = text.substr(0, text.find('.')), key = text.substr(text.find('.') + 1);
      Statement(database, "UPDATE " + table + " SET " + key + " = " + key + " + 1000000").run();
    }
    transaction.commit();
  }

  [[nodiscard]] std::filesystem::path file() const { return m_folder / "circ.db"; }
  [[nodiscard]] Store open() const { return Store(file(), Store::Access::write); }

  /// The text of all five files, concatenated.
  [[nodiscard]] std::string exported() const {
    export_files(Store(file(), Store::Access::read).database(), m_folder / "out", m_policy.zone);
    std::string text;
    for (const char* name : {"users.csv", "items.csv", "charges.csv", "holds.csv", "bills.csv"}) {
      std::ifstream in(m_folder / "out" / name, std::ios::binary);
      text.append(std::istreambuf_iterator<char>(in), {});
    }
    return text;
  }

  /// The first column of a query, one row per line.
  [[nodiscard]] std::string query(const std::string& sql) const {
    const Database database(file(), Database::Mode::read);
    Statement rows(database, sql);
    std::string text;
    while (rows.next()) text += std::string(rows.text(0)) + "\n";
    return text;
  }

  [[nodiscard]] std::string journal(std::int64_t load) const {
    return query(
        "SELECT n || '|' || identity_recorded || '-' || printf('%016x', identity_content) || '-' || identity_ordinal "
        "|| '|' || kind || '|' || disposition || '|' || outcome || '|' || ifnull(due_at, '') || '|' || "
        "ifnull(bill_cents, '') FROM results WHERE load = " +
        std::to_string(load) + " ORDER BY n");
  }

 private:
  std::filesystem::path m_folder;
  const Policy& m_policy;
};

/// An earlier load, written by hand into a database.
class EarlierLoad {
 public:
  explicit EarlierLoad(const Outage& outage) : m_outage(outage), m_policy(outage.policy) {
    m_batch.logs.emplace_back().path = "earlier";
  }

  /// Adds what the items' rows say an earlier load did to them last.
  EarlierLoad& add_actions() {
    for (auto& [item_id, item] : m_outage.world.items) {
      if (item.earlier_at != k_no_time) add_action(item_id, item);
    }
    return *this;
  }

  /// Adds the outage's already recorded transactions, as rejected ones. `batch` is the outage's.
  EarlierLoad& add_recorded(const Batch& batch) {
    for (std::size_t i = 0; i < batch.entries.size(); ++i) {
      if (m_outage.transactions[i].already_recorded) add_rejected(batch.entries[i], batch.desks[batch.entries[i].desk]);
    }
    return *this;
  }

  /// Returns the number of the load.
  std::int64_t commit(const OutageDatabase& database) {
    Store store = database.open();
    store.begin(0);
    State state = fetch_state(store.database(), m_read_set, m_policy);
    for (std::uint32_t i = 0; i < state.item_of_key.size(); ++i) {
      state.items[state.item_of_key[i]].last_entry = i;
      state.items[state.item_of_key[i]].last_entry_at = m_batch.entries[i].occurred_at;
    }
    return store.commit({state, m_policy, m_batch, m_results, {}}, k_head);
  }

 private:
  // Must precede all rejected ones, so that an item's key is the index of its entry.
  void add_action(const std::string& item_id, const PlainItem& item) {
    m_desks.push_back({item.earlier_library, "", item.earlier_station, ""});
    Transaction& transaction = m_transactions.emplace_back();
    transaction.kind = item.earlier_kind;
    transaction.desk = &m_desks.back();
    Entry entry;
    entry.transaction = &transaction;
    entry.kind = transaction.kind;
    entry.recorded_at = entry.occurred_at = item.earlier_at;
    // The highest bit is set: no transaction of an outage has such a content hash.
    entry.identity = {item.earlier_at, 0xE000000000000000 + m_transactions.size(), 0};
    entry.desk = static_cast<std::uint32_t>(m_batch.desks.size());
    BatchDesk& desk = m_batch.desks.emplace_back();
    desk.library = m_policy.find_library(item.earlier_library);
    desk.library_code = item.earlier_library;
    desk.station = item.earlier_station;
    entry.item_id = item_id;
    entry.item_key = static_cast<std::uint32_t>(m_read_set.item_ids.size());
    m_read_set.item_ids.push_back(item_id);
    m_batch.entries.push_back(entry);
    m_results.emplace_back();
  }

  void add_rejected(Entry entry, BatchDesk desk) {
    entry.user_key = entry.item_key = k_none;
    entry.desk = static_cast<std::uint32_t>(m_batch.desks.size());
    desk.log = 0;
    m_batch.desks.push_back(desk);
    m_batch.entries.push_back(entry);
    Result& result = m_results.emplace_back();
    result.disposition = Disposition::rejected;
    result.findings.push_back({Outcome::item_not_found});
  }

  const Outage& m_outage;
  Policy m_policy;
  std::deque<Desk> m_desks;
  std::deque<Transaction> m_transactions;
  Batch m_batch;
  ReadSet m_read_set;
  Results m_results;
};

}  // namespace offcirc::model
