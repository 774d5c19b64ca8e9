#include "loader/mail/compose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "loader/mail/addressees.hpp"
#include "loader/output/file_name.hpp"
#include "loader/report/rendering.hpp"

namespace offcirc {
namespace {

std::string name_of_library(const QueuedMail& mail, const Report& part) {
  for (const ReportLibrary& library : part.libraries)
    if (library.code == mail.library && !library.name.empty())
      return fmt::format("{} ({})", library.name, mail.library);
  return mail.library;
}

struct Count {
  std::uint64_t count;
  std::string_view what;
};

/// Those that are not 0.
std::string listed_counts(std::initializer_list<Count> counts) {
  std::string text;
  for (const auto& [count, what] : counts)
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  return text;
}

std::string counts_of(const Report& part) {
  const ReportTotals& totals = part.totals;
  const auto logs_not_read = static_cast<std::uint64_t>(
      std::count_if(part.logs.begin(), part.logs.end(), [](const ReportLog& log) { return log.error.has_value(); }));
  const std::string troubles = listed_counts({{totals.rejected, "not loaded"},
                                              {totals.unreadable, "unreadable"},
                                              {totals.follow_up, "with something to do"},
                                              {logs_not_read, logs_not_read == 1 ? "log not read" : "logs not read"}});
  if (!troubles.empty()) return troubles;
  const std::uint64_t missing = part.missing_stations.size();
  const std::string others = listed_counts({{missing, missing == 1 ? "station missing" : "stations missing"},
                                            {totals.loaded, "loaded"},
                                            {totals.already_loaded, "already loaded"}});
  return others.empty() ? "0 loaded" : others;
}

std::string written(const Rendering& rendering, const Report& report, const Zone& zone) {
  std::string text;
  rendering.write(report, zone, [&](std::string_view block) { text += block; });
  return text;
}

}  // namespace

std::string subject_of(const QueuedMail& mail, const Report& part) {
  if (mail.library == k_whole_system) return fmt::format("Load {}: {}", mail.load, counts_of(part));
  return fmt::format("Load {}, {}: {}", mail.load, name_of_library(mail, part), counts_of(part));
}

std::string mail_file_stem(const QueuedMail& mail) {
  if (mail.library == k_whole_system) return fmt::format("load-{}", mail.load);
  return fmt::format("load-{}-{}", mail.load, safe_in_file_name(mail.library));
}

MailMessage compose_mail(const QueuedMail& mail, const Report& part, const std::vector<std::string>& to,
                         const Config& config) {
  MailMessage message;
  message.from_name = config.system_name;
  message.from_address = config.mail.from;
  message.to = to;
  message.subject = subject_of(mail, part);
  message.message_id = mail.message_id;
  message.date = part.finished_at;
  message.texts.push_back({"plain", written(*find_rendering("text"), part, config.policy.zone)});
  // Mail programs take scripts and styles out of what they show: the page comes as a file to open in a browser.
  if (const Rendering* html = find_rendering("html"))
    attach(message,
           {"text/html; charset=utf-8", mail_file_stem(mail) + ".html", written(*html, part, config.policy.zone)},
           mail);
  if (const Rendering* csv = find_rendering("csv"))
    attach(message, {"text/csv; charset=utf-8", mail_file_stem(mail) + ".csv", written(*csv, part, config.policy.zone)},
           mail);
  return message;
}

void attach(MailMessage& message, MailAttachment attachment, const QueuedMail& mail) {
  if (attachment.bytes.size() <= k_max_attachment_bytes) {
    message.attachments.push_back(std::move(attachment));
    return;
  }
  constexpr std::size_t k_mebibyte = std::size_t{1024} * 1024;
  const std::string of_library = mail.library == k_whole_system ? "" : " --library " + mail.library;
  message.texts.front().text +=
      fmt::format("\n{0} is too large for a mail ({1} MiB).\n'offcirc report {2}{3} -o {0}' writes it.\n",
                  attachment.file_name, (attachment.bytes.size() + k_mebibyte - 1) / k_mebibyte, mail.load, of_library);
}

}  // namespace offcirc
