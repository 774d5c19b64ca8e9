#include <algorithm>
#include <set>

#include "loader/rules/namesakes.hpp"
#include "tests/model/bridge.hpp"

namespace offcirc::model {

namespace {

Row row_of(const std::vector<std::string>& ids, const std::string& id) {
  auto found = std::find(ids.begin(), ids.end(), id);
  return found == ids.end() ? 0 : found - ids.begin() + 1;
}

/// Fills a state from a world and remembers the slot of each ID.
class Filler {
 public:
  Filler(const Outage& outage, Dice& dice, Loaded& loaded)
      : m_policy(outage.policy), m_world(outage.world), m_dice(dice), m_loaded(loaded), m_state(loaded.state) {}

  void fill() {
    number_rows();
    add_items();
    add_users();
    add_charges();
    add_bills();
    add_holds();
    answer_keys();
  }

 private:
  void number_rows() {
    m_loaded.user_ids = ids_of(m_world.users);
    m_loaded.item_ids = ids_of(m_world.items);
    m_loaded.hold_ids = ids_of(m_world.holds);
    m_loaded.bill_ids = ids_of(m_world.bills);
    std::set<std::string> titles;
    for (auto& [item_id, item] : m_world.items) titles.insert(item.title_id);
    m_loaded.title_ids.assign(titles.begin(), titles.end());
  }

  CodeIndex location(const std::string& code) { return code.empty() ? k_no_code : m_state.location(code); }

  CodeIndex item_type(const std::string& code) {
    auto found = std::find(m_state.item_types.begin(), m_state.item_types.end(), code);
    if (found == m_state.item_types.end()) found = m_state.item_types.insert(found, code);
    return static_cast<CodeIndex>(found - m_state.item_types.begin());
  }

  Slot title_slot(const std::string& title_id) {
    if (title_id.empty()) return k_none;
    auto [slot, is_new] = m_title_slots.emplace(title_id, static_cast<Slot>(m_state.titles.size()));
    if (is_new) m_state.titles.push_back({row_of(m_loaded.title_ids, title_id), k_none});
    return slot->second;
  }

  void add_items() {
    std::vector<std::string> wanted;
    for (auto& [item_id, item] : m_world.items) {
      for (std::string_view key : m_loaded.read_set.item_ids) {
        if (key == item_id) wanted.push_back(item_id);
      }
    }
    m_dice.shuffle(wanted);
    for (const std::string& item_id : wanted) {
      const auto& [id, plain] = *m_world.items.find(item_id);
      Item item;
      item.row = row_of(m_loaded.item_ids, id);
      item.id = id;
      item.title = plain.title_id;
      item.title_slot = title_slot(plain.title_id);
      item.library = m_policy.find_library(plain.library);
      item.item_type = item_type(plain.item_type);
      item.home_location = location(plain.home_location);
      item.current_location = location(plain.current_location);
      item.last_action_at = plain.last_action_at;
      item.last_action = m_state.last_action("Discharge");
      if (plain.earlier_at != k_no_time)
        m_state.set_earlier_action(item, {plain.earlier_at, plain.earlier_kind, plain.earlier_library,
                                          plain.earlier_station, plain.earlier_bill});
      m_item_slots[id] = static_cast<Slot>(m_state.items.size());
      m_state.items.push_back(item);
    }
  }

  /// The user is named by a transaction, has an item that one names, or shares the last name of a registration.
  bool is_wanted(const std::string& user_id, const PlainUser& user) {
    for (std::string_view key : m_loaded.read_set.user_ids) {
      std::string card(key);
      if (card == user_id || user.alternate_ids.count(card) > 0 || user.inactive_ids.count(card) > 0) return true;
    }
    for (auto& [item_id, charge] : m_world.charges) {
      if (charge.user_id == user_id && m_item_slots.count(item_id) > 0) return true;
    }
    return is_namesake(user);
  }

  std::string last_name_of(const PlainUser& user) {
    auto found = user.fields.find("last_name");
    return found == user.fields.end() ? "" : folded_name(found->second);
  }

