// Every outcome that a transaction can have, in order of precedence, and the kinds of action that outcomes call for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace offcirc {

/// The kinds of work that a load can leave to staff, who can do all work of a kind together: on one walk to the
/// shelves, or in one round of calls. In the order of the lists of things to do.
enum class ActionKind : std::uint8_t { look_on_shelf, scan_again, call_user, fix_record, check_station, nothing };
inline constexpr int k_action_kind_count = 6;

struct ActionKindFacts {
  std::string_view code;    ///< stable; used in reports
  std::string_view phrase;  ///< what staff call it
};

const ActionKindFacts& facts_of(ActionKind kind);

/// `ok`, then the outcomes in the order of outcomes.def, which is their precedence within a class
/// (man/offcirc-rules.7).
enum class Outcome : std::uint8_t {
  ok,
#define OUTCOME(number, name, ...) name,
#include "loader/model/outcomes.def"
#undef OUTCOME
};

enum class OutcomeClass : std::uint8_t { own, rejected, follow_up, note };

/// What may decide between reject and load.
enum class Choice : std::uint8_t {
  fixed,                ///< nothing
  config,               ///< [offline.rules], and --override if the class is rejected
  config_and_override,  ///< both: some kinds of transaction are rejected unless the config says `load`
  override_only,        ///< --override
};

struct OutcomeFacts {
  int number;               ///< stable; stored in the database
  std::string_view code;    ///< stable; used in reports and the config
  std::string_view phrase;  ///< what staff call it
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
/// Returns whether [offline.rules] may choose between reject and load.
bool is_configurable(const OutcomeFacts& facts);
/// Returns whether --override may name the outcome.
bool is_overridable(const OutcomeFacts& facts);
std::optional<Outcome> find_outcome(std::string_view code);

/// `not_done`: the log itself says that the system refused it or the desk canceled it at the time.
enum class Disposition : std::uint8_t { loaded, follow_up, rejected, already_loaded, unreadable, not_done };
inline constexpr int k_disposition_count = 6;

/// `loaded`, `follow-up`, `rejected`, `already-loaded`, `unreadable`, `not-done`
std::string_view name_of(Disposition disposition);

}  // namespace offcirc
