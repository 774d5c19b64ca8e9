#include "loader/intake/ids.hpp"

#include "formats/fields.hpp"

namespace offcirc {

std::string_view strip_id(std::string_view id, std::string_view start_stop) {
  const std::string_view whole = trimmed(id);
  const auto is_start_stop = [&](char c) { return start_stop.find(c) != std::string_view::npos; };
  // Two start characters and nothing between is no scan of anything: left as it is, so that somebody sees it.
  if (whole.size() < 3 || !is_start_stop(whole.front()) || !is_start_stop(whole.back())) return whole;
  return trimmed(whole.substr(1, whole.size() - 2));
}

}  // namespace offcirc
