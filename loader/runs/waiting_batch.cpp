#include "loader/runs/waiting_batch.hpp"

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>

#include "formats/registry.hpp"
#include "loader/intake/fast_clock.hpp"
#include "loader/intake/place_log.hpp"

namespace offcirc {

namespace {

/// Pending transactions of one log, in its order.
using OfLog = std::vector<const WaitingTransaction*>;

auto log_key(const WaitingTransaction& t) {
  return std::tie(t.path, t.digest, t.full_path, t.given_library, t.given_station, t.format);
}

// In bytewise order of path.
std::vector<OfLog> sort_by_log(const std::vector<WaitingTransaction>& waiting) {
  std::vector<const WaitingTransaction*> all;
  for (const WaitingTransaction& one : waiting) all.push_back(&one);
  std::sort(all.begin(), all.end(), [](const WaitingTransaction* a, const WaitingTransaction* b) {
    return std::tuple(log_key(*a), a->line, a->first_result) < std::tuple(log_key(*b), b->line, b->first_result);
  });
  std::vector<OfLog> logs;
  for (const WaitingTransaction* one : all) {
    if (logs.empty() || log_key(*logs.back().front()) != log_key(*one)) logs.emplace_back();
    logs.back().push_back(one);
  }
  return logs;
}

const Registration* add_registration(const WaitingTransaction& from, TextArena& arena) {
  if (from.kind != Kind::registration) return nullptr;
  return arena.keep(view_of(from.registration));
}

// Sorted output may be in any folder, which says nothing about its library, so the disagreement that sort found is
// kept. Its rows are recognized by their corrected times.
Desk desk_of(const WaitingTransaction& from) {
  Desk desk{from.desk_library, from.temporary_library, from.desk_station, from.user_access};
  desk.is_settled = from.format == "csv" && from.clock_offset == k_no_time;
  if (desk.is_settled) desk.library_mismatch = from.library_mismatch;
  return desk;
}

Transaction make_transaction(const WaitingTransaction& from, TextArena& arena) {
  Transaction to;
  to.recorded = Stamp(StampForm::absolute, from.recorded_at);
  to.due = from.due;
  to.discharged_on = from.discharged_on;
  to.user_id = arena.keep(from.user_id);
  to.item_id = arena.keep(from.item_id);
  to.what = arena.keep(from.what);
  to.desk = arena.desk(desk_of(from));
  to.registration = add_registration(from, arena);
  to.amount_cents = from.amount_cents;
  to.identity = from.identity;
  to.line = from.line;
  to.count = from.count;
  to.kind = from.kind;
  to.due_from = from.due_from;
  to.override_used = from.override_used;
  to.done_online = from.done_online;
  to.edits_registration = from.kind == Kind::registration && !from.what.empty();  // only an edit has a name
  to.fine_waived = from.kind == Kind::checkin && from.what == k_waived_fine;
  return to;
}

class LogOfWaiting {
 public:
  LogOfWaiting(const OfLog& waiting, const Corrections& corrections, const Config& config)
      : m_waiting(waiting), m_corrections(corrections), m_config(config) {}

  BatchLog make() {
    read_transactions();
    place_transactions();
    time_transactions();
    find_clocks_ahead();
    name_log(m_log.read.log, m_log.placed, m_path.library(), m_path.station);
    return std::move(m_log);
  }

 private:
  void read_transactions() {
    const WaitingTransaction& first = *m_waiting.front();
    Log& log = m_log.read.log;
    log.path = first.path;
    log.full_path = first.full_path;
    log.given_library = m_corrections.library.empty() ? first.given_library : m_corrections.library;
    log.given_station = first.given_station;
    log.format = first.format;
    log.digest = first.digest;
    log.records = m_waiting.size();
    m_log.read.storage = std::make_shared<LogStorage>(LogBytes{}, m_config.encoding);
    LogStorage& storage = *m_log.read.storage;
    storage.earlier_tries.reserve(m_waiting.size());
    for (const WaitingTransaction* one : m_waiting) {
      storage.transactions.push_back(make_transaction(*one, storage.arena));
      storage.earlier_tries.push_back(one->earlier);
    }
    m_path = read_path(first.full_path, m_config.policy);
  }

