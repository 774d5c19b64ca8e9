// The competent rival: the same rules and schema, but one transaction at a time, each with its own prepared statements.
// It is also the simple store that offcirc's must agree with.
#pragma once

#include <filesystem>

#include "loader/rules/replay.hpp"
#include "loader/runs/load.hpp"
#include "loader/store/store.hpp"

namespace offcirc::bench {

enum class Durable { at_the_end, each_line };

/// Loads as run_load() does, but makes no report and no lists. Returns the number of results.
std::size_t load_line_by_line(const LoadOptions& options, Config& config, Durable durable = Durable::at_the_end);

/// Loads a batch that has already been read. Sets the keys of its entries.
std::size_t load_line_by_line(const std::filesystem::path& database, Batch& batch, Policy& policy,
                              const ReplayOptions& options, const LoadHead& head,
                              Durable durable = Durable::at_the_end);

}  // namespace offcirc::bench
