#include "loader/config/config_draft.hpp"

namespace offcirc {

// The defaults are the names that Symphony delivers.
void read_locations(TomlReader& file, ConfigDraft& draft) {
  Locations& meanings = draft.config.policy.locations;
  meanings.missing = {"MISSING"};
  meanings.lost = {"LOST", "LOST-ASSUM", "LOST-CLAIM", "LOST-PAID", "UI-LOST"};
  meanings.transit = {"INTRANSIT"};
  meanings.hold_shelf = {"HOLDS"};
  TomlReader locations = file.table("locations");
  locations.read("shelf", meanings.shelf);
  locations.read("missing", meanings.missing);
  locations.read("lost", meanings.lost);
  locations.read("transit", meanings.transit);
  locations.read("hold_shelf", meanings.hold_shelf);
  locations.report_unknown_keys();
}

}  // namespace offcirc
