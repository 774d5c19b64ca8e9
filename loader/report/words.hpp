// The one place where a finding becomes a sentence: the words are those of findings.def, in the zone of the system.
#pragma once

#include <string>

#include "loader/model/finding.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// `User is blocked: 21221000000015 owes $12.50, and PUBLIC blocks at $10.00`; the phrase of the outcome where the
/// sentence says nothing more. Without a full stop, but for sentences that were worded elsewhere or end with a hint.
std::string words_of(Outcome outcome, Sentence sentence, const Zone& zone);
inline std::string words_of(const Finding& finding, const Zone& zone) {
  return words_of(finding.outcome, finding.sentence, zone);
}

}  // namespace offcirc
