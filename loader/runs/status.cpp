#include "loader/runs/status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "loader/journal/status_rows.hpp"
#include "loader/output/characters.hpp"
#include "loader/output/json_text.hpp"
#include "loader/report/page.hpp"
#include "loader/report/result_words.hpp"
#include "loader/runs/status_problems.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

constexpr std::int64_t k_loads_told = 10;

std::vector<LibraryUploads> libraries_of(const Uploads& uploads, const Policy& policy) {
  const std::vector<LibraryStation> roster = rostered_stations(policy);
  const std::vector<LibraryStation> missing = find_missing_stations(roster, uploads, policy);
  std::map<std::string_view, std::string_view> names;
  for (const Library& library : policy.libraries) names.emplace(library.code, library.name);
  std::vector<LibraryUploads> libraries;
  auto next_missing = missing.begin();
  for (const LibraryStation& one : roster) {
    if (libraries.empty() || libraries.back().library != one.library)
      libraries.push_back({one.library, std::string(names.at(one.library)), {}, {}});
    const bool is_missing =
        next_missing != missing.end() && next_missing->library == one.library && next_missing->station == one.station;
    if (is_missing) ++next_missing;
    (is_missing ? libraries.back().missing : libraries.back().uploaded).push_back(one.station);
  }
  return libraries;
}

}  // namespace

Status read_status(Database& database, const std::filesystem::path& file, const Config& config, Seconds now,
                   std::optional<int> max_age_hours) {
  Status status;
  status.now = now;
  status.system_name = config.system_name;
  status.database = file.string();
  status.rows = read_status(database, k_loads_told);
  if (status.rows.outage_began_at != k_no_time) status.libraries = libraries_of(status.rows.uploads, config.policy);
  find_problems(status, max_age_hours, config.policy.zone);
  return status;
}

namespace {

/// Appends `"key": [ ... ]`, with an object on a line of its own for each element of `list`.
template <typename List, typename WriteMembers>
void append_list(std::string& text, JsonObjectWriter& parent, std::string_view key, const List& list,
                 WriteMembers write_members) {
  parent.begin(key);
  text += '[';
  bool is_first = true;
  for (const auto& one : list) {
    text += is_first ? "\n  " : ",\n  ";
    is_first = false;
    JsonObjectWriter object(text);
    write_members(object, one);
    object.end();
  }
  text += ']';
}

void append_loads(std::string& text, JsonObjectWriter& json, const Status& status, const Zone& zone) {
  json.number("load_count", status.rows.load_count);
  append_list(text, json, "loads", status.rows.newest_loads, [&](JsonObjectWriter& object, const LoadLine& load) {
    object.number("load", load.load)
        .string("started_at", iso_time(load.started_at, zone))
        .string("operator", load.operator_name)
        .number("logs", load.logs)
        .number("lines", load.records)
        .number("rejected", load.rejected)
        .number("unreadable", load.unreadable)
        .string_or_null("undone_at", iso_time(load.undone_at, zone))
        .boolean("undone_in_part", load.undone_in_part)
        .string_or_null("pruned_at", iso_time(load.pruned_at, zone));
  });
}

void append_what_waits(std::string& text, JsonObjectWriter& json, const Status& status, const Zone& zone) {
  append_list(text, json, "unsent_mail", status.rows.unsent, [&](JsonObjectWriter& object, const UnsentLine& mail) {
    object.number("load", mail.load)
        .string_or_null("library", mail.library)
        .string("queued_at", iso_time(mail.queued_at, zone))
        .number("attempts", mail.attempts)
        .string_or_null("last_error", mail.last_error);
  });
  append_list(text, json, "waiting", status.rows.waiting, [&](JsonObjectWriter& object, const WaitingLine& line) {
    object.number("load", line.load).string("outcome", line.outcome).number("transactions", line.transactions);
  });
  append_list(text, json, "unreadable_waiting", status.rows.unreadable,
              [&](JsonObjectWriter& object, const UnreadableLine& line) {
                object.number("load", line.load).number("records", line.records);
              });
}

void append_sends(std::string& text, JsonObjectWriter& json, const Status& status, const Zone& zone) {
  append_list(text, json, "sends", status.rows.sends, [&](JsonObjectWriter& object, const SendCount& count) {
    object.number("load", count.load)
        .string("state", code_of(count.state))
        .number("results", count.results)
        .number("released", count.released);
  });
  append_list(text, json, "open_sends", status.rows.open_sends, [&](JsonObjectWriter& object, const OpenSend& send) {
    object.number("send", send.send)
        .string("begun_at", iso_time(send.begun_at, zone))
        .string("system", send.via)
        .string("folder", send.folder)
        .number("results", send.results);
  });
}

void append_stations(std::string& text, JsonObjectWriter& json, const Status& status, const Zone& zone) {
  json.string_or_null("outage_began_at", iso_time(status.rows.outage_began_at, zone));
  append_list(text, json, "stations", status.libraries, [&](JsonObjectWriter& object, const LibraryUploads& library) {
    object.string("library", library.library).strings("uploaded", library.uploaded).strings("missing", library.missing);
  });
}

}  // namespace

