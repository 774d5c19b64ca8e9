#include "loader/runs/hints.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/circulation/known_ids.hpp"
#include "loader/memory/pages.hpp"

namespace offcirc {

namespace {

// No system uses longer IDs, but a pattern may accept IDs of any length.
constexpr std::size_t k_longest_id = 20;

bool is_digit(char ch) {
  return ch >= '0' && ch <= '9';
}

bool all_digits(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), is_digit);
}

// The number of further digits that would make it match; 0 if none would.
std::size_t missing_digits(std::string_view id, const IdPattern& pattern) {
  std::string padded(id);
  for (std::size_t missing = 1; padded.size() < k_longest_id; ++missing)
    if (pattern.fits(padded += '0')) return missing;
  return 0;
}

bool is_letter(char ch) {
  return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
}

std::string without_separators(std::string_view id) {
  // Includes the hyphens, dashes, blanks and quotation marks of word processors.
  constexpr std::string_view k_dropped[] = {" ",      "\t",     "-",      "\"",     "'",      "=",
                                            "\u00A0", "\u2007", "\u202F", "\u2010", "\u2011", "\u2013",
                                            "\u2018", "\u2019", "\u201C", "\u201D"};
  std::string bare;
  while (!id.empty()) {
    const auto* const dropped = std::find_if(std::begin(k_dropped), std::end(k_dropped),
                                             [&](std::string_view text) { return id.starts_with(text); });
    if (dropped == std::end(k_dropped)) bare += id.front();
    id.remove_prefix(dropped == std::end(k_dropped) ? 1 : dropped->size());
  }
  return bare;
}

// `27` for `27.0`, which a spreadsheet makes of a number that it takes for a decimal.
std::string_view without_decimals(std::string_view number) {
  const std::size_t point = number.find_first_of(".,");
  if (point == std::string_view::npos || point == 0) return number;
  const std::string_view decimals = number.substr(point + 1);
  const bool is_zero = !decimals.empty() && decimals.find_first_not_of('0') == std::string_view::npos;
  return is_zero && all_digits(number.substr(0, point)) ? number.substr(0, point) : number;
}

// With all ASCII letters in upper or in lower case.
std::string in_case(std::string_view id, bool upper) {
  std::string text(id);
  for (char& ch : text)
    if (is_letter(ch)) ch = static_cast<char>(upper ? ch & ~0x20 : ch | 0x20);
  return text;
}

// `1212` is `12` twice.
bool is_written_twice(std::string_view id) {
  const std::size_t half = id.size() / 2;
  return half >= 2 && id.size() % 2 == 0 && id.substr(0, half) == id.substr(half);
}

}  // namespace

NewSentence oddity(std::string_view id, IdKind kind, const IdPatterns& patterns) {
  const IdPattern& own = kind == IdKind::user ? patterns.user : patterns.item;
  const IdPattern& other = kind == IdKind::user ? patterns.item : patterns.user;
  if (own.fits(id)) {
    const bool wrong = patterns.check_digit && all_digits(id) && !has_right_check_digit(id);
    return wrong ? say<Form::check_digit_wrong>() : NewSentence();
  }
  if (other.fits(id)) return kind == IdKind::user ? say<Form::looks_like_item>() : say<Form::looks_like_user>();
  if (!own.is_given() || !all_digits(id)) return {};
  const std::size_t missing = missing_digits(id, own);
  if (missing == 0) return {};
  return missing == 1 ? say<Form::digit_missing>() : say<Form::digits_missing>(missing);
}

std::string bare_number(std::string_view id) {
  const std::string separated = without_separators(id);
  std::string_view bare = separated;
  if (!bare.empty() && is_letter(bare[0])) bare = without_decimals(bare.substr(1));
  return std::string(all_digits(bare) ? bare : without_decimals(separated));
}

std::vector<std::string> typed_forms(std::string_view id) {
  const std::string bare = bare_number(id), separated = without_separators(id);
  std::vector<std::string> forms = {separated, std::string(without_decimals(separated)), bare};
  for (const std::string& whole : {separated, bare})
    if (is_written_twice(whole)) forms.push_back(whole.substr(0, whole.size() / 2));
  for (const bool upper : {true, false}) forms.push_back(in_case(separated, upper));
  for (std::size_t i = 0; i < bare.size(); ++i)
    if (is_digit(bare[i]) && bare.size() > 2) forms.push_back(std::string(bare).erase(i, 1));
  std::sort(forms.begin(), forms.end());
  forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  std::erase_if(forms, [&](const std::string& form) { return form.empty() || form == id; });
  return forms;
}

