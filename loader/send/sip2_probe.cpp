#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "loader/send/sip2_desks.hpp"
#include "loader/send/sip2_sender.hpp"

namespace offcirc {
namespace {

std::string item_answer(const std::string& id, const std::optional<LiveItem>& item) {
  if (!item) return fmt::format("Item {}: the server answers about another item.", id);
  if (!item->is_known) return fmt::format("Item {}: the server does not know it.", id);
  const char* charged = item->is_charged()       ? "checked out"
                        : item->may_be_charged() ? "claimed or lost"
                                                 : "not checked out";
  const std::string due = item->due_text.empty() ? "" : fmt::format(", due \"{}\"", kept_sip2_text(item->due_text));
  return fmt::format("Item {}: {} (status {:02}){}.", id, charged, item->status, due);
}

std::string user_answer(const std::string& id, const std::optional<LiveUser>& user) {
  if (!user) return fmt::format("User {}: the server answers about another user.", id);
  if (!user->is_known) return fmt::format("User {}: the server does not know this user.", id);
  const std::string count = user->charged_count ? fmt::format("{}", *user->charged_count) : "an unknown number of";
  return fmt::format("User {}: has {} items, {} of them listed.", id, count, user->charged.size());
}

class Probe {
 public:
  Probe(const SendSettings& settings, const Zone& zone, const Sip2Hooks& hooks) : m_desks(settings, zone, hooks) {
    for (const std::string& library : m_desks.libraries_with_account()) m_desks.add(library);
  }

  Sip2ProbeReport run(const std::string& item_id, const std::string& user_id) {
    for (const std::string& library : m_desks.libraries_with_account()) try_library(library);
    const auto usable = std::find_if(m_report.libraries.begin(), m_report.libraries.end(),
                                     [](const Sip2LibraryProbe& probe) { return probe.trouble.empty(); });
    if (usable == m_report.libraries.end()) return std::move(m_report);
    try {
      ask(m_desks.session(usable->library), item_id, user_id);
    } catch (const Sip2Unusable& trouble) {
      usable->trouble = trouble.what();
    } catch (const Sip2NoAnswer& trouble) {
      usable->trouble = fmt::format("The account is accepted, but: {}", trouble.what());
    }
    return std::move(m_report);
  }

 private:
  void try_library(const std::string& library) {
    Sip2LibraryProbe probe{.library = library, .trouble = m_desks.trouble_of(library)};
    if (probe.trouble.empty()) {
      Sip2Session& session = m_desks.session(library);
      try {
        session.open();
      } catch (const Sip2LoginRefused& trouble) {
        probe.trouble = trouble.what();
      } catch (const Sip2Unusable& trouble) {
        probe.trouble = trouble.what();
      }
      probe.server = session.server();
      probe.clock_difference = session.clock_difference();
    }
    if (probe.trouble.empty() && !probe.clock_difference)
      m_report.lacks.push_back(
          fmt::format("{}: the server does not say what time it has, so its clock is not checked.", library));
    m_report.libraries.push_back(std::move(probe));
  }

  bool can_ask(std::string_view what, const std::string& id) {
    if (id.empty()) return false;
    const std::string_view trouble = m_desks.setup().requests.trouble_of_id(id);
    if (!trouble.empty())
      m_report.answers.push_back(fmt::format("{} {}: SIP2 can't send the ID: {}.", what, id, trouble));
    return trouble.empty();
  }

  void ask(Sip2Session& session, const std::string& item_id, const std::string& user_id) {
    if (can_ask("Item", item_id)) {
      const auto item = session.ask_item(item_id);
      m_report.answers.push_back(item_answer(item_id, item));
      if (item && !item->due_text.empty() && !item->due_day)
        m_report.lacks.push_back(
            "Due dates: they are written in a form that can't be read with certainty, so renewals "
            "can't be confirmed.");
    }
    if (!can_ask("User", user_id)) return;
    const auto user = session.ask_user(user_id);
    m_report.answers.push_back(user_answer(user_id, user));
    if (!user || !user->is_known) return;
    if (!user->has_whole_list())
      m_report.lacks.push_back(
          "Lists: the server does not list all items of a user, so check-ins can't be sent safely.");
    if (!user->charged.empty()) check_list(session, user->charged.front());
  }

  void check_list(Sip2Session& session, const std::string& listed) {
    if (!m_desks.is_item(session, listed))
      m_report.lacks.push_back(
          "Lists: the server lists titles and not item IDs, so check-ins are unconfirmed unless "
          "[send] has ask = \"status\".");
  }

  Sip2Desks m_desks;
  Sip2ProbeReport m_report;
};

}  // namespace

bool Sip2ProbeReport::is_usable() const {
  return !libraries.empty() && std::all_of(libraries.begin(), libraries.end(),
                                           [](const Sip2LibraryProbe& probe) { return probe.trouble.empty(); });
}

Sip2ProbeReport probe_sip2(const SendSettings& settings, const Zone& zone, const std::string& item_id,
                           const std::string& user_id, const Sip2Hooks& hooks) {
  return Probe(settings, zone, hooks).run(item_id, user_id);
}

}  // namespace offcirc