std::string status_json(const Status& status, const Zone& zone) {
  std::string text;
  JsonObjectWriter json(text);
  json.string("now", iso_time(status.now, zone))
      .string("system", status.system_name)
      .string("database", status.database);
  append_loads(text, json, status, zone);
  append_what_waits(text, json, status, zone);
  append_sends(text, json, status, zone);
  append_stations(text, json, status, zone);
  append_list(text, json, "problems", status.problems, [](JsonObjectWriter& object, const Problem& problem) {
    object.string("code", problem.code).string("message", problem.sentence);
  });
  json.end();
  return text + '\n';
}

namespace {

constexpr std::size_t k_indent = 2;
constexpr std::size_t k_hang = 6;

std::string load_words(const LoadLine& load, const Zone& zone) {
  std::string words =
      fmt::format("{}  {}  {}: {}, {}, {} rejected", load.load, local_minute(load.started_at, zone), load.operator_name,
                  counted(load.logs, "log"), counted(load.records, "record"), load.rejected);
  if (load.unreadable > 0) words += fmt::format(", {} unreadable", load.unreadable);
  if (load.undone_at != k_no_time)
    words += fmt::format(", UNDONE{} {}", load.undone_in_part ? " IN PART" : "", local_minute(load.undone_at, zone));
  if (load.pruned_at != k_no_time) words += fmt::format(", pruned {}", local_minute(load.pruned_at, zone));
  return words;
}

void write_loads(Page& page, const StatusRows& rows, const Zone& zone) {
  page.heading(fmt::format("Loads: {}", rows.load_count), '-');
  for (const LoadLine& load : rows.newest_loads) page.paragraph(k_indent, k_hang, load_words(load, zone));
  if (static_cast<std::int64_t>(rows.newest_loads.size()) < rows.load_count)
    page.paragraph(k_indent, k_hang, "and older ones");
}

// Writes a paragraph for each load.
void write_waiting(Page& page, const std::vector<WaitingLine>& waiting) {
  if (waiting.empty()) return;
  page.heading("Pending rejected transactions", '-');
  std::string words;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    const bool begins = i == 0 || waiting[i - 1].load != waiting[i].load;
    words += begins ? fmt::format("load {}: ", waiting[i].load) : ", ";
    words += fmt::format("{} {}", waiting[i].transactions, waiting[i].outcome);
    if (i + 1 < waiting.size() && waiting[i + 1].load == waiting[i].load) continue;
    page.paragraph(k_indent, k_hang, words);
    words.clear();
  }
}

void write_unreadable(Page& page, const std::vector<UnreadableLine>& unreadable) {
  if (unreadable.empty()) return;
  page.heading("Pending unreadable records", '-');
  for (const UnreadableLine& line : unreadable)
    page.paragraph(k_indent, k_hang, fmt::format("load {}: {}", line.load, counted(line.records, "record")));
}