// There are no duplicates: each differs from the ID at another digit or in another pair.
std::vector<std::string> near_misses(std::string_view id) {
  std::vector<std::string> misses;
  std::string candidate(id);
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (is_digit(id[i])) {
      for (candidate[i] = '0'; candidate[i] <= '9'; ++candidate[i])
        if (candidate[i] != id[i]) misses.push_back(candidate);
      candidate[i] = id[i];
    }
    if (i + 1 < id.size() && id[i] != id[i + 1]) {
      std::swap(candidate[i], candidate[i + 1]);
      misses.push_back(candidate);
      std::swap(candidate[i], candidate[i + 1]);
    }
  }
  return misses;
}

namespace {

/// Keyed by ID: the results that say that it was not found.
using NotFound = std::map<std::string_view, std::vector<Result*>>;

struct AllNotFound {
  NotFound users, items;
};

AllNotFound collect(const Batch& batch, Results& results) {
  AllNotFound all;
  const auto add = [](NotFound& to, std::string_view id, Result& result) {
    if (!id.empty()) to[id].push_back(&result);
  };
  for (std::size_t i = 0; Result & result : results) {
    for (const Finding& finding : result.findings) {
      if (finding.outcome == Outcome::user_not_found) add(all.users, batch.entries[i].user_id, result);
      if (finding.outcome == Outcome::item_not_found) add(all.items, batch.entries[i].item_id, result);
    }
    ++i;
  }
  return all;
}

// With more unknown IDs than this, the logs and the database are not of the same system, and no hint helps.
constexpr std::size_t k_max_searched_ids = 10'000;
// How many IDs are looked up together. Each has well over a hundred near misses, so not all at once.
constexpr std::size_t k_ids_at_once = 500;
// No barcode begins with more.
constexpr std::size_t k_most_zeros = 6;

using Texts = std::vector<std::string>;

// For each of `ids`, the known ones among `candidates_of(id)`.
template <typename CandidatesOf>
std::vector<Texts> known_of(std::span<const std::string_view> ids, IdKind kind, Database& database,
                            CandidatesOf candidates_of) {
  LargeVector<std::string> candidates;
  std::vector<std::size_t> ends;
  for (const std::string_view id : ids) {
    for (std::string& candidate : candidates_of(id)) candidates.push_back(std::move(candidate));
    ends.push_back(candidates.size());
  }
  const std::vector<bool> known = find_known_ids(database, candidates, kind == IdKind::user);
  std::vector<Texts> found(ends.size());
  for (std::size_t i = 0, at = 0; i < ends.size(); ++i)
    for (; at < ends[i]; ++at)
      if (known[at]) found[i].push_back(candidates[at]);
  return found;
}

/// "Did you mean ...?", and whether to search further.
struct Guess {
  NewSentence question;
  bool is_open = false;  ///< no known ID fits so far
};

Guess guess_of(const Texts& meant) {
  return {meant.size() == 1 ? say<Form::did_you_mean>(meant.front()) : NewSentence(), meant.empty()};
}

// Asks nothing if it is not clear what was meant.
std::vector<Guess> guesses(std::span<const std::string_view> ids, IdKind kind, Database& database) {
  // A typed form is more likely than a near miss, of which consecutive numbers have many.
  std::vector<Texts> typed = known_of(ids, kind, database, typed_forms);
  std::vector<Texts> meant = known_of(ids, kind, database, near_misses);
  // Two are enough, since only a single match is named.
  const std::vector<Texts> longer = find_ids_beginning_with(database, ids, kind == IdKind::user, 2);
  std::vector<Guess> guesses;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    meant[i].insert(meant[i].end(), longer[i].begin(), longer[i].end());
    guesses.push_back(guess_of(typed[i].empty() ? meant[i] : typed[i]));
  }
  return guesses;
}

