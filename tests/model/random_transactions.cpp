#include "tests/model/plain_rules.hpp"
#include "tests/model/random_outage.hpp"

namespace offcirc::model {

namespace {

/// Generates transactions in sequence; remembers recently used users and items.
class Desk {
 public:
  Desk(const Outage& outage, Dice& dice)
      : m_outage(outage),
        m_dice(dice),
        m_now(outage.starts_at),
        m_users(ids_of(outage.world.users)),
        m_items(ids_of(outage.world.items)) {
    for (auto& [user_id, user] : outage.world.users) {
      m_cards.insert(m_cards.end(), user.alternate_ids.begin(), user.alternate_ids.end());
      m_cards.insert(m_cards.end(), user.inactive_ids.begin(), user.inactive_ids.end());
    }
  }

  PlainTransaction next() {
    step();
    PlainTransaction t;
    t.kind = random_kind();
    t.recorded_at = t.occurred_at = m_now;
    t.library = m_dice.chance(2) ? m_dice.pick<std::string>({"", "ZZZ"}) : m_dice.pick(m_outage.policy.libraries).code;
    t.station = "020" + std::to_string(m_dice.below(3));
    t.clock_jumped = m_dice.chance(2);
    t.clock_went_backwards = m_dice.chance(2);
    t.order_assumed = m_dice.chance(2);
    t.refused_then = t.kind != Kind::registration && m_dice.chance(1);  // rare: only SIP2 logs have answers
    t.library_mismatch = m_dice.chance(4);
    t.already_recorded = m_dice.chance(2);
    t.perhaps_loaded = m_dice.chance(2);
    fill(t);
    m_user = t.user_id.empty() ? m_user : t.user_id;
    m_item = t.item_id.empty() ? m_item : t.item_id;
    return t;
  }

 private:
  void step() {
    int roll = m_dice.below(100);
    if (roll < 60) m_now += m_dice.between(0, 200);
    if (roll >= 60 && roll < 85) m_now += m_dice.between(180, 900);
    if (roll >= 85 && roll < 96) m_now += m_dice.between(3600, 5 * 3600);
    if (roll >= 96) m_now += m_dice.between(8 * 3600, 30 * 3600);
  }

  Kind random_kind() {
    int roll = m_dice.below(100);
    if (roll < 44) return Kind::checkout;
    if (roll < 66) return Kind::checkin;
    if (roll < 79) return Kind::renewal;
    if (roll < 86) return Kind::registration;
    if (roll < 93) return Kind::payment;
    return roll < 97 ? Kind::in_house_use : Kind::unsupported;
  }

  std::string user() {
    if (!m_user.empty() && m_dice.chance(35)) return m_user;
    int roll = m_dice.below(100);
    if (roll < 3) return "U99";
    if (roll < 8) return "N" + std::to_string(m_dice.below(4));
    if (roll < 18 && !m_cards.empty()) return m_dice.pick(m_cards);
    return m_dice.pick(m_users);
  }

  std::string item() {
    if (!m_item.empty() && m_dice.chance(40)) return m_item;
    return m_dice.chance(3) ? "I99" : m_dice.pick(m_items);
  }

  /// The user who has the item, most of the time.
  std::string holder_of(const std::string& item_id) {
    auto charge = m_outage.world.charges.find(item_id);
    return charge != m_outage.world.charges.end() && m_dice.chance(60) ? charge->second.user_id : user();
  }

  /// A date near the transaction: bare, civil, or absolute.
  Stamp stamp(int from_days, int to_days) {
    Day day = civil_day(m_outage.policy.zone, m_now) + m_dice.between(from_days, to_days);
    Seconds seconds = Seconds{day} * k_day_seconds;
    if (m_dice.chance(50)) return Stamp(StampForm::date, seconds);
    StampForm form = m_dice.chance(50) ? StampForm::civil : StampForm::absolute;
    return Stamp(form, seconds + m_dice.between(0, 86'399));
  }

  void add_due(PlainTransaction& t) {
    if (!m_dice.chance(30)) return;
    t.due_from = m_dice.chance(60) ? DueFrom::transaction : DueFrom::session;
    t.due = m_dice.chance(10) ? Stamp(StampForm::never, 0) : stamp(-2, m_dice.chance(50) ? 5 : 60);
  }

  void add_registration(PlainTransaction& t) {
    t.user_id = m_dice.chance(75) ? "N" + std::to_string(m_dice.below(4)) : user();
    if (m_dice.chance(3)) t.user_id.clear();
    for (const char* name : k_person_fields) {
      std::string value = random_field(name, m_dice);
      if (!value.empty()) t.fields[name] = value;
    }
    if (m_dice.chance(5)) t.fields.erase("last_name");
    if (m_dice.chance(5)) t.fields["birth_date"] = "?";
    t.fields["profile"] =
        m_dice.chance(5) ? m_dice.pick<std::string>({"", "NOBODY"}) : m_dice.pick<std::string>({"PUBLIC", "CHILD"});
    t.fields["library"] =
        m_dice.chance(5) ? m_dice.pick<std::string>({"", "ZZZ"}) : m_dice.pick(m_outage.policy.libraries).code;
    if (m_dice.chance(30))
      t.fields["expires_on"] = m_dice.pick<std::string>({"?", "NEVER", "2026-03-08", "2026-11-01", "2027-06-30"});
  }

  void fill(PlainTransaction& t) {
    switch (t.kind) {
      case Kind::checkout:
        t.item_id = item();
        t.user_id = m_dice.chance(25) ? holder_of(t.item_id) : user();
        add_due(t);
        break;
      case Kind::checkin:
        t.item_id = m_renewed.empty() || !m_dice.chance(20) ? item() : m_renewed;
        if (m_dice.chance(10)) t.user_id = user();
        if (m_dice.chance(t.item_id == m_renewed ? 70 : 35)) t.discharged_on = stamp(m_dice.chance(25) ? -14 : -4, 1);
        t.fine_waived = m_dice.chance(20);
        break;
      case Kind::renewal:
        t.item_id = item();
        if (m_dice.chance(45)) t.user_id = holder_of(t.item_id);
        add_due(t);
        m_renewed = t.item_id;
        break;
      case Kind::registration:
        add_registration(t);
        break;
      case Kind::payment:
        t.user_id = user();
        t.amount = m_dice.chance(2) ? 0 : m_dice.between(1, 40) * 50;
        break;
      case Kind::in_house_use:
        if (m_dice.chance(70))
          t.item_id = item();
        else
          t.item_type = m_dice.pick<std::string>({"", "BOOK", "MAGAZINE"});
        t.count = static_cast<std::uint32_t>(m_dice.between(1, 5));
        break;
      case Kind::unsupported:
        t.item_id = item();
        break;
    }
  }

  const Outage& m_outage;
  Dice& m_dice;
  Seconds m_now;
  std::vector<std::string> m_users, m_items, m_cards;
  std::string m_user, m_item;  // most recently named
  std::string m_renewed;       // most recently renewed
};

}  // namespace

void add_transactions(Outage& outage, Dice& dice) {
  Desk desk(outage, dice);
  int count = dice.between(20, 80);
  std::vector<PlainTransaction> transactions;
  for (int i = 0; i < count; ++i) transactions.push_back(desk.next());
  outage.transactions = transactions;
}

}  // namespace offcirc::model
