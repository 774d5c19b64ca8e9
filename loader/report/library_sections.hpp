// The sections that the text report has for each library, and the entry for one result. To add a section, write a
// function and add it to the list in library_sections().
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "loader/report/library_part.hpp"
#include "loader/report/page.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

/// What every section may refer to, besides its library.
struct SectionContext {
  const SortedReport& sorted;
  const Zone& zone;
};

/// Writes a section about `part`, or nothing if there is nothing to say.
using LibrarySection = void (*)(Page& page, const LibraryPart& part, const SectionContext& context);

/// In the order of the report.
std::span<const LibrarySection> library_sections();

/// The follow-ups, grouped by what is to be done.
void write_to_do(Page& page, const LibraryPart& part, const SectionContext& context);
/// New users, loaded or not.
void write_registrations(Page& page, const LibraryPart& part, const SectionContext& context);
/// Holds for pickup here, grouped by what happened to them.
void write_hold_shelf(Page& page, const LibraryPart& part, const SectionContext& context);
/// Charges that came due since the outage began.
void write_came_due(Page& page, const LibraryPart& part, const SectionContext& context);

/// Indentation, in columns, of the first line of an entry, and how much further the other lines are indented.
inline constexpr std::size_t k_entry_indent = 2;
inline constexpr std::size_t k_detail_step = 4;

/// What an entry says about its result.
struct ResultEntry {
  const ReportResult& result;
  std::string message;      ///< of the result or of one of its notes
  std::string also;         ///< other findings; may be empty
  std::string_view action;  ///< may be empty
};

/// Prefetches the texts of an entry that will be written soon. They are scattered in memory.
void fetch_texts_ahead(const ReportResult& result);

/// Writes what happened, when and where, which user and item it is about, and where its line is.
void write_entry(Page& page, const ResultEntry& entry, const SectionContext& context);

}  // namespace offcirc
