#include "loader/config/config_draft.hpp"

namespace offcirc {

void read_locations(TomlReader& file, ConfigDraft& draft) {
  Locations& meanings = draft.config.policy.locations;
  TomlReader locations = file.table("locations");
  locations.read("missing", meanings.missing);
  locations.read("lost", meanings.lost);
  locations.read("transit", meanings.transit);
  locations.read("hold_shelf", meanings.hold_shelf);
  locations.report_unknown_keys();
}

}  // namespace offcirc
