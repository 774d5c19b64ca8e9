// The only place where findings become sentences. The texts are those of findings.def, and times are local to the zone
// of the system.
#pragma once

#include <string>

#include "loader/model/finding.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

/// `User is blocked: 21221000000015 owes $12.50, and PUBLIC blocks at $10.00`; only the phrase of the outcome if the
/// sentence is empty. Has no final period, unless the sentence was worded elsewhere or ends with a hint.
std::string words_of(Outcome outcome, Sentence sentence, const Zone& zone);
inline std::string words_of(const Finding& finding, const Zone& zone) {
  return words_of(finding.outcome, finding.sentence, zone);
}

}  // namespace offcirc