// A spreadsheet drops zeros in front of a number, since they do not change it. For each ID, the known ID with the
// fewest zeros put back; otherwise empty.
std::vector<std::string> known_with_zeros(std::span<const std::string_view> ids, IdKind kind, Database& database) {
  std::vector<std::string> candidates;
  for (const std::string_view id : ids) {
    for (std::size_t zeros = 1; zeros <= k_most_zeros; ++zeros)
      candidates.push_back(std::string(zeros, '0').append(id));
  }
  const std::vector<bool> known = find_known_ids(database, candidates, kind == IdKind::user);
  std::vector<std::string> found(ids.size());
  for (std::size_t i = candidates.size(); i-- > 0;)
    if (known[i]) found[i / k_most_zeros] = candidates[i];
  return found;
}

// A dropped zero, too, is more likely than a near miss.
std::vector<Guess> questions_of(std::span<const std::string_view> ids, IdKind kind, Database& database) {
  std::vector<Guess> questions = guesses(ids, kind, database);
  const std::vector<std::string> with_zeros = known_with_zeros(ids, kind, database);
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (!with_zeros[i].empty())
      questions[i] = {with_zeros[i].size() == ids[i].size() + 1 ? say<Form::dropped_zero>(with_zeros[i])
                                                                : say<Form::dropped_zeros>(with_zeros[i])};
  return questions;
}

// Whether `id` may be the last characters of a known ID, or a whole one with letters in the wrong case. Very few
// characters say too little. An ID that looks complete is not searched for, since that takes a pass over all IDs.
bool may_be_ending(std::string_view id, const IdPattern& pattern) {
  constexpr std::size_t k_fewest = 4, k_most = 12;
  if (id.size() < k_fewest || pattern.fits(id)) return false;
  const auto digits = std::count_if(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits > 0 && (pattern.is_given() || id.size() <= k_most);
}

// IDs for which nothing else fits may be the end of a known ID.
void guess_by_endings(std::span<const std::string_view> ids, IdKind kind, const IdPattern& pattern, Database& database,
                      std::vector<Guess>& questions) {
  std::vector<std::size_t> open;
  Texts endings;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (!questions[i].is_open) continue;
    std::string ending = bare_number(ids[i]);
    if (!may_be_ending(ending, pattern)) continue;
    open.push_back(i);
    endings.push_back(std::move(ending));
  }
  if (open.empty()) return;
  std::vector<Texts> found = find_ids_ending_with(database, endings, kind == IdKind::user, 2);
  for (std::size_t i = 0; i < open.size(); ++i) {
    const bool is_number = endings[i].find_first_not_of("0123456789") == std::string::npos;
    std::erase_if(found[i], [&](const std::string& id) { return !is_number && id.size() != endings[i].size(); });
    questions[open[i]] = guess_of(found[i]);
  }
}

void add_to_message(Result& result, Outcome outcome, const Sentence& hint) {
  std::vector<Finding> findings(result.findings.begin(), result.findings.end());
  const auto about =
      std::find_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.outcome == outcome; });
  NewSentence sentence(about->sentence);
  about->sentence = sentence.append(hint);
  result.findings = FindingList(findings);
}

void add_hints_of_kind(const NotFound& not_found, IdKind kind, const IdPatterns& patterns, Database& database) {
  std::vector<std::string_view> ids;
  for (const auto& [id, results] : not_found) ids.push_back(id);
  const std::size_t searched = ids.size() > k_max_searched_ids ? 0 : ids.size();
  std::vector<Guess> questions;
  for (std::size_t at = 0; at < searched; at += k_ids_at_once) {
    const std::size_t count = std::min(k_ids_at_once, searched - at);
    for (Guess& question : questions_of(std::span(ids).subspan(at, count), kind, database))
      questions.push_back(std::move(question));
  }
  guess_by_endings(ids, kind, kind == IdKind::user ? patterns.user : patterns.item, database, questions);
  questions.resize(ids.size());
  auto question = questions.begin();
  const Outcome outcome = kind == IdKind::user ? Outcome::user_not_found : Outcome::item_not_found;
  for (const auto& [id, results] : not_found) {
    NewSentence hint = oddity(id, kind, patterns);
    hint.append((question++)->question);
    if (hint.empty()) continue;
    for (Result* result : results) add_to_message(*result, outcome, hint);
  }
}

}  // namespace

void add_hints(const Batch& batch, const Config& config, Database& database, Results& results) {
  const AllNotFound not_found = collect(batch, results);
  add_hints_of_kind(not_found.users, IdKind::user, config.ids, database);
  add_hints_of_kind(not_found.items, IdKind::item, config.ids, database);
}

}  // namespace offcirc
