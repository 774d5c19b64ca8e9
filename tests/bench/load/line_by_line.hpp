// The competent rival: the same rules on the same schema, one transaction after the other, each with prepared
// statements of its own. It is the plain store that offcirc's has to agree with.
#pragma once

#include <filesystem>

#include "loader/rules/replay.hpp"
#include "loader/runs/load.hpp"
#include "loader/store/store.hpp"

namespace offcirc::bench {

enum class Durable { at_the_end, each_line };

/// Loads as run_load() does, but makes no report and no lists. Returns how many results there are.
std::size_t load_line_by_line(const LoadOptions& options, Config& config, Durable durable = Durable::at_the_end);

/// The same for a batch that is there already. Sets the keys of its entries.
std::size_t load_line_by_line(const std::filesystem::path& database, Batch& batch, Policy& policy,
                              const ReplayOptions& options, const LoadHead& head,
                              Durable durable = Durable::at_the_end);

}  // namespace offcirc::bench
