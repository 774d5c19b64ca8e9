#include "loader/disclose.hpp"

#include <string>
#include <vector>

#include "loader/report/disclosure.hpp"

namespace offcirc {

void disclose(Report& report, const Disclosure& disclosure, Store& store) {
  if (disclosure.last_four) return mask_users(report);
  if (!disclosure.names) return;
  const auto shown = shown_user_ids(report);
  const std::vector<std::string> ids(shown.begin(), shown.end());
  const std::vector<std::string> names = store.names_of_users(ids);
  UserNames by_id;
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (!names[i].empty()) by_id.emplace(ids[i], names[i]);
  add_names(report, by_id);
}

}  // namespace offcirc
