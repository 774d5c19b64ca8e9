#include "loader/mail/smtp_job.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "formats/fields.hpp"
#include "formats/line_reader.hpp"

namespace offcirc {
namespace {

constexpr std::array<std::string_view, 4> k_verdicts{"sent", "later", "refused", "failed"};

// Removes the first word and the blank after it from `line`, and returns the word.
std::string_view take_word(std::string_view& line) {
  const std::size_t end = line.find(' ');
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return word;
}

bool set(SmtpJob& job, std::string_view key, std::string_view value) {
  static constexpr std::array<std::pair<std::string_view, std::string SmtpJob::*>, 6> k_texts{{
      {"server", &SmtpJob::server},
      {"tls", &SmtpJob::tls},
      {"ca_file", &SmtpJob::ca_file},
      {"user", &SmtpJob::user},
      {"password", &SmtpJob::password},
      {"from", &SmtpJob::from},
  }};
  for (const auto& [name, member] : k_texts) {
    if (key != name) continue;
    job.*member = value;
    return true;
  }
  if (key == "to") {
    job.to.emplace_back(value);
    return true;
  }
  const std::optional<int> number = parse_digits(value);
  if (key != "timeout_seconds" || !number) return false;
  job.timeout_seconds = *number;
  return true;
}

}  // namespace

std::string job_text(const SmtpJob& job) {
  std::string text =
      fmt::format("server {}\ntls {}\nca_file {}\nuser {}\npassword {}\ntimeout_seconds {}\nfrom {}\n", job.server,
                  job.tls, job.ca_file, job.user, job.password, job.timeout_seconds, job.from);
  for (const std::string& address : job.to) text += fmt::format("to {}\n", address);
  return text + "\n" + job.message;
}

std::optional<SmtpJob> parse_job(std::string_view text) {
  SmtpJob job;
  while (true) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.empty()) break;
    const std::string_view key = take_word(line);
    if (!set(job, key, line)) return std::nullopt;
  }
  job.message = text;
  return job;
}

std::string answers_text(const std::vector<SmtpAnswer>& answers) {
  std::string text;
  for (const SmtpAnswer& answer : answers)
    text += fmt::format("{} {}{}{}\n", k_verdicts.at(static_cast<std::size_t>(answer.verdict)), answer.address,
                        answer.address.empty() ? "" : " ", answer.text);
  return text;
}

std::vector<SmtpAnswer> parse_answers(std::string_view text) {
  std::vector<SmtpAnswer> answers;
  LineReader lines(text);
  for (std::string_view line; lines.next(line);) {
    const std::string_view word = take_word(line);
    for (std::size_t i = 0; i < k_verdicts.size(); ++i) {
      if (word != k_verdicts.at(i)) continue;
      SmtpAnswer& answer = answers.emplace_back();
      answer.verdict = static_cast<SmtpVerdict>(i);
      if (answer.verdict != SmtpVerdict::failed) answer.address = take_word(line);
      answer.text = line;
    }
  }
  return answers;
}

}  // namespace offcirc
