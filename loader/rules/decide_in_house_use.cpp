#include "loader/rules/checks.hpp"

namespace offcirc {

// Counted by library, day and type of item; a non-catalogued item has no ID, but the log may say its type.
void decide_in_house_use(const Case& c, Decision& decision) {
  const bool names_item = c.entry.item_key != k_none;
  if (names_item) check_item(c, decision.findings);
  const Item* item = c.found_item();
  UseCount use;
  use.library = c.desk.library;
  use.day = c.day;
  use.count = c.transaction.count;
  if (!names_item) use.item_type = c.transaction.what;
  if (item != nullptr && item->item_type != k_no_code) use.item_type = c.now.state.item_types[item->item_type];
  decision.effects.use = std::move(use);
}

}  // namespace offcirc
