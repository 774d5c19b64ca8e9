// How decisions get into the library's live system: [send] and [library.send] of the configuration.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace offcirc {

/// [library.send]. Empty: not given.
struct LibrarySendSettings {
  std::string user, password_file;  ///< the SIP2 account (CN, CO)
  std::string institution;          ///< AO
  std::string location;             ///< CP and AP
  std::string user_access;          ///< symphony: FF where the log has none
  std::string station;              ///< symphony: four digits, where the log has none or its library was corrected
  std::string group;                ///< sierra: the statistical group
};

/// [send]. Empty: not given.
struct SendSettings {
  std::string as;                    ///< the system whose upload files are written
  std::string outbox;                ///< folder for upload files
  bool via_sip2 = false;             ///< via = "sip2"
  std::string server;                ///< host:port
  int timeout_seconds = 30;          ///< to wait for an answer
  int settle_seconds = 60;           ///< how long a request may take effect after its answer was lost
  bool no_block = true;              ///< ask the server not to refuse what has happened already
  bool renewal_as_checkout = false;  ///< renewals = "checkout": send 11 instead of 29
  bool payments = false;             ///< send payments
  std::string currency = "USD";      ///< of payments: three letters of ISO 4217
  bool error_detection = true;       ///< AY and AZ
  std::string encoding = "UTF-8";    ///< of messages
  std::string timezone;              ///< of the server; empty: the system's
  bool trusts_status = false;        ///< ask = "status": an item's status alone tells whether it is charged
  bool all_due_dates = false;        ///< due_dates = "all": symphony gets due dates that offcirc decided too
  std::map<std::string, LibrarySendSettings, std::less<>> libraries;  ///< by code

  [[nodiscard]] bool is_configured() const { return !as.empty() || via_sip2; }
};

}  // namespace offcirc
