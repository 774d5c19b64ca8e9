// What the rules find of one transaction, gathered in any order and weighed at the end: the strongest is the outcome.
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
  /// `rules` and `overrides` decide the class of the outcomes that they may choose.
  Findings(const OfflineRules& rules, const std::set<Outcome>& overrides) : m_rules(&rules), m_overrides(&overrides) {}

  /// The outcome is that of the sentence's form.
  void add(NewSentence sentence);
  /// As a note, whatever its class: where the follow-up stands on the log.
  void add_note(NewSentence sentence);

  /// Of an outcome that is loaded as a rule: rejected, unless it is overridden.
  void add_rejecting(NewSentence sentence);

  [[nodiscard]] bool rejected() const { return m_rejected; }
  [[nodiscard]] bool has(Outcome outcome) const;

  /// Puts the outcome first and the notes in their order. Of a rejected transaction only other rejections stay and what
  /// is true regardless; what tells of an effect goes. (DOMAIN.md, 1 and 9.)
  void write_to(Result& result) &&;

 private:
  struct Weighed {
    OutcomeClass weight;
    Outcome outcome;
    NewSentence sentence;
    bool overridden;
  };
  /// As the config has it.
  [[nodiscard]] bool rejects(Outcome outcome) const;
  [[nodiscard]] bool is_overridden(Outcome outcome) const;
  [[nodiscard]] OutcomeClass class_of(Outcome outcome) const;

  const OfflineRules* m_rules;
  const std::set<Outcome>* m_overrides;
  std::vector<Weighed> m_found;
  bool m_rejected = false;
};

}  // namespace offcirc
