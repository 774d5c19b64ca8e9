// Notes as the JSON report has them, of a log or of a result.
#pragma once

#include <string>

#include "loader/output/json_text.hpp"
#include "loader/report/result_words.hpp"

namespace offcirc {

inline std::string_view kind_of_note(const LogNote& note) {
  return action_kind_of(note.code);
}
inline std::string_view kind_of_note(const ReportNote& note) {
  return action_kind_of(note);
}

/// Appends an array of objects to `text`.
template <typename Notes>
void append_notes(std::string& text, const Notes& notes) {
  text += '[';
  bool is_first = true;
  for (const auto& note : notes) {
    if (!is_first) text += ", ";
    is_first = false;
    JsonObjectWriter object(text);
    object.string("code", note.code)
        .string("message", note.message)
        .string("action", note.action)
        .string("action_kind", kind_of_note(note))
        .end();
  }
  text += ']';
}

}  // namespace offcirc
