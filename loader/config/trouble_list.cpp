#include "loader/config/trouble_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace offcirc {

void TroubleList::add(Place place, std::string sentence) {
  m_troubles.push_back({place, std::move(sentence)});
}

std::string TroubleList::text() const {
  std::vector<Trouble> sorted = m_troubles;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Trouble& a, const Trouble& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  std::string text;
  for (const Trouble& trouble : sorted)
    text += fmt::format("{}{}:{}:{}: {}", text.empty() ? "" : "\n", m_file, trouble.place.line, trouble.place.column,
                        trouble.sentence);
  return text;
}

}  // namespace offcirc
