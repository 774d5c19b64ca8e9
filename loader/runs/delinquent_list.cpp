#include "loader/runs/delinquent_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>

#include "formats/csv_text.hpp"
#include "loader/circulation/fetch.hpp"
#include "loader/circulation/known_ids.hpp"
#include "loader/output/characters.hpp"
#include "loader/rules/accounts.hpp"
#include "loader/rules/money.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

struct Reason {
  Restriction restriction;
  std::string detail;
};

void add_detail(std::string& detail, std::string text) {
  detail += (detail.empty() ? "" : "; ") + std::move(text);
}

/// What is owed, overdue or claimed as returned, no matter which of it makes the user blocked or delinquent.
std::string account_text(const User& user, const UserStanding& standing) {
  std::string detail;
  if (standing.owed_cents > 0) add_detail(detail, fmt::format("owes {}", money(standing.owed_cents)));
  if (standing.overdue_items > 0)
    add_detail(detail,
               fmt::format("{} item{} overdue", standing.overdue_items, standing.overdue_items == 1 ? "" : "s"));
  if (user.claims_returned > 0) add_detail(detail, fmt::format("claims returned: {}", user.claims_returned));
  return detail;
}

std::vector<Reason> reasons_of(const User& user, Seconds now, const State& state, const Policy& policy) {
  std::vector<Reason> reasons;
  const UserStanding standing = standing_of(user, now, state, policy);
  if (user.barred) reasons.push_back({Restriction::barred, {}});
  if (standing.account != UserStatus::ok)
    reasons.push_back({standing.account == UserStatus::blocked ? Restriction::blocked : Restriction::delinquent,
                       account_text(user, standing)});
  if (user.expires_on < policy.zone.day_of(now))
    reasons.push_back({Restriction::expired, fmt::format("through {}", iso_date(user.expires_on))});
  return reasons;
}

std::string library_code(const User& user, const Policy& policy) {
  return user.library == k_no_library ? std::string() : policy.libraries[user.library].code;
}

}  // namespace

std::string_view code_of(Restriction restriction) {
  constexpr std::array<std::string_view, 5> k_codes{"barred", "blocked", "delinquent", "expired", "inactive-card"};
  return k_codes.at(static_cast<std::size_t>(restriction));
}

std::vector<ListedCard> find_listed_cards(Database& database, Policy& policy, Seconds now) {
  const std::vector<std::string> candidates = find_users_to_list(database, now, policy.zone.day_of(now));
  ReadSet read_set;
  read_set.user_ids.assign(candidates.begin(), candidates.end());
  const State state = fetch_state(database, read_set, policy);

  std::multimap<std::string_view, const OtherCard*> others;  // by user ID
  const std::vector<OtherCard> other_cards = find_other_cards(database);
  for (const OtherCard& card : other_cards) others.emplace(card.user_id, &card);

  std::vector<ListedCard> listed;
  for (const User& user : state.users) {
    if (is_system_user(user, policy)) continue;
    const std::string library = library_code(user, policy);
    const std::vector<Reason> reasons = reasons_of(user, now, state, policy);
    const auto list = [&](const std::string& id) {
      for (const Reason& reason : reasons) listed.push_back({id, reason.restriction, library, reason.detail});
    };
    list(std::string(user.id));
    for (auto [card, end] = others.equal_range(user.id); card != end; ++card) {
      list(card->second->id);
      if (card->second->inactive) listed.push_back({card->second->id, Restriction::inactive_card, library, {}});
    }
  }
  std::sort(listed.begin(), listed.end(), [](const ListedCard& a, const ListedCard& b) {
    return std::tie(a.id, a.restriction) < std::tie(b.id, b.restriction);
  });
  return listed;
}

namespace {

std::string plain_text(const ListHead& head, std::span<const ListedCard> cards, const Zone& zone) {
  std::string text = fmt::format("# Delinquent list of {}\n# Made {}\n# {} lines: a user ID and why it is listed\n",
                                 visible(head.library.empty() ? head.system_name : head.library),
                                 iso_time(head.made_at, zone), cards.size());
  for (const ListedCard& card : cards) text += fmt::format("{} {}\n", visible(card.id), code_of(card.restriction));
  return text;
}

std::string csv_text(const ListHead& head, std::span<const ListedCard> cards, const Zone& zone) {
  const std::string made_at = iso_time(head.made_at, zone);
  std::string text = "user_id,code,library,detail,made_at\n";
  for (const ListedCard& card : cards) {
    append_csv_field(text, visible(card.id));
    text += fmt::format(",{},", code_of(card.restriction));
    append_csv_field(text, visible(card.library));
    text += ',';
    append_csv_field(text, card.detail);
    text += fmt::format(",{}\n", made_at);
  }
  return text;
}

}  // namespace

std::string delinquent_list_text(const ListHead& head, std::span<const ListedCard> cards, ListFormat format,
                                 const Zone& zone) {
  return format == ListFormat::csv ? csv_text(head, cards, zone) : plain_text(head, cards, zone);
}

}  // namespace offcirc
