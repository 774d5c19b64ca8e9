// The circulation database: all that is read before the rules run, all that is written after, in one transaction each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loader/circulation/known_ids.hpp"
#include "loader/circulation/subject_facts.hpp"
#include "loader/data/csv_import.hpp"
#include "loader/database/process_lock.hpp"
#include "loader/journal/dismissals.hpp"
#include "loader/journal/journal.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/journal/prune.hpp"
#include "loader/journal/read_load.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/journal/status_rows.hpp"
#include "loader/journal/story.hpp"
#include "loader/journal/undo.hpp"
#include "loader/journal/waiting.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/missing_stations.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/result.hpp"
#include "loader/model/shelf_lists.hpp"
#include "loader/model/state.hpp"
#include "loader/progress.hpp"
#include "loader/rules/read_set.hpp"

namespace offcirc {

/// Every failure of the database is a RunError that names the file and the way out.
class Store {
 public:
  enum class Access { read, write };

  /// Creates the database; true if there was none. A file that is none of ours, or of another format, is left alone:
  /// RunError.
  static bool create(const std::filesystem::path& file, const Invocation& invocation = {});
  /// RunError where there is no such file, it is no database of offcirc, or of a newer or older version.
  Store(const std::filesystem::path& file, Access access);
  Store(Store&&) noexcept;
  ~Store();  ///< rolls back what has begun and is not committed

  /// Tells `progress` how far reading and writing have come. It outlives the store.
  void show(Progress& progress);

  /// Begins the one transaction of a load. With Access::write no other process can begin one until the store is gone;
  /// waits `wait_seconds` for one that has, and tells those that wait for this one `who` it is. With Access::read it
  /// only sees one state of the database throughout.
  void begin(int wait_seconds, const Invocation& who = {});
  /// Everything the rules need to judge the batch. Libraries and profiles that the policy does not know are added to it
  /// with its defaults.
  State fetch(const ReadSet& read_set, Policy& policy);
  /// See recorded_identities.hpp. All within the transaction of a load.
  Copies find_copies(std::span<const Identity> identities);
  std::vector<KnownResult> find_known_results(std::span<const std::int64_t> results);
  std::vector<KnownListEnd> find_known_lists(std::span<const std::uint64_t> digests);
  std::vector<SameWords> find_same_words(std::span<const std::uint64_t> words);
  std::uint64_t count_records_of_log(std::int64_t load, std::int64_t log);
  std::vector<PendingUnreadable> find_pending_unreadable();
  std::vector<LoggedRecord> find_list_records(std::int64_t load, std::int64_t log, std::size_t limit);
  std::optional<CutRecord> find_cut_record(const KnownResult& before);
  std::vector<std::optional<RecordedAs>> recorded_as(std::span<const Identity> identities);
  /// For hints: by `ids`, whether each is an ID, alternate or inactive ID of a user (`users`), or of an item (else).
  std::vector<bool> known_ids(std::span<const std::string> ids, bool users);
  /// For hints: of each prefix the first `limit` IDs, in bytewise order, that are longer and begin with it.
  std::vector<std::vector<std::string>> ids_beginning_with(std::span<const std::string_view> prefixes, bool users,
                                                           std::size_t limit);
  /// For hints: of each ending up to `limit` IDs that end with it, or are it, upper or lower case. Looks at all IDs
  /// once.
  std::vector<std::vector<std::string>> ids_ending_with(std::span<const std::string> endings, bool users,
                                                        std::size_t limit);
  /// For the lists for the shelves; see shelf_rows.hpp. All as it was before the load.
  std::vector<ShelfHold> find_placed_holds(const OutageSpan& span, Day today);
  std::vector<StoredDueCharge> find_due_charges(const OutageSpan& span, Seconds until, const Policy& policy);
  std::vector<HoldNames> find_hold_names(std::span<const Row> holds);
  /// `LAST, FIRST` by `ids`, which are in bytewise order; empty where no user or no name is known.
  std::vector<std::string> names_of_users(std::span<const std::string> ids);
  /// For the delinquent list: user IDs, in bytewise order, of all who may have to stand on it as of `now` UTC.
  std::vector<std::string> users_to_list(Seconds now, Day today);
  /// All alternate and inactive IDs, in bytewise order.
  std::vector<OtherCard> other_cards();
  /// Writes what has changed, and the journal: durable when this returns. Results are by entry, `unreadable` by
  /// Batch::unreadable. Returns the number of the load, from 1.
  std::int64_t commit(const State& state, const Policy& policy, const Batch& batch, const Results& results,
                      const Results& unreadable, const LoadHead& head);
  /// See uploads.hpp. Within the transaction of a load.
  Uploads find_uploads(Seconds since);
  /// See status_rows.hpp. In a transaction of its own; waits some seconds for a load that is just being written.
  StatusRows read_status(std::int64_t newest_loads);
  /// See waiting.hpp. Within the transaction of a load.
  std::vector<WaitingTransaction> find_waiting(const WaitingChoice& choice);
  /// A load as the journal has it, the newest where `load` is 0. RunError, which says which loads there are, where
  /// there is none.
  StoredLoad read_load(std::int64_t load);

  /// For explain; see subject_facts.hpp and story.hpp.
  std::optional<SubjectFacts> find_item_facts(const std::string& item_id, const Zone& zone);
  std::optional<SubjectFacts> find_user_facts(const std::string& id, const Zone& zone);
  std::vector<StoryResult> story_of_item(const std::string& item_id);
  std::vector<StoryResult> story_of_user(std::span<const std::string> ids);
  StoryResult story_of_result(const ResultName& name);
  std::int64_t count_pruned_loads();

  /// The unsent mails of that load, of all loads where it is 0; the oldest first. RunError where there is no such load.
  std::vector<QueuedMail> unsent_mails(std::int64_t load);
  /// Keeps what became of an attempt: durable when this returns, however long another process writes meanwhile.
  void record_mail_attempt(const MailAttempt& attempt);
  /// See dismissals.hpp.
  std::size_t dismiss(const DismissOptions& options);
  /// See undo.hpp and prune.hpp.
  UndoOutcome undo(const UndoOptions& options, const Zone& zone);
  PruneCount prune(const PruneOptions& options);

  /// Upserts users.csv, items.csv, charges.csv, holds.csv and bills.csv among `files` in one database transaction.
  /// Whatever is wrong with any row is listed with file and line in one RunError, and nothing is imported.
  std::vector<ImportCount> import_csv(const std::vector<std::filesystem::path>& files, const Policy& policy,
                                      const ImportOptions& options);
  /// Writes the five files into `folder`, which is made where there is none.
  void export_csv(const std::filesystem::path& folder, const Zone& zone);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace offcirc
