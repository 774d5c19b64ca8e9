// Entries of the text report that ask for the same are listed together, below the sentence that says what to do.
#pragma once

#include <string_view>
#include <vector>

#include "loader/report/library_sections.hpp"

namespace offcirc {

/// One thing to do: what was found of a result, its outcome or one of its notes.
struct ToDo {
  Outcome outcome;
  const ReportResult* result;
  std::string_view message;
};

/// What there is to do about a result that was loaded, as its outcome and its notes say; what its log says once for all
/// of its lines is left out.
std::vector<ToDo> to_dos_of(const ReportResult& result, const SortedReport& sorted);

/// Groups stand in the order of outcomes; where several outcomes ask for the same, at the first of them. Where at least
/// three transactions of a log were loaded, and all of them with the same message, they are one entry.
void write_grouped(Page& page, const std::vector<ToDo>& to_dos, const SectionContext& context);

}  // namespace offcirc
