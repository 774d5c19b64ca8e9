// An invented library system of any size, made from a seed: its configuration, its database, and the logs of an outage.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "loader/time/iso8601.hpp"

namespace offcirc::bench {

/// Shares are per thousand of the lines.
struct Mix {
  int registrations = 10;
  int unknown_items = 3;
  int unknown_users = 2;
  int unreadable = 1;
};

struct WorldSize {
  std::uint64_t users = 200'000;
  std::uint64_t items = 1'000'000;
  std::uint64_t charges = 300'000;  ///< distinct items checked out before the outage; chance may make them fewer
  std::uint64_t holds = 20'000;
  std::uint64_t bills = 20'000;
  std::uint64_t lines = 1'000'000;
  std::uint32_t stations = 30;
  std::uint64_t seed = 1;
  Mix mix;
};

inline constexpr Seconds k_outage_began = 1'781'253'000;  ///< 2026-06-12T08:30:00Z
inline constexpr Seconds k_outage_lasted = 30 * 3600;
inline constexpr std::uint32_t k_stations_of_library = 3;
inline constexpr std::array<std::string_view, 4> k_profiles = {"PUBLIC", "JUVENILE", "STAFF", "TEACHER"};
inline constexpr std::array<std::string_view, 5> k_item_types = {"BOOK", "DVD", "CD", "REFERENCE", "LAPTOP"};
inline constexpr std::array<std::string_view, 3> k_locations = {"STACKS", "CHECKEDOUT", "HOLDS"};

/// Random numbers that are the same with every compiler.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : m_random(seed) {}
  /// 0 .. end - 1
  std::uint64_t below(std::uint64_t end) { return m_random() % end; }

 private:
  std::mt19937_64 m_random;
};

/// Barcodes come in rolls of a thousand, used in no particular order, so neighboring rows have neighboring IDs only
/// within a roll. `number` counts from 0; numbers from `count` on belong to no one.
std::string user_id(std::uint64_t number, std::uint64_t count);
std::string item_id(std::uint64_t number, std::uint64_t count);

std::uint32_t library_count(const WorldSize& size);
/// The library that owns the item, counted from 0. Each roll belongs to one library.
std::uint32_t library_of_item(std::uint64_t number, const WorldSize& size);
/// The library's item with the nearest number, or `number` itself if the last round of rolls has none.
std::uint64_t item_of_library(std::uint64_t number, std::uint32_t library, const WorldSize& size);
/// "L07", from 0.
std::string library_code(std::uint32_t library);

void write_config(const WorldSize& size, const std::filesystem::path& folder);

/// Who has each item, by item number: the user's number plus one, or 0. The logs continue from this state.
using Holders = std::vector<std::uint32_t>;

Holders write_database(const WorldSize& size, const std::filesystem::path& file);
void write_logs(const WorldSize& size, Holders& holders, const std::filesystem::path& folder);

}  // namespace offcirc::bench
