#include <algorithm>

#include "loader/rules/namesakes.hpp"
#include "tests/model/bridge.hpp"
#include "tests/model/plain_rules.hpp"

namespace offcirc::model {

namespace {

std::string_view field(const PlainTransaction& t, const std::string& name) {
  auto found = t.fields.find(name);
  return found == t.fields.end() ? std::string_view() : std::string_view(found->second);
}

Stamp date(std::string_view text) {
  if (text.empty()) return {};
  if (text == "NEVER") return Stamp(StampForm::never, 0);
  Day day = day_of_text(std::string(text));
  return day == k_no_expiry ? Stamp(StampForm::unreadable, 0) : Stamp(StampForm::date, Seconds{day} * k_day_seconds);
}

Registration registration_of(const PlainTransaction& t) {
  Registration r;
  r.last_name = field(t, "last_name");
  r.first_name = field(t, "first_name");
  r.middle_name = field(t, "middle_name");
  r.alternate_name = field(t, "alternate_name");
  r.language = field(t, "language");
  r.address = field(t, "address");
  r.categories = field(t, "categories");
  r.department = field(t, "department");
  r.birth_date = date(field(t, "birth_date"));
  r.email = field(t, "email");
  r.phone = field(t, "phone");
  r.profile = field(t, "profile");
  r.library = field(t, "library");
  r.expires_on = date(field(t, "expires_on"));
  return r;
}

/// The index of `id` in `ids`, where it is appended if it is new; k_none if it is empty.
std::uint32_t key_of(LargeVector<std::string_view>& ids, std::string_view id) {
  if (id.empty()) return k_none;
  auto found = std::find(ids.begin(), ids.end(), id);
  if (found == ids.end()) found = ids.insert(ids.end(), id);
  return static_cast<std::uint32_t>(found - ids.begin());
}

Transaction transaction_of(const PlainTransaction& t, const Desk* desk, const Registration* registration) {
  Transaction transaction;
  transaction.recorded = Stamp(StampForm::absolute, t.recorded_at);
  transaction.due = t.due;
  transaction.due_from = t.due_from;
  transaction.discharged_on = t.discharged_on;
  transaction.user_id = t.user_id;
  transaction.item_id = t.item_id;
  if (t.kind == Kind::unsupported) transaction.what = "Place hold";
  if (t.kind == Kind::in_house_use) transaction.what = t.item_type;
  transaction.desk = desk;
  transaction.registration = registration;
  transaction.amount_cents = t.amount;
  transaction.count = t.count;
  transaction.kind = t.kind;
  transaction.fine_waived = t.fine_waived;
  transaction.refused_then = t.refused_then;
  return transaction;
}

BatchDesk desk_of(const PlainTransaction& t, const Desk& said, const Policy& policy) {
  BatchDesk desk;
  desk.desk = said;
  desk.library = policy.find_library(t.library);
  desk.library_code = t.library;
  desk.station = t.station;
  if (t.library_mismatch) desk.library_mismatch = "The station belongs to another library.";
  return desk;
}

Entry entry_of(const PlainTransaction& t, Transaction* transaction) {
  Entry entry;
  entry.transaction = transaction;
  entry.kind = transaction->kind;
  entry.recorded_at = t.recorded_at;
  entry.occurred_at = t.occurred_at;
  entry.identity = transaction->identity;
  entry.user_id = t.user_id;
  entry.item_id = t.item_id;
  entry.clock_jumped = t.clock_jumped;
  entry.clock_went_backwards = t.clock_went_backwards;
  entry.order_assumed = t.order_assumed;
  return entry;
}

void note_registration(const PlainTransaction& t, std::uint32_t user_key, ReadSet& read_set) {
  if (user_key != k_none && std::find(read_set.registered_keys.begin(), read_set.registered_keys.end(), user_key) ==
                                read_set.registered_keys.end()) {
    read_set.registered_keys.push_back(user_key);
  }
  std::string folded = folded_name(field(t, "last_name"));
  auto& names = read_set.folded_last_names;
  const auto place = std::lower_bound(names.begin(), names.end(), folded);
  if (!folded.empty() && (place == names.end() || *place != folded)) names.insert(place, folded);
}

}  // namespace

void fill_batch(const Outage& outage, Loaded& loaded) {
  Log log;
  log.path = "outage";
  log.format = "csv";
  loaded.batch.logs.push_back(log);
  for (const PlainTransaction& t : outage.transactions) {
    const Registration* registration = nullptr;
    if (t.kind == Kind::registration) registration = &loaded.registrations.emplace_back(registration_of(t));
    const Desk* desk = &loaded.desks.emplace_back(Desk{t.library, {}, t.station, {}});
    Transaction& transaction = loaded.transactions.emplace_back(transaction_of(t, desk, registration));
    transaction.line = static_cast<std::uint32_t>(loaded.transactions.size());
    transaction.identity = {t.recorded_at, loaded.transactions.size(), 0};
    Entry entry = entry_of(t, &transaction);
    entry.desk = static_cast<std::uint32_t>(loaded.batch.desks.size());
    loaded.batch.desks.push_back(desk_of(t, *desk, outage.policy));
    if (t.perhaps_loaded)
      loaded.batch.perhaps_loaded.add(static_cast<std::uint32_t>(loaded.batch.entries.size()),
                                      say<Form::worded>("1:7 says the same"));
    entry.user_key = key_of(loaded.read_set.user_ids, entry.user_id);
    entry.item_key = key_of(loaded.read_set.item_ids, entry.item_id);
    if (registration) {
      note_registration(t, entry.user_key, loaded.read_set);
      loaded.batch.registrations.push_back(static_cast<std::uint32_t>(loaded.batch.entries.size()));
    }
    loaded.batch.entries.push_back(entry);
    loaded.already_recorded.push_back(t.already_recorded);
  }
}

Loaded load_outage(const Outage& outage, std::uint64_t slot_seed) {
  Loaded loaded;
  Dice dice(slot_seed);
  fill_batch(outage, loaded);
  fill_state(outage, dice, loaded);
  return loaded;
}

}  // namespace offcirc::model
