#include "loader/store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "loader/circulation/change_writer.hpp"
#include "loader/commit_point.hpp"
#include "loader/data/csv_import.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/dismissals.hpp"
#include "loader/journal/journal.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/journal/prune.hpp"
#include "loader/journal/result_rows.hpp"
#include "loader/journal/schema.hpp"
#include "loader/journal/undo.hpp"

namespace offcirc {

namespace {

// Roughly how many rows a commit reads from memory: each result, its identity, its details and its findings, and for
// each item that a transaction took effect on, the location and the charge, both to record them before and after and to
// write them.
std::uint64_t rows_to_write(const Replayed& replayed) {
  const auto& items = replayed.state.items;
  const auto touched =
      std::count_if(items.begin(), items.end(), [](const Item& item) { return item.last_entry != k_none; });
  std::uint64_t rows = 2 * replayed.results.size() + 4 * replayed.unreadable.size();
  for (std::size_t i = 0; const Result& result : replayed.results) {
    rows += (result.findings.empty() ? 0 : 1) + (probably_has_details(replayed.batch.entries[i++], result) ? 1 : 0);
  }
  return rows + 4 * static_cast<std::uint64_t>(touched);
}

std::string event_of(const std::vector<ImportCount>& counts) {
  std::string what = "Imported:";
  for (const ImportCount& count : counts) what += " " + sentence_of(count) + ".";
  return what;
}

}  // namespace

struct Store::Impl {
  Impl(const std::filesystem::path& path, Database::Mode mode) : file(path), database(path, mode) {
    check_schema(database);
  }

  /// Takes the lock and holds it until the store is destroyed. Tells processes that wait for it `who` holds it.
  void lock(int wait_seconds, const Invocation& who) {
    writing.emplace(file, ProcessLock::Of::writing, wait_seconds, who, database.lines().progress());
    database.wait_for_locks(writing->seconds_left());  // for programs that do not use the lock
    database.wait_at_commit(wait_seconds);
  }

  std::filesystem::path file;
  std::optional<ProcessLock> writing;  // released after the transaction, since members are destroyed in reverse order
  Database database;
  std::optional<DbTransaction> transaction;
};

bool Store::create(const std::filesystem::path& file, const Invocation& invocation) {
  Database database(file, Database::Mode::create);
  return create_schema(database, invocation);
}

Store::Store(const std::filesystem::path& file, Access access)
    : m_impl(std::make_unique<Impl>(file, access == Access::read ? Database::Mode::read : Database::Mode::write)) {}

Store::Store(Store&&) noexcept = default;
Store::~Store() = default;

Database& Store::database() const {
  return m_impl->database;
}

void Store::show(Progress& progress) {
  m_impl->database.show(progress);
}

void Store::begin(int wait_seconds, const Invocation& who) {
  if (m_impl->database.is_writable()) {
    m_impl->lock(wait_seconds, who);
  } else {
    m_impl->database.wait_for_locks(wait_seconds);
  }
  m_impl->transaction.emplace(m_impl->database);
}

void Store::commit() {
  m_impl->transaction->commit();
  m_impl->transaction.reset();
}

void Store::begin_again() {
  m_impl->transaction.emplace(m_impl->database);
}

std::int64_t Store::commit(const Replayed& replayed, const LoadHead& head) {
  m_impl->database.lines().begin(Stage::writing, rows_to_write(replayed));
  const JournalPlace place = write_journal(m_impl->database, replayed, head);
  write_changes(m_impl->database, replayed, place);
  queue_mails(m_impl->database, place.load, head.finished_at, head.mails);
  CommitPoint::prepare(
      fmt::format("Load {} is complete in the database. Do not load its logs again.", place.load),
      fmt::format("'offcirc report {}' prints its report; 'offcirc mail' sends unsent mail.", place.load));
  commit();
  return place.load;
}

std::size_t Store::dismiss(const DismissOptions& options) {
  m_impl->lock(options.wait_seconds, options.invocation);
  return offcirc::dismiss(m_impl->database, options);
}

UndoOutcome Store::undo(const UndoOptions& options, const Zone& zone) {
  m_impl->lock(options.wait_seconds, options.invocation);
  return undo_load(m_impl->database, options, zone);
}

PruneCount Store::prune(const PruneOptions& options) {
  m_impl->lock(options.wait_seconds, options.invocation);
  return prune_loads(m_impl->database, options);
}

ImportOutcome Store::import_csv(const std::vector<std::filesystem::path>& files, const Policy& policy,
                                const ImportOptions& options) {
  Database& database = m_impl->database;
  m_impl->lock(options.wait_seconds, options.invocation);
  if (options.replace) database.overwrite_removed();
  DbTransaction transaction(database);
  ImportOutcome outcome = import_files(database, files, policy, options);
  if (options.dry_run) return outcome;
  write_event(database, options.invocation, event_of(outcome.counts));
  transaction.commit();
  return outcome;
}

}  // namespace offcirc
