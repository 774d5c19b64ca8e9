#include "loader/runs/perhaps_repeated.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace offcirc {
namespace {

class RepeatFinder {
 public:
  RepeatFinder(const Batch& batch, const std::vector<bool>& is_copy, std::unordered_set<std::uint32_t> told)
      : m_batch(batch), m_is_copy(is_copy), m_told(std::move(told)) {}

  std::vector<PerhapsRepeated> run() {
    find_unproved_repeats();
    compare_words();
    return std::move(m_found);
  }

 private:
  [[nodiscard]] const BatchDesk& desk_of(std::uint32_t entry) const {
    return m_batch.desks[m_batch.entries[entry].desk];
  }
  [[nodiscard]] const Log& log_of(std::uint32_t entry) const { return m_batch.logs[desk_of(entry).log]; }
  [[nodiscard]] std::uint32_t line_of(std::uint32_t entry) const { return m_batch.entries[entry].transaction->line; }

  // Examines records that repeat an earlier one of their log after a step back, and are not proven to be duplicates.
  void find_unproved_repeats() {
    if (std::ranges::none_of(m_batch.logs, &Log::has_unproved_repeats)) return;
    for (std::uint32_t i = 0; i < m_batch.entries.size(); ++i) {
      const std::uint32_t line = m_batch.entries[i].transaction->repeats_line;
      if (line == 0 || m_is_copy[i] || !m_told.insert(i).second) continue;
      m_found.push_back({i, say<Form::same_in_log>(line, log_of(i).path)});
    }
  }

  [[nodiscard]] bool is_same_section(std::uint32_t a, std::uint32_t b) const {
    const std::vector<std::uint32_t>& starts = log_of(a).section_lines;
    const auto section_of = [&](std::uint32_t entry) {
      return std::upper_bound(starts.begin(), starts.end(), line_of(entry));
    };
    return desk_of(a).log == desk_of(b).log && section_of(a) == section_of(b);
  }

  // Compares only within a library, and between sections of logs: two branches may well count the same at the same
  // time, and a desk may do the same thing twice.
  void compare_words() {
    std::map<std::tuple<std::uint64_t, std::string_view>, std::uint32_t> first;  // by words and library
    for (const std::uint32_t entry : entries_in_context(m_batch, m_is_copy)) {
      const std::uint64_t words = m_batch.entries[entry].transaction->more;
      const auto [other, is_new] = first.try_emplace({words, desk_of(entry).library_code}, entry);
      if (is_new || is_same_section(other->second, entry) || m_told.contains(entry)) continue;
      m_found.push_back({entry, say<Form::same_in_log>(line_of(other->second), log_of(other->second).path)});
    }
  }

  const Batch& m_batch;
  const std::vector<bool>& m_is_copy;
  std::unordered_set<std::uint32_t> m_told;
  std::vector<PerhapsRepeated> m_found;
};

}  // namespace

std::vector<std::uint32_t> entries_in_context(const Batch& batch, const std::vector<bool>& is_copy) {
  std::vector<std::uint32_t> entries;
  for (std::uint32_t i = 0; i < batch.entries.size(); ++i) {
    const Entry& entry = batch.entries[i];
    const bool is_of_list = !batch.logs[batch.desks[entry.desk].log].list.empty();
    if (entry.needs_context && !is_copy[i] && !is_of_list) entries.push_back(i);
  }
  return entries;
}

std::vector<PerhapsRepeated> find_perhaps_repeated(const Batch& batch, const std::vector<bool>& is_copy,
                                                   std::unordered_set<std::uint32_t> told) {
  return RepeatFinder(batch, is_copy, std::move(told)).run();
}

}  // namespace offcirc
