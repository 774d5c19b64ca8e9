#include "loader/send/upload_steps.hpp"

#include <algorithm>
#include <unordered_map>

#include "loader/time/iso8601.hpp"

namespace offcirc {

namespace {

constexpr Seconds k_last_minute_of_day = k_day_seconds - 60;

/// Whether the system's format has renewals, so that a checkout that was taken as a renewal can be written as one.
bool says_renewals(std::string_view system) {
  return system == "symphony" || system == "evergreen";
}

// A loan for days ends at 23:59, which is how offcirc says that it ends with the day.
Stamp due_stamp(Seconds due_at, const Zone& zone) {
  if (due_at == k_no_time) return {};
  if (due_at == k_never) return {StampForm::never, 0};
  const Seconds civil = zone.to_civil(due_at);
  const Seconds day = start_of_day(civil);
  return civil - day >= k_last_minute_of_day ? Stamp(StampForm::date, day) : Stamp(StampForm::civil, civil);
}

Stamp local_stamp(Stamp stamp, const Zone& zone) {
  return stamp.is(StampForm::absolute) ? Stamp(StampForm::civil, zone.to_civil(stamp.seconds())) : stamp;
}

}  // namespace

UploadSteps::UploadSteps(const std::vector<SendableResult>& results, std::string_view system, const Config& config)
    : m_system(system), m_config(config) {
  for (const SendableResult& result : results) add(result);
}

void UploadSteps::add(const SendableResult& result) {
  const OutgoingTransaction says = outgoing(result);
  if (!result.has(Outcome::was_charged_to_another)) {
    all.push_back({&result, 0, says});
    return;
  }
  OutgoingTransaction closing = says;
  closing.kind = Kind::checkin;
  closing.user_id = {};
  closing.due = {};
  closing.due_from = DueFrom::none;
  all.push_back({&result, 0, closing});
  all.push_back({&result, 1, says});
}

OutgoingTransaction UploadSteps::outgoing(const SendableResult& result) {
  const Zone& zone = m_config.policy.zone;
  OutgoingTransaction to;
  to.kind = result.kind;
  if (result.kind == Kind::checkout && result.has(Outcome::renewed) && says_renewals(m_system)) to.kind = Kind::renewal;
  to.occurred_at = result.occurred_at;
  to.user_id = result.user_id;
  if (result.kind == Kind::renewal && result.user_id.empty()) to.user_id = result.holder_id;
  to.item_id = result.item_id;
  to.due = due_stamp(result.due_at, zone);
  to.due_from = result.due_from;
  to.discharged_on = local_stamp(result.discharged_on, zone);
  to.fine_waived = result.has(Outcome::fine_waived);
  to.amount_cents = result.amount_cents;
  to.count = result.count;
  if (result.kind == Kind::in_house_use) to.what = result.what;
  if (result.registration) to.registration = &m_registrations.emplace_back(view_of(*result.registration));
  to.edits_registration = result.kind == Kind::registration && !result.what.empty();
  place(result, to);
  return to;
}

// A station belongs to the library that the log names. If that was wrong, the station is of no use either.
void UploadSteps::place(const SendableResult& result, OutgoingTransaction& to) const {
  const LibrarySendSettings& settings = send_settings_of(result.library, m_config);
  const std::string_view logged = code_of_library_called(result.logged_library, m_config.policy);
  const bool is_temporary = !result.temporary_library.empty() && !logged.empty();
  to.library = is_temporary ? logged : std::string_view(result.library);
  if (is_temporary) to.temporary_library = result.library;
  to.station = result.station;
  to.user_access = result.user_access;
  const bool was_corrected = !is_temporary && !logged.empty() && logged != result.library;
  if (!settings.station.empty() && (to.station.empty() || was_corrected)) to.station = settings.station;
  if (!settings.user_access.empty() && (to.user_access.empty() || was_corrected)) to.user_access = settings.user_access;
}

std::vector<const SendableResult*> UploadSteps::move_returns() {
  std::unordered_map<std::string_view, Seconds> latest;  // by item
  std::vector<UploadStep> kept;
  std::vector<const SendableResult*> taken_out;
  for (UploadStep& step : all) {
    OutgoingTransaction& says = step.says;
    if (says.kind == Kind::checkin && step.result->kind == Kind::checkin) {
      const auto returned = came_back_at(says.discharged_on, says.occurred_at, m_config.policy.zone);
      const auto before = latest.find(says.item_id);
      if (returned && before != latest.end() && before->second > *returned) {
        taken_out.push_back(step.result);
        continue;
      }
      if (returned) says.occurred_at = *returned;
      if (returned) says.discharged_on = {};
    }
    if (!says.item_id.empty()) latest[says.item_id] = std::max(latest[says.item_id], says.occurred_at);
    kept.push_back(step);
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const UploadStep& a, const UploadStep& b) { return a.says.occurred_at < b.says.occurred_at; });
  all = std::move(kept);
  return taken_out;
}

std::optional<Seconds> came_back_at(Stamp discharged_on, Seconds occurred_at, const Zone& zone) {
  if (!discharged_on.says_when() || discharged_on.is(StampForm::never)) return std::nullopt;
  if (!discharged_on.is(StampForm::date)) {
    const Seconds at = utc_of(discharged_on, zone);
    return at > occurred_at ? std::nullopt : std::optional(at);
  }
  if (discharged_on.seconds() / k_day_seconds > zone.day_of(occurred_at)) return std::nullopt;
  return std::min(zone.to_utc(discharged_on.seconds() + k_last_minute_of_day), occurred_at);
}

WriterContext writer_context_of(const Config& config) {
  const Zone& zone = config.policy.zone;
  WriterContext context;
  context.to_civil = [&zone](Seconds utc) { return zone.to_civil(utc); };
  context.to_utc = [&zone](Seconds civil) { return zone.to_utc(civil); };
  context.date_order = config.date_order;
  context.encoding = config.encoding;
  context.writes_policy_due_dates = config.send.all_due_dates;
  context.ids = config.ids;
  return context;
}

const LibrarySendSettings& send_settings_of(std::string_view library, const Config& config) {
  static const LibrarySendSettings k_not_given;
  const auto found = config.send.libraries.find(library);
  return found == config.send.libraries.end() ? k_not_given : found->second;
}

}  // namespace offcirc
