// What loading one transaction changes. The rules that decide only write this down; apply() does it.
#pragma once

#include <optional>
#include <vector>

#include "loader/rules/state.hpp"

namespace offcirc {

struct HoldChange {
  Slot hold = k_none;
  HoldStatus status = HoldStatus::waiting;
  Row item_row = 0;
};

struct Payoff {
  Slot bill = k_none;
  Cents cents = 0;
};

/// The new due date of an open charge; the charge keeps its library and rule.
struct RenewedCharge {
  Slot charge = k_none;
  Seconds due_at = k_never;
  bool by_checkout = false;
};

struct Effects {
  Slot discharge = k_none;       ///< this charge is closed
  std::optional<Bill> bill;      ///< for what was overdue, or the credit of a payment
  std::optional<Charge> charge;  ///< a new one, of the transaction's item
  std::optional<RenewedCharge> renewal;
  std::vector<HoldChange> holds;
  Slot passed_hold = k_none;       ///< an item stands on the shelf for it, but its user took another of the title
  Slot routed_hold = k_none;       ///< the item checked in is to be routed for this hold
  Slot freed_copy = k_none;        ///< the item that was to be routed for a hold that is filled now
  Slot freed_copy_hold = k_none;   ///< the hold that `freed_copy` is to be routed for instead
  CodeIndex location = k_no_code;  ///< where the item is from now on
  std::vector<Payoff> payoffs;
  std::optional<UseCount> use;
  bool checks_in = false;          ///< the item came back
  bool frees_routed_hold = false;  ///< the item left: what it was routed for waits for the next one
};

}  // namespace offcirc
