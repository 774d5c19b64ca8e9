#include "loader/report/disclosure.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "loader/rules/findings.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_shown_characters = 4;
// A run of so many digits is taken for somebody's ID: dates, amounts and stations have fewer.
constexpr std::size_t k_min_id_digits = 5;

using Ids = std::set<std::string, std::less<>>;

std::string masked(std::string_view id) {
  if (id.size() <= k_shown_characters) return std::string(id.size(), '*');
  const std::size_t hidden = id.size() - k_shown_characters;
  return std::string(hidden, '*') + std::string(id.substr(hidden));
}

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

/// An item that nobody knows may be a card that was scanned in its place, and so may one that nobody has looked for.
bool may_be_a_user(const ReportResult& result) {
  return has_found(result, Outcome::item_not_found) || result.disposition == Disposition::unreadable;
}

/// Masks the user IDs within sentences, leaving those of items.
class Masker {
 public:
  explicit Masker(const Report& report) : m_user_ids(shown_user_ids(report)) {
    for (const ReportResult& result : report.results)
      if (!may_be_a_user(result)) m_item_ids.emplace(result.item_id);
  }

  /// `own_id` is the user's whom the sentence is about; it may have blanks in it, and may be empty.
  [[nodiscard]] std::string sentence(std::string text, std::string_view own_id) const {
    if (!own_id.empty() && !m_item_ids.contains(own_id)) replace_all(text, own_id, masked(own_id));
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      mask_piece(text, begin, end);
      begin = end + 1;
    }
    return text;
  }

 private:
  /// What stands between two blanks: a known ID with its punctuation, or something with a long number in it, which may
  /// be an ID that no list has.
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

/// Its sentence repeats what somebody typed or imported, which may be a name or another user's ID.
bool repeats_what_was_typed(Outcome outcome) {
  switch (outcome) {
    case Outcome::unreadable:
    case Outcome::user_not_found:
    case Outcome::item_not_found:
    case Outcome::user_exists:
    case Outcome::registration_incomplete:
    case Outcome::possible_duplicate:
    case Outcome::registered:
    case Outcome::card_inactive:
    case Outcome::later_action:
      return true;
    default:
      return false;
  }
}

// Of the user who had the item before, of another card: an ID that no list has need not look like one.
void mask_named_user(std::string& message, Outcome outcome) {
  if (!names_a_user(outcome)) return;
  const std::string_view named = user_named_in(message, outcome);
  if (named.empty())
    message = facts_of(outcome).phrase;
  else
    message.replace(static_cast<std::size_t>(named.data() - message.data()), named.size(), masked(named));
}

std::string masked_message(std::string_view message, std::string_view code, const ReportResult& result,
                           const Masker& masker) {
  const auto outcome = find_outcome(code);
  if (outcome && repeats_what_was_typed(*outcome)) return std::string(facts_of(*outcome).phrase);
  std::string text(message);
  if (outcome) mask_named_user(text, *outcome);
  return masker.sentence(std::move(text), result.user_id);
}

void mask_results(Report& report, const Masker& masker) {
  const auto mask = [&](std::string_view& message, std::string_view code, const ReportResult& result) {
    if (std::string text = masked_message(message, code, result, masker); text != message)
      message = report.keep(std::move(text));
  };
  for (ReportResult& result : report.results) {
    if (may_be_a_user(result)) result.item_id = report.keep(masked(result.item_id));
    mask(result.message, result.outcome, result);
    if (result.dismissed) result.dismissed->note = {};  // staff may have named somebody
    for (ReportNote& note : result.notes) mask(note.message, note.code, result);
  }
  for (ReportLog& log : report.logs)
    for (LogNote& note : log.notes) note.message = masker.sentence(std::move(note.message), {});
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
  const Masker masker(report);
  mask_results(report, masker);
  mask_ids(report, report.results);
  mask_ids(report, report.holds);
  mask_ids(report, report.due_charges);
}

}  // namespace offcirc
