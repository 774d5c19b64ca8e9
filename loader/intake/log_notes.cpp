#include "loader/intake/log_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "formats/fields.hpp"
#include "loader/policy/library_names.hpp"
#include "loader/policy/outcome.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

// More different sentences than this would hide the first.
constexpr std::size_t k_max_sentences = 3;

using SentenceCounts = std::vector<std::pair<std::string_view, std::size_t>>;

// In order of first use; several desks of a log may disagree with the same words.
SentenceCounts count_mismatches(const PlacedLog& placed) {
  std::vector<std::size_t> uses(placed.places.size());
  for (const std::uint32_t place : placed.place_of) ++uses[place];
  SentenceCounts counts;
  for (std::size_t i = 0; i < uses.size(); ++i) {
    const std::string_view sentence = placed.places[i].library_mismatch;
    if (sentence.empty()) continue;
    const auto same = std::find_if(counts.begin(), counts.end(), [&](const auto& c) { return c.first == sentence; });
    if (same != counts.end()) {
      same->second += uses[i];
    } else {
      counts.emplace_back(sentence, uses[i]);
    }
  }
  return counts;
}

LogNote note_of(Outcome outcome, std::string message) {
  const OutcomeFacts& facts = facts_of(outcome);
  return {std::string(facts.code), std::move(message), std::string(facts.action)};
}

}  // namespace

void note_clock(Log& log, const PlacedLog& placed, const BlockArray<Transaction>& transactions, const Zone& zone) {
  const auto& starts = placed.times.run_starts;
  if (starts.size() < 2) return;
  const std::size_t first = starts[1];
  const std::size_t others = starts.size() - 2;
  std::string message =
      fmt::format("The station's clock went backwards at line {}, from {} to {}", transactions[first].line,
                  iso_time(placed.times.occurred_at[first - 1], zone), iso_time(placed.times.occurred_at[first], zone));
  if (others > 0) message += fmt::format(", and at {} more line{}", others, others == 1 ? "" : "s");
  message += ". What follows is loaded in the order of its own times.";
  log.notes.push_back(note_of(Outcome::clock_went_backwards, std::move(message)));
  log.notes.back().action = "Check the station's clock, unless the log was appended to on another day.";
}

void note_assumed_time(Log& log, const AssumedTime& assumed, const Zone& zone) {
  if (assumed.transactions == 0) return;
  log.notes.push_back(
      {"no-times",
       fmt::format("The log says no time for {} of its transactions: {} is taken, {}.", assumed.transactions,
                   iso_time(assumed.time, zone),
                   assumed.is_of_file ? "when the file was last written" : "as --at says"),
       "Check that it is about right, since due dates and fines depend on it; before a load, --at puts it right."});
}

void note_mismatch(Log& log, const PlacedLog& placed) {
  const SentenceCounts counts = count_mismatches(placed);
  if (counts.empty()) return;
  std::string message;
  for (std::size_t i = 0; i < std::min(counts.size(), k_max_sentences); ++i) {
    const auto& [sentence, count] = counts[i];
    message += fmt::format("{}{} ({} of {} transactions)", i == 0 ? "" : " ", sentence, count, placed.place_of.size());
  }
  if (counts.size() > k_max_sentences) message += fmt::format(" And {} more like it.", counts.size() - k_max_sentences);
  log.notes.push_back(note_of(Outcome::library_mismatch, std::move(message)));
}

void note_unknown_names(Log& log, const PlacedLog& placed, const Policy& policy) {
  std::string names;
  std::size_t count = 0;
  std::string_view taken;
  for (const Whereabouts& place : placed.places) {
    const std::string_view name = place.desk->library;
    if (name.empty() || find_library_called(name, policy) != k_no_library || place.station_library == name) continue;
    if (++count <= k_max_sentences) names += (names.empty() ? "" : ", ") + quoted(name);
    taken = place.station_library;
  }
  if (count == 0) return;
  if (count > k_max_sentences) names += fmt::format(" and {} more", count - k_max_sentences);
  log.notes.push_back({std::string(facts_of(Outcome::library_mismatch).code),
                       fmt::format("The log calls its library {}, which no library is called. {} was taken, as the "
                                   "folder, the name of the file or --library says.",
                                   names, taken),
                       "If that is right, add the name to the 'aliases' of the library in the configuration."});
}

}  // namespace offcirc
