#include "loader/report/disclosure.hpp"

#include <algorithm>
#include <deque>
#include <string_view>
#include <utility>
#include <vector>

namespace offcirc {
namespace {

constexpr std::size_t k_shown_characters = 4;
// A run of at least this many digits is taken for an ID. Dates, amounts and stations have shorter ones.
constexpr std::size_t k_min_id_digits = 5;

using Ids = std::set<std::string, std::less<>>;

std::string masked(std::string_view id) {
  if (id.size() <= k_shown_characters) return std::string(id.size(), '*');
  const std::size_t hidden = id.size() - k_shown_characters;
  return std::string(hidden, '*') + std::string(id.substr(hidden));
}

/// Whether the item ID of the result may be that of a user: an unknown item may be a card that was scanned by mistake,
/// and the IDs of an unreadable record were never looked up.
bool may_be_a_user(const ReportResult& result) {
  return has_found(result, Outcome::item_not_found) || result.disposition == Disposition::unreadable;
}

/// Masks user IDs, but not item IDs, in the notes on logs, which were worded before it was known who may read them.
class NoteMasker {
 public:
  explicit NoteMasker(const Report& report) : m_user_ids(shown_user_ids(report)) {
    for (const ReportResult& result : report.results)
      if (!may_be_a_user(result)) m_item_ids.emplace(result.item_id);
  }

  [[nodiscard]] std::string masked_note(std::string text) const {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      mask_piece(text, begin, end);
      begin = end + 1;
    }
    return text;
  }

 private:
  /// Masks the text between two blanks if, without punctuation, it is a known user ID or has a long number, which may
  /// be an ID that is in no list.
  void mask_piece(std::string& text, std::size_t begin, std::size_t end) const {
    std::string_view piece = std::string_view(text).substr(begin, end - begin);
    const std::size_t opening = std::min(piece.find_first_not_of("(\""), piece.size());
    piece.remove_prefix(opening);
    while (!piece.empty() && std::string_view(",.:;)\"").find(piece.back()) != std::string_view::npos)
      piece.remove_suffix(1);
    if (piece.ends_with("'s")) piece.remove_suffix(2);
    if (m_item_ids.contains(piece)) return;
    if (m_user_ids.contains(piece) || has_long_number(piece))
      text.replace(begin + opening, piece.size(), masked(piece));
  }

  static bool has_long_number(std::string_view piece) {
    std::size_t run = 0;
    return std::any_of(piece.begin(), piece.end(), [&](char c) {
      run = c >= '0' && c <= '9' ? run + 1 : 0;
      return run >= k_min_id_digits;
    });
  }

  Ids m_user_ids, m_item_ids;
};

bool repeats_what_was_typed(Sentence sentence) {
  for (ClauseReader reader(sentence); const Clause* clause = reader.next();)
    if (std::any_of(clause->arguments.begin(), clause->arguments.end(),
                    [](const Argument& argument) { return argument.kind == ArgumentKind::typed; }))
      return true;
  return false;
}

/// Masks the user IDs in `sentence` and, with `masks_items`, the item IDs. A sentence that repeats something that
/// somebody typed may contain a name or another user's ID, so it becomes empty: the report then uses the phrase of the
/// outcome.
NewSentence masked_sentence(Sentence sentence, bool masks_items) {
  NewSentence to;
  if (repeats_what_was_typed(sentence)) return to;
  for (ClauseReader reader(sentence); const Clause* clause = reader.next();) {
    std::vector<Argument> arguments(clause->arguments.begin(), clause->arguments.end());
    std::deque<std::string> ids;
    for (Argument& argument : arguments)
      if (argument.kind == ArgumentKind::user || (masks_items && argument.kind == ArgumentKind::item))
        argument.text = ids.emplace_back(masked(argument.text));
    to.add({clause->form, arguments});
  }
  return to;
}

void mask_results(Report& report) {
  for (ReportResult& result : report.results) {
    const bool masks_items = may_be_a_user(result);
    const auto mask = [&](Sentence& message) {
      message = Sentence(report.keep(std::string(Sentence(masked_sentence(message, masks_items)).packed())));
    };
    if (masks_items) result.item_id = report.keep(masked(result.item_id));
    mask(result.message);
    if (result.dismissed) result.dismissed->note = {};  // staff may have named somebody
    if (result.sent) result.sent->text = {};            // so may the live system's answer
    for (ReportNote& note : result.notes) mask(note.message);
  }
}

void mask_notes(Report& report) {
  const NoteMasker masker(report);
  for (ReportLog& log : report.logs)
    for (LogNote& note : log.notes) note.message = masker.masked_note(std::move(note.message));
}

template <typename Entries>
void mask_ids(Report& report, Entries& entries) {
  for (auto& entry : entries) {
    entry.user_id = report.keep(masked(entry.user_id));
    entry.user_name = {};
  }
}

template <typename Entries>
void name_entries(Report& report, Entries& entries, const UserNames& names) {
  for (auto& entry : entries)
    if (const auto found = names.find(entry.user_id); found != names.end())
      entry.user_name = report.keep(found->second);
}

template <typename Entries>
void collect(Ids& ids, const Entries& entries) {
  for (const auto& entry : entries)
    if (!entry.user_id.empty()) ids.emplace(entry.user_id);
}

}  // namespace

Ids shown_user_ids(const Report& report) {
  Ids ids;
  collect(ids, report.results);
  collect(ids, report.holds);
  collect(ids, report.due_charges);
  return ids;
}

void add_names(Report& report, const UserNames& names) {
  name_entries(report, report.results, names);
  name_entries(report, report.holds, names);
  name_entries(report, report.due_charges, names);
}

void mask_users(Report& report) {
  mask_notes(report);
  mask_results(report);
  mask_ids(report, report.results);
  mask_ids(report, report.holds);
  mask_ids(report, report.due_charges);
}

}  // namespace offcirc