  bool is_namesake(const PlainUser& user) {
    auto& names = m_loaded.read_set.folded_last_names;
    return std::find(names.begin(), names.end(), last_name_of(user)) != names.end();
  }

  void add_users() {
    std::vector<std::string> wanted;
    for (auto& [user_id, user] : m_world.users) {
      if (is_wanted(user_id, user)) wanted.push_back(user_id);
    }
    m_dice.shuffle(wanted);
    for (const std::string& user_id : wanted) {
      const auto& [id, plain] = *m_world.users.find(user_id);
      User user;
      user.row = row_of(m_loaded.user_ids, id);
      user.id = id;
      user.profile = m_policy.find_profile(plain.profile);
      user.library = m_policy.find_library(plain.library);
      user.barred = plain.barred;
      user.claims_returned = plain.claims_returned;
      user.expires_on = plain.expires_on;
      user.details = add_details(plain);
      m_user_slots[id] = static_cast<Slot>(m_state.users.size());
      m_state.users.push_back(user);
    }
  }

  Slot add_details(const PlainUser& plain) {
    auto text = [&](const char* name) {
      auto found = plain.fields.find(name);
      return found == plain.fields.end() ? std::string() : found->second;
    };
    UserDetails details;
    details.last_name = text("last_name");
    details.first_name = text("first_name");
    details.middle_name = text("middle_name");
    details.alternate_name = text("alternate_name");
    details.language = text("language");
    details.address = text("address");
    details.categories = text("categories");
    details.department = text("department");
    details.birth_date = text("birth_date");
    details.email = text("email");
    details.phone = text("phone");
    if (plain.expires_on != k_no_expiry) details.expires_on = iso_date(plain.expires_on);
    m_state.details.push_back(details);
    return static_cast<Slot>(m_state.details.size() - 1);
  }

  CirculationRule rule_of(const std::string& text) {
    if (auto parsed = parse_rule(text)) return *parsed;
    CirculationRule unreadable;
    unreadable.text = text;
    return unreadable;
  }

  void add_charges() {
    std::vector<std::string> items = ids_of(m_world.charges);
    m_dice.shuffle(items);
    for (const std::string& item_id : items) {
      const PlainCharge& plain = m_world.charges.at(item_id);
      auto user = m_user_slots.find(plain.user_id);
      if (user == m_user_slots.end()) continue;
      Charge charge;
      charge.item_row = row_of(m_loaded.item_ids, item_id);
      charge.user = user->second;
      charge.library = m_policy.find_library(plain.library);
      charge.rule = m_state.rule(rule_of(plain.rule));
      charge.charged_at = plain.charged_at;
      charge.due_at = plain.due_at;
      charge.renewals = plain.renewals;
      charge.claims_returned_at = plain.claimed_at;
      Slot slot = static_cast<Slot>(m_state.charges.size());
      auto item = m_item_slots.find(item_id);
      if (item != m_item_slots.end()) {
        charge.item = item->second;
        m_state.items[item->second].charge = slot;
      }
      m_state.charges.push_back(charge);
      m_state.link_to_user(slot);
    }
  }

  void add_bills() {
    std::vector<std::string> bills = ids_of(m_world.bills);
    std::sort(bills.begin(), bills.end(), [&](const std::string& a, const std::string& b) {
      return std::pair(m_world.bills.at(a).billed_at, a) > std::pair(m_world.bills.at(b).billed_at, b);
    });
    for (const std::string& bill_id : bills) {  // The newest first: each becomes the head of its list.
      const auto& [id, plain] = *m_world.bills.find(bill_id);
      auto user = m_user_slots.find(plain.user_id);
      if (user == m_user_slots.end()) continue;
      Bill bill;
      bill.row = row_of(m_loaded.bill_ids, id);
      bill.bill_id = id;
      bill.user = user->second;
      bill.item_row = row_of(m_loaded.item_ids, plain.item_id);
      bill.amount_cents = plain.amount;
      bill.reason = plain.reason;
      bill.library = m_policy.find_library(plain.library);
      bill.billed_at = plain.billed_at;
      bill.next_of_user = m_state.users[bill.user].first_bill;
      m_state.users[bill.user].first_bill = static_cast<Slot>(m_state.bills.size());
      m_state.bills.push_back(bill);
    }
  }

