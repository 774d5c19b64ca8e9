#include <fmt/format.h>

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "loader/circulation/codes.hpp"
#include "loader/database/sqlite.hpp"
#include "loader/rules/namesakes.hpp"
#include "loader/store/store.hpp"
#include "tests/bench/load/world.hpp"

namespace offcirc::bench {
namespace {

constexpr std::array<std::string_view, 12> k_last_names = {"Alder", "Birch",   "Cedar", "Dogwood", "Elm",   "Fir",
                                                           "Hazel", "Juniper", "Larch", "Maple",   "Rowan", "Willow"};
constexpr std::array<std::string_view, 8> k_first_names = {"Ada", "Bo", "Cleo", "Dag", "Edda", "Finn", "Gus", "Ida"};
constexpr std::array<std::string_view, 6> k_words = {"River", "Winter", "Garden", "Harbor", "Lantern", "Meadow"};

/// The value of a cell, which may own its text.
class Value {
 public:
  template <typename Given>
  Value(const Given& given) {
    if constexpr (std::is_same_v<Given, std::string>)
      m_made = given;
    else
      m_cell = given;
  }
  void bind(Statement& statement, int index) const {
    if (m_made)
      statement.bind_copy(index, *m_made);
    else
      statement.bind(index, m_cell);
  }

 private:
  std::optional<std::string> m_made;
  Cell m_cell;
};

class DatabaseWriter {
  template <typename Array>
  typename Array::value_type pick(const Array& array) {
    return array[m_dice.below(array.size())];
  }

 public:
  DatabaseWriter(const WorldSize& size, Database& database)
      : m_size(size), m_database(database), m_codes(database), m_dice(size.seed) {
    for (std::uint32_t i = 0; i < library_count(size); ++i)
      m_libraries.push_back(m_codes.libraries.row_of(library_code(i)));
    for (const auto code : k_profiles) m_profiles.push_back(m_codes.profiles.row_of(code));
    for (const auto code : k_item_types) m_item_types.push_back(m_codes.item_types.row_of(code));
    for (const auto code : k_locations) m_locations.push_back(m_codes.locations.row_of(code));
    m_rule = m_codes.rules.row_of("21D-10D-5M");
  }

