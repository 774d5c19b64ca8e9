#include "loader/intake/place_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "formats/fields.hpp"
#include "formats/registry.hpp"
#include "loader/intake/joined_logs.hpp"
#include "loader/intake/merge.hpp"
#include "loader/intake/record_words.hpp"
#include "loader/memory/pages.hpp"
#include "loader/model/outcome.hpp"
#include "loader/model/policy.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

// Looks up a desk only when it changes: consecutive transactions mostly share one.
void find_places(PlacedLog& placed, LogStorage& storage, const PathFacts& path, const GivenPlace& given,
                 const std::map<std::string, Seconds>& clock_offsets, const Policy& policy, LibraryNames names) {
  std::unordered_map<const Desk*, std::uint32_t> place_of_desk;
  placed.place_of.reserve(storage.transactions.size());
  const Desk* last = nullptr;
  std::uint32_t place = 0;
  for (const Transaction& transaction : storage.transactions) {
    if (transaction.desk != last) {
      last = transaction.desk;
      const auto next = static_cast<std::uint32_t>(placed.places.size());
      const auto [found, is_new] = place_of_desk.try_emplace(last, next);
      if (is_new) {
        DeskContext& at = placed.places.emplace_back(locate(*last, path, given, policy, storage.arena, names));
        at.clock = clock_of_station(at, clock_offsets, policy);
      }
      place = found->second;
    }
    placed.place_of.push_back(place);
  }
}

void find_times(PlacedLog& placed, const ReadLog& read, const Policy& policy) {
  const BlockArray<Transaction>& transactions = read.storage->transactions;
  LargeVector<Stamp> stamps;
  stamps.reserve(transactions.size());
  placed.has_no_seconds = read.has_no_seconds;
  for (const Transaction& t : transactions) {
    stamps.push_back(t.recorded.says_when() ? t.recorded : t.occurred);
    const bool is_whole_minute = t.time_is_assumed || stamps.back().seconds() % 60 == 0;
    placed.has_no_seconds = placed.has_no_seconds && is_whole_minute;
  }
  const std::vector<std::size_t> log_begins = find_log_begins(read, placed.joins);
  placed.recorded_at = resolve_times(stamps, policy.zone, log_begins);

  LargeVector<Seconds> corrected;
  corrected.reserve(transactions.size());
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    const Stamp occurred = transactions[i].occurred;
    const bool is_corrected = occurred.is(StampForm::absolute);
    const StationClock& clock = placed.places[placed.place_of[i]].clock;
    corrected.push_back(is_corrected ? occurred.seconds() : placed.recorded_at[i] + clock.offset_seconds);
  }
  placed.times = apply_clock_rules(corrected, log_begins);
}

// In the hour that occurs twice, the transaction before the record decides, as it does for transactions.
Seconds resolve_time(const Diagnostic& diagnostic, std::size_t place, const PlacedLog& placed, const Zone& zone) {
  const Stamp said = diagnostic.recorded;
  if (!said.is(StampForm::civil) && !said.is(StampForm::date) && !said.is(StampForm::absolute)) return k_no_time;
  if (place == 0) return resolve_times(std::array{said}, zone).back();
  const Stamp previous(StampForm::absolute, placed.recorded_at[place - 1]);
  return resolve_times(std::array{previous, said}, zone).back();
}

// An unreadable record may have lost its station, so the clock of the log's station is used.
StationClock clock_of_log(const Log& log, const PlacedLog& placed, const DeskContext& by_path,
                          const std::map<std::string, Seconds>& clock_offsets, const Policy& policy) {
  const auto found = std::find_if(placed.places.begin(), placed.places.end(),
                                  [&](const DeskContext& place) { return place.station == log.station; });
  return found != placed.places.end() ? found->clock : clock_of_station(by_path, clock_offsets, policy);
}

void find_times_of_unreadable(PlacedLog& placed, const ReadLog& read, const StationClock& clock, const Zone& zone) {
  placed.unreadable.reserve(read.unreadable.size());
  for (std::size_t i = 0; i < read.unreadable.size(); ++i) {
    const Seconds time = resolve_time(read.unreadable[i], read.unreadable_places[i].transactions, placed, zone);
    placed.unreadable.push_back({time, time == k_no_time ? k_no_time : time + clock.offset_seconds});
  }
}

std::string first_known(const std::vector<DeskContext>& places, std::string_view DeskContext::*what,
                        std::string_view otherwise) {
  for (const DeskContext& place : places) {
    if (!(place.*what).empty()) return std::string(place.*what);
  }
  return std::string(otherwise);
}

}  // namespace