  void add_holds() {
    std::vector<std::string> holds = ids_of(m_world.holds);
    std::sort(holds.begin(), holds.end(), [&](const std::string& a, const std::string& b) {
      return std::pair(m_world.holds.at(a).placed_at, a) > std::pair(m_world.holds.at(b).placed_at, b);
    });
    for (const std::string& hold_id : holds) {  // The newest first, as above.
      const auto& [id, plain] = *m_world.holds.find(hold_id);
      Slot* head = list_of(plain);
      if (!head) continue;
      Hold hold;
      hold.row = row_of(m_loaded.hold_ids, id);
      hold.hold_id = id;
      hold.user_row = row_of(m_loaded.user_ids, plain.user_id);
      hold.item_row = row_of(m_loaded.item_ids, plain.item_id);
      hold.pickup_library = m_policy.find_library(plain.pickup_library);
      hold.item_level = plain.item_level;
      if (plain.status == "on-shelf") hold.status = HoldStatus::on_shelf;
      if (plain.status == "in-transit") hold.status = HoldStatus::in_transit;
      hold.placed_at = plain.placed_at;
      hold.expires_on = plain.expires_on;
      if (!plain.routed_copy.empty()) {
        auto copy = m_item_slots.find(plain.routed_copy);
        hold.routed_item = copy == m_item_slots.end() ? k_another_copy : copy->second;
      }
      hold.next = *head;
      *head = static_cast<Slot>(m_state.holds.size());
      m_state.holds.push_back(hold);
    }
  }

  Slot* list_of(const PlainHold& hold) {
    if (hold.item_level) {
      auto item = m_item_slots.find(hold.item_id);
      return item == m_item_slots.end() ? nullptr : &m_state.items[item->second].first_hold;
    }
    auto title = m_title_slots.find(hold.title_id);
    return title == m_title_slots.end() ? nullptr : &m_state.titles[title->second].first_hold;
  }

  UserRef user_ref(const std::string& card) {
    auto slot = m_user_slots.find(card);
    if (slot != m_user_slots.end()) return {slot->second, FoundBy::id};
    for (auto& [user_id, user] : m_world.users) {
      if (user.alternate_ids.count(card) > 0) return {m_user_slots.at(user_id), FoundBy::alternate_id};
    }
    for (auto& [user_id, user] : m_world.users) {
      if (user.inactive_ids.count(card) > 0) return {m_user_slots.at(user_id), FoundBy::inactive_id};
    }
    return {};
  }

  void answer_keys() {
    for (std::string_view key : m_loaded.read_set.user_ids) m_state.user_of_key.push_back(user_ref(std::string(key)));
    for (std::string_view key : m_loaded.read_set.item_ids) {
      auto slot = m_item_slots.find(std::string(key));
      m_state.item_of_key.push_back(slot == m_item_slots.end() ? k_none : slot->second);
    }
    for (const std::string& name : m_loaded.read_set.folded_last_names) {
      std::vector<Slot>& namesakes = m_state.namesakes.emplace_back();
      for (auto& [user_id, slot] : m_user_slots) {
        if (last_name_of(m_world.users.at(user_id)) == name) namesakes.push_back(slot);
      }
    }
  }

  const Policy& m_policy;
  const World& m_world;
  Dice& m_dice;
  Loaded& m_loaded;
  State& m_state;
  std::map<std::string, Slot> m_user_slots, m_item_slots, m_title_slots;
};

}  // namespace

void fill_state(const Outage& outage, Dice& dice, Loaded& loaded) {
  Filler(outage, dice, loaded).fill();
}

}  // namespace offcirc::model