  void write_users() {
    Statement insert(m_database,
                     "INSERT INTO users(user_no, user_id, profile, library, last_name, first_name, middle_name, "
                     "alternate_name, folded_last_name, birth_date, email, phone, language, address, categories, "
                     "department, barred, expires_on, claims_returned, registered_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                     "'', '', ?7, ?8, ?9, ?10, 'ENGLISH', ?11, '', '', ?12, ?13, 0, 18000)");
    for (std::uint64_t i = 0; i < m_size.users; ++i) {
      // Enough last names that a registration finds few namesakes, as in practice.
      const std::string last = fmt::format("{}{}", pick(k_last_names), m_dice.below(1 + m_size.users / 20));
      const std::string_view first = pick(k_first_names);
      add(insert, {row(i), user_id(i, m_size.users), pick(m_profiles), pick(m_libraries), last, first,
                   folded_name(last), number(m_dice.below(18'000)), fmt::format("{}.{}@example.org", first, i),
                   fmt::format("555-{:07}", i % 10'000'000),
                   fmt::format("{} {} Street, Exampleton", 1 + m_dice.below(900), pick(k_words)),
                   number(m_dice.below(500) == 0 ? 1 : 0), number(20'500 + m_dice.below(700))});
    }
  }

  void write_items() {
    Statement title(m_database, "INSERT INTO titles(title_no, title_id) VALUES (?1, ?2)");
    for (std::uint64_t i = 0; i < titles(); ++i) add(title, {row(i), fmt::format("T{:09}", i)});
    Statement insert(m_database,
                     "INSERT INTO items(item_no, item_id, title_no, title_text, call_number, item_type, library, "
                     "home_location, current_location, price_cents, last_action_at, last_action) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    m_holders.assign(m_size.items, 0);
    for (std::uint64_t i = 0; i < m_size.charges; ++i)
      m_holders[m_dice.below(m_size.items)] = static_cast<std::uint32_t>(1 + m_dice.below(m_size.users));
    for (std::uint64_t i = 0; i < m_size.items; ++i) {
      const bool out = m_holders[i] != 0;
      add(insert,
          {row(i), item_id(i, m_size.items), row(i / 2),
           fmt::format("The {} of the {} {}", pick(k_words), pick(k_words), i / 2),
           fmt::format("{}.{} {:.3}", m_dice.below(1000), m_dice.below(100), pick(k_last_names)), pick(m_item_types),
           m_libraries[library_of_item(i, m_size)], m_locations[0], m_locations[out ? 1 : 0],
           number(500 + m_dice.below(4000)), k_outage_began - 86'400 - number(m_dice.below(5'000'000)),
           std::string_view(out ? "checkout" : "checkin")});
    }
  }

  void write_charges() {
    Statement insert(m_database,
                     "INSERT INTO charges(item_no, user_no, library, charged_at, due_at, rule, renewals) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    for (std::uint64_t i = 0; i < m_size.items; ++i) {
      if (m_holders[i] == 0) continue;
      const Seconds charged = k_outage_began - 3600 - number(m_dice.below(22 * 86'400));
      add(insert, {row(i), number(m_holders[i]), pick(m_libraries), charged, charged + 21 * 86'400, m_rule,
                   number(m_dice.below(2))});
    }
  }

  void write_holds() {
    Statement insert(
        m_database,
        "INSERT INTO holds(hold_no, hold_id, item_level, title_no, item_no, user_no, pickup_library, placed_at, "
        "status, expires_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'waiting', NULL)");
    for (std::uint64_t i = 0; i < m_size.holds; ++i) {
      const std::uint64_t item = m_dice.below(m_size.items);
      const bool of_item = m_dice.below(5) == 0;
      add(insert,
          {row(i), fmt::format("H{:08}", i), number(of_item ? 1 : 0), row(item / 2), of_item ? Cell(row(item)) : Cell(),
           row(m_dice.below(m_size.users)), pick(m_libraries), k_outage_began - 60 - number(m_dice.below(2'000'000))});
    }
  }

  void write_bills() {
    Statement insert(m_database,
                     "INSERT INTO bills(bill_no, bill_id, user_no, item_no, reason, amount_cents, library, billed_at) "
                     "VALUES (?1, ?2, ?3, ?4, 'OVERDUE', ?5, ?6, ?7)");
    for (std::uint64_t i = 0; i < m_size.bills; ++i) {
      add(insert,
          {row(i), fmt::format("B{:08}", i), row(m_dice.below(m_size.users)), row(m_dice.below(m_size.items)),
           number(10 + m_dice.below(1200)), pick(m_libraries), k_outage_began - number(m_dice.below(9'000'000))});
    }
  }

  Holders take_holders() { return std::move(m_holders); }

 private:
  // A braced list, so that every compiler draws the random numbers in the same order.
  static void add(Statement& insert, std::initializer_list<Value> values) {
    insert.reset();
    int index = 0;
    for (const Value& value : values) value.bind(insert, ++index);
    insert.run();
  }
  static std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }
  static Row row(std::uint64_t index) { return number(index) + 1; }
  [[nodiscard]] std::uint64_t titles() const { return m_size.items / 2 + 1; }

  const WorldSize& m_size;
  Database& m_database;
  CodeTables m_codes;
  Dice m_dice;
  std::vector<Row> m_libraries, m_profiles, m_item_types, m_locations;
  Row m_rule = 0;
  Holders m_holders;
};

}  // namespace

Holders write_database(const WorldSize& size, const std::filesystem::path& file) {
  Store::create(file, {k_outage_began, "bench", "make_world", "bench"});
  Database database(file, Database::Mode::write);
  database.run("PRAGMA synchronous = OFF");  // run.sh syncs the copies that it measures
  DbTransaction transaction(database);
  DatabaseWriter writer(size, database);
  writer.write_users();
  writer.write_items();
  writer.write_charges();
  writer.write_holds();
  writer.write_bills();
  transaction.commit();
  return writer.take_holders();
}

}  // namespace offcirc::bench
