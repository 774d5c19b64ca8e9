#include "tests/bench/load/line_by_line.hpp"

#include <optional>

#include "loader/rules/replayer.hpp"
#include "tests/bench/load/line_state.hpp"
#include "tests/bench/load/line_writer.hpp"

namespace offcirc::bench {
namespace {

class LineByLine {
 public:
  LineByLine(Database& database, Batch& batch, Policy& policy, const ReplayOptions& options, Durable durable)
      : m_database(database),
        m_batch(batch),
        m_durable(durable),
        m_transaction(std::in_place, database),
        m_lines(database, policy, m_state, m_carried),
        m_judge(batch, m_read_set, policy, options, m_state),
        m_writer(database, policy, batch, m_state, m_carried) {
    m_lines.read_codes(database);
    for (Entry& entry : batch.entries) {
      entry.user_key = entry.user_id.empty() ? k_none : 0;
      entry.item_key = entry.item_id.empty() ? k_none : 0;
    }
  }

  void run(const LoadHead& head) {
    m_writer.write_head(head);
    end_line();
    for (std::uint32_t i = 0; i < m_batch.entries.size(); ++i)
      if (is_registration(i)) load(i);
    for (std::uint32_t i = 0; i < m_batch.entries.size(); ++i)
      if (!is_registration(i)) load(i);
    for (const UnreadableRecord& record : m_batch.unreadable) note(record);
    m_transaction->commit();
  }

 private:
  static ReadSet one_of_each() {
    ReadSet set;
    set.user_ids.resize(1);
    set.item_ids.resize(1);
    return set;
  }

  [[nodiscard]] bool is_registration(std::uint32_t index) const {
    return m_batch.entries[index].transaction->kind == Kind::registration;
  }

  void load(std::uint32_t index) {
    const Entry& entry = m_batch.entries[index];
    const bool recorded = m_writer.is_recorded(entry.identity);
    m_lines.fetch(entry, m_read_set);
    m_read_set.user_ids[0] = entry.user_id;
    m_read_set.item_ids[0] = entry.item_id;
    m_judge.forget();
    const Result result = recorded                 ? m_judge.already_loaded(index)
                          : is_registration(index) ? m_judge.register_user(index)
                                                   : m_judge.judge(index);
    m_writer.write_changes(index);
    m_writer.write_result(index, result, recorded);
    end_line();
  }

  void note(const UnreadableRecord& record) {
    const bool recorded = m_writer.is_recorded(record.diagnostic.identity);
    Result result;
    result.disposition = recorded ? Disposition::already_loaded : Disposition::unreadable;
    if (recorded)
      result.findings.push_back({Outcome::already_loaded});
    else
      result.findings.push_back({Outcome::unreadable, say<Form::worded>(record.diagnostic.message)});
    m_writer.write_unreadable(record, result, recorded);
    end_line();
  }

  void end_line() {
    if (m_durable == Durable::at_the_end) return;
    m_transaction->commit();
    m_transaction.emplace(m_database);
  }

  Database& m_database;
  Batch& m_batch;
  Durable m_durable;
  std::optional<DbTransaction> m_transaction;
  State m_state;
  ReadSet m_read_set = one_of_each();
  Carried m_carried;
  LineState m_lines;
  Replayer m_judge;
  LineWriter m_writer;
};

}  // namespace

std::size_t load_line_by_line(const LoadOptions& options, Config& config, Durable durable) {
  Batch batch = read_batch(options.intake, config);
  LoadHead head;
  head.started_at = head.finished_at = options.now;
  head.operator_name = options.operator_name;
  head.command = options.command;
  head.config_text = config.text;
  head.system_name = config.system_name;
  return load_line_by_line(options.database, batch, config.policy,
                           {options.now, options.since, options.overrides, config.ids}, head, durable);
}

std::size_t load_line_by_line(const std::filesystem::path& file, Batch& batch, Policy& policy,
                              const ReplayOptions& options, const LoadHead& head, Durable durable) {
  Database database(file, Database::Mode::write);
  LineByLine load(database, batch, policy, options, durable);
  load.run(head);
  return batch.entries.size() + batch.unreadable.size();
}

}  // namespace offcirc::bench
