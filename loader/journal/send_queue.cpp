#include "loader/journal/send_queue.hpp"

#include <fmt/format.h>

#include "loader/journal/attempts.hpp"
#include "loader/output/characters.hpp"

namespace offcirc {

namespace {

std::int64_t number_of(SendState state) {
  return static_cast<std::int64_t>(state);
}

std::int64_t row_of(const Database& database, const ResultName& name) {
  const ResultRange range = results_of_load(database, name.load);
  if (const auto row = range.row_of(name.n)) return *row;
  database.fail(fmt::format("there is no result {}: load {} has {}. Nothing was changed.", name.text(), name.load,
                            counted(range.size(), "result")));
}

void fail_unless_open(const Database& database, std::int64_t send) {
  Statement row(database, "SELECT via, settled_as, settled_by FROM sends WHERE send = ?1");
  if (!row.with(send).next()) {
    Statement last(database, "SELECT max(send) FROM sends");
    last.next();
    database.fail(last.is_null(0) ? "nothing has been sent yet. Nothing was changed."
                                  : fmt::format("there is no send {}: the newest is {}. Nothing was changed.", send,
                                                last.integer(0)));
  }
  if (row.text(0) == "sip2")
    database.fail(
        fmt::format("send {} went over SIP2, and the server's answers are its confirmation. Nothing was "
                    "changed.",
                    send));
  if (!row.is_null(1))
    database.fail(fmt::format("send {} is {} already, by {}. Nothing was changed.", send, row.text(1), row.text(2)));
}

}  // namespace

std::int64_t next_send(const Database& database) {
  Statement last(database, "SELECT coalesce(max(send), 0) + 1 FROM sends");
  last.next();
  return last.integer(0);
}

void write_send(const Database& database, const NewSend& send, const Invocation& invocation) {
  Statement(database,
            "INSERT INTO sends(send, begun_at, operator, command, via, folder) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
      .with(send.send, invocation.at, invocation.operator_name, invocation.command, send.via, send.folder)
      .run();
  Statement add_file(database, "INSERT INTO send_files(send, path, digest, records) VALUES (?1, ?2, ?3, ?4)");
  for (const SendFile& file : send.files)
    add_file.with(send.send, file.path, file.digest, static_cast<std::int64_t>(file.records)).run();
  // With --resend, a message may have a row from an earlier send.
  Statement add_message(database,
                        "INSERT INTO send_messages(result, step, send, state, at, file, text) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, ''), ?7) ON CONFLICT(result, step) DO UPDATE SET "
                        "send = excluded.send, state = excluded.state, at = excluded.at, file = excluded.file, "
                        "text = excluded.text, released_at = NULL, released_by = NULL");
  for (const SendMessage& message : send.messages)
    add_message
        .with(message.result, std::int64_t{message.step}, send.send, number_of(message.state), invocation.at,
              message.file, message.text)
        .run();
  Statement mark(database, "UPDATE loads SET is_to_send = 1 WHERE load = ?1");
  for (const std::int64_t load : send.loads) mark.with(load).run();
}

void mark_written(const Database& database, std::int64_t send, Seconds at) {
  Statement(database, "UPDATE sends SET written_at = ?2 WHERE send = ?1").with(send, at).run();
}

std::vector<UnwrittenSend> find_unwritten(const Database& database) {
  Statement rows(database,
                 "SELECT send, via, folder, EXISTS (SELECT 1 FROM send_files f WHERE f.send = s.send "
                 "AND f.path LIKE '%/standlog.%') FROM sends s "
                 "WHERE written_at IS NULL AND settled_at IS NULL AND folder <> '' ORDER BY send");
  std::vector<UnwrittenSend> sends;
  while (rows.next())
    sends.push_back({rows.integer(0), std::string(rows.text(1)), std::string(rows.text(2)), rows.integer(3) != 0});
  return sends;
}

std::int64_t settle_send(const Database& database, std::int64_t send, SendSettlement as, const Invocation& invocation) {
  fail_unless_open(database, send);
  const bool confirms = as == SendSettlement::confirmed;
  Statement(database, "UPDATE sends SET settled_at = ?2, settled_by = ?3, settled_as = ?4 WHERE send = ?1")
      .with(send, invocation.at, invocation.operator_name, std::string_view(confirms ? "confirmed" : "withdrawn"))
      .run();
  // What staff have released, and what an import has confirmed, stays as it is.
  const std::string_view settled = confirms ? "state = 3" : "(state = 3 OR (state = 12 AND released_at IS NULL))";
  Statement count(database,
                  fmt::format("SELECT count(DISTINCT result) FROM send_messages WHERE send = ?1 AND {}", settled));
  count.with(send).next();
  const std::int64_t results = count.integer(0);
  if (confirms)
    Statement(database, fmt::format("UPDATE send_messages SET state = ?2, at = ?3 WHERE send = ?1 AND {}", settled))
        .with(send, number_of(SendState::confirmed), invocation.at)
        .run();
  else
    Statement(database, fmt::format("DELETE FROM send_messages WHERE send = ?1 AND {}", settled)).with(send).run();
  write_event(database, invocation, fmt::format("Send {} was {}.", send, confirms ? "confirmed" : "withdrawn"));
  return results;
}

namespace {

/// Why staff can't release the result, as the end of a sentence; empty if they can.
std::string why_not_released(const Database& database, std::int64_t result) {
  Statement row(database, fmt::format("SELECT r.disposition, {}, (SELECT max(m.released_at) FROM send_messages m "
                                      "WHERE m.result = r.result) FROM result_rows r WHERE r.result = ?1",
                                      k_send_state));
  row.with(result).next();
  if (row.integer(0) > 1) return "it was not loaded, so there is nothing to send";
  if (!row.is_null(2)) return "it is released already";
  const auto state = static_cast<SendState>(row.integer(1));
  if (!action_of(state).empty() || state == SendState::unsent) return {};
  return fmt::format("its state is {}", code_of(state));
}

}  // namespace

void release_results(const Database& database, const std::vector<ResultName>& results, const Invocation& invocation) {
  Statement settle(database,  // What is not sent of it will not be.
                   "UPDATE send_messages SET released_at = ?2, released_by = ?3, "
                   "state = CASE state WHEN 0 THEN 12 ELSE state END WHERE result = ?1");
  Statement add(database,
                "INSERT INTO send_messages(result, step, send, state, at, text, released_at, released_by) "
                "VALUES (?1, 0, NULL, ?2, ?3, '', ?3, ?4)");
  std::vector<std::string> names;
  for (const ResultName& name : std::set<ResultName>(results.begin(), results.end())) {
    const std::int64_t result = row_of(database, name);
    if (std::string why = why_not_released(database, result); !why.empty())
      database.fail(fmt::format("{} can't be released: {}. Nothing was changed.", name.text(), why));
    if (settle.with(result, invocation.at, invocation.operator_name).run() == 0)
      add.with(result, number_of(SendState::by_hand), invocation.at, invocation.operator_name).run();
    names.push_back(name.text());
  }
  write_event(database, invocation, fmt::format("Released: {}.", listed({names.begin(), names.end()})));
}

void withdraw_sends(const Database& database, std::int64_t load) {
  const ResultRange range = results_of_load(database, load);
  Statement(database, "DELETE FROM send_messages WHERE result BETWEEN ?1 AND ?2").with(range.first, range.last).run();
  Statement(database, "UPDATE loads SET is_to_send = 0 WHERE load = ?1").with(load).run();
}

std::string why_sent(const Database& database, std::int64_t load) {
  const ResultRange range = results_of_load(database, load);
  Statement rows(
      database,
      "SELECT m.state, count(DISTINCT m.result), min(m.result), max(m.send), max(s.via = 'sip2') "
      "FROM send_messages m LEFT JOIN sends s ON s.send = m.send WHERE m.result BETWEEN ?1 AND ?2 "
      "AND m.state <> 0 AND (m.state NOT IN (9, 12) OR m.released_at IS NOT NULL) GROUP BY m.state ORDER BY m.state");
  rows.with(range.first, range.last);
  std::string why;
  while (rows.next()) {
    const auto state = static_cast<SendState>(rows.integer(0));
    const std::int64_t count = rows.integer(1);
    why += fmt::format("{}{} {} {}, the first of them {}:{}", why.empty() ? "" : "; ", counted(count, "result"),
                       count == 1 ? "is" : "are", code_of(state), load, rows.integer(2) - range.first + 1);
    if (state == SendState::handed_out)
      why +=
          fmt::format(" (withdraw the files that are not uploaded with 'offcirc send --withdraw {}')", rows.integer(3));
  }
  return why;
}

std::map<MessageKey, StoredSend> find_open_messages(const Database& database, std::int64_t send) {
  Statement rows(database,
                 "SELECT result, step, state, at, coalesce(send, 0), file, text, released_at FROM send_messages "
                 "WHERE state IN (0, 1, 9, 10, 11) OR send = ?1");
  rows.with(send);
  std::map<MessageKey, StoredSend> messages;
  while (rows.next())
    messages[{rows.integer(0), static_cast<int>(rows.integer(1))}] = {static_cast<SendState>(rows.integer(2)),
                                                                      rows.integer(3),
                                                                      rows.integer(4),
                                                                      std::string(rows.text(5)),
                                                                      std::string(rows.text(6)),
                                                                      !rows.is_null(7)};
  return messages;
}

std::int64_t find_unfinished_live_send(const Database& database) {
  Statement row(database, "SELECT max(send) FROM sends");
  row.next();
  const std::int64_t newest = row.integer_or(0, 0);
  Statement unfinished(database, "SELECT 1 FROM sends WHERE send = ?1 AND via = 'sip2' AND written_at IS NULL");
  return unfinished.with(newest).next() ? newest : 0;
}

void record_message(const Database& database, const MessageKey& key, std::int64_t send, SendState state, Seconds at,
                    std::string_view text) {
  Statement(database,
            "INSERT INTO send_messages(result, step, send, state, at, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
            "ON CONFLICT(result, step) DO UPDATE SET send = excluded.send, state = excluded.state, at = excluded.at, "
            "file = NULL, text = excluded.text, released_at = NULL, released_by = NULL")
      .with(key.first, std::int64_t{key.second}, send, number_of(state), at, text)
      .run();
}

std::map<std::int64_t, StoredSend> find_sends(const Database& database, std::int64_t first, std::int64_t last) {
  Statement rows(database,
                 "SELECT result, state, at, coalesce(send, 0), file, text, released_at FROM send_messages "
                 "WHERE result BETWEEN ?1 AND ?2 ORDER BY result, step");
  rows.with(first, last);
  std::map<std::int64_t, StoredSend> sends;
  // Among the messages of a result, the one with the greatest weight decides; among equals, the last.
  const auto weight = [](SendState state) {
    if (holds_back_item(state)) return 3;
    if (state == SendState::unsent || state == SendState::sending) return 2;
    return action_of(state).empty() ? 0 : 1;
  };
  while (rows.next()) {
    StoredSend send{static_cast<SendState>(rows.integer(1)),
                    rows.integer(2),
                    rows.integer(3),
                    std::string(rows.text(4)),
                    std::string(rows.text(5)),
                    !rows.is_null(6)};
    const auto [found, is_new] = sends.try_emplace(rows.integer(0), send);
    if (is_new) continue;
    StoredSend& kept = found->second;
    const std::string texts = kept.text + (kept.text.empty() || send.text.empty() ? "" : " ") + send.text;
    if (weight(send.state) >= weight(kept.state)) kept = std::move(send);
    kept.text = texts;
  }
  return sends;
}

std::int64_t find_send_of_file(const Database& database, std::string_view digest) {
  Statement row(database, "SELECT max(send) FROM send_files WHERE digest = ?1");
  row.with(digest).next();
  return row.integer_or(0, 0);
}

std::vector<OpenSend> find_open_sends(const Database& database) {
  Statement rows(database,
                 "SELECT s.send, s.begun_at, s.via, s.folder, count(DISTINCT m.result) FROM sends s "
                 "JOIN send_messages m ON m.send = s.send AND m.state = 3 WHERE s.settled_at IS NULL "
                 "GROUP BY s.send ORDER BY s.send");
  std::vector<OpenSend> sends;
  while (rows.next())
    sends.push_back(
        {rows.integer(0), rows.integer(1), std::string(rows.text(2)), std::string(rows.text(3)), rows.integer(4)});
  return sends;
}

}  // namespace offcirc
