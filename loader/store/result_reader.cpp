#include "loader/store/result_reader.hpp"

#include <fmt/format.h>

#include <utility>

namespace offcirc {

namespace {

std::optional<Disposition> disposition_called(std::string_view name) {
  for (int i = 0; i < k_disposition_count; ++i)
    if (name_of(static_cast<Disposition>(i)) == name) return static_cast<Disposition>(i);
  return std::nullopt;
}

}  // namespace

StoredResult ResultReader::read(const Statement& row, std::int64_t load) {
  const auto understood = [&](auto value, std::string_view what) {
    if (!value) m_database.fail_as_damaged(fmt::format("load {}: {} can't be understood", load, what));
    return std::move(*value);
  };
  StoredResult to;
  to.n = static_cast<std::uint64_t>(row.integer(0));
  to.log = static_cast<std::uint32_t>(row.integer(1));
  to.line = static_cast<std::uint32_t>(row.integer(2));
  to.column = static_cast<std::uint32_t>(row.integer_or(3, 0));
  to.library = row.text(4);
  to.station = row.text(5);
  to.kind = row.text(6);
  to.recorded_at = row.integer_or(7, k_no_time);
  to.occurred_at = row.integer_or(8, k_no_time);
  to.user_id = row.text(9);
  to.item_id = row.text(10);
  to.title = row.text(11);
  Result& result = to.result;
  result.disposition = understood(disposition_called(row.text(12)), "a disposition");
  if (!row.is_null(13)) result.findings = understood(m_json.findings(row.text(13)), "the findings of a result");
  if (result.disposition == Disposition::unreadable) to.is_doubtful = m_json.is_doubtful(row.text(13));
  result.due_at = row.integer_or(14, k_no_time);
  result.due_from = understood(find_due_from(row.text(15)), "where a due date is from");
  result.made_bill = !row.is_null(16);
  result.bill_cents = row.integer_or(16, 0);
  if (!row.is_null(17)) to.retry_of = ResultName{row.integer(17), static_cast<std::uint64_t>(row.integer(18))};
  to.what = row.text(19);
  return to;
}

}  // namespace offcirc
