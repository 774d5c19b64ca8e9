// The second opinion: the circulation rules once more, written from their description alone and as naively as can be,
// so that the real ones can be compared with it.
#pragma once

#include <vector>

#include "loader/model/policy.hpp"
#include "loader/rules/replay.hpp"
#include "tests/model/world.hpp"

namespace offcirc::model {

/// What became of one transaction. findings[0] is the outcome, the others are the notes; none at all: `ok`.
struct Verdict {
  Disposition disposition = Disposition::loaded;
  std::vector<Outcome> findings;
  Seconds due_at = k_no_time;
  DueFrom due_from = DueFrom::none;
  Cents bill_cents = 0;

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// One verdict for each transaction, in their order; `world` is changed as they say.
std::vector<Verdict> judge(const std::vector<PlainTransaction>& transactions, const Policy& policy,
                           const ReplayOptions& options, World& world);

}  // namespace offcirc::model
