// A scene of a rule table as an outage, with the expected verdict for each of its transactions.
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

/// Applies the file's common tables first, then the scene's: a row with the ID of an earlier one changes it, and map
/// rows are appended. Throws TableError.
Scene build_scene(const TableText& table, const SceneText& text, const Zone& zone);

/// The parts of build_scene: each adds one row to the outage.
void add_library(const TableRow& row, Policy& policy);
void add_profile(const TableRow& row, Policy& policy);
void add_map_row(const TableRow& row, Policy& policy);
void add_user(const TableRow& row, model::World& world);
void add_item(const TableRow& row, const Zone& zone, model::World& world);
void add_charge(const TableRow& row, const Zone& zone, model::World& world);
void add_hold(const TableRow& row, const Zone& zone, model::World& world);
void add_bill(const TableRow& row, const Zone& zone, model::World& world);
/// Adds a transaction and its expected verdict.
void add_transaction(const TableRow& row, Scene& scene);

}  // namespace offcirc::tables
