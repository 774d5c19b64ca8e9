// Collects the findings of one transaction, in any order. In the end the one that ranks highest becomes the outcome.
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
  /// `rules` and `overrides` determine the class of outcomes that they may choose. Both must outlive this object.
  Findings(const OfflineRules& rules, const std::set<Outcome>& overrides) : m_rules(&rules), m_overrides(&overrides) {}

  /// The form of the sentence determines the outcome.
  void add(NewSentence sentence);
  /// Adds a note, even if the outcome has another class: for a finding whose follow-up is on the log, or needs none.
  void add_note(NewSentence sentence);

  /// Adds a rejection, unless it is overridden, for an outcome that is normally loaded.
  void add_rejecting(NewSentence sentence);

  [[nodiscard]] bool rejected() const { return m_rejected; }
  [[nodiscard]] bool has(Outcome outcome) const;

  /// Writes the outcome first, then the notes in order of precedence, and sets the disposition. If the transaction is
  /// rejected, findings about its effects are dropped; other rejections, and facts that hold anyway, stay as notes.
  void write_to(Result& result) &&;

 private:
  struct Weighed {
    OutcomeClass weight;
    Outcome outcome;
    NewSentence sentence;
    bool overridden;
  };
  /// Whether the outcome rejects, by the config or else by its class, disregarding overrides.
  [[nodiscard]] bool rejects(Outcome outcome) const;
  [[nodiscard]] bool is_overridden(Outcome outcome) const;
  [[nodiscard]] OutcomeClass class_of(Outcome outcome) const;

  const OfflineRules* m_rules;
  const std::set<Outcome>* m_overrides;
  std::vector<Weighed> m_found;
  bool m_rejected = false;
};

}  // namespace offcirc
