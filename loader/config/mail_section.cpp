#include <fmt/format.h>

#include "loader/config/config_draft.hpp"
#include "loader/config/field_values.hpp"

namespace offcirc {
namespace {

using Word = std::pair<std::string_view, std::string>;

void read_smtp(TomlReader& mail, std::string& into) {
  const TomlValue* smtp = mail.text("smtp");
  if (smtp == nullptr) return;
  const bool is_url = smtp->text.starts_with("smtp://") || smtp->text.starts_with("smtps://");
  if (is_url && is_address(smtp->text))
    into = smtp->text;
  else
    mail.report(
        smtp->place,
        fmt::format("'smtp' in [mail] must be a server such as \"smtp://localhost:25\", not \"{}\".", smtp->text));
}

// Also true and false, since that is what comes to mind.
void read_tls(TomlReader& mail, std::string& into) {
  const TomlValue* tls = mail.find("tls");
  if (tls != nullptr && tls->kind == TomlKind::boolean)
    into = tls->boolean ? "required" : "none";
  else
    mail.read_choice("tls", std::array{Word{"none", "none"}, Word{"try", "try"}, Word{"required", "required"}}, into);
}

void read_from(TomlReader& mail, const MailSettings& settings, std::string& into) {
  const bool sends = !settings.smtp.empty() || !settings.sendmail.empty();
  const TomlValue* from = mail.text("from");
  if (from != nullptr && is_address(from->text))
    into = from->text;
  else if (from != nullptr)
    mail.report(from->place, "'from' in [mail] must be an e-mail address such as \"offcirc@example.org\".");
  else if (sends)
    mail.report(mail.place(), "'from' is missing in [mail]; write the e-mail address that reports are sent from.");
}

}  // namespace

void read_mail(TomlReader& file, ConfigDraft& draft) {
  MailSettings& settings = draft.config.mail;
  TomlReader mail = file.table("mail");
  read_smtp(mail, settings.smtp);
  const TomlValue* sendmail = mail.text("sendmail");
  if (sendmail != nullptr) settings.sendmail = beside(draft.config.file, sendmail->text).string();
  if (sendmail != nullptr && mail.find("smtp") != nullptr)
    mail.report(sendmail->place, "[mail] has both 'smtp' and 'sendmail'; keep the one that is to be used.");
  read_tls(mail, settings.tls);
  mail.read("user", settings.user);
  if (const TomlValue* file_name = mail.text("password_file"))
    settings.password_file = beside(draft.config.file, file_name->text).string();
  read_from(mail, settings, settings.from);
  mail.read_choice("when", std::array{Word{"errors", "errors"}, Word{"always", "always"}}, settings.when);
  mail.read("names", settings.names);
  mail.report_unknown_keys();
}

}  // namespace offcirc
