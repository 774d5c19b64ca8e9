// Since when, and at which libraries, desks worked without the server, as far as a load knows.
#pragma once

#include <set>
#include <string_view>
#include <vector>

#include "loader/intake/batch.hpp"
#include "loader/rules/result.hpp"

namespace offcirc {

struct OutageSpan {
  /// UTC; the earliest transaction that the load judged: not one that is already loaded, nor one rejected for its time.
  /// k_no_time where there is none; then no list is made.
  Seconds began_at = k_no_time;
  std::set<std::string_view> libraries;  ///< that have a log or a transaction in the load
};

/// `results` are by entry. Views into the batch.
OutageSpan find_outage_span(const Batch& batch, const Results& results);

}  // namespace offcirc
