#include "formats/csv_log_notes.hpp"

#include <algorithm>
#include <iterator>

#include "formats/fields.hpp"

namespace offcirc {
namespace {

struct NoteWord {
  std::string_view word;
  bool Transaction::*holds;
};
constexpr NoteWord k_note_words[] = {
    {"clock-jumped", &Transaction::clock_jumped},        {"clock-went-backwards", &Transaction::clock_went_backwards},
    {"done-online", &Transaction::done_online},          {"edits-registration", &Transaction::edits_registration},
    {"fine-waived", &Transaction::fine_waived},          {"override-used", &Transaction::override_used},
    {"refused-at-the-time", &Transaction::refused_then}, {"time-assumed", &Transaction::time_is_assumed}};

}  // namespace

std::string log_notes_text(const Transaction& transaction) {
  std::string text;
  for (const NoteWord& note : k_note_words) {
    if (transaction.*note.holds) text.append(text.empty() ? "" : ";").append(note.word);
  }
  return text;
}

bool read_log_notes(std::string_view text, Transaction& transaction) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view word = trimmed(text.substr(0, end));
    const auto* const note = std::find_if(std::begin(k_note_words), std::end(k_note_words),
                                          [&](const NoteWord& known) { return known.word == word; });
    if (note == std::end(k_note_words)) return false;
    transaction.*note->holds = true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

std::string log_note_list() {
  std::string list;
  for (const NoteWord& note : k_note_words) list.append(list.empty() ? "" : ", ").append(note.word);
  return list;
}

}  // namespace offcirc
