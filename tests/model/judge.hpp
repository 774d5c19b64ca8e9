// The internal interface of the second opinion: a transaction is judged and, unless something rejects it, applied.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/model/model.hpp"
#include "tests/model/plain_rules.hpp"

namespace offcirc::model {

/// The findings about one transaction so far, and the values with which it will be loaded.
struct Case {
  const PlainTransaction& transaction;
  std::size_t place;       ///< the transaction's index
  const Library* library;  ///< null if it is unknown
  const OfflineRules& rules;
  const ReplayOptions& options;
  std::map<Outcome, OutcomeClass> found;
  Seconds due_at = k_no_time;
  DueFrom due_from = DueFrom::none;
  Cents bill_cents = 0;

  [[nodiscard]] Seconds at() const { return transaction.occurred_at; }
  /// Adds the outcome with the class that config and overrides give it.
  void add(Outcome code);
  [[nodiscard]] bool rejected() const;
};

enum class Status { ok, delinquent, blocked, barred };

struct FoundUser {
  std::string id;  ///< of the user, whatever card was used; empty if there is none
  bool by_inactive_card = false;
  bool registered_later = false;
};

struct DueDate {
  Seconds at = k_no_time;
  DueFrom from = DueFrom::none;
  std::string rule;
  bool moved = false;
};

class Judge {
 public:
  Judge(const std::vector<PlainTransaction>& transactions, const Policy& policy, const ReplayOptions& options,
        World& world)
      : m_transactions(transactions), m_policy(policy), m_options(options), m_world(world) {
    for (auto& [hold_id, hold] : world.holds) {
      if (!hold.routed_copy.empty()) m_routed[hold.routed_copy] = hold_id;
    }
  }

  Verdict decide(std::size_t place);

 private:
  [[nodiscard]] Case open_case(std::size_t place) const;
  void judge_time_and_library(Case& c) const;
  void judge_ids(Case& c);
  static Verdict conclude(const Case& c);

  void checkout(Case& c);
  void charge_anew(Case& c, const std::string& user_id, const DueDate& due);
  void checkin(Case& c);
  void renewal(Case& c);
  void registration(Case& c);
  void payment(Case& c);
  void in_house_use(Case& c);

  // Users.
  FoundUser find_user(const PlainTransaction& transaction, std::size_t place);
  /// Finds the user that the line names and adds the findings about the card; empty if there is none.
  std::string user_of_line(Case& c);
  [[nodiscard]] const Profile& profile_of(const std::string& user_id) const;
  [[nodiscard]] Status status_at(const std::string& user_id, Seconds at) const;
  void judge_user(Case& c, const std::string& user_id) const;
  void judge_charge_limit(Case& c, const std::string& user_id) const;
  void judge_registration(Case& c) const;
  void add_user(const PlainTransaction& transaction);

  // Items.
  [[nodiscard]] bool is_scanned_twice(const Case& c, const std::string& user_id) const;
  void judge_later_action(Case& c, const PlainItem& item) const;
  [[nodiscard]] bool is_renewed_after(const Case& c, Seconds at) const;
  void add_location_codes(Case& c, const PlainItem& item) const;
  /// Adds what a checkout clears: for a charged item, only lost and claims-returned matter.
  void add_cleared_codes(Case& c, const PlainItem& item) const;
  [[nodiscard]] bool is_lost(const PlainItem& item) const;

  // Due dates and money.
  [[nodiscard]] DueDate choose_due(Case& c, const std::string& user_id, const PlainItem& item) const;
  [[nodiscard]] DueDate due_of_map(const Case& c, const PlainUser& user, const std::string& rule) const;
  [[nodiscard]] std::optional<Seconds> due_of_line(const PlainTransaction& transaction) const;
  [[nodiscard]] std::string rule_of_map(const std::string& library, const std::string& profile,
                                        const std::string& item_type) const;
  [[nodiscard]] bool is_closed(const Library* library, Day day) const;
  [[nodiscard]] Cents fine(const PlainCharge& charge, Seconds until) const;
  void bill_fine(Case& c, const std::string& item_id, Seconds until);

  // Renewals, whether by a line of their own or by a checkout.
  void judge_renewal(Case& c, const std::string& item_id) const;
  void renew(Case& c, const std::string& item_id, const DueDate& due);

  // Holds.
  [[nodiscard]] bool counts_at(const PlainHold& hold, Seconds at) const;
  [[nodiscard]] bool wants(const PlainHold& hold, const std::string& item_id) const;
  [[nodiscard]] std::string shelf_hold_of(const std::string& item_id, Seconds at) const;
  [[nodiscard]] std::string waiting_hold_of(const std::string& user_id, const std::string& item_id, Seconds at) const;
  void judge_shelf(Case& c, const std::string& user_id) const;
  void settle_holds(Case& c, const std::string& user_id);
  /// The oldest waiting hold for the item that no copy has been routed for; empty if there is none.
  [[nodiscard]] std::string free_hold_for(const std::string& item_id, Seconds at) const;
  /// Frees the copies that came back for a hold that is now filled: each may fill another.
  void free_copies_of(const std::string& hold_id, Seconds at);
  bool route(Case& c);  ///< returns whether the item was trapped

  const std::vector<PlainTransaction>& m_transactions;
  const Policy& m_policy;
  const ReplayOptions& m_options;
  World& m_world;
  std::map<std::string, std::size_t> m_registered_by;     // user -> index of the registration
  std::map<std::string, std::size_t> m_last_effect;       // item -> index of the last transaction that took effect on
                                                          // it
  std::map<std::string, std::string> m_routed;            // item -> the hold it was routed for
  std::map<std::string, std::vector<Seconds>> m_renewed;  // item -> times when this load renewed its charge
};

}  // namespace offcirc::model