PlacedLog place_log(ReadLog& read, const IntakeOptions& options, const Config& config) {
  PlacedLog placed;
  read.log.full_path = full_path_of(read.log.path);
  read.log.given_library = options.library;
  read.log.given_station = options.station;
  const PathFacts path = read_path(read.log.full_path, config.policy);
  const GivenPlace given{options.library, options.station};
  TextArena of_path_only;
  const Desk no_desk;
  const DeskContext by_path = locate(no_desk, path, given, config.policy, of_path_only);
  if (read.storage != nullptr) {
    const LibraryNames names = library_names_of(read.log.format);
    find_places(placed, *read.storage, path, given, options.clock_offsets, config.policy, names);
    const std::size_t step_back = write_words(read, placed, {config.ids.strip, config.policy.zone});
    placed.joins = find_joins(read, placed, step_back);
    find_times(placed, read, config.policy);
    note_assumed_time(read.log, read.assumed_time, config.policy.zone);
    note_clock(read.log, placed, read.storage->transactions, config.policy.zone);
    note_mismatch(read.log, placed);
    if (names == LibraryNames::free) note_unknown_names(read.log, placed, config.policy);
  }
  name_log(read.log, placed, by_path.station_library, by_path.station);
  find_times_of_unreadable(placed, read, clock_of_log(read.log, placed, by_path, options.clock_offsets, config.policy),
                           config.policy.zone);
  return placed;
}

LibraryNames library_names_of(std::string_view format) {
  return names_libraries_freely(format) ? LibraryNames::free : LibraryNames::of_config;
}

void name_log(Log& log, const PlacedLog& placed, std::string_view library_otherwise,
              std::string_view station_otherwise) {
  log.library = first_known(placed.places, &DeskContext::station_library, library_otherwise);
  log.station = first_known(placed.places, &DeskContext::station, station_otherwise);
}

namespace {

// More sentences than this would bury the first.
constexpr std::size_t k_max_sentences = 3;

using SentenceCounts = std::vector<std::pair<std::string_view, std::size_t>>;

// In order of first use. Several desks of a log may have the same sentence.
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
  const auto& times = placed.times.occurred_at;
  std::size_t first = 0, others = 0;
  for (const std::size_t start : placed.times.run_starts) {
    if (start == 0 || times[start - 1] - times[start] <= k_step_back_seconds) continue;
    if (first == 0)
      first = start;
    else
      ++others;
  }
  if (first == 0) return;
  std::string message =
      fmt::format("The workstation's clock went backwards at line {}, from {} to {}", transactions[first].line,
                  iso_time(times[first - 1], zone), iso_time(times[first], zone));
  if (others > 0) message += fmt::format(", and at {} more line{}", others, others == 1 ? "" : "s");
  message += ". The records after it are loaded by their own times.";
  log.notes.push_back(note_of(Outcome::clock_went_backwards, std::move(message)));
  log.notes.back().action = "Check the workstation's clock, unless the log was appended to on another day.";
}

void note_assumed_time(Log& log, const AssumedTime& assumed, const Zone& zone) {
  if (assumed.transactions == 0) return;
  log.notes.push_back(
      {"no-times",
       fmt::format("The log has no time for {} of its transactions: {} is used, {}.", assumed.transactions,
                   iso_time(assumed.time, zone),
                   assumed.is_of_file ? "the time when the file was last written" : "the time given with --at"),
       "Check that this is about right: due dates and fines depend on it. --at sets another time when loading."});
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
  for (const DeskContext& place : placed.places) {
    const std::string_view name = place.desk->library;
    if (name.empty() || find_library_called(name, policy) != k_no_library || place.station_library == name) continue;
    if (++count <= k_max_sentences) names += (names.empty() ? "" : ", ") + quoted(name);
    taken = place.station_library;
  }
  if (count == 0) return;
  if (count > k_max_sentences) names += fmt::format(" and {} more", count - k_max_sentences);
  log.notes.push_back({std::string(facts_of(Outcome::library_mismatch).code),
                       fmt::format("The log names its library {}, which is not a configured name. {} was used, from "
                                   "the folder, the file name or --library.",
                                   names, taken),
                       "If that is right, the name should be added to the library's 'aliases' in the configuration."});
}

