// Writes rdy files for Innovative's Sierra and Millennium: checkouts and check-ins, with colons between the fields.
#include <fmt/format.h>

#include <string>

#include "formats/checked_writer.hpp"
#include "formats/registry.hpp"
#include "formats/unsaid.hpp"

namespace offcirc {
namespace {

// A loan that ends with the day is due at this hour.
constexpr Seconds k_end_of_day_loan = 4 * 3600;

std::string short_time(Seconds civil) {
  constexpr int k_century = 100;
  const CivilTime at = civil_time_of(civil);
  return fmt::format("{:02}{:02}{:02}{:02}{:02}", at.year % k_century, at.month, at.day, at.hour, at.minute);
}

std::string barcode(std::string_view id) {
  return id.empty() ? std::string() : fmt::format("b{}", id);
}

bool has_colon(std::string_view id) {
  return id.find(':') != std::string_view::npos;
}

class SierraWriter : public CheckedWriter {
 public:
  explicit SierraWriter(const WriterContext& context)
      : CheckedWriter(k_sierra_format, context), m_group(context.group) {}

 private:
  void shape(Draft& draft) override {
    OutgoingTransaction& said = draft.said;
    if (said.kind == Kind::registration) return draft.refuse(unsaid::k_registration);
    if (said.kind == Kind::in_house_use) return draft.refuse(unsaid::k_in_house_use);
    if (said.kind == Kind::payment) return draft.refuse(unsaid::k_payment);
    if (has_colon(said.user_id) || has_colon(said.item_id)) return draft.refuse(unsaid::k_reserved);
    draft.renew_by_checkout();
    draft.leave_out_discharge();
    draft.leave_out_waived_fine();
    draft.drop_desk();
    shape_due_date(draft);
    set_local_time(draft, false);
    if (m_group.empty()) draft.leave_out(unsaid::k_group);
  }

  void shape_due_date(Draft& draft) const {
    if (!context().writes_policy_due_dates) draft.drop_policy_due_date();
    Stamp& due = draft.said.due;
    if (!due.says_when()) return;
    draft.said.due_from = DueFrom::transaction;
    if (due.is(StampForm::date)) {
      due = Stamp(StampForm::civil, due.seconds() + k_end_of_day_loan);
    } else if (due.is(StampForm::civil)) {
      const int second = civil_time_of(due.seconds()).second;
      if (second != 0) draft.leave_out(unsaid::k_seconds);
      due = Stamp(StampForm::civil, due.seconds() - second);
    } else {
      draft.leave_out(unsaid::k_never_due);
      due = Stamp();
      draft.said.due_from = DueFrom::none;
    }
  }

  std::optional<std::string> record_of(Draft& draft) override {
    const OutgoingTransaction& said = draft.said;
    const std::string due = said.due.says_when() ? short_time(said.due.seconds()) : std::string();
    return encoded(fmt::format("{}:{}:{}:{}:{}:{}\n", said.kind == Kind::checkout ? 'o' : 'i',
                               short_time(draft.recorded.seconds()), barcode(said.item_id), barcode(said.user_id), due,
                               m_group));
  }

  std::string m_group;
};

}  // namespace

std::unique_ptr<LogWriter> make_sierra_writer(const WriterContext& context) {
  return std::make_unique<SierraWriter>(context);
}

}  // namespace offcirc
