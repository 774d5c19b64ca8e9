// Writes lines of a SirsiDynix Symphony log: requests to the API server, each with its length.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "formats/checked_writer.hpp"
#include "formats/fields.hpp"
#include "formats/registry.hpp"
#include "formats/symphony_line.hpp"
#include "formats/unsaid.hpp"

namespace offcirc {
namespace {

constexpr int k_last_sequence = 99;
constexpr std::string_view k_unknown_station = "0000";

std::string_view command_of(const OutgoingTransaction& said) {
  switch (said.kind) {
    case Kind::checkin:
      return "EV";
    case Kind::renewal:
      return "RV";
    case Kind::registration:
      return said.edits_registration ? "IY" : "JY";
    default:
      return "CV";
  }
}

std::string day_text(const CivilTime& at, DateOrder order) {
  switch (order) {
    case DateOrder::dmy:
      return fmt::format("{}/{}/{:04}", at.day, at.month, at.year);
    case DateOrder::ymd:
      return fmt::format("{:04}/{}/{}", at.year, at.month, at.day);
    case DateOrder::mdy:
      break;
  }
  return fmt::format("{}/{}/{:04}", at.month, at.day, at.year);
}

/// `7/3/2026`, `7/3/2026,23:59` or `NEVER`; with seconds, 14 digits. Empty for none.
std::string date_text(Stamp stamp, DateOrder order) {
  if (!stamp.says_when()) return {};
  if (stamp.is(StampForm::never)) return "NEVER";
  const CivilTime at = civil_time_of(stamp.seconds());
  if (stamp.is(StampForm::date)) return day_text(at, order);
  if (at.second == 0) return fmt::format("{},{:02}:{:02}", day_text(at, order), at.hour, at.minute);
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", at.year, at.month, at.day, at.hour, at.minute, at.second);
}

/// The fields of a line, without those that are empty. There is no escape for the caret between them.
class FieldText {
 public:
  void add(std::string_view code, std::string_view value) {
    if (value.empty()) return;
    if (!m_text.empty()) m_text += '^';
    m_text += code;
    m_text += value;
    m_has_caret = m_has_caret || value.find('^') != std::string_view::npos;
  }
  [[nodiscard]] const std::string& text() const { return m_text; }
  [[nodiscard]] bool has_caret() const { return m_has_caret; }

 private:
  std::string m_text;
  bool m_has_caret = false;
};

class SymphonyWriter : public CheckedWriter {
 public:
  explicit SymphonyWriter(const WriterContext& context) : CheckedWriter(k_symphony_format, context) {}

 private:
  void shape(Draft& draft) override {
    OutgoingTransaction& said = draft.said;
    if (said.kind == Kind::payment) return draft.refuse(unsaid::k_payment);
    if (said.kind == Kind::in_house_use) return draft.refuse(unsaid::k_in_house_use);
    shape_due_date(draft);
    shape_station(draft);
    set_local_time(draft, true);
    if (said.registration != nullptr) shape_registration(draft);
    if (fields_of(draft).has_caret()) draft.refuse(unsaid::k_reserved);
  }

  void shape_due_date(Draft& draft) const {
    if (!context().writes_policy_due_dates) draft.drop_policy_due_date();
    if (draft.said.due_from == DueFrom::policy) draft.said.due_from = DueFrom::transaction;
  }

  void shape_station(Draft& draft) {
    std::string_view& station = draft.said.station;
    if (is_digits(station) && station.size() < k_symphony_station_bytes) {
      m_station = fmt::format("{:0>4}", station);
      station = m_station;
    }
    const bool fits = station.size() == k_symphony_station_bytes && is_printable_ascii(station) &&
                      station.find_first_of(" ^") == std::string_view::npos;
    if (fits) return;
    draft.leave_out(unsaid::k_station);
    station = k_unknown_station;
  }

  // The numbers of categories are not kept, and a category in the wrong place would be refused or count wrongly.
  static void shape_registration(Draft& draft) {
    Registration& user = draft.registration;
    if (!user.categories.empty()) draft.leave_out(unsaid::k_categories);
    if (!user.left_out.empty()) draft.leave_out(unsaid::k_user_fields);
    if (user.birth_date.is(StampForm::unreadable)) draft.leave_out(unsaid::k_birth_date);
    if (user.expires_on.is(StampForm::unreadable)) draft.leave_out(unsaid::k_expiry);
    user.categories = {};
    if (!user.birth_date.is(StampForm::date)) user.birth_date = Stamp();
    if (!user.expires_on.says_when()) user.expires_on = Stamp();
  }

  [[nodiscard]] FieldText fields_of(const Draft& draft) const {
    const OutgoingTransaction& said = draft.said;
    FieldText fields;
    fields.add("FF", said.user_access);
    fields.add("FE", said.library);
    fields.add("Fc", "NONE");
    fields.add("WI", said.temporary_library);
    fields.add("UO", said.user_id);
    fields.add("NQ", said.item_id);
    fields.add(said.due_from == DueFrom::session ? "WG" : "CF", date_text(said.due, context().date_order));
    fields.add("CO", date_text(said.discharged_on, context().date_order));
    if (said.fine_waived) fields.add("PO", "Y");
    if (said.registration != nullptr) add_user(*said.registration, fields);
    fields.add("Fv", "3000000");
    return fields;
  }

  void add_user(const Registration& user, FieldText& fields) const {
    fields.add("uF", user.first_name);
    fields.add("uM", user.middle_name);
    fields.add("uL", user.last_name);
    fields.add("U4", user.alternate_name);
    fields.add("UM", user.library);
    fields.add("PE", user.profile);
    fields.add("UZ", date_text(user.birth_date, context().date_order));
    fields.add("UQ", date_text(user.expires_on, context().date_order));
    fields.add("Ib", user.language);
    fields.add("UP", user.phone);
    fields.add("0E", user.email);
    fields.add("UN", user.department);
    fields.add("PI", user.address);
  }

  std::optional<std::string> record_of(Draft& draft) override {
    const OutgoingTransaction& said = draft.said;
    const std::optional<std::string> request =
        encoded(fmt::format("^S{:02}{}{}^^O", next_sequence(said.station), command_of(said), fields_of(draft).text()));
    if (!request) return std::nullopt;
    const CivilTime at = civil_time_of(draft.recorded.seconds());
    return fmt::format("E{:04}{:02}{:02}{:02}{:02}{:02}{}R {}{:05}\n", at.year, at.month, at.day, at.hour, at.minute,
                       at.second, said.station, *request, request->size());
  }

  [[nodiscard]] int next_sequence(std::string_view station) const {
    const auto last = m_last_sequence.find(std::string(station));
    return last == m_last_sequence.end() ? 1 : last->second % k_last_sequence + 1;
  }

  void accept(const Draft& draft) override {
    m_last_sequence[std::string(draft.said.station)] = next_sequence(draft.said.station);
  }

  std::unordered_map<std::string, int> m_last_sequence;  // by station
  std::string m_station;                                 // what a draft's station points to, if it was padded
};

}  // namespace

std::unique_ptr<LogWriter> make_symphony_writer(const WriterContext& context) {
  return std::make_unique<SymphonyWriter>(context);
}

}  // namespace offcirc
