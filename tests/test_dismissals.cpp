#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "loader/journal/dismissals.hpp"
#include "loader/journal/status_rows.hpp"
#include "store_sample.hpp"

using namespace offcirc;

namespace {

/// Load 1 has an unreadable record and a loaded one; load 2 brought the whole record of the first.
class Journal {
 public:
  Journal() : m_file(m_folder.path() / "circ.db") {
    Store::create(m_file);
    run(R"sql(
INSERT INTO configs VALUES (1, 'd', '');
INSERT INTO loads(load, started_at, finished_at, operator, command, config, program_version, first_result, result_count,
  sqlite_version, system_name, missing_stations)
  VALUES (1, 100, 100, 'pat', '', 1, '', 1, 2, '', '', '[]'), (2, 200, 200, 'sam', '', 1, '', 3, 1, '', '', '[]');
INSERT INTO result_rows(result, load, line, disposition, outcome) VALUES (1, 1, 1, 4, 1), (2, 1, 1, 0, 0), (3, 2, 1, 0, 0);
INSERT INTO result_details(result, log, library, station, identity_recorded, identity_content, identity_ordinal)
  VALUES (1, 0, '', '', 0, 1, 0), (2, 0, '', '', 0, 2, 0), (3, 0, '', '', 0, 3, 0);
)sql");
  }

  void run(const std::string& sql) { Database(m_file, Database::Mode::write).run(sql); }

  std::string dismiss(std::vector<ResultName> names, bool undo = false) {
    Store store(m_file, Store::Access::write);
    return message_of([&] { store.dismiss({std::move(names), "by hand", undo, 0, {300, "jane", "dismiss", ""}}); });
  }

  /// `jane by hand`; empty if it is not dismissed.
  [[nodiscard]] std::string dismissal() const {
    const auto found = find_dismissals(Database(m_file, Database::Mode::read), 1, 3);
    return found.empty() ? "" : found.begin()->second->by + " " + found.begin()->second->note;
  }

  [[nodiscard]] std::size_t count_waiting() const {
    return read_status(Store(m_file, Store::Access::read).database(), 10).unreadable.size();
  }

 private:
  TempFolder m_folder;
  std::filesystem::path m_file;
};

bool says(const std::string& message, std::string_view words) {
  return message.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a dismissal made by a load counts as long as that load is not undone") {
  Journal journal;
  CHECK(journal.count_waiting() == 1);
  journal.run("INSERT INTO dismissals VALUES (1, 200, 'sam', 'whole record', 2)");
  CHECK(journal.count_waiting() == 0);
  CHECK(journal.dismissal() == "sam whole record");
  CHECK(says(journal.dismiss({{1, 1}}), "1:1 can't be dismissed: it was already dismissed by sam."));
  CHECK(says(journal.dismiss({{1, 1}}, true), "1:1 can't be reopened: load 2 has the whole record"));

  journal.run("UPDATE loads SET undone_at = 250 WHERE load = 2");
  CHECK(journal.count_waiting() == 1);
  CHECK(journal.dismissal().empty());
  CHECK(says(journal.dismiss({{1, 1}}, true), "it is not dismissed"));
  CHECK(journal.dismiss({{1, 1}}).empty());
  CHECK(journal.dismissal() == "jane by hand");
  CHECK(journal.count_waiting() == 0);
}

TEST_CASE("if one result is not pending, none is dismissed") {
  Journal journal;
  CHECK(says(journal.dismiss({{1, 1}, {1, 2}}), "1:2 can't be dismissed: it is loaded. Nothing was changed."));
  CHECK(journal.count_waiting() == 1);
  CHECK(says(journal.dismiss({{1, 1}, {1, 3}}), "there is no result 1:3: load 1 has 2 results."));
  CHECK(says(journal.dismiss({{7, 1}}), "there is no load 7."));
  CHECK(journal.dismiss({{1, 1}, {1, 1}}).empty());
  CHECK(journal.count_waiting() == 0);
}

TEST_CASE("an undone or pruned load has nothing to dismiss and loses its dismissals") {
  Journal journal;
  CHECK(journal.dismiss({{1, 1}}).empty());
  journal.run("UPDATE loads SET undone_at = 250 WHERE load = 1");
  CHECK(journal.dismissal().empty());
  CHECK(journal.count_waiting() == 0);
  CHECK(says(journal.dismiss({{1, 1}}), "load 1 was undone"));
  CHECK(says(journal.dismiss({{1, 1}}, true), "load 1 was undone"));
  journal.run("UPDATE loads SET undone_at = NULL, pruned_at = 250 WHERE load = 1");
  CHECK(says(journal.dismiss({{1, 1}}), "'offcirc prune' has removed its data"));
}
