#include <fmt/format.h>

#include "loader/output/words.hpp"
#include "loader/report/page.hpp"
#include "loader/report/result_words.hpp"
#include "loader/status/status.hpp"

namespace offcirc {
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

// A paragraph a load.
void write_waiting(Page& page, const std::vector<WaitingLine>& waiting) {
  if (waiting.empty()) return;
  page.heading("Rejected transactions that wait", '-');
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
  page.heading("Unreadable records that wait", '-');
  for (const UnreadableLine& line : unreadable)
    page.paragraph(k_indent, k_hang, fmt::format("load {}: {}", line.load, counted(line.records, "record")));
}

void write_unsent(Page& page, const std::vector<UnsentLine>& unsent, const Zone& zone) {
  if (unsent.empty()) return;
  page.heading("Reports that are still to be sent by mail", '-');
  for (const UnsentLine& mail : unsent) {
    std::string words =
        fmt::format("load {}: {}, queued {}, {}", mail.load, mail.library.empty() ? "the whole report" : mail.library,
                    local_minute(mail.queued_at, zone), counted(mail.attempts, "attempt"));
    if (!mail.last_error.empty()) words += ": " + mail.last_error;
    page.paragraph(k_indent, k_hang, words);
  }
}

std::string names_of(const std::vector<std::string>& stations) {
  return listed({stations.begin(), stations.end()});
}

std::string roster_words(const LibraryUploads& library) {
  if (library.missing.empty())
    return fmt::format("{}: all {} have uploaded", library.library,
                       counted(static_cast<std::int64_t>(library.uploaded.size()), "station"));
  if (library.uploaded.empty()) return fmt::format("{}: none of {}", library.library, names_of(library.missing));
  return fmt::format("{}: still to come {}; uploaded {}", library.library, names_of(library.missing),
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
    write_problems(page, status);
  });
}

std::string problems_text(const Status& status, const Zone& zone) {
  return text_of([&](Page& page) {
    for (const Problem& problem : status.problems) page.line(0, problem.sentence);
    if (!status.problems.empty()) return;
    const std::vector<LoadLine>& loads = status.rows.newest_loads;
    page.line(0, loads.empty() ? "All is well; nothing has been loaded yet."
                               : fmt::format("All is well; the last load, {}, was made on {}.", loads.front().load,
                                             local_minute(loads.front().started_at, zone)));
  });
}

}  // namespace offcirc
