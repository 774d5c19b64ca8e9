// Writes pending.xacts for Evergreen: one JSON object per line, as its web client stores them.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "formats/checked_writer.hpp"
#include "formats/fields.hpp"
#include "formats/registry.hpp"
#include "formats/unsaid.hpp"

namespace offcirc {
namespace {

constexpr std::uint32_t k_largest_count = 99;

std::string quoted_json(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    json += c;
  }
  return json + '"';
}

std::string_view type_of(Kind kind) {
  switch (kind) {
    case Kind::checkin:
      return "checkin";
    case Kind::renewal:
      return "renew";
    case Kind::in_house_use:
      return "in_house_use";
    default:
      return "checkout";
  }
}

/// `2026-07-03`, or `2026-07-03T15:00:04.000Z` if it is absolute.
std::string json_time(Stamp stamp) {
  const CivilTime at = civil_time_of(stamp.seconds());
  const std::string day = fmt::format("{:04}-{:02}-{:02}", at.year, at.month, at.day);
  if (stamp.is(StampForm::date)) return day;
  return fmt::format("{}T{:02}:{:02}:{:02}.000Z", day, at.hour, at.minute, at.second);
}

class EvergreenWriter : public CheckedWriter {
 public:
  explicit EvergreenWriter(const WriterContext& context) : CheckedWriter(k_evergreen_format, with_utf8(context)) {}

 private:
  static WriterContext with_utf8(WriterContext context) {
    context.encoding = "UTF-8";
    return context;
  }

  void shape(Draft& draft) override {
    OutgoingTransaction& said = draft.said;
    if (said.kind == Kind::registration) return draft.refuse(unsaid::k_registration);
    if (said.kind == Kind::payment) return draft.refuse(unsaid::k_payment);
    if (said.kind == Kind::in_house_use) shape_use(draft);
    if (said.kind == Kind::checkin && !said.user_id.empty()) {
      draft.leave_out(unsaid::k_user);
      said.user_id = {};
    }
    draft.leave_out_waived_fine();
    draft.drop_desk();
    shape_due_date(draft);
    shape_discharge(draft);
    draft.recorded = Stamp(StampForm::absolute, said.occurred_at);
  }

  // Items without an ID are lent to a user, by the number of their type.
  static void shape_use(Draft& draft) {
    OutgoingTransaction& said = draft.said;
    if (said.count > k_largest_count) return draft.refuse(unsaid::k_large_count);
    if (said.item_id.empty() && (said.user_id.empty() || !is_digits(said.what)))
      return draft.refuse(unsaid::k_uncataloged_use);
    if (said.item_id.empty() || said.user_id.empty()) return;
    draft.leave_out(unsaid::k_user);
    said.user_id = {};
  }

  void shape_due_date(Draft& draft) const {
    if (!context().writes_policy_due_dates) draft.drop_policy_due_date();
    Stamp& due = draft.said.due;
    if (!due.says_when()) return;
    draft.said.due_from = DueFrom::transaction;
    if (due.is(StampForm::civil)) due = Stamp(StampForm::absolute, context().to_utc(due.seconds()));
    if (!due.is(StampForm::never)) return;
    draft.leave_out(unsaid::k_never_due);
    due = Stamp();
    draft.said.due_from = DueFrom::none;
  }

  // Without a date of its own, Evergreen takes a check-in as made when the file is processed.
  void shape_discharge(Draft& draft) const {
    if (draft.said.kind != Kind::checkin) return;
    Stamp& day = draft.said.discharged_on;
    if (day.is(StampForm::civil)) day = Stamp(StampForm::absolute, context().to_utc(day.seconds()));
    if (!day.says_when()) day = Stamp(StampForm::absolute, draft.said.occurred_at);
  }

  std::optional<std::string> record_of(Draft& draft) override {
    const OutgoingTransaction& said = draft.said;
    const bool is_uncataloged = said.kind == Kind::in_house_use && said.item_id.empty();
    std::string json = fmt::format(R"({{"type":"{}","timestamp":{},"delta":0)",
                                   is_uncataloged ? "checkout" : type_of(said.kind), said.occurred_at);
    const auto add = [&](std::string_view name, std::string_view text) {
      if (!text.empty()) json += fmt::format(R"(,"{}":{})", name, quoted_json(text));
    };
    if (said.kind == Kind::checkout || said.kind == Kind::renewal || is_uncataloged)
      add("checkout_time", json_time(draft.recorded));
    add("patron_barcode", said.user_id);
    add("barcode", said.item_id);
    if (said.due.says_when()) add("due_date", json_time(said.due));
    if (said.discharged_on.says_when()) add("backdate", json_time(said.discharged_on));
    if (is_uncataloged)
      json += fmt::format(R"(,"noncat":1,"noncat_type":"{}","noncat_count":"{}")", said.what, said.count);
    else if (said.kind == Kind::in_house_use)
      json += fmt::format(R"(,"count":{})", said.count);
    return encoded(json + "}\n");
  }
};

}  // namespace

std::unique_ptr<LogWriter> make_evergreen_writer(const WriterContext& context) {
  return std::make_unique<EvergreenWriter>(context);
}

}  // namespace offcirc
