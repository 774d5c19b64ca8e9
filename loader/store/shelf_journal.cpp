#include "loader/store/shelf_journal.hpp"

#include <fmt/format.h>

namespace offcirc {

void write_shelf_lists(Database& database, const ShelfLists& lists, std::int64_t load) {
  Statement add_hold(database,
                     "INSERT INTO load_holds(load, position, event, library, hold_id, user_id, item_id, title, at) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  std::int64_t position = 0;
  for (const ShelfHold& hold : lists.holds) {
    add_hold
        .with(load, position++, facts_of(hold.event).code, hold.library, hold.hold_id, hold.user_id, hold.item_id,
              hold.title, hold.at)
        .run();
  }
  Statement add_charge(database,
                       "INSERT INTO load_due_charges(load, position, library, user_id, item_id, title, due_at) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  position = 0;
  for (const DueCharge& charge : lists.due_charges) {
    add_charge.with(load, position++, charge.library, charge.user_id, charge.item_id, charge.title, charge.due_at)
        .run();
  }
}

ShelfLists read_shelf_lists(const Database& database, std::int64_t load) {
  ShelfLists lists;
  Statement holds(database,
                  "SELECT event, library, hold_id, user_id, item_id, title, at FROM load_holds WHERE load = ?1 "
                  "ORDER BY position");
  holds.with(load);
  while (holds.next()) {
    const std::optional<ShelfEvent> event = find_shelf_event(holds.text(0));
    if (!event) database.fail_as_damaged(fmt::format("load {} has a hold whose event is unknown", load));
    lists.holds.push_back({*event, std::string(holds.text(1)), std::string(holds.text(2)), std::string(holds.text(3)),
                           std::string(holds.text(4)), std::string(holds.text(5)), holds.integer(6)});
  }
  Statement charges(database,
                    "SELECT library, user_id, item_id, title, due_at FROM load_due_charges WHERE load = ?1 "
                    "ORDER BY position");
  charges.with(load);
  while (charges.next()) {
    lists.due_charges.push_back({std::string(charges.text(0)), std::string(charges.text(1)),
                                 std::string(charges.text(2)), std::string(charges.text(3)), charges.integer(4)});
  }
  return lists;
}

}  // namespace offcirc
