#include "loader/rules/namesakes.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "loader/rules/registration.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_named = 5;

/// By the bits of a number from 1 to 7: what somebody's birth date (1), e-mail address (2) and phone number (4) are
/// together; empty where one of them is not known.
using Combinations = std::array<std::string, 8>;

Combinations combinations_of(const IdentifyingDetails& details) {
  const std::array<const std::string*, 3> parts{&details.birth_date, &details.email, &details.phone};
  Combinations all;
  for (unsigned bits = 1; bits < all.size(); ++bits) {
    std::string& key = all[bits];
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if ((bits >> i & 1U) == 0) continue;
      if (parts[i]->empty()) {
        key.clear();
        break;
      }
      key += std::to_string(bits) + ':' + std::to_string(parts[i]->size()) + ':' + *parts[i];
    }
  }
  return all;
}

}  // namespace

Namesakes::Alike Namesakes::alike(std::size_t name, const Registration& registration) {
  const std::vector<Slot>& users = m_state.namesakes[name];
  OfName& of_name = m_names[name];
  learn(of_name, users);
  Alike alike;
  Places first;
  const Combinations keys = combinations_of(identifying_details_of(details_of(registration)));
  // Who has two in common is counted twice by the single ones, and so on: inclusion and exclusion.
  std::int64_t count = 0;
  for (unsigned bits = 1; bits < keys.size(); ++bits) {
    if (keys[bits].empty()) continue;
    if (std::has_single_bit(bits)) {
      const auto found = of_name.by_key.find(keys[bits]);
      if (found == of_name.by_key.end()) continue;
      count += static_cast<std::int64_t>(found->second.size());
      auto place = found->second.begin();
      for (std::size_t i = 0; i < k_named && place != found->second.end(); ++i) first.insert(*place++);
    } else if (const auto found = of_name.counts.find(keys[bits]); found != of_name.counts.end()) {
      const std::int64_t several = found->second;
      count += std::popcount(bits) == 2 ? -several : several;
    }
  }
  alike.count = static_cast<std::size_t>(count);
  m_looked_at += 1 + first.size();
  for (const std::uint32_t place : first)
    if (alike.first.size() < k_named) alike.first.push_back(users[place]);
  return alike;
}

void Namesakes::details_change(std::size_t name, Slot user) {
  OfName& of_name = m_names[name];
  learn(of_name, m_state.namesakes[name]);
  enter(of_name, user, false);
}

void Namesakes::details_changed(std::size_t name, Slot user) {
  add(m_names[name], user);
}

void Namesakes::learn(OfName& of_name, const std::vector<Slot>& users) {
  for (; of_name.known < users.size(); ++of_name.known) {
    of_name.places[users[of_name.known]] = of_name.known;
    add(of_name, users[of_name.known]);
  }
}

void Namesakes::add(OfName& of_name, Slot user) {
  ++m_looked_at;
  enter(of_name, user, true);
}

void Namesakes::enter(OfName& of_name, Slot user, bool is_new) {
  const Slot details = m_state.users[user].details;
  if (details == k_none) return;
  const Combinations keys = combinations_of(identifying_details_of(m_state.details[details]));
  for (unsigned bits = 1; bits < keys.size(); ++bits) {
    if (keys[bits].empty()) continue;
    if (!std::has_single_bit(bits))
      of_name.counts[keys[bits]] += is_new ? 1 : -1;
    else if (is_new)
      of_name.by_key[keys[bits]].insert(of_name.places[user]);
    else
      of_name.by_key[keys[bits]].erase(of_name.places[user]);
  }
}

}  // namespace offcirc
