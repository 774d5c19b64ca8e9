#include "loader/mail/compose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>

#include "loader/mail/addressees.hpp"
#include "loader/mail/fit_mail.hpp"
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
                                            {totals.already_loaded, "already loaded"},
                                            {totals.not_done, "not done"}});
  return others.empty() ? "0 loaded" : others;
}

std::string written(const Rendering& rendering, const Report& report, const Zone& zone) {
  std::string text;
  rendering.write(report, zone, [&](std::string_view block) { text += block; });
  return text;
}

// That prints what the mail is about.
std::string report_command(const QueuedMail& mail) {
  if (mail.library == k_whole_system) return fmt::format("offcirc report {}", mail.load);
  return fmt::format("offcirc report {} --library {}", mail.load, mail.library);
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
  for (const std::string_view name : {"html", "csv"}) {
    const Rendering& rendering = *find_rendering(name);
    message.attachments.push_back({fmt::format("text/{}; charset=utf-8", name),
                                   fmt::format("{}.{}", mail_file_stem(mail), rendering.extension),
                                   written(rendering, part, config.policy.zone)});
  }
  fit_mail(message, config.policy.zone, report_command(mail));
  return message;
}

}  // namespace offcirc
