// The sections of one library in the text report, and how one result is shown in them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "loader/report/library_part.hpp"
#include "loader/report/page.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

// The sections that the text report has for each library. To add one: a function, and its line in the list.

/// What every section may look at.
struct SectionContext {
  const SortedReport& sorted;
  const Zone& zone;
};

/// Writes a section about `part`, or nothing where there is nothing to say.
using LibrarySection = void (*)(Page& page, const LibraryPart& part, const SectionContext& context);

/// In the order in which they stand in the report.
std::span<const LibrarySection> library_sections();

/// The follow-ups, grouped by what is to be done; to_do_sections.cpp has it, and the next.
void write_to_do(Page& page, const LibraryPart& part, const SectionContext& context);
/// New users, loaded or not.
void write_registrations(Page& page, const LibraryPart& part, const SectionContext& context);
/// Holds for pickup here, by what happened to them; shelf_sections.cpp has it, and the next.
void write_hold_shelf(Page& page, const LibraryPart& part, const SectionContext& context);
void write_came_due(Page& page, const LibraryPart& part, const SectionContext& context);

// One result of the text report: what happened, when and where, who and what it is about, and where its line is.

/// How far the first line of an entry is set in, and how much further the others.
inline constexpr std::size_t k_entry_indent = 2;
inline constexpr std::size_t k_detail_step = 4;

/// What an entry says of its result.
struct ResultEntry {
  const ReportResult& result;
  std::string message;      ///< of the result or of one of its notes
  std::string also;         ///< what else was found; may be empty
  std::string_view action;  ///< may be empty
};

/// The texts of an entry that is going to be written soon: they lie apart, and so do those of the next.
void fetch_texts_ahead(const ReportResult& result);

void write_entry(Page& page, const ResultEntry& entry, const SectionContext& context);

}  // namespace offcirc
