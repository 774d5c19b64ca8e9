// Puts the rows that a load changed back as they were before it.
#pragma once

#include "loader/store/kept_rows.hpp"
#include "loader/store/sqlite.hpp"
#include "loader/store/undo.hpp"

namespace offcirc {

/// All but `kept`; what is put back is forgotten as a change of the load. None of it may have changed since.
PutBack put_back_rows(Database& database, std::int64_t load, const KeptRows& kept);

}  // namespace offcirc
