// For the tests of log formats: what an unreadable line retains to help staff find what was lost.
#pragma once

#include <string>

#include "tests/parsed_log.hpp"

namespace offcirc {

/// `user=1 item=2 at=2026-06-12T10:12:00 doubtful`; unknown values are omitted.
inline std::string kept_of(const Diagnostic& diagnostic) {
  std::string text;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, value);
  };
  add("user", diagnostic.user_id);
  add("item", diagnostic.item_id);
  add("at", iso_stamp_text(diagnostic.recorded));
  if (diagnostic.is_doubtful) text += text.empty() ? "doubtful" : " doubtful";
  return text;
}

/// For the first unreadable record of `text`.
inline std::string kept_of(const LogFormat& format, std::string_view text) {
  const ParsedLog log(format, text);
  for (const Record& record : log.records) {
    if (const auto* diagnostic = std::get_if<Diagnostic>(&record.content)) return kept_of(*diagnostic);
  }
  return "nothing is unreadable";
}

}  // namespace offcirc