void write_unsent(Page& page, const std::vector<UnsentLine>& unsent, const Zone& zone) {
  if (unsent.empty()) return;
  page.heading("Unsent reports", '-');
  for (const UnsentLine& mail : unsent) {
    std::string words =
        fmt::format("load {}: {}, queued {}, {}", mail.load, mail.library.empty() ? "the whole report" : mail.library,
                    local_minute(mail.queued_at, zone), counted(mail.attempts, "attempt"));
    if (!mail.last_error.empty()) words += ": " + mail.last_error;
    page.paragraph(k_indent, k_hang, words);
  }
}

// Writes a paragraph for each load.
void write_sends(Page& page, const std::vector<SendCount>& sends) {
  if (sends.empty()) return;
  page.heading("Way into the live system", '-');
  std::string words;
  for (std::size_t i = 0; i < sends.size(); ++i) {
    const bool begins = i == 0 || sends[i - 1].load != sends[i].load;
    words += begins ? fmt::format("load {}: ", sends[i].load) : ", ";
    words += fmt::format("{} {}", sends[i].results, code_of(sends[i].state));
    if (sends[i].released > 0) words += fmt::format(" ({} released)", sends[i].released);
    if (i + 1 < sends.size() && sends[i + 1].load == sends[i].load) continue;
    page.paragraph(k_indent, k_hang, words);
    words.clear();
  }
}

std::string names_of(const std::vector<std::string>& stations) {
  return listed({stations.begin(), stations.end()});
}

std::string roster_words(const LibraryUploads& library) {
  if (library.missing.empty())
    return fmt::format("{}: all {} have uploaded", library.library,
                       counted(static_cast<std::int64_t>(library.uploaded.size()), "station"));
  if (library.uploaded.empty())
    return fmt::format("{}: missing {}; none uploaded", library.library, names_of(library.missing));
  return fmt::format("{}: missing {}; uploaded {}", library.library, names_of(library.missing),
                     names_of(library.uploaded));
}

void write_stations(Page& page, const Status& status, const Zone& zone) {
  if (status.rows.outage_began_at == k_no_time || status.libraries.empty()) return;
  page.heading(fmt::format("Stations since the outage of {} began", local_minute(status.rows.outage_began_at, zone)),
               '-');
  for (const LibraryUploads& library : status.libraries) page.paragraph(k_indent, k_hang, roster_words(library));
}

void write_problems(Page& page, const Status& status) {
  page.heading("To do", '-');
  for (const Problem& problem : status.problems) page.paragraph(k_indent, k_hang, problem.sentence);
  if (status.problems.empty()) page.paragraph(k_indent, k_hang, "Nothing.");
}

template <typename Write>
std::string text_of(Write write) {
  std::string text;
  const TextSink sink = [&text](std::string_view piece) { text += piece; };
  BlockWriter out(sink);
  Page page(out);
  write(page);
  out.finish();
  return text;
}

}  // namespace

std::string status_text(const Status& status, const Zone& zone) {
  return text_of([&](Page& page) {
    page.heading(fmt::format("{}: {}", status.system_name, local_minute(status.now, zone)), '=');
    page.line(0, fmt::format("Database: {}", status.database));
    write_loads(page, status.rows, zone);
    write_stations(page, status, zone);
    write_waiting(page, status.rows.waiting);
    write_unreadable(page, status.rows.unreadable);
    write_unsent(page, status.rows.unsent, zone);
    write_sends(page, status.rows.sends);
    write_problems(page, status);
  });
}

std::string problems_text(const Status& status, const Zone& zone) {
  return text_of([&](Page& page) {
    for (const Problem& problem : status.problems) page.line(0, problem.sentence);
    if (!status.problems.empty()) return;
    const std::vector<LoadLine>& loads = status.rows.newest_loads;
    page.line(0, loads.empty() ? "No problems; nothing has been loaded yet."
                               : fmt::format("No problems; the last load, {}, was made on {}.", loads.front().load,
                                             local_minute(loads.front().started_at, zone)));
  });
}

}  // namespace offcirc
