#include "formats/csv_columns.hpp"

#include <array>

#include "formats/csv_text.hpp"
#include "formats/csv_transaction.hpp"
#include "formats/fields.hpp"
#include "formats/stamp.hpp"

namespace offcirc {

std::optional<CsvColumn> find_csv_column(std::string_view name) {
  for (std::size_t i = 0; i < k_csv_column_count; ++i) {
    if (equal_ignoring_case(k_csv_column_names[i], name)) return static_cast<CsvColumn>(i);
  }
  return std::nullopt;
}

std::string csv_column_list() {
  std::string list;
  for (const std::string_view name : k_csv_column_names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

namespace {

class CsvLogRow {
 public:
  void set(CsvColumn column, std::string_view text) { m_cells[static_cast<std::size_t>(column)] = text; }

  void append_to(std::string& csv) const {
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
      if (i > 0) csv += ',';
      append_csv_field(csv, m_cells[i]);
    }
    csv += '\n';
  }

 private:
  std::array<std::string, k_csv_column_count> m_cells;
};

void set_registration(CsvLogRow& row, const Registration& user) {
  row.set(CsvColumn::last_name, user.last_name);
  row.set(CsvColumn::first_name, user.first_name);
  row.set(CsvColumn::middle_name, user.middle_name);
  row.set(CsvColumn::alternate_name, user.alternate_name);
  row.set(CsvColumn::birth_date, iso_stamp_text(user.birth_date));
  row.set(CsvColumn::email, user.email);
  row.set(CsvColumn::phone, user.phone);
  row.set(CsvColumn::language, user.language);
  row.set(CsvColumn::address, user.address);
  row.set(CsvColumn::categories, user.categories);
  row.set(CsvColumn::department, user.department);
  row.set(CsvColumn::profile, user.profile);
  row.set(CsvColumn::user_library, user.library);
  row.set(CsvColumn::expires_on, iso_stamp_text(user.expires_on));
}

}  // namespace

void append_csv_log_header(std::string& csv) {
  CsvLogRow row;
  for (std::size_t i = 0; i < k_csv_column_count; ++i) row.set(static_cast<CsvColumn>(i), k_csv_column_names[i]);
  row.append_to(csv);
}

void append_csv_log_row(std::string& csv, const Transaction& transaction, const CsvLogPlace& place) {
  CsvLogRow row;
  row.set(CsvColumn::occurred_at, place.occurred_at);
  row.set(CsvColumn::recorded_at, place.recorded_at);
  row.set(CsvColumn::library, place.library);
  row.set(CsvColumn::station, place.station);
  row.set(CsvColumn::user_access, transaction.desk->user_access);
  row.set(CsvColumn::kind, name_of(transaction.kind));
  row.set(CsvColumn::user_id, transaction.user_id);
  row.set(CsvColumn::item_id, transaction.item_id);
  row.set(CsvColumn::due_at, iso_stamp_text(transaction.due));
  row.set(CsvColumn::due_from, name_of(transaction.due_from));
  row.set(CsvColumn::discharged_on, iso_stamp_text(transaction.discharged_on));
  if (transaction.kind == Kind::payment) row.set(CsvColumn::amount, money_cell(transaction.amount_cents));
  if (transaction.kind == Kind::in_house_use) {
    row.set(CsvColumn::count, std::to_string(transaction.count));
    row.set(CsvColumn::item_type, transaction.what);
  }
  if (transaction.edits_registration) row.set(CsvColumn::item_type, transaction.what);
  if (transaction.registration != nullptr) set_registration(row, *transaction.registration);
  row.set(CsvColumn::origin, place.origin);
  row.set(CsvColumn::temporary_library, place.temporary_library);
  row.set(CsvColumn::library_mismatch, place.library_mismatch);
  row.set(CsvColumn::log_notes, log_notes_text(transaction));
  row.append_to(csv);
}

}  // namespace offcirc