namespace {

BatchDesk make_desk(const DeskContext& place, std::uint32_t log) {
  BatchDesk desk;
  desk.desk = *place.desk;
  if (place.clock.is_given) desk.given_clock_offset = place.clock.offset_seconds;
  desk.log = log;
  desk.library = place.library;
  desk.library_code = place.library_code;
  desk.station = place.station;
  desk.library_mismatch = place.library_mismatch;
  desk.clock_offset_seconds = place.clock.offset_seconds;
  return desk;
}

// Adds a desk for each place. Returns the index of each log's first desk.
std::vector<std::uint32_t> add_desks(const std::vector<BatchLog>& logs, Batch& batch) {
  std::vector<std::uint32_t> first;
  for (std::uint32_t log = 0; log < logs.size(); ++log) {
    first.push_back(static_cast<std::uint32_t>(batch.desks.size()));
    for (const DeskContext& place : logs[log].placed.places) batch.desks.push_back(make_desk(place, log));
  }
  return first;
}

Entry make_entry(Transaction& transaction, const BatchLog& log, std::uint32_t first_desk, std::uint32_t position,
                 std::string_view strip) {
  Entry entry;
  entry.transaction = &transaction;
  entry.kind = transaction.kind;
  entry.needs_context = transaction.needs_context;
  entry.recorded_at = log.placed.recorded_at[position];
  entry.occurred_at = log.placed.times.occurred_at[position];
  entry.identity = transaction.identity;
  if (!log.read.storage->earlier_tries.empty()) entry.earlier = &log.read.storage->earlier_tries[position];
  entry.user_id = strip_id(transaction.user_id, strip);
  entry.item_id = strip_id(transaction.item_id, strip);
  entry.desk = first_desk + log.placed.place_of[position];
  entry.time_is_given = transaction.occurred.is(StampForm::absolute);
  entry.clock_jumped = log.placed.times.jumped[position] || transaction.clock_jumped;
  entry.clock_went_backwards = log.placed.times.went_backwards[position] || transaction.clock_went_backwards;
  entry.clock_ran_ahead = !log.placed.clock_ran_ahead.empty() && log.placed.clock_ran_ahead[position];
  return entry;
}

// The lines of one log lie in sequence, but the merge takes lines from too many logs in turn for the processor to
// predict.
void prefetch_lines(const BlockArray<Transaction>& transactions, std::uint32_t position) {
  constexpr std::size_t k_lines_ahead = 4, k_texts_ahead = 2;
  if (position + k_lines_ahead < transactions.size()) prefetch(&transactions[position + k_lines_ahead]);
  if (position + k_texts_ahead < transactions.size()) prefetch(transactions[position + k_texts_ahead].item_id.data());
}

void merge_logs(const std::vector<BatchLog>& logs, std::string_view strip, LineCount& ordered, Batch& batch) {
  ReplayOrder order(logs, strip);
  ordered.begin(Stage::ordering, order.size());
  const std::vector<std::uint32_t> first_desk = add_desks(logs, batch);
  IdNumbering numbering(batch.ids, order.size());
  while (const std::optional<OrderedRecord> next = order.next()) {
    const auto [log, position, is_moved] = *next;
    prefetch_lines(logs[log].read.storage->transactions, position);
    const auto index = static_cast<std::uint32_t>(batch.entries.size());
    Transaction& transaction = logs[log].read.storage->transactions[position];
    Entry& entry = batch.entries.emplace_back(make_entry(transaction, logs[log], first_desk[log], position, strip));
    entry.order_assumed = is_moved;
    if (entry.kind == Kind::registration) batch.registrations.push_back(index);
    numbering.add(entry);
    ordered.add_one();
  }
  numbering.finish();
}

void hand_over(BatchLog& from, std::string_view strip, Batch& batch) {
  const auto log = static_cast<std::uint32_t>(batch.logs.size());
  for (std::size_t i = 0; Diagnostic & diagnostic : from.read.unreadable) {
    const std::uint64_t anchor = i < from.read.anchors.size() ? from.read.anchors[i] : 0;
    diagnostic.user_id = strip_id(diagnostic.user_id, strip);
    diagnostic.item_id = strip_id(diagnostic.item_id, strip);
    batch.unreadable.push_back(
        {log, std::move(diagnostic), from.read.log.library, from.read.log.station, anchor, from.placed.unreadable[i]});
    ++i;
  }
  if (from.read.storage != nullptr) batch.storage.push_back(std::move(from.read.storage));
  batch.logs.push_back(std::move(from.read.log));
}

}  // namespace

Batch merge_into_batch(std::vector<BatchLog> logs, std::string_view strip, LineCount& ordered) {
  Batch batch;
  merge_logs(logs, strip, ordered, batch);
  for (BatchLog& log : logs) hand_over(log, strip, batch);
  return batch;
}

}  // namespace offcirc
