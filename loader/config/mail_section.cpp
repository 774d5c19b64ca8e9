#include <fmt/format.h>

#include "loader/config/config_draft.hpp"
#include "loader/config/field_values.hpp"

namespace offcirc {
namespace {

using Word = std::pair<std::string_view, std::string>;

constexpr int k_max_timeout_seconds = 3600;

// The host of `smtp://host:25`, with its port and the brackets of an IPv6 address; empty where it is no such server.
std::string_view server_of(std::string_view url) {
  for (const std::string_view scheme : {"smtp://", "smtps://"}) {
    if (!url.starts_with(scheme)) continue;
    url.remove_prefix(scheme.size());
    const bool is_server =
        url.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") ==
        std::string_view::npos;
    return is_server ? url : std::string_view();
  }
  return {};
}

bool is_this_machine(std::string_view server) {
  const std::string_view host = server.substr(0, server.starts_with('[') ? server.find(']') + 1 : server.find(':'));
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

void read_smtp(TomlReader& mail, std::string& into) {
  const TomlValue* smtp = mail.text("smtp");
  if (smtp == nullptr) return;
  if (!server_of(smtp->text).empty()) {
    into = smtp->text;
  } else if (smtp->text.find('@') != std::string::npos) {
    // Not repeated: it may have a password in it.
    mail.report(smtp->place,
                "'smtp' in [mail] must be a server alone, such as \"smtp://localhost:25\"; the user goes into 'user', "
                "the password into a 'password_file'.");
  } else {
    mail.report(
        smtp->place,
        fmt::format("'smtp' in [mail] must be a server such as \"smtp://localhost:25\", not \"{}\".", smtp->text));
  }
}

// Also true and false, since that is what comes to mind.
void read_tls(TomlReader& mail, const MailSettings& settings, std::string& into) {
  const TomlValue* tls = mail.find("tls");
  if (tls == nullptr && settings.smtp.empty()) return;
  if (tls == nullptr)
    // Mail servers of one's own machine offer certificates that nobody has signed. A password is never sent in the
    // open.
    into = is_this_machine(server_of(settings.smtp)) ? "none" : settings.user.empty() ? "try" : "required";
  else if (tls->kind == TomlKind::boolean)
    into = tls->boolean ? "required" : "none";
  else
    mail.read_choice("tls", std::array{Word{"none", "none"}, Word{"try", "try"}, Word{"required", "required"}}, into);
}

void read_from(TomlReader& mail, const MailSettings& settings, std::string& into) {
  const TomlValue* from = mail.text("from");
  if (from != nullptr && is_address(from->text))
    into = from->text;
  else if (from != nullptr)
    mail.report(from->place, "'from' in [mail] must be an e-mail address such as \"offcirc@example.org\".");
  else if (settings.can_send())
    mail.report(mail.place(), "'from' is missing in [mail]; write the e-mail address that reports are sent from.");
}

void read_path(TomlReader& mail, std::string_view key, const ConfigDraft& draft, std::string& into) {
  if (const TomlValue* path = mail.text(key)) into = beside(draft.config.file, path->text).string();
}

}  // namespace

void read_mail(TomlReader& file, ConfigDraft& draft) {
  MailSettings& settings = draft.config.mail;
  TomlReader mail = file.table("mail");
  read_smtp(mail, settings.smtp);
  read_path(mail, "sendmail", draft, settings.sendmail);
  if (!settings.sendmail.empty() && mail.find("smtp") != nullptr)
    mail.report(mail.find("sendmail")->place,
                "[mail] has both 'smtp' and 'sendmail'; keep the one that is to be used.");
  mail.read("user", settings.user);
  read_path(mail, "password_file", draft, settings.password_file);
  read_tls(mail, settings, settings.tls);
  read_path(mail, "ca_file", draft, settings.ca_file);
  mail.read("timeout_seconds", settings.timeout_seconds, 1, k_max_timeout_seconds);
  read_from(mail, settings, settings.from);
  mail.read_choice("when", std::array{Word{"errors", "errors"}, Word{"always", "always"}}, settings.when);
  mail.read("names", settings.names);
  using Ids = std::pair<std::string_view, bool>;
  mail.read_choice("user_ids", std::array{Ids{"full", false}, Ids{"last4", true}}, settings.last_four);
  mail.report_unknown_keys();
}

}  // namespace offcirc
