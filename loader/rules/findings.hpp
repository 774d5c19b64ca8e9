// Makes findings, and knows where their sentences name a user.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "loader/model/outcome.hpp"
#include "loader/model/policy.hpp"
#include "loader/model/result.hpp"

namespace offcirc {

// What the rules find of one transaction, gathered in any order and weighed at the end: the strongest is the outcome.

class Findings {
 public:
  /// `rules` and `overrides` decide the class of the outcomes that they may choose.
  Findings(const OfflineRules& rules, const std::set<Outcome>& overrides) : m_rules(&rules), m_overrides(&overrides) {}

  void add(Outcome outcome, std::string message);
  /// As a note, whatever its class: where the follow-up stands on the log.
  void add_note(Outcome outcome, std::string message);

  /// Of an outcome that is loaded as a rule: rejected, unless it is overridden.
  void add_rejecting(Outcome outcome, std::string message);

  [[nodiscard]] bool rejected() const { return m_rejected; }
  [[nodiscard]] bool has(Outcome outcome) const;

  /// Puts the outcome first and the notes in their order. Of a rejected transaction only other rejections stay and what
  /// is true regardless; what tells of an effect goes. (DOMAIN.md, 1 and 9.)
  void write_to(Result& result) &&;

 private:
  struct Weighed {
    OutcomeClass weight;
    Outcome outcome;
    std::string message;
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

// Where the sentences about a transaction name a user, for a report that may not.

/// Whether sentences of this outcome have a user's ID in them.
bool names_a_user(Outcome outcome);

/// The part of `sentence` that is the user's ID, or the ID and more where that can't be told; empty where the sentence
/// is not worded as those of the outcome that name a user.
std::string_view user_named_in(std::string_view sentence, Outcome outcome);

}  // namespace offcirc
