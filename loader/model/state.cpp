#include "loader/model/state.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace offcirc {

std::string_view State::keep(std::string_view value) {
  if (value.empty()) return {};
  auto* copy = static_cast<char*>(text->allocate(value.size(), 1));
  std::memcpy(copy, value.data(), value.size());
  return {copy, value.size()};
}

const EarlierAction& State::earlier_action(const Item& item) const {
  static const EarlierAction k_none_yet;
  return item.earlier_action == k_none ? k_none_yet : earlier_actions[item.earlier_action];
}

void State::set_earlier_action(Item& item, const EarlierAction& action) {
  item.earlier_action = static_cast<Slot>(earlier_actions.size());
  earlier_actions.push_back(action);
}

void State::link_to_user(Slot slot) {
  Charge& charge = charges[slot];
  Slot& first = users[charge.user].first_charge;
  if (first != k_none) charges[first].previous_of_user = slot;
  charge.next_of_user = first;
  charge.previous_of_user = k_none;
  first = slot;
}

// Closed charges leave the list, so it stays as short as what the user has now.
void State::unlink_from_user(Slot slot) {
  const Charge& charge = charges[slot];
  if (charge.next_of_user != k_none) charges[charge.next_of_user].previous_of_user = charge.previous_of_user;
  Slot& link = charge.previous_of_user == k_none ? users[charge.user].first_charge
                                                 : charges[charge.previous_of_user].next_of_user;
  link = charge.next_of_user;
}

void State::append_to_user(Slot slot) {
  User& user = users[bills[slot].user];
  if (user.first_bill == k_none) {
    user.first_bill = slot;
  } else {
    Slot last = user.last_bill == k_none ? user.first_bill : user.last_bill;
    while (bills[last].next_of_user != k_none) last = bills[last].next_of_user;
    bills[last].next_of_user = slot;
  }
  user.last_bill = slot;
}

// Items usually share a few words, so the first few are searched. If each item has its own, a word may be stored twice:
// searching a million for every item would take too long.
Slot State::last_action(std::string_view word) {
  constexpr std::ptrdiff_t k_looked_at = 32;
  const auto end = last_actions.begin() + std::min(k_looked_at, std::ssize(last_actions));
  const auto found = std::find(last_actions.begin(), end, word);
  if (found != end) return static_cast<Slot>(found - last_actions.begin());
  last_actions.push_back(keep(word));
  return static_cast<Slot>(last_actions.size() - 1);
}

CodeIndex State::location(std::string_view code) {
  const auto found = std::find(locations.begin(), locations.end(), code);
  if (found == locations.end()) {
    locations.emplace_back(code);
    return static_cast<CodeIndex>(locations.size() - 1);
  }
  return static_cast<CodeIndex>(found - locations.begin());
}

CodeIndex State::rule(const CirculationRule& rule) {
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const auto& known) { return known.text == rule.text; });
  if (found == rules.end()) {
    rules.push_back(rule);
    return static_cast<CodeIndex>(rules.size() - 1);
  }
  return static_cast<CodeIndex>(found - rules.begin());
}

}  // namespace offcirc
