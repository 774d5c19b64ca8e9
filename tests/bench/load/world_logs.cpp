#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "loader/time/iso8601.hpp"
#include "loader/time/zone.hpp"
#include "tests/bench/load/world.hpp"

namespace offcirc::bench {
namespace {

constexpr Seconds k_central_summer = -5 * 3600;  // the time that the stations' clocks show
constexpr std::uint64_t k_thousand = 1000;
constexpr std::uint64_t k_percent_own = 85;  // of the items that a library handles

// 20260612083000
std::string digits_of(Seconds utc) {
  std::string digits;
  for (const char c : iso_time(utc + k_central_summer, Zone()).substr(0, 19))
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

/// What desks do next, one after another in time: usually what is out comes back and what is in goes out.
class Desks {
 public:
  Desks(const WorldSize& size, Holders& holders) : m_size(size), m_holders(holders), m_dice(size.seed + 1) {}

  std::uint32_t station() { return static_cast<std::uint32_t>(m_dice.below(m_size.stations)); }

  /// Command and fields; empty for an unreadable line.
  std::string next(std::uint32_t library) {
    std::uint64_t roll = m_dice.below(k_thousand);
    const auto falls = [&](int share) {
      const auto width = static_cast<std::uint64_t>(share);
      const bool hit = roll < width;
      roll -= hit ? 0 : width;
      return hit;
    };
    if (falls(m_size.mix.unreadable)) return {};
    if (falls(m_size.mix.registrations)) return registration();
    std::uint64_t number = m_dice.below(m_size.items);
    if (m_dice.below(100) < k_percent_own) number = item_of_library(number, library, m_size);
    const bool nobodys_item = falls(m_size.mix.unknown_items);
    const std::string item = item_id(number + (nobodys_item ? m_size.items : 0), m_size.items);
    if (falls(m_size.mix.unknown_users)) return checkout(user_id(m_size.users * 2 + number, m_size.users), item);
    return nobodys_item ? checkout(user(), item) : act_on(number, item);
  }

 private:
  std::string user() { return user_id(m_user = m_dice.below(m_size.users), m_size.users); }

  static std::string checkout(const std::string& user, const std::string& item) {
    return fmt::format("CV^UO{}^NQ{}", user, item);
  }

  std::string act_on(std::uint64_t number, const std::string& item) {
    std::uint32_t& holder = m_holders[number];
    const std::uint64_t roll = m_dice.below(100);
    if (holder != 0 && roll >= 80 && roll < 94) return fmt::format("RV^NQ{}", item);
    const bool comes_back = holder == 0 ? roll < 8 : roll < 80;
    if (comes_back) {
      holder = 0;
      return fmt::format("EV^NQ{}", item);
    }
    const std::string id = user();
    holder = static_cast<std::uint32_t>(m_user + 1);
    return checkout(id, item);
  }

  std::string registration() {
    const std::uint64_t number = m_size.users + m_registered++;
    return fmt::format("JY^UO{}^uFNew{}^uLReader{}^UMLIBRARY^PEPUBLIC^UZ01/31/1990^UP920-555-0143",
                       user_id(number, m_size.users), number % 7, number);
  }

  const WorldSize& m_size;
  Holders& m_holders;
  Dice m_dice;
  std::uint64_t m_user = 0, m_registered = 0;
};

/// `body` is the command's two letters followed by its fields.
std::string request_of(std::string body, std::uint32_t library, std::uint64_t sequence) {
  const std::string code = library_code(library);
  if (const auto place = body.find("^UMLIBRARY"); place != std::string::npos) body.replace(place + 3, 7, code);
  return fmt::format("^S{:02}{}FFOFFLINE^FE{}^FcNONE^Fv3000000{}^^O", sequence % 100, body.substr(0, 2), code,
                     body.substr(2));
}

}  // namespace

void write_logs(const WorldSize& size, Holders& holders, const std::filesystem::path& folder) {
  std::vector<std::ofstream> logs;
  for (std::uint32_t station = 0; station < size.stations; ++station) {
    const auto of_library = folder / library_code(station / k_stations_of_library);
    std::filesystem::create_directories(of_library);
    logs.emplace_back(of_library / fmt::format("standlog.{:04}", station + 1), std::ios::binary);
  }
  Desks desks(size, holders);
  for (std::uint64_t i = 0; i < size.lines; ++i) {
    const auto since = static_cast<std::uint64_t>(k_outage_lasted) * i / size.lines;
    const std::uint32_t station = desks.station();
    const std::uint32_t library = station / k_stations_of_library;
    const std::string body = desks.next(library);
    const std::string request = body.empty() ? std::string("^S?") : request_of(body, library, i);
    logs[station] << fmt::format("E{}{:04}R {}{:05}\n", digits_of(k_outage_began + static_cast<Seconds>(since)),
                                 station + 1, request, request.size());
  }
}

}  // namespace offcirc::bench
