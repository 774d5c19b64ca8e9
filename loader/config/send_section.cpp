#include <fmt/format.h>

#include <algorithm>

#include "formats/fields.hpp"
#include "loader/config/config_draft.hpp"
#include "loader/config/field_values.hpp"
#include "loader/progress.hpp"
#include "loader/time/zone.hpp"

namespace offcirc {

namespace {

constexpr int k_max_timeout_seconds = 3600;
constexpr std::size_t k_station_digits = 4;

// Symphony's header has room for four digits, and Sierra's lines for a number without colons.
void read_symphony_station(TomlReader& send, std::string& into) {
  const TomlValue* station = send.text("station");
  if (station == nullptr) return;
  std::string normal = normal_station(station->text);
  if (normal.size() == k_station_digits && is_digits(normal))
    into = std::move(normal);
  else
    send.report(station->place, fmt::format("'station' in [library.send] must be a number of at most four digits, such "
                                            "as \"0209\", not \"{}\".",
                                            station->text));
}

void read_group(TomlReader& send, std::string& into) {
  const TomlValue* group = send.text("group");
  if (group == nullptr) return;
  if (!group->text.empty() && is_digits(group->text))
    into = group->text;
  else
    send.report(group->place,
                fmt::format("'group' in [library.send] must be the number of a statistical group, such as "
                            "\"992\", not \"{}\".",
                            group->text));
}

// The port is required, because SIP2 has none of its own: 6001 is only a habit.
void read_server(TomlReader& send, std::string& into) {
  const TomlValue* server = send.text("server");
  if (server == nullptr) return;
  const std::size_t colon = server->text.rfind(':');
  const bool has_port = colon != std::string::npos && colon > 0 && is_digits(server->text.substr(colon + 1));
  const bool is_host = server->text.find_first_of("/@ \t") == std::string::npos;
  if (has_port && is_host)
    into = server->text;
  else
    send.report(server->place, fmt::format("'server' in [send] must be a host and a port, such as "
                                           "\"sip.example.org:6001\", not \"{}\".",
                                           server->text));
}

void read_server_zone(TomlReader& send, std::string& into) {
  const TomlValue* name = send.text("timezone");
  if (name == nullptr) return;
  try {
    load_zone(name->text);
    into = name->text;
  } catch (const RunError&) {
    send.report(name->place,
                fmt::format("there is no time zone \"{}\"; use a name of the tz database, such as America/Chicago.",
                            name->text));
  }
}

// The three characters have a fixed place in the message.
void read_currency(TomlReader& send, std::string& into) {
  const TomlValue* code = send.text("currency");
  if (code == nullptr) return;
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (code->text.size() == 3 && std::all_of(code->text.begin(), code->text.end(), is_letter))
    into = code->text;
  else
    send.report(code->place,
                fmt::format("currency must be three letters of ISO 4217, such as \"USD\", not \"{}\".", code->text));
}

void require_accounts(TomlReader& send, ConfigDraft& draft) {
  const SendSettings& settings = draft.config.send;
  if (!settings.via_sip2) return;
  if (settings.server.empty() && send.find("server") == nullptr)
    send.report(send.place(),
                "'server' is missing in [send]; write the host and port of the SIP2 server, such as "
                "server = \"sip.example.org:6001\".");
}

}  // namespace

void read_library_send(TomlReader& library, const ConfigDraft& draft, LibrarySendSettings& settings) {
  TomlReader send = library.table("send");
  send.read("user", settings.user);
  if (const TomlValue* path = send.text("password_file"))
    settings.password_file = beside(draft.config.file, path->text).string();
  send.read("institution", settings.institution);
  send.read("location", settings.location);
  send.read("user_access", settings.user_access);
  read_symphony_station(send, settings.station);
  read_group(send, settings.group);
  if (const TomlValue* user = send.find("user"); user != nullptr && settings.password_file.empty())
    send.report(
        user->place,
        "[library.send] has a 'user' but no 'password_file'; write the name of a file that holds the password.");
  send.report_unknown_keys();
}

void read_send(TomlReader& file, ConfigDraft& draft) {
  using Word = std::pair<std::string_view, std::string>;
  using Switch = std::pair<std::string_view, bool>;
  SendSettings& settings = draft.config.send;
  TomlReader send = file.table("send");
  send.read_choice("as",
                   std::array{Word{"symphony", "symphony"}, Word{"koc", "koc"}, Word{"evergreen", "evergreen"},
                              Word{"aleph", "aleph"}, Word{"sierra", "sierra"}},
                   settings.as);
  if (const TomlValue* outbox = send.text("outbox")) settings.outbox = beside(draft.config.file, outbox->text).string();
  send.read_choice("via", std::array{Switch{"files", false}, Switch{"sip2", true}}, settings.via_sip2);
  read_server(send, settings.server);
  send.read("timeout_seconds", settings.timeout_seconds, 1, k_max_timeout_seconds);
  send.read("settle_seconds", settings.settle_seconds, 0, k_max_timeout_seconds);
  send.read("no_block", settings.no_block);
  send.read_choice("renewals", std::array{Switch{"renew", false}, Switch{"checkout", true}},
                   settings.renewal_as_checkout);
  send.read("payments", settings.payments);
  read_currency(send, settings.currency);
  send.read("error_detection", settings.error_detection);
  read_encoding(send, settings.encoding);
  read_server_zone(send, settings.timezone);
  send.read_choice("ask", std::array{Switch{"items", false}, Switch{"status", true}}, settings.trusts_status);
  send.read_choice("due_dates", std::array{Switch{"desk", false}, Switch{"all", true}}, settings.all_due_dates);
  require_accounts(send, draft);
  send.report_unknown_keys();
}

}  // namespace offcirc
