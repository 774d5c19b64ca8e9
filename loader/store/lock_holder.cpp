#include "loader/store/lock_holder.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <optional>

#include "loader/output/characters.hpp"

namespace offcirc {
namespace {

// A longer command is cut: it is there to be recognised.
constexpr std::size_t k_max_command_bytes = 300;

std::string one_line(std::string_view text) {
  return visible(text.substr(0, k_max_command_bytes));
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return {};  // half written
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string age_text(Seconds seconds) {
  constexpr Seconds k_minute = 60, k_hour = 3600, k_day = 86400;
  const auto counted = [](Seconds count, std::string_view unit) {
    return fmt::format(", for {} {}{}", count, unit, count == 1 ? "" : "s");
  };
  if (seconds < 0) return {};
  if (seconds < 2 * k_minute) return counted(seconds, "second");
  if (seconds < 2 * k_hour) return counted(seconds / k_minute, "minute");
  if (seconds < 2 * k_day) return counted(seconds / k_hour, "hour");
  return counted(seconds / k_day, "day");
}

bool has_ended(pid_t pid) {
  return pid <= 0 || (::kill(pid, 0) != 0 && errno == ESRCH);
}

}  // namespace

std::string lock_text(const Invocation& holder, Seconds since, pid_t pid, std::string_view host) {
  return fmt::format("{}\n{}\n{}\n{}\n{}\n", pid, one_line(host), since, one_line(holder.operator_name),
                     one_line(holder.command));
}

std::string name_of_holder(std::string_view text, Seconds now, std::string_view host) {
  const auto pid = number_in<pid_t>(take_line(text));
  const std::string_view its_host = take_line(text);
  const auto since = number_in<Seconds>(take_line(text));
  const std::string_view operator_name = take_line(text);
  const bool is_whole = text.ends_with('\n');
  const std::string_view command = take_line(text);
  const bool is_here = its_host == one_line(host);
  if (!pid || !since || !is_whole || (is_here && has_ended(*pid))) return {};
  std::string name = fmt::format("process {}", *pid);
  if (!is_here) name += fmt::format(" on {}", its_host);
  if (!operator_name.empty()) name += fmt::format(" of {}", operator_name);
  name += age_text(now - *since);
  if (!command.empty()) name += fmt::format(": {}", command);
  return name;
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

}  // namespace offcirc
