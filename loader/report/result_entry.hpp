// One result of the text report: what happened, when and where, who and what it is about, and where its line is.
#pragma once

#include <string>
#include <string_view>

#include "loader/report/library_sections.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

/// How far the first line of an entry is set in, and how much further the others.
inline constexpr std::size_t k_entry_indent = 2;
inline constexpr std::size_t k_detail_step = 4;

/// What an entry says of its result.
struct ResultEntry {
  const ReportResult& result;
  std::string_view message;  ///< of the result or of one of its notes
  std::string also;          ///< what else was found; may be empty
  std::string_view action;   ///< may be empty
};

/// The texts of an entry that is going to be written soon: they lie apart, and so do those of the next.
void fetch_texts_ahead(const ReportResult& result);

void write_entry(Page& page, const ResultEntry& entry, const SectionContext& context);

}  // namespace offcirc
