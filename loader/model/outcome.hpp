// The table of all outcomes of a transaction, in order of precedence, and the kinds of work that they leave to staff.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace offcirc {

// The kinds of work that a load can leave to staff. All work of one kind is done together: one walk to the shelves, one
// hour of telephone calls.

/// In the order of the lists of things to do.
enum class ActionKind : std::uint8_t { look_on_shelf, scan_again, call_user, fix_record, check_station, nothing };
inline constexpr int k_action_kind_count = 6;

struct ActionKindFacts {
  std::string_view code;    ///< stable, as in reports
  std::string_view phrase;  ///< what staff know it by
};

const ActionKindFacts& facts_of(ActionKind kind);

// The table of all outcomes, in order of precedence.

/// `ok` first, then in the order of outcomes.def, which is the order of precedence within a class.
enum class Outcome : std::uint8_t {
  ok,
#define OUTCOME(number, name, ...) name,
#include "loader/model/outcomes.def"
#undef OUTCOME
};

enum class OutcomeClass : std::uint8_t { own, rejected, follow_up, note };

/// Who may choose between reject and load.
enum class Choice : std::uint8_t {
  fixed,                ///< nobody
  config,               ///< [offline.rules], and --override where the class is rejected
  config_and_override,  ///< both, since some kinds are rejected unless the config says otherwise
  override_only,        ///< --override
};

struct OutcomeFacts {
  int number;               ///< stable, in the database
  std::string_view code;    ///< stable, as in reports and config
  std::string_view phrase;  ///< what staff know it by
  OutcomeClass outcome_class;
  Choice choice;
  ActionKind action_kind;
  std::string_view action;  ///< what to do, one sentence
};

inline constexpr int k_outcome_count = 1
#define OUTCOME(...) +1
#include "loader/model/outcomes.def"
#undef OUTCOME
    ;

const OutcomeFacts& facts_of(Outcome outcome);
/// Whether [offline.rules] may choose between reject and load.
bool is_configurable(const OutcomeFacts& facts);
/// Whether --override may name it.
bool is_overridable(const OutcomeFacts& facts);
std::optional<Outcome> find_outcome(std::string_view code);

/// `not_done`: the log itself says that it was refused or canceled when it happened.
enum class Disposition : std::uint8_t { loaded, follow_up, rejected, already_loaded, unreadable, not_done };
inline constexpr int k_disposition_count = 6;

/// `loaded`, `follow-up`, `rejected`, `already-loaded`, `unreadable`, `not-done`
std::string_view name_of(Disposition disposition);

}  // namespace offcirc
