// Collects the findings on one transaction, in any order; at the end the strongest becomes the outcome.
#pragma once

#include <set>
#include <vector>

#include "loader/model/finding.hpp"
#include "loader/model/outcome.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

class Findings {
 public:
  /// `rules` and `overrides` decide the class of configurable outcomes.
  Findings(const OfflineRules& rules, const std::set<Outcome>& overrides) : m_rules(&rules), m_overrides(&overrides) {}

  /// The form of the sentence has the outcome.
  void add(NewSentence sentence);
  /// Adds it as a note, whatever its class, because the log has the follow-up.
  void add_note(NewSentence sentence);

  /// Adds an outcome that is usually loaded as a rejection, unless it is overridden.
  void add_rejecting(NewSentence sentence);

  [[nodiscard]] bool rejected() const { return m_rejected; }
  [[nodiscard]] bool has(Outcome outcome) const;

  /// Puts the outcome first, then the notes in order of precedence. A rejected transaction keeps only its other
  /// rejections and the findings that hold without an effect.
  void write_to(Result& result) &&;

 private:
  struct Weighed {
    OutcomeClass weight;
    Outcome outcome;
    NewSentence sentence;
    bool overridden;
  };
  /// By the configuration.
  [[nodiscard]] bool rejects(Outcome outcome) const;
  [[nodiscard]] bool is_overridden(Outcome outcome) const;
  [[nodiscard]] OutcomeClass class_of(Outcome outcome) const;

  const OfflineRules* m_rules;
  const std::set<Outcome>* m_overrides;
  std::vector<Weighed> m_found;
  bool m_rejected = false;
};

}  // namespace offcirc
