// One scene of a rule table as an outage, with what the table expects of each of its transactions.
#pragma once

#include "tests/model/model.hpp"
#include "tests/model/random_outage.hpp"
#include "tests/rules/table.hpp"

namespace offcirc::tables {

struct Scene {
  std::string where, title;
  model::Outage outage;
  std::vector<TableRow> rows;            ///< by transaction
  std::vector<model::Verdict> expected;  ///< by transaction
  std::vector<Block> afterwards;
};

/// The file's common tables come first, then the scene's: a row with the ID of an earlier one changes it, rows of the
/// map go to the bottom. Throws TableError.
Scene build_scene(const TableText& table, const SceneText& text, const Zone& zone);

/// The parts of build_scene: each takes one row into the outage.
void add_library(const TableRow& row, Policy& policy);
void add_profile(const TableRow& row, Policy& policy);
void add_map_row(const TableRow& row, Policy& policy);
void add_user(const TableRow& row, model::World& world);
void add_item(const TableRow& row, const Zone& zone, model::World& world);
void add_charge(const TableRow& row, const Zone& zone, model::World& world);
void add_hold(const TableRow& row, const Zone& zone, model::World& world);
void add_bill(const TableRow& row, const Zone& zone, model::World& world);
/// A transaction, and what is expected of it.
void add_transaction(const TableRow& row, Scene& scene);

}  // namespace offcirc::tables
