#include "formats/checked_writer.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <variant>

#include "formats/fields.hpp"
#include "formats/unsaid.hpp"

namespace offcirc {

Draft::Draft(const OutgoingTransaction& transaction) : said(transaction) {
  const bool lends = said.kind == Kind::checkout || said.kind == Kind::renewal;
  if (!lends || said.due_from == DueFrom::none || !said.due.says_when()) {
    said.due = Stamp();
    said.due_from = DueFrom::none;
  }
  if (said.kind != Kind::checkin || !said.discharged_on.says_when()) said.discharged_on = Stamp();
  if (said.kind != Kind::checkin) said.fine_waived = false;
  if (said.kind != Kind::payment) said.amount_cents = 0;
  if (said.kind != Kind::in_house_use) said.count = 1;
  if (said.kind != Kind::in_house_use || !said.item_id.empty()) said.what = {};
  if (said.kind != Kind::registration) said.edits_registration = false;
  const bool registers = said.kind == Kind::registration && said.registration != nullptr;
  if (registers) registration = *said.registration;
  said.registration = registers ? &registration : nullptr;
}

void Draft::leave_out(std::string_view what) {
  const auto is_known = [&](const Unsaid& one) { return one.what == what; };
  if (std::none_of(m_unsaid.begin(), m_unsaid.end(), is_known)) m_unsaid.push_back({what, false});
}

bool Draft::is_refused() const {
  return std::any_of(m_unsaid.begin(), m_unsaid.end(), [](const Unsaid& one) { return one.is_whole; });
}

std::vector<Unsaid> Draft::unsaid() const {
  std::vector<Unsaid> unsaid = m_unsaid;
  if (is_refused()) std::erase_if(unsaid, [](const Unsaid& one) { return !one.is_whole; });
  return unsaid;
}

void Draft::drop_policy_due_date() {
  if (said.due_from != DueFrom::policy) return;
  said.due = Stamp();
  said.due_from = DueFrom::none;
}

void Draft::leave_out_due_date() {
  drop_policy_due_date();
  if (said.due.says_when()) leave_out(unsaid::k_due_date);
  said.due = Stamp();
  said.due_from = DueFrom::none;
}

void Draft::leave_out_discharge() {
  if (said.discharged_on.says_when()) leave_out(unsaid::k_discharge);
  said.discharged_on = Stamp();
}

void Draft::leave_out_waived_fine() {
  if (said.fine_waived) leave_out(unsaid::k_waived_fine);
  said.fine_waived = false;
}

void Draft::drop_desk() {
  if (!said.temporary_library.empty()) leave_out(unsaid::k_temporary_library);
  said.library = said.temporary_library = said.station = said.user_access = {};
}

void Draft::renew_by_checkout() {
  if (said.kind != Kind::renewal) return;
  if (said.user_id.empty()) return refuse(unsaid::k_renewal_without_user);
  said.kind = Kind::checkout;
  leave_out(unsaid::k_renewal_as_checkout);
}

namespace {

bool has_its_ids(const OutgoingTransaction& said) {
  const bool needs_user = said.kind == Kind::checkout || said.kind == Kind::payment;
  const bool needs_item = said.kind == Kind::checkout || said.kind == Kind::checkin || said.kind == Kind::renewal;
  return (!needs_user || !said.user_id.empty()) && (!needs_item || !said.item_id.empty());
}

bool has_control_character(const Draft& draft) {
  const OutgoingTransaction& said = draft.said;
  const Registration& user = draft.registration;
  const std::array texts = {said.library,        said.temporary_library, said.station, said.user_access,
                            said.user_id,        said.item_id,           said.what,    user.last_name,
                            user.first_name,     user.middle_name,       user.email,   user.phone,
                            user.alternate_name, user.language,          user.address, user.categories,
                            user.department,     user.profile,           user.library};
  return std::any_of(texts.begin(), texts.end(), [](std::string_view text) {
    return find_control_byte(text) != std::string_view::npos || text.find('\t') != std::string_view::npos;
  });
}

bool is_same(const Registration* found, const Registration* said) {
  if (found == nullptr || said == nullptr) return found == said;
  const auto texts = [](const Registration& r) {
    return std::array{r.last_name, r.first_name, r.middle_name, r.alternate_name, r.email,   r.phone,
                      r.language,  r.address,    r.categories,  r.department,     r.profile, r.library};
  };
  return texts(*found) == texts(*said) && found->birth_date == said->birth_date &&
         found->expires_on == said->expires_on;
}

bool is_same(const Desk& found, const OutgoingTransaction& said) {
  return found.library == said.library && found.temporary_library == said.temporary_library &&
         found.station == said.station && found.user_access == said.user_access;
}

bool is_same(const Transaction& found, const Draft& draft) {
  const OutgoingTransaction& said = draft.said;
  return found.kind == said.kind && found.recorded == draft.recorded && found.user_id == said.user_id &&
         found.item_id == said.item_id && found.due == said.due && found.due_from == said.due_from &&
         found.discharged_on == said.discharged_on && found.fine_waived == said.fine_waived &&
         found.amount_cents == said.amount_cents && found.count == said.count &&
         found.edits_registration == said.edits_registration && !found.override_used && !found.refused_then &&
         (said.kind != Kind::in_house_use || found.what == said.what) && is_same(*found.desk, said) &&
         is_same(found.registration, said.registration);
}

}  // namespace

CheckedWriter::CheckedWriter(const LogFormat& format, const WriterContext& context)
    : m_format(format), m_context(context), m_encoder(context.encoding) {}

std::vector<Unsaid> CheckedWriter::append(const OutgoingTransaction& transaction, std::string& text) {
  Draft draft(transaction);
  shape(draft);
  if (!draft.is_refused() && !has_its_ids(draft.said)) draft.refuse(unsaid::k_missing_id);
  if (!draft.is_refused() && has_control_character(draft)) draft.refuse(unsaid::k_reserved);
  if (draft.is_refused()) return draft.unsaid();
  const std::optional<std::string> record = record_of(draft);
  if (!record)
    draft.refuse(unsaid::k_outside_encoding);
  else if (!draft.is_refused() && !reads_back(*record, draft))
    draft.refuse(unsaid::k_reads_otherwise);
  if (draft.is_refused()) return draft.unsaid();
  text += *record;
  accept(draft);
  return draft.unsaid();
}

void CheckedWriter::set_local_time(Draft& draft, bool has_seconds) const {
  constexpr Seconds k_minute = 60;
  const Seconds utc = draft.said.occurred_at;
  const Seconds civil = m_context.to_civil(utc);
  if (m_context.to_utc(civil) != utc) draft.leave_out(unsaid::k_repeated_hour);
  const Seconds into_minute = has_seconds ? 0 : (civil % k_minute + k_minute) % k_minute;
  if (into_minute != 0) draft.leave_out(unsaid::k_seconds);
  draft.recorded = Stamp(StampForm::civil, civil - into_minute);
}

// The file's header precedes the record, because it tells the parser how to read it.
bool CheckedWriter::reads_back(const std::string& record, const Draft& draft) const {
  const std::string text = header() + record;
  TextArena arena;
  Decoder decoder(m_context.encoding, arena);
  OpenedLog opened = m_format.open(text, {arena, decoder, m_context.date_order, m_context.ids, {}});
  const auto* parser = std::get_if<std::unique_ptr<LogParser>>(&opened);
  if (parser == nullptr) return false;
  bool is_found = false;
  for (Record found; (*parser)->next(found);) {
    if (std::holds_alternative<Blank>(found.content)) continue;
    const auto* transaction = std::get_if<Transaction>(&found.content);
    if (is_found || transaction == nullptr || !is_same(*transaction, draft)) return false;
    is_found = true;
  }
  return is_found;
}

CivilTime civil_time_of(Seconds civil) {
  const Seconds midnight = start_of_day(civil);
  const std::chrono::year_month_day day{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(midnight / k_day_seconds)))};
  const auto second = static_cast<int>(civil - midnight);
  return {static_cast<int>(day.year()),
          static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day())),
          second / 3600,
          second / 60 % 60,
          second % 60};
}

}  // namespace offcirc
