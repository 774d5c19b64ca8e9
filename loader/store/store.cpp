#include "loader/store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "loader/circulation/fetch.hpp"
#include "loader/circulation/known_ids.hpp"
#include "loader/commit_point.hpp"
#include "loader/data/csv_export.hpp"
#include "loader/data/csv_import.hpp"
#include "loader/database/key_table.hpp"
#include "loader/database/process_lock.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/journal/journal.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/journal/schema.hpp"
#include "loader/journal/status_rows.hpp"

namespace offcirc {

namespace {

// About as many as a commit reads from memory: results and their identities, and of each item that was touched the
// location and the charge, as they were before and as they are.
std::uint64_t rows_to_write(const Replayed& replayed) {
  const auto& items = replayed.state.items;
  const auto touched =
      std::count_if(items.begin(), items.end(), [](const Item& item) { return item.last_entry != k_none; });
  return 2 * (replayed.results.size() + replayed.unreadable.size()) + 4 * static_cast<std::uint64_t>(touched);
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

  /// Until the store is gone: another writer finds this one named.
  void lock(int wait_seconds, const Invocation& who) {
    writing.emplace(file, ProcessLock::Of::writing, wait_seconds, who, database.lines().progress());
    database.wait_for_locks(writing->seconds_left());  // for programs that know nothing of the lock
    database.wait_at_commit(wait_seconds);
  }

  std::filesystem::path file;
  std::optional<ProcessLock> writing;  // let go of after the transaction
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

State Store::fetch(const ReadSet& read_set, Policy& policy) {
  return Fetch(m_impl->database, read_set, policy).run();
}

Copies Store::find_copies(std::span<const Identity> identities) {
  // Each record is asked for, and as a rule its user and its item in three tables.
  m_impl->database.lines().begin(Stage::looking_up, 4 * identities.size());
  return offcirc::find_copies(m_impl->database, identities);
}

std::vector<KnownResult> Store::find_known_results(std::span<const std::int64_t> results) {
  return offcirc::find_known_results(m_impl->database, results);
}

std::vector<KnownListEnd> Store::find_known_lists(std::span<const std::uint64_t> digests) {
  return offcirc::find_known_lists(m_impl->database, digests);
}

std::vector<SameWords> Store::find_same_words(std::span<const std::uint64_t> words) {
  return offcirc::find_same_words(m_impl->database, words);
}

std::uint64_t Store::count_records_of_log(std::int64_t load, std::int64_t log) {
  return offcirc::count_records_of_log(m_impl->database, load, log);
}

std::vector<PendingUnreadable> Store::find_pending_unreadable() {
  return offcirc::find_pending_unreadable(m_impl->database);
}

std::vector<LoggedRecord> Store::find_list_records(std::int64_t load, std::int64_t log, std::size_t limit) {
  return offcirc::find_list_records(m_impl->database, load, log, limit);
}

std::optional<CutRecord> Store::find_cut_record(const KnownResult& before) {
  return offcirc::find_cut_record(m_impl->database, before);
}

std::vector<std::optional<RecordedAs>> Store::recorded_as(std::span<const Identity> identities) {
  return find_recorded_as(m_impl->database, identities);
}

std::vector<bool> Store::known_ids(std::span<const std::string> ids, bool users) {
  return find_known_ids(m_impl->database, ids, users);
}

std::vector<std::vector<std::string>> Store::ids_beginning_with(std::span<const std::string_view> prefixes, bool users,
                                                                std::size_t limit) {
  return find_ids_beginning_with(m_impl->database, prefixes, users, limit);
}

std::vector<std::vector<std::string>> Store::ids_ending_with(std::span<const std::string> endings, bool users,
                                                             std::size_t limit) {
  return find_ids_ending_with(m_impl->database, endings, users, limit);
}

std::vector<std::string> Store::names_of_users(std::span<const std::string> ids) {
  return find_names_of_users(m_impl->database, ids);
}

std::vector<std::string> Store::users_to_list(Seconds now, Day today) {
  return find_users_to_list(m_impl->database, now, today);
}

std::vector<OtherCard> Store::other_cards() {
  return find_other_cards(m_impl->database);
}

std::int64_t Store::commit(const State& state, const Policy& policy, const Batch& batch, const Results& results,
                           const Results& unreadable, const LoadHead& head) {
  const Replayed replayed{state, policy, batch, results, unreadable};
  m_impl->database.lines().begin(Stage::writing, rows_to_write(replayed));
  const JournalPlace place = write_journal(m_impl->database, replayed, head);
  write_changes(m_impl->database, replayed, place);
  queue_mails(m_impl->database, place.load, head.finished_at, head.mails);
  CommitPoint::prepare(
      fmt::format("Load {} is in the database all the same; its logs need not be loaded again.", place.load),
      fmt::format("'offcirc report {}' prints its report, and 'offcirc mail' sends what is unsent.", place.load));
  m_impl->transaction->commit();
  m_impl->transaction.reset();
  return place.load;
}

std::vector<ShelfHold> Store::find_placed_holds(const OutageSpan& span, Day today) {
  return offcirc::find_placed_holds(m_impl->database, span, today);
}

std::vector<StoredDueCharge> Store::find_due_charges(const OutageSpan& span, Seconds until, const Policy& policy) {
  return offcirc::find_due_charges(m_impl->database, span, until, policy);
}

std::vector<HoldNames> Store::find_hold_names(std::span<const Row> holds) {
  return offcirc::find_hold_names(m_impl->database, holds);
}

Uploads Store::find_uploads(Seconds since) {
  return offcirc::find_uploads(m_impl->database, since);
}

StatusRows Store::read_status(std::int64_t newest_loads) {
  constexpr int k_patience_seconds = 10;
  m_impl->database.wait_for_locks(k_patience_seconds);
  const DbTransaction transaction(m_impl->database);
  return read_status_rows(m_impl->database, newest_loads);
}

std::vector<WaitingTransaction> Store::find_waiting(const WaitingChoice& choice) {
  return offcirc::find_waiting(m_impl->database, choice);
}

StoredLoad Store::read_load(std::int64_t load) {
  const DbTransaction transaction(m_impl->database);
  return load_of_journal(m_impl->database, load);
}

std::optional<SubjectFacts> Store::find_item_facts(const std::string& item_id, const Zone& zone) {
  return offcirc::find_item_facts(m_impl->database, item_id, zone);
}

std::optional<SubjectFacts> Store::find_user_facts(const std::string& id, const Zone& zone) {
  return offcirc::find_user_facts(m_impl->database, id, zone);
}

std::vector<StoryResult> Store::story_of_item(const std::string& item_id) {
  return offcirc::story_of_item(m_impl->database, item_id);
}

std::vector<StoryResult> Store::story_of_user(std::span<const std::string> ids) {
  return offcirc::story_of_user(m_impl->database, ids);
}

StoryResult Store::story_of_result(const ResultName& name) {
  return offcirc::story_of_result(m_impl->database, name);
}

std::int64_t Store::count_pruned_loads() {
  return offcirc::count_pruned_loads(m_impl->database);
}

std::vector<QueuedMail> Store::unsent_mails(std::int64_t load) {
  return offcirc::unsent_mails(m_impl->database, load);
}

void Store::record_mail_attempt(const MailAttempt& attempt) {
  offcirc::record_mail_attempt(m_impl->database, attempt);
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

std::vector<ImportCount> Store::import_csv(const std::vector<std::filesystem::path>& files, const Policy& policy,
                                           const ImportOptions& options) {
  Database& database = m_impl->database;
  m_impl->lock(options.wait_seconds, options.invocation);
  if (options.replace) database.overwrite_removed();
  DbTransaction transaction(database);
  std::vector<ImportCount> counts = import_files(database, files, policy, options);
  if (options.dry_run) return counts;
  write_event(database, options.invocation, event_of(counts));
  transaction.commit();
  return counts;
}

void Store::export_csv(const std::filesystem::path& folder, const Zone& zone) {
  const DbTransaction transaction(m_impl->database);
  export_files(m_impl->database, folder, zone);
}

}  // namespace offcirc
