// Makes a report say of people just what whoever gets it may know.
#pragma once

#include "loader/report/report.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

struct Disclosure {
  bool names = false;      ///< users' names behind their IDs
  bool last_four = false;  ///< of user IDs only the last four characters; and no names
};

/// Looks names up in the database as it is now.
void disclose(Report& report, const Disclosure& disclosure, Store& store);

}  // namespace offcirc
