// One result of the text report: what happened, when and where, who and what it is about, and where its line is.
#pragma once

#include <string>
#include <string_view>

#include "loader/report/library_sections.hpp"

namespace offcirc {

/// How far the first line of an entry is set in, and how much further the others.
inline constexpr std::size_t k_entry_indent = 2;
inline constexpr std::size_t k_detail_step = 4;

/// What an entry says of its result.
struct ResultEntry {
  const ReportResult& result;
  std::string_view message;  ///< of the result or of one of its notes
  std::string also;          ///< what its other notes say; may be empty
  std::string_view action;   ///< may be empty
};

void write_entry(Page& page, const ResultEntry& entry, const SectionContext& context);

/// `2026-06-12 10:12:31`, local to `zone`; `time not known`.
std::string local_time(Seconds utc, const Zone& zone);
/// `2026-06-12 10:12`, likewise.
std::string local_minute(Seconds utc, const Zone& zone);
/// Of a rejected transaction, as a paragraph: what else stands in its way, with what to do, and what is only good to
/// know.
std::string other_reasons(const ReportResult& result, const SortedReport& sorted);
/// `OSH/standlog.0201:7:12`, as editors and terminals know places; the column only where there is one.
std::string place_of(const ReportResult& result);
/// `message` as a sentence: with a full stop where it has no end.
std::string sentence(std::string_view message);

}  // namespace offcirc
