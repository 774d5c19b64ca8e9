#include "loader/mail/compose.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

#include "loader/output/move_file.hpp"
#include "loader/progress.hpp"
#include "loader/report/library_part.hpp"
#include "loader/report/rendering.hpp"

namespace offcirc {

std::vector<std::string> mail_addressees(const Report& report, const Config& config) {
  const SortedReport sorted = sort_by_library(report);
  const bool always = config.mail.when == "always";
  std::vector<std::string> codes;
  for (const LibraryPart& part : sorted.libraries) {
    if (part.code.empty() || mail_addresses(config, part.code).empty()) continue;
    if (always || part.has_something_to_do()) codes.emplace_back(part.code);
  }
  const bool anything = std::any_of(sorted.libraries.begin(), sorted.libraries.end(),
                                    [](const LibraryPart& part) { return part.has_something_to_do(); });
  if (!config.email.empty() && (always || anything)) codes.emplace_back(k_whole_system);
  return codes;
}

std::vector<std::string> mail_addressees(const std::set<std::string>& concerned, const Config& config) {
  std::vector<std::string> codes;
  for (const std::string& code : concerned)
    if (!code.empty() && !mail_addresses(config, code).empty()) codes.push_back(code);
  if (!config.email.empty() && !concerned.empty()) codes.emplace_back(k_whole_system);
  return codes;
}

std::vector<std::string> mail_addresses(const Config& config, std::string_view library) {
  std::vector<std::string> addresses;
  if (library == k_whole_system) addresses = config.email;
  const LibraryIndex index = config.policy.find_library(library);
  if (index != k_no_library) addresses = config.policy.libraries[index].email;
  // Removes duplicates and keeps the order of the configuration.
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto rest = addresses.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    addresses.erase(std::remove(rest, addresses.end(), addresses[i]), addresses.end());
  }
  return addresses;
}

std::string message_id_domain(const Config& config) {
  const std::string& from = config.mail.from;
  return from.substr(from.find('@') + 1);
}

void require_mail_addresses(const Config& config) {
  const std::vector<Library>& libraries = config.policy.libraries;
  const bool any = !config.email.empty() || std::any_of(libraries.begin(), libraries.end(),
                                                        [](const Library& library) { return !library.email.empty(); });
  if (!any)
    throw RunError(
        fmt::format("{}: no e-mail address is configured. Set 'email' in [system], for the whole report, or in a "
                    "[[library]], for its part.",
                    config.file.string()));
}

namespace {

bool fits(const MailMessage& message, const Zone& zone, std::size_t max_bytes) {
  // Encoding only makes a mail larger, so one that is too large already need not be encoded.
  std::size_t bytes = message.texts.front().text.size();
  for (const MailAttachment& attachment : message.attachments) bytes += attachment.bytes.size();
  return bytes <= max_bytes && mime_text(message, zone).size() <= max_bytes;
}

std::string notice(const std::vector<std::string>& left_out, bool is_shortened, std::string_view report_command) {
  std::string text =
      "With the whole report, this mail would be too large for many mail servers.\nLeft out, and how the system office "
      "can get it:\n";
  for (const std::string& file_name : left_out)
    text += fmt::format("  {0}\n    '{1} -o {0}' writes it.\n", file_name, report_command);
  if (is_shortened) text += fmt::format("  the end of this text\n    '{}' prints all of it.\n", report_command);
  return text + "\n";
}

// Cuts the text at a line break to at most `max_bytes`, or, if it is that short, by a sixteenth: the encoded size is
// unknown, so fit_mail() repeats this until the mail fits.
std::string shorter(const std::string& text, std::size_t max_bytes) {
  const std::size_t bytes = text.size() > max_bytes ? max_bytes : text.size() - (text.size() + 15) / 16;
  const std::size_t end = bytes == 0 ? std::string::npos : text.rfind('\n', bytes - 1);
  return end == std::string::npos ? std::string() : text.substr(0, end + 1);
}

}  // namespace

void fit_mail(MailMessage& message, const Zone& zone, std::string_view report_command, std::size_t max_bytes) {
  std::string& text = message.texts.front().text;
  std::vector<std::string> left_out;
  std::string kept = text;
  bool is_shortened = false;
  while (!fits(message, zone, max_bytes) && !kept.empty()) {
    if (!message.attachments.empty()) {
      left_out.push_back(message.attachments.front().file_name);
      message.attachments.erase(message.attachments.begin());
    } else {
      kept = shorter(kept, max_bytes);
      is_shortened = true;
    }
    text = notice(left_out, is_shortened, report_command) + kept;
    if (is_shortened) text += "\nThe text continues; the first lines of this mail say how to get all of it.\n";
  }
}

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

/// Lists the counts that are not 0.
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
                                              {totals.follow_up, "to follow up"},
                                              {logs_not_read, logs_not_read == 1 ? "log not read" : "logs not read"}});
  if (!troubles.empty()) return troubles;
  const std::uint64_t missing = part.missing_stations.size();
  const std::string others = listed_counts({{missing, missing == 1 ? "workstation missing" : "workstations missing"},
                                            {totals.loaded, "loaded"},
                                            {totals.already_loaded, "already loaded"},
                                            {totals.not_done, "refused or canceled"}});
  return others.empty() ? "0 loaded" : others;
}

std::size_t count_to_settle(const Report& part) {
  const SortedReport sorted = sort_by_library(part);
  return std::accumulate(sorted.libraries.begin(), sorted.libraries.end(), std::size_t{0},
                         [](std::size_t count, const LibraryPart& library) { return count + library.live.size(); });
}

std::string written(const Rendering& rendering, const Report& report, const Zone& zone) {
  std::string text;
  rendering.write(report, zone, [&](std::string_view block) { text += block; });
  return text;
}

// The command that prints the report in this mail.
std::string report_command(const QueuedMail& mail) {
  if (mail.library == k_whole_system) return fmt::format("offcirc report {}", mail.load);
  return fmt::format("offcirc report {} --library {}", mail.load, mail.library);
}

}  // namespace

std::string subject_of(const QueuedMail& mail, const Report& part) {
  const std::string load =
      mail.send == 0 ? fmt::format("Load {}", mail.load) : fmt::format("Send {} of load {}", mail.send, mail.load);
  const std::string counts =
      mail.send == 0 ? counts_of(part) : fmt::format("{} to settle in the live system", count_to_settle(part));
  if (mail.library == k_whole_system) return fmt::format("{}: {}", load, counts);
  return fmt::format("{}, {}: {}", load, name_of_library(mail, part), counts);
}

std::string mail_file_stem(const QueuedMail& mail) {
  std::string stem = fmt::format("load-{}", mail.load);
  if (mail.library != k_whole_system) stem += fmt::format("-{}", safe_in_file_name(mail.library));
  if (mail.send != 0) stem += fmt::format("-send-{}", mail.send);
  return stem;
}

MailMessage compose_mail(const QueuedMail& mail, const Report& part, const std::vector<std::string>& to,
                         const Config& config) {
  MailMessage message;
  message.from_name = config.system_name;
  message.from_address = config.mail.from;
  message.to = to;
  message.subject = subject_of(mail, part);
  message.message_id = mail.message_id;
  message.date = mail.send == 0 ? part.finished_at : mail.queued_at;
  message.texts.push_back({"plain", written(*find_rendering("text"), part, config.policy.zone)});
  // Mail programs strip scripts and styles from a mail. The HTML page is therefore an attachment to open in a browser.
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
