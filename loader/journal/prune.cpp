#include "loader/journal/prune.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

#include "loader/circulation/former_rows.hpp"
#include "loader/journal/dismissals.hpp"
#include "loader/journal/mail_queue.hpp"
#include "loader/journal/sendable.hpp"
#include "loader/output/characters.hpp"

namespace offcirc {

namespace {

struct OldLoad {
  std::int64_t load, first_result, last_result;
};

std::vector<OldLoad> old_loads(const Database& database, Seconds before) {
  Statement rows(database,
                 "SELECT load, first_result, first_result + result_count - 1 FROM loads "
                 "WHERE finished_at < ?1 AND pruned_at IS NULL ORDER BY load");
  rows.with(before);
  std::vector<OldLoad> loads;
  while (rows.next()) loads.push_back({rows.integer(0), rows.integer(1), rows.integer(2)});
  return loads;
}

std::int64_t prune_results(const Database& database, const OldLoad& load) {
  Statement(database,
            // The item ID of an unreadable record was never looked up, so it may be a card number.
            "UPDATE result_details SET user_id = NULL, registration = NULL, "
            "item_id = CASE WHEN result IN (SELECT result FROM result_rows WHERE kind IS NULL "
            "AND result BETWEEN ?1 AND ?2) THEN NULL ELSE item_id END WHERE result BETWEEN ?1 AND ?2")
      .with(load.first_result, load.last_result)
      .run();
  Statement(database, "UPDATE send_messages SET text = '' WHERE result BETWEEN ?1 AND ?2")
      .with(load.first_result, load.last_result)
      .run();
  Statement(database,
            // Forms and arguments may name somebody. Without them a report gives the outcome's phrase.
            "UPDATE result_findings SET findings = (SELECT json_group_array(json_patch(json_patch(json_object('code', "
            "f.value ->> 'code'), "
            "iif(f.value ->> 'overridden', '{\"overridden\": true}', '{}')), "
            "iif(f.value ->> 'note', '{\"note\": true}', '{}'))) "
            "FROM json_each(result_findings.findings) f) "
            "WHERE result BETWEEN ?1 AND ?2")
      .with(load.first_result, load.last_result)
      .run();
  return Statement(database, "UPDATE result_rows SET user_no = NULL WHERE result BETWEEN ?1 AND ?2")
      .with(load.first_result, load.last_result)
      .run();
}

std::int64_t count_rejected(const Database& database, const OldLoad& load) {
  Statement rejected(database, "SELECT count(*) FROM result_rows WHERE result BETWEEN ?1 AND ?2 AND disposition = 2");
  rejected.with(load.first_result, load.last_result).next();
  return rejected.integer(0);
}

// Without the IDs, what is unsent could never be sent, and an upload file could not be told from another.
void refuse_unsent(const Database& database, std::int64_t load) {
  const std::int64_t unsent = count_unsent(database, load);
  if (unsent > 0)
    database.fail(
        fmt::format("load {} has {} that {} not sent to the live system yet. Send {}, or settle {} with "
                    "'offcirc send --release'; nothing was changed.",
                    load, counted(unsent, "result"), unsent == 1 ? "is" : "are", unsent == 1 ? "it" : "them",
                    unsent == 1 ? "it" : "them"));
}

/// Deletes the shelf lists and the record of what the load changed, since both say who had what.
void forget_people(const Database& database, std::int64_t load) {
  constexpr std::array<std::string_view, 8> k_tables = {"load_holds",    "load_due_charges", "added_users",
                                                        "changed_items", "changed_charges",  "changed_holds",
                                                        "changed_bills", "changed_uses"};
  for (const std::string_view table : k_tables) {
    Statement(database, fmt::format("DELETE FROM {} WHERE load = ?1", table)).with(load).run();
  }
}

}  // namespace

PruneCount prune_loads(Database& database, const PruneOptions& options) {
  database.overwrite_removed();
  DbTransaction transaction(database);
  PruneCount count;
  Statement mark(database, "UPDATE loads SET pruned_at = ?2 WHERE load = ?1");
  for (const OldLoad& load : old_loads(database, options.before)) {
    refuse_unsent(database, load.load);
    ++count.loads;
    count.rejected += count_rejected(database, load);
    count.results += prune_results(database, load);
    forget_notes(database, load.first_result, load.last_result);
    forget_people(database, load.load);
    count.mails += withdraw_mails(database, load.load, options.invocation.at).unsent;
    mark.with(load.load, options.invocation.at).run();
  }
  if (count.loads == 0) return count;
  forget_former_users(database);
  write_event(database, options.invocation, fmt::format("Loads whose personal data was removed: {}.", count.loads));
  transaction.commit();
  return count;
}

}  // namespace offcirc
