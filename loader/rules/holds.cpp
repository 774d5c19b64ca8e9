#include "loader/rules/holds.hpp"

#include <tuple>

namespace offcirc {

std::vector<HoldEvent> find_hold_events(const State& state) {
  std::vector<HoldEvent> events;
  for (Slot slot = 0; slot < state.holds.size(); ++slot) {
    const Hold& hold = state.holds[slot];
    if (hold.status == HoldStatus::filled && hold.changed_by != k_none) {
      events.push_back({ShelfEvent::filled, slot, hold.changed_by});
    } else if (hold.status == HoldStatus::waiting && hold.changed_by != k_none) {
      events.push_back({ShelfEvent::waits_again, slot, hold.changed_by});
    } else if (hold.user_served_by != k_none) {
      events.push_back({ShelfEvent::another_taken, slot, hold.user_served_by});
    }
  }
  return events;
}

namespace {

bool counts(const RuleInput& c, const Hold& hold) {
  return hold.status != HoldStatus::filled && hold.placed_at <= c.t && hold.expires_on >= c.day;
}

bool has_item(const Hold& hold) {
  return hold.status == HoldStatus::on_shelf || hold.status == HoldStatus::in_transit;
}

bool waits(const Hold& hold) {
  return hold.status == HoldStatus::waiting;
}

bool older(const Hold& a, const Hold& b) {
  return std::tie(a.placed_at, a.hold_id) < std::tie(b.placed_at, b.hold_id);
}

// Calls `look(slot, hold)` for each hold on the item and then on its title that counts.
template <typename Look>
void for_each_hold(const RuleInput& c, const Item& item, Look look) {
  const State& state = c.now.state;
  const Slot of_title = item.title_slot == k_none ? k_none : state.titles[item.title_slot].first_hold;
  for (const Slot first : {item.first_hold, of_title})
    for (Slot slot = first; slot != k_none; slot = state.holds[slot].next)
      if (counts(c, state.holds[slot])) look(slot, state.holds[slot]);
}

}  // namespace

Slot hold_on_shelf(const RuleInput& c, const Item& item) {
  Slot found = k_none;
  for_each_hold(c, item, [&](Slot slot, const Hold& hold) {
    if (found == k_none && has_item(hold) && hold.item_row == item.row) found = slot;
  });
  return found;
}

Slot hold_to_fill(const RuleInput& c, const Item& item, const User& user) {
  if (user.row == 0) return k_none;
  Slot here = k_none, of_item = k_none, of_title = k_none;
  bool another_stands_ready = false;
  for_each_hold(c, item, [&](Slot slot, const Hold& hold) {
    if (hold.user_row != user.row) return;
    if (has_item(hold)) {
      if (hold.item_row == item.row && here == k_none) here = slot;
      if (hold.item_row != item.row) another_stands_ready = true;
    } else if (hold.item_level) {
      if (of_item == k_none) of_item = slot;
    } else if (of_title == k_none) {
      of_title = slot;
    }
  });
  if (here != k_none) return here;
  if (of_item != k_none) return of_item;
  return another_stands_ready ? k_none : of_title;
}

Slot hold_passed_over(const RuleInput& c, const Item& item, const User& user) {
  if (user.row == 0) return k_none;
  Slot found = k_none;
  for_each_hold(c, item, [&](Slot slot, const Hold& hold) {
    if (found == k_none && has_item(hold) && hold.user_row == user.row) found = slot;
  });
  return found;
}

bool another_waits(const RuleInput& c, const Item& item, const User& holder) {
  bool found = false;
  for_each_hold(c, item, [&](Slot, const Hold& hold) {
    found = found || (waits(hold) && (holder.row == 0 || hold.user_row != holder.row));
  });
  return found;
}

Slot hold_to_route(const RuleInput& c, const Item& item) {
  const State& state = c.now.state;
  Slot own = k_none, oldest = k_none;
  for_each_hold(c, item, [&](Slot slot, const Hold& hold) {
    const bool for_this = has_item(hold) ? hold.item_row == item.row : hold.routed_item == c.item_slot;
    if (for_this && own == k_none) own = slot;
    const bool free = waits(hold) && hold.routed_item == k_none;
    if (free && (oldest == k_none || older(hold, state.holds[oldest]))) oldest = slot;
  });
  return own != k_none ? own : oldest;
}

Slot next_hold_of_copy(const RuleInput& c, const Item& copy, Slot filled) {
  const State& state = c.now.state;
  Slot oldest = k_none;
  for_each_hold(c, copy, [&](Slot slot, const Hold& hold) {
    // The item of the transaction leaves, so the hold that it was routed or on the hold shelf for needs another copy.
    const bool leaves =
        has_item(hold) ? hold.item_row == state.items[c.item_slot].row : hold.routed_item == c.item_slot;
    const bool free = slot != filled && (leaves || (waits(hold) && hold.routed_item == k_none));
    if (free && (oldest == k_none || older(hold, state.holds[oldest]))) oldest = slot;
  });
  return oldest;
}

}  // namespace offcirc
