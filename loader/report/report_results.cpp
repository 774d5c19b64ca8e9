#include "loader/report/report_results.hpp"

#include <algorithm>

namespace offcirc {

namespace {

void settle_if_any(ReportResult& result, const std::vector<bool>& is_settled, const Settlements* settlements,
                   std::size_t index) {
  if (!is_settled.empty() && is_settled[index]) settle(result, settlements->at(static_cast<std::uint32_t>(index)));
}

}  // namespace

std::uint32_t ItemNumbers::of(std::string_view item_id) {
  if (item_id.empty()) return k_none;
  return m_numbers.emplace(item_id, static_cast<std::uint32_t>(m_numbers.size())).first->second;
}

ReportResult ReportResults::operator[](std::size_t index) const {
  if (!m_make) return m_made[index];
  ReportResult result = m_make(index);
  if (!m_items_out.empty()) result.item_is_out = m_items_out[index];
  settle_if_any(result, m_is_settled, m_settled.get(), index);
  return result;
}

ResultGlance ReportResults::glance(std::size_t index) const {
  if (!m_make) return glance_at(m_made[index], m_items);
  return m_glance(index);
}

ReportResult& ReportResults::operator[](std::size_t index) {
  make_all();
  return m_made[index];
}

void ReportResults::push_back(ReportResult result) {
  make_all();
  m_made.push_back(std::move(result));
}

void ReportResults::pop_back() {
  make_all();
  m_made.pop_back();
}

void ReportResults::make_all() {
  if (!m_make) return;
  BlockArray<ReportResult> all;
  for (std::size_t i = 0; i < m_count; ++i) all.push_back(std::as_const(*this)[i]);
  m_made = std::move(all);
  m_make = nullptr;
  m_glance = nullptr;
}

void ReportResults::set_items_out(const std::vector<std::uint32_t>& indices) {
  if (!m_make) {
    for (ReportResult& result : m_made) result.item_is_out = false;
    for (const std::uint32_t index : indices) m_made[index].item_is_out = true;
    return;
  }
  m_items_out.assign(indices.empty() ? 0 : m_count, false);
  for (const std::uint32_t index : indices) m_items_out[index] = true;
}

void ReportResults::set_settled(Settlements settlements) {
  if (settlements.empty()) return;
  if (!m_make) {
    for (const auto& [index, settlement] : settlements) settle(m_made[index], settlement);
    return;
  }
  m_is_settled.assign(m_count, false);
  for (const auto& [index, settlement] : settlements) m_is_settled[index] = true;
  m_settled = std::make_shared<const Settlements>(std::move(settlements));
}

ReportResults ReportResults::part(std::vector<std::uint32_t> indices) const {
  if (m_make) {
    const std::size_t count = indices.size();
    const auto all = std::make_shared<const std::vector<std::uint32_t>>(std::move(indices));
    const auto make_one = [make = m_make, out = m_items_out, is_settled = m_is_settled, settled = m_settled,
                           all](std::size_t i) {
      ReportResult result = make((*all)[i]);
      result.item_is_out = !out.empty() && out[(*all)[i]];
      settle_if_any(result, is_settled, settled.get(), (*all)[i]);
      return result;
    };
    return {count, make_one, [glance = m_glance, all](std::size_t i) { return glance((*all)[i]); }};
  }
  ReportResults part;
  for (const std::uint32_t index : indices) part.m_made.push_back(m_made[index]);
  return part;
}

}  // namespace offcirc
