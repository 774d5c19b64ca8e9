#include "loader/hints/hints.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loader/hints/id_shape.hpp"

namespace offcirc {
namespace {

/// The messages about one ID that was not found, wherever it stands.
using Messages = std::vector<std::string*>;
using NotFound = std::map<std::string_view, Messages>;

NotFound collect(const Batch& batch, std::span<Result> results, Outcome outcome, std::string_view Entry::*id) {
  NotFound not_found;
  for (std::size_t i = 0; i < results.size(); ++i)
    for (Finding& finding : results[i].findings)
      if (finding.outcome == outcome && !(batch.entries[i].*id).empty())
        not_found[batch.entries[i].*id].push_back(&finding.message);
  return not_found;
}

// All that any of the IDs may have meant, asked for in one go: a wrong database can leave very many.
std::vector<std::vector<std::string>> known_near_misses(const NotFound& not_found, IdKind kind, Store& store) {
  std::vector<std::string> candidates;
  std::vector<std::size_t> ends;
  for (const auto& [id, messages] : not_found) {
    for (std::string& miss : near_misses(id)) candidates.push_back(std::move(miss));
    ends.push_back(candidates.size());
  }
  const std::vector<bool> known = store.known_ids(candidates, kind == IdKind::user);
  std::vector<std::vector<std::string>> found(ends.size());
  for (std::size_t i = 0, at = 0; i < ends.size(); ++i)
    for (; at < ends[i]; ++at)
      if (known[at]) found[i].push_back(candidates[at]);
  return found;
}

void add_hints_of_kind(const NotFound& not_found, IdKind kind, const IdShapes& shapes, Store& store) {
  const std::vector<std::vector<std::string>> misses = known_near_misses(not_found, kind, store);
  auto meant = misses.begin();
  for (const auto& [id, messages] : not_found) {
    std::vector<std::string> candidates = *meant++;
    // Two are as good as many: only a single one is said.
    for (std::string& longer : store.ids_beginning_with(id, kind == IdKind::user, 2))
      candidates.push_back(std::move(longer));
    std::string hint = shapes.oddity(id, kind);
    if (candidates.size() == 1) hint += (hint.empty() ? "" : " ") + ("Did you mean " + candidates.front() + "?");
    if (hint.empty()) continue;
    for (std::string* message : messages) *message += ". " + hint;
  }
}

}  // namespace

void add_hints(const Batch& batch, const Config& config, Store& store, std::span<Result> results) {
  const IdShapes shapes(config.ids);
  add_hints_of_kind(collect(batch, results, Outcome::user_not_found, &Entry::user_id), IdKind::user, shapes, store);
  add_hints_of_kind(collect(batch, results, Outcome::item_not_found, &Entry::item_id), IdKind::item, shapes, store);
}

}  // namespace offcirc
