#include "loader/earlier_by_fast_clock.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <vector>

#include "loader/policy/outcome.hpp"

namespace offcirc {
namespace {

/// By log and load.
using Counts = std::map<std::uint32_t, std::map<std::int64_t, std::size_t>>;

Counts count_earlier(const Batch& batch, const Recorded& recorded, Store& store) {
  std::vector<std::uint32_t> entries;
  std::vector<Identity> identities;
  for (std::uint32_t i = 0; const Entry& entry : batch.entries) {
    if (entry.clock_ran_ahead && recorded.entries[i]) {
      entries.push_back(i);
      identities.push_back(entry.identity);
    }
    ++i;
  }
  Counts counts;
  if (identities.empty()) return counts;
  const std::vector<std::optional<RecordedAs>> earlier = store.recorded_as(identities);
  for (std::size_t k = 0; k < entries.size(); ++k) {
    const Entry& entry = batch.entries[entries[k]];
    if (earlier[k] && earlier[k]->is_loaded && earlier[k]->occurred_at == entry.occurred_at)
      ++counts[batch.desks[entry.desk].log][earlier[k]->load];
  }
  return counts;
}

}  // namespace

void note_earlier_by_fast_clock(Batch& batch, const Recorded& recorded, Store& store) {
  for (const auto& [log, loads] : count_earlier(batch, recorded, store)) {
    std::string message = "The clock was ahead before this load could tell:", undo;
    for (const auto& [load, count] : loads) {
      message += fmt::format("{} load {} has loaded {} record{} with the wrong time", undo.empty() ? "" : ",", load,
                             count, count == 1 ? "" : "s");
      undo += fmt::format("{}'offcirc undo {}'", undo.empty() ? "" : ", ", load);
    }
    batch.logs[log].notes.push_back(
        {std::string(facts_of(Outcome::clock_ahead).code), message + ".",
         fmt::format("Undo what was loaded with the wrong time ({}), then load the log again "
                     "with --clock.",
                     undo)});
  }
}

}  // namespace offcirc
