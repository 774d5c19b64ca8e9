// The second opinion: a deliberately naive second implementation of the circulation rules, written only from their
// description, against which the real one is compared.
#pragma once

#include <vector>

#include "loader/model/policy.hpp"
#include "loader/rules/replay.hpp"
#include "tests/model/world.hpp"

namespace offcirc::model {

/// The result for one transaction. findings[0] is the outcome, the rest are notes; no findings means `ok`.
struct Verdict {
  Disposition disposition = Disposition::loaded;
  std::vector<Outcome> findings;
  Seconds due_at = k_no_time;
  DueFrom due_from = DueFrom::none;
  Cents bill_cents = 0;

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// Returns one verdict per transaction, in order, and applies them to `world`.
std::vector<Verdict> judge(const std::vector<PlainTransaction>& transactions, const Policy& policy,
                           const ReplayOptions& options, World& world);

}  // namespace offcirc::model
