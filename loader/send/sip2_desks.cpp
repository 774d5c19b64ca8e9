#include "loader/send/sip2_desks.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "loader/time/iso8601.hpp"

namespace offcirc {

std::string_view why_unsayable(const LiveMessage& message, const SendSettings& settings) {
  switch (message.kind) {
    case Kind::checkin:
      return {};
    case Kind::checkout:
    case Kind::renewal:
      return message.due_at == k_never ? "SIP2 can't say that a loan is never due." : "";
    case Kind::payment:
      if (message.amount_cents <= 0) return "SIP2 can't send a payment without an amount.";
      return settings.payments ? "" : "[send] has no payments = true.";
    default:
      return "SIP2 has no message for it.";
  }
}

Sip2Desks::Sip2Desks(const SendSettings& settings, const Zone& zone, const Sip2Hooks& hooks)
    : m_settings(settings), m_setup(settings, zone, hooks) {
  m_trust.status = settings.trusts_status;
}

void Sip2Desks::add(const std::string& library) {
  if (m_sessions.contains(library) || m_troubles.contains(library)) return;
  const auto found = m_settings.libraries.find(library);
  if (found == m_settings.libraries.end() || found->second.user.empty() || found->second.password_file.empty()) {
    m_troubles[library] = library.empty() ? "Transactions without a library have no SIP2 account."
                                          : fmt::format(
                                                "{} has no SIP2 account: add 'user' and 'password_file' to its "
                                                "[library.send].",
                                                library);
    return;
  }
  const LibrarySendSettings& own = found->second;
  Sip2Account account{own.user, read_sip2_password(own.password_file), own.institution, own.location};
  // Throws now, and not after other libraries have sent, if the encoding lacks a character.
  static_cast<void>(m_setup.requests.frame(Sip2Requests::login(account) + account.institution, '0'));
  m_sessions[library] = std::make_unique<Sip2Session>(m_setup, library, std::move(account));
}

std::vector<std::string> Sip2Desks::libraries_with_account() const {
  std::vector<std::string> libraries;
  for (const auto& [library, own] : m_settings.libraries)
    if (!own.user.empty()) libraries.push_back(library);
  return libraries;
}

std::string Sip2Desks::trouble_of(const std::string& library) const {
  const auto found = m_troubles.find(library);
  return found == m_troubles.end() ? std::string() : found->second;
}

std::string Sip2Desks::why_by_hand(const LiveMessage& message) const {
  if (const std::string_view why = why_unsayable(message, m_settings); !why.empty()) return std::string(why);
  const auto trouble_with = [&](std::string_view whose, const std::string& id) {
    const std::string_view trouble = m_setup.requests.trouble_of_id(id);
    return trouble.empty() ? std::string() : fmt::format("SIP2 can't send the {}'s ID: {}.", whose, trouble);
  };
  const std::string trouble = message.kind == Kind::payment ? "" : trouble_with("item", message.item_id);
  const bool is_nobody = message.kind == Kind::checkin && message.holder_id.empty();
  return trouble.empty() && !is_nobody ? trouble_with("patron", concerned_user(message)) : trouble;
}

Sip2Desks::Request Sip2Desks::request_for(const LiveMessage& message) const {
  const Sip2Requests& requests = m_setup.requests;
  const Sip2Account& account = m_sessions.at(message.library)->account();
  const Sip2Request request{message.user_id,     message.item_id,      message.occurred_at, message.due_at,
                            message.returned_at, message.amount_cents, message.reference};
  if (message.kind == Kind::checkin) return {requests.checkin(account, request), "10"};
  if (message.kind == Kind::payment) return {requests.payment(account, request), "38"};
  if (message.kind == Kind::renewal && !m_settings.renewal_as_checkout)
    return {requests.renewal(account, request), "30"};
  return {requests.checkout(account, request), "12"};
}

Sip2Sight Sip2Desks::look(const LiveMessage& message) {
  Sip2Session& own = session(message.library);
  const std::string& user_id = concerned_user(message);
  Sip2Sight sight;
  if (!message.item_id.empty()) sight.item = own.ask_item(message.item_id);
  if (!user_id.empty()) sight.user = own.ask_user(user_id);
  learn_lists(own, sight, message.item_id);
  return sight;
}

bool Sip2Desks::is_item(Sip2Session& session, const std::string& listed) const {
  return m_setup.requests.trouble_of_id(listed).empty() && session.ask_item(listed).value_or(LiveItem{}).is_known;
}

// An item that is missing in a list may be there under its title. Whether lists have item IDs shows when one of their
// values is asked for.
void Sip2Desks::learn_lists(Sip2Session& session, const Sip2Sight& sight, const std::string& item_id) {
  if (m_trust.lists != Sip2Lists::unknown || !sight.item || !sight.user || sight.user->charged.empty()) return;
  if (sight.user->lists(item_id)) {
    m_trust.lists = Sip2Lists::items;
  } else if (sight.item->is_charged() || sight.item->may_be_charged()) {
    try {
      m_trust.lists = is_item(session, sight.user->charged.front()) ? Sip2Lists::items : Sip2Lists::titles;
    } catch (const Sip2NoAnswer&) {  // about that item; another may tell
    }
  }
}

}  // namespace offcirc
