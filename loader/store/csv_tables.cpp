#include "loader/store/csv_tables.hpp"

#include <array>

namespace offcirc {

namespace {

using enum CellType;

constexpr std::array k_users = {
    CsvColumn{"user_id", "user_id", key, true},
    CsvColumn{"profile", "profile", profile},
    CsvColumn{"library", "library", library},
    CsvColumn{"last_name", "last_name"},
    CsvColumn{"first_name", "first_name"},
    CsvColumn{"middle_name", "middle_name"},
    CsvColumn{"alternate_name", "alternate_name"},
    CsvColumn{"birth_date", "birth_date", date},
    CsvColumn{"email", "email"},
    CsvColumn{"phone", "phone"},
    CsvColumn{"language", "language"},
    CsvColumn{"address", "address"},
    CsvColumn{"categories", "categories"},
    CsvColumn{"department", "department"},
    CsvColumn{"alternate_ids", "", alternate_ids},
    CsvColumn{"inactive_ids", "", inactive_ids},
    CsvColumn{"barred", "barred", boolean},
    CsvColumn{"expires_on", "expires_on", date},
    CsvColumn{"claims_returned", "claims_returned", count},
    CsvColumn{"registered_on", "registered_on", date},
};

constexpr std::array k_items = {
    CsvColumn{"item_id", "item_id", key, true},
    CsvColumn{"title_id", "title", title},
    CsvColumn{"title", "title_text"},
    CsvColumn{"call_number", "call_number"},
    CsvColumn{"item_type", "item_type", item_type},
    CsvColumn{"library", "library", library},
    CsvColumn{"home_location", "home_location", location},
    CsvColumn{"current_location", "current_location", location},
    CsvColumn{"price", "price_cents", price},
    CsvColumn{"last_action_at", "last_action_at", time},
    CsvColumn{"last_action", "last_action"},
};

constexpr std::array k_charges = {
    CsvColumn{"item_id", "item", item, true}, CsvColumn{"user_id", "user", user, true},
    CsvColumn{"library", "library", library}, CsvColumn{"charged_at", "charged_at", time},
    CsvColumn{"due_at", "due_at", due, true}, CsvColumn{"rule", "rule", rule},
    CsvColumn{"renewals", "renewals", count}, CsvColumn{"claims_returned_on", "claims_returned_on", date},
};

constexpr std::array k_holds = {
    CsvColumn{"hold_id", "hold_id", key, true},  CsvColumn{"level", "item_level", level},
    CsvColumn{"title_id", "title", title},       CsvColumn{"item_id", "item", item},
    CsvColumn{"user_id", "user", user, true},    CsvColumn{"pickup_library", "pickup_library", library},
    CsvColumn{"placed_at", "placed_at", time},   CsvColumn{"status", "status", hold_status},
    CsvColumn{"expires_on", "expires_on", date},
};

constexpr std::array k_bills = {
    CsvColumn{"bill_id", "bill_id", key, true},
    CsvColumn{"user_id", "user", user, true},
    CsvColumn{"item_id", "item", item},
    CsvColumn{"reason", "reason"},
    CsvColumn{"amount", "amount_cents", amount, true},
    CsvColumn{"library", "library", library},
    CsvColumn{"billed_at", "billed_at", time},
};

constexpr std::array k_tables = {
    CsvTable{"users.csv", "users", "user", k_users},       CsvTable{"items.csv", "items", "item", k_items},
    CsvTable{"charges.csv", "charges", "item", k_charges}, CsvTable{"holds.csv", "holds", "hold", k_holds},
    CsvTable{"bills.csv", "bills", "bill", k_bills},
};

}  // namespace

std::span<const CsvTable> csv_tables() {
  return k_tables;
}

}  // namespace offcirc
