// For the tests of writers: transactions to be written, and what must be read back of each.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "formats/log_writer.hpp"
#include "formats/unsaid.hpp"
#include "tests/parsed_log.hpp"

namespace offcirc {

/// A system five hours behind UTC, without daylight saving.
inline constexpr Seconds k_behind_utc = 5 * 3600;

inline WriterContext writer_context(std::string encoding = "windows-1252") {
  WriterContext context;
  context.to_civil = [](Seconds utc) { return utc - k_behind_utc; };
  context.to_utc = [](Seconds civil) { return civil + k_behind_utc; };
  context.encoding = std::move(encoding);
  context.group = "101";
  return context;
}

inline OutgoingTransaction outgoing(const Transaction& t) {
  const auto utc = [](Stamp stamp) {
    return stamp.is(StampForm::absolute) ? stamp.seconds() : stamp.seconds() + k_behind_utc;
  };
  const auto local = [&](Stamp stamp) {
    return stamp.is(StampForm::absolute) ? Stamp(StampForm::civil, stamp.seconds() - k_behind_utc) : stamp;
  };
  OutgoingTransaction to;
  to.kind = t.kind;
  to.occurred_at = utc(t.occurred.says_when() ? t.occurred : t.recorded);
  to.library = t.desk->library;
  to.temporary_library = t.desk->temporary_library;
  to.station = t.desk->station;
  to.user_access = t.desk->user_access;
  to.user_id = t.user_id;
  to.item_id = t.item_id;
  to.due = local(t.due);
  to.due_from = t.due_from;
  to.discharged_on = local(t.discharged_on);
  to.fine_waived = t.fine_waived;
  to.amount_cents = t.amount_cents;
  to.count = t.count;
  to.what = t.kind == Kind::in_house_use ? t.what : std::string_view();
  to.registration = t.registration;
  to.edits_registration = t.edits_registration;
  return to;
}

/// Writes one file and keeps, for each transaction, what the writer said that it can't say.
struct WrittenLog {
  WrittenLog(std::string_view format, const WriterContext& context, const std::vector<OutgoingTransaction>& from) {
    const auto writer = make_log_writer(format, context);
    text = writer->header();
    for (const OutgoingTransaction& one : from) {
      const std::size_t before = text.size();
      unsaid.push_back(writer->append(one, text));
      is_written.push_back(text.size() > before);
    }
  }

  std::string text;
  std::vector<std::vector<Unsaid>> unsaid;
  std::vector<bool> is_written;
};

/// `due date, seconds of a time`, or `not written: payment`.
inline std::string told(const std::vector<Unsaid>& unsaid) {
  std::string text;
  for (const Unsaid& one : unsaid) {
    text += text.empty() ? "" : ", ";
    text += one.is_whole ? "not written: " : "";
    text += one.what;
  }
  return text;
}

inline std::string first_unsaid(std::string_view format, const OutgoingTransaction& one,
                                const WriterContext& context = writer_context()) {
  return told(WrittenLog(format, context, {one}).unsaid.front());
}

// What is left of a transaction in a format, described: what the writer names as unsaid is removed, and nothing else.

class Remainder {
 public:
  Remainder(std::string_view format, OutgoingTransaction from, const std::vector<Unsaid>& unsaid)
      : m_format(format), m_said(from) {
    for (const Unsaid& one : unsaid) m_unsaid.insert(one.what);
  }

  std::string describe() {
    if (lacks(unsaid::k_renewal_as_checkout)) m_said.kind = Kind::checkout;
    if (lacks(unsaid::k_user)) m_said.user_id = {};
    if (lacks(unsaid::k_item)) m_said.item_id = {};
    std::string text(name_of(m_said.kind));
    const auto add = [&](std::string_view name, std::string_view value) {
      if (!value.empty()) text += fmt::format(" {}={}", name, value);
    };
    add("user", m_said.user_id);
    add("item", m_said.item_id);
    if (!lacks(unsaid::k_same_second)) add("at", iso_stamp_text({StampForm::absolute, minute(m_said.occurred_at)}));
    add("due", due());
    add("discharged", discharged());
    if (m_said.fine_waived && !lacks(unsaid::k_waived_fine)) text += " waived";
    if (m_said.kind == Kind::payment) add("cents", std::to_string(m_said.amount_cents));
    if (m_said.kind == Kind::in_house_use) {
      add("count", std::to_string(m_said.count));
      if (m_said.item_id.empty()) add("what", m_said.what);
    }
    if (m_format == "symphony")
      add("desk", fmt::format("{}/{}/{}/{}", m_said.library, m_said.temporary_library,
                              lacks(unsaid::k_station) ? "0000" : m_said.station, m_said.user_access));
    if (m_said.registration != nullptr) text += " | " + described_user();
    return text;
  }

 private:
  [[nodiscard]] bool lacks(std::string_view what) const { return m_unsaid.contains(what); }
  [[nodiscard]] Seconds minute(Seconds at) const { return lacks(unsaid::k_seconds) ? at - at % 60 : at; }

  [[nodiscard]] std::string due() const {
    const bool lends = m_said.kind == Kind::checkout || m_said.kind == Kind::renewal;
    if (!lends || m_said.due_from == DueFrom::policy || lacks(unsaid::k_due_date) || lacks(unsaid::k_never_due))
      return {};
    if (m_format == "sierra" && m_said.due.is(StampForm::date))
      return iso_stamp_text({StampForm::absolute, m_said.due.seconds() + k_behind_utc + 4 * 3600});
    return moment(m_said.due);
  }

  [[nodiscard]] std::string discharged() const {
    if (m_said.kind != Kind::checkin || lacks(unsaid::k_discharge)) return {};
    if (m_format == "evergreen" && !m_said.discharged_on.says_when())
      return iso_stamp_text({StampForm::absolute, m_said.occurred_at});
    return moment(m_said.discharged_on);
  }

  [[nodiscard]] std::string moment(Stamp stamp) const {
    if (!stamp.is(StampForm::civil)) return iso_stamp_text(stamp);
    return iso_stamp_text({StampForm::absolute, minute(stamp.seconds() + k_behind_utc)});
  }

  [[nodiscard]] std::string described_user() const {
    Registration user = *m_said.registration;
    if (lacks(unsaid::k_categories)) user.categories = {};
    if (lacks(unsaid::k_birth_date)) user.birth_date = {};
    if (lacks(unsaid::k_expiry)) user.expires_on = {};
    return offcirc::describe(user);
  }

  std::string_view m_format;
  OutgoingTransaction m_said;
  std::set<std::string_view> m_unsaid;
};

/// The same description, of a transaction that was read back.
inline std::string described_as_read(std::string_view format, const Transaction& read,
                                     const std::vector<Unsaid>& unsaid) {
  std::vector<Unsaid> kept = unsaid;  // only those that change how the description is written
  std::erase_if(kept, [](const Unsaid& one) { return one.what != unsaid::k_same_second; });
  OutgoingTransaction found = outgoing(read);
  const bool is_day_loan = format == "sierra" && found.due.is(StampForm::date);
  return is_day_loan ? "a bare date in a format that has none" : Remainder(format, found, kept).describe();
}

}  // namespace offcirc