  // There is a place for each desk and each clock offset that --clock gave it before.
  void place_transactions() {
    const Log& log = m_log.read.log;
    PlacedLog& placed = m_log.placed;
    std::map<std::pair<const Desk*, Seconds>, std::uint32_t> place_of_desk;
    for (std::size_t i = 0; i < m_waiting.size(); ++i) {
      const Desk* desk = m_log.read.storage->transactions[i].desk;
      const auto next = static_cast<std::uint32_t>(placed.places.size());
      const auto [found, is_new] = place_of_desk.try_emplace({desk, m_waiting[i]->given_clock_offset}, next);
      if (is_new)
        placed.places.push_back(locate(*desk, m_path, {log.given_library, log.given_station}, m_config.policy,
                                       m_log.read.storage->arena, library_names_of(log.format)));
      if (is_new) set_clock(placed.places.back(), m_waiting[i]->given_clock_offset);
      placed.place_of.push_back(found->second);
    }
  }

  void set_clock(DeskContext& place, Seconds given_before) const {
    place.clock = clock_of_station(place, m_corrections.clock_offsets, m_config.policy);
    if (!place.clock.is_given && given_before != k_no_time) place.clock = {given_before, true};
  }

  // What the clock rules made of the times of a whole log is kept: a new offset moves them all together.
  void time_transactions() {
    PlacedLog& placed = m_log.placed;
    const LogFormat* format = find_format(m_log.read.log.format);
    placed.has_no_seconds = format != nullptr && format->has_no_seconds && are_whole_minutes();
    ClockedTimes& times = placed.times;
    for (std::size_t i = 0; i < m_waiting.size(); ++i) {
      const WaitingTransaction& one = *m_waiting[i];
      Transaction& transaction = m_log.read.storage->transactions[i];
      Seconds occurred_at = one.occurred_at;
      if (one.clock_offset == k_no_time) {
        // The corrected time is from sorted output or from --at.
        transaction.occurred = Stamp(StampForm::absolute, one.occurred_at);
        transaction.time_is_assumed = true;
      } else {
        occurred_at += placed.places[placed.place_of[i]].clock.offset_seconds - one.clock_offset;
      }
      if (i == 0 || occurred_at < times.occurred_at.back()) times.run_starts.push_back(i);
      placed.recorded_at.push_back(one.recorded_at);
      times.occurred_at.push_back(occurred_at);
      times.jumped.push_back(one.clock_jumped);
      times.went_backwards.push_back(one.clock_went_backwards);
    }
  }

  bool are_whole_minutes() const {
    return std::all_of(m_waiting.begin(), m_waiting.end(),
                       [](const WaitingTransaction* one) { return one->recorded_at % 60 == 0; });
  }

  // A clock that is still the same was ahead if the first load found so: parts of the run may be missing here.
  void find_clocks_ahead() {
    PlacedLog& placed = m_log.placed;
    find_fast_clocks(m_log.read, placed, 0, m_config.policy.loads_fast_clocks);
    placed.clock_ran_ahead.resize(m_waiting.size());
    for (std::size_t i = 0; i < m_waiting.size(); ++i)
      if (m_waiting[i]->clock_was_ahead && placed.times.occurred_at[i] == m_waiting[i]->occurred_at)
        placed.clock_ran_ahead[i] = true;
  }

  const OfLog& m_waiting;
  const Corrections& m_corrections;
  const Config& m_config;
  BatchLog m_log;
  PathFacts m_path;
};

}  // namespace

Batch make_waiting_batch(const std::vector<WaitingTransaction>& waiting, const Corrections& corrections,
                         const Config& config, Progress& progress) {
  std::vector<BatchLog> logs;
  for (const OfLog& of_log : sort_by_log(waiting)) logs.push_back(LogOfWaiting(of_log, corrections, config).make());
  require_stations_of_clocks(corrections.clock_offsets, logs, config.policy);
  LineCount ordered(progress);
  return merge_into_batch(std::move(logs), config.ids.strip, ordered);
}

}  // namespace offcirc
