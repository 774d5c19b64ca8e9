// Registrations and their edits. An edit shares the outcome of its registration, and never registers anybody.
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

// The fields of a new user: by name, compared with those of a known one, and as a user of the state.

/// A field of users.csv that a registration can have and a user record keeps as text.
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

/// Dates as `YYYY-MM-DD`; empty if the registration does not have the field.
UserDetails details_of(const Registration& registration);

/// Whether the registration, whose `details` they are, has the field of that name in users.csv.
bool is_filled_in(std::string_view name, std::string_view user_id, const Registration& registration,
                  const UserDetails& details);

/// Two users who share the folded last name and one of these may be the same person.
struct IdentifyingDetails {
  std::string birth_date;
  std::string email;  ///< in lower case
  std::string phone;  ///< its digits: "(920) 555-0100" is "9205550100"
};

IdentifyingDetails identifying_details_of(const UserDetails& details);

/// Finds registrations-off.
void check_registrations_allowed(const RuleInput& c, Findings& findings);
/// Finds registration-incomplete, if the profile or the library does not exist.
void check_codes(const RuleInput& c, const Registration& registration, Findings& findings);
/// Names the fields that can't be read or are not kept, for the sentence of `registered`.
void add_what_is_left_out(const Registration& registration, NewSentence& sentence);
/// As far as the registration says until when the privilege is valid.
void set_expiry(const Registration& registration, User& user);

// Edits of registrations: lines in which a desk added to, or corrected, a user whom an earlier line registered.

/// The results of the registrations of this load so far.
class RegistrationsSoFar {
 public:
  struct One {
    std::uint32_t entry = 0;
    Outcome reason = Outcome::ok;  ///< why it was rejected; `ok`: it was loaded
    NewSentence sentence;          ///< of the reason
  };

  void add(const RuleInput& c, const Result& result);
  /// Adds one that an earlier load has recorded.
  void add_known(const Entry& entry) {
    if (entry.user_key != k_none) m_known.insert(entry.user_key);
  }

  /// Returns the last one of the user in the log of the edit; null if there is none.
  [[nodiscard]] const One* in_log_of(const RuleInput& edit) const;
  /// Returns the last rejected one of the user in any log; null if there is none.
  [[nodiscard]] const One* rejected(const RuleInput& edit) const;
  [[nodiscard]] bool is_known(const RuleInput& edit) const { return m_known.contains(edit.entry.user_key); }

 private:
  std::map<std::pair<std::uint32_t, std::uint32_t>, One> m_by_log;  // by log and user_key
  std::unordered_map<std::uint32_t, One> m_rejected;                // by user_key
  std::unordered_set<std::uint32_t> m_known;                        // user_keys
};

enum class EditEffect : std::uint8_t {
  none,     ///< it is rejected, or its registration says the same
  applied,  ///< its fields are to be applied to the user
};

/// Decides an edit. The outcome is `ok` if its registration is part of this load, `registered` if it changes a user
/// whom an earlier load registered, the reason of the registration if that was rejected, and else `unsupported`.
EditEffect decide_edit(const RuleInput& c, const RegistrationsSoFar& registrations, const Batch& batch,
                       Decision& decision);

/// Applies edits. The cost of each depends on its own size, however many edits a user has.
class UserEditor {
 public:
  void apply(const RuleInput& c, const Policy& policy, State& state);

 private:
  /// The parts of the address, and the categories, that the user already has.
  struct Parts {
    std::unordered_set<std::string> address, categories;
  };
  void add_lists(Slot user, const UserDetails& said, UserDetails& known);

  std::unordered_map<Slot, Parts> m_parts;
};

}  // namespace offcirc
