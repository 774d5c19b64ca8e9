// Registrations, and edits of them. An edit is loaded or rejected with its registration, and is never a second
// registration.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "loader/model/result.hpp"
#include "loader/model/state.hpp"
#include "loader/rules/decision.hpp"

namespace offcirc {

/// A field of users.csv that a registration can have and that a user record keeps as text.
struct DetailField {
  std::string_view name;
  std::string UserDetails::*member;
};

inline constexpr std::array<DetailField, 12> k_detail_fields{{
    {"last_name", &UserDetails::last_name},
    {"first_name", &UserDetails::first_name},
    {"middle_name", &UserDetails::middle_name},
    {"alternate_name", &UserDetails::alternate_name},
    {"birth_date", &UserDetails::birth_date},
    {"email", &UserDetails::email},
    {"phone", &UserDetails::phone},
    {"language", &UserDetails::language},
    {"address", &UserDetails::address},
    {"categories", &UserDetails::categories},
    {"department", &UserDetails::department},
    {"expires_on", &UserDetails::expires_on},
}};

/// Dates become `YYYY-MM-DD` or `NEVER`. A field is empty if the registration does not have it.
UserDetails details_of(const Registration& registration);

/// Returns whether the registration has the users.csv field of that name. `details` are those of the registration.
bool is_filled_in(std::string_view name, std::string_view user_id, const Registration& registration,
                  const UserDetails& details);

/// Two users may be the same person if they share the folded last name and one of these.
struct IdentifyingDetails {
  std::string birth_date;
  std::string email;  ///< in lower case
  std::string phone;  ///< only the digits: "(920) 555-0100" is "9205550100"
};

IdentifyingDetails identifying_details_of(const UserDetails& details);

/// registrations-off, if the library does not accept registrations from offline logs.
void check_registrations_allowed(const RuleInput& c, Findings& findings);
/// registration-incomplete, if the profile or the library is not in the policy.
void check_codes(const RuleInput& c, const Registration& registration, Findings& findings);
/// Adds clauses to a `registered` sentence about what can't be read or is not kept.
void add_what_is_left_out(const Registration& registration, NewSentence& sentence);
/// Sets the user's expires_on, if the registration has a readable expiry date.
void set_expiry(const Registration& registration, User& user);

// Edits of registrations: lines in which a desk adds to or corrects a user whom an earlier line registered.

/// The results of this load's registrations so far.
class RegistrationsSoFar {
 public:
  struct One {
    std::uint32_t entry = 0;
    Outcome reason = Outcome::ok;  ///< why it was rejected; `ok`: it was loaded
    NewSentence sentence;          ///< the sentence of that reason
  };

  void add(const RuleInput& c, const Result& result);
  /// Adds a registration that is already recorded.
  void add_known(const Entry& entry) {
    if (entry.user_key != k_none) m_known.insert(entry.user_key);
  }

  /// Returns the last registration of the user in the log of the edit; null if there is none.
  [[nodiscard]] const One* in_log_of(const RuleInput& edit) const;
  /// Returns the last rejected registration of the user in any log; null if there is none.
  [[nodiscard]] const One* rejected(const RuleInput& edit) const;
  [[nodiscard]] bool is_known(const RuleInput& edit) const { return m_known.contains(edit.entry.user_key); }

 private:
  std::map<std::pair<std::uint32_t, std::uint32_t>, One> m_by_log;  // by log and user_key
  std::unordered_map<std::uint32_t, One> m_rejected;                // by user_key
  std::unordered_set<std::uint32_t> m_known;                        // user_keys
};

enum class EditEffect : std::uint8_t {
  none,     ///< the edit is rejected, or its registration already includes it
  applied,  ///< the edit changes the user
};

/// Decides an edit. `ok` if this load has loaded its registration; the reason of the registration if that was rejected;
/// `registered` if an earlier load registered the user; `user-not-found` if an earlier load has recorded the
/// registration but the user does not exist; otherwise `unsupported`.
EditEffect decide_edit(const RuleInput& c, const RegistrationsSoFar& registrations, const Batch& batch,
                       Decision& decision);

/// Applies edits. The cost of an edit depends only on its own size, not on how many edits the user has.
class UserEditor {
 public:
  void apply(const RuleInput& c, const Policy& policy, State& state);

 private:
  /// The parts of the user's address, and the user's categories.
  struct Parts {
    std::unordered_set<std::string> address, categories;
  };
  void add_lists(Slot user, const UserDetails& said, UserDetails& known);

  std::unordered_map<Slot, Parts> m_parts;
};

}  // namespace offcirc
