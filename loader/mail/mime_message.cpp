#include "loader/mail/mime_message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "loader/output/characters.hpp"

namespace offcirc {

namespace {

constexpr std::size_t k_line_characters = 76;

bool is_plain(char c) {
  return c >= ' ' && c <= '~' && c != '=';
}

void append_hex(std::string& to, char c) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  to += {'=', k_digits[byte >> 4U], k_digits[byte & 15U]};
}

// Encodes one line; `line` contains no line break.
void append_quoted_line(std::string& to, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool is_last = i + 1 == line.size();
    const bool is_blank_at_end = is_last && c == ' ';
    // At the beginning of a line, servers and mailboxes change both: "." ends a message, "From " begins one.
    const bool is_touchy = column == 0 && (c == '.' || line.substr(i).starts_with("From "));
    const std::size_t width = is_plain(c) && !is_blank_at_end && !is_touchy ? 1 : 3;
    // Keeps the last column for the = of a soft line break.
    if (column + width > k_line_characters - (is_last ? 0 : 1)) {
      to += "=\r\n";
      column = 0;
      --i;  // repeats this character at the beginning of the next line
      continue;
    }
    if (width == 1)
      to += c;
    else
      append_hex(to, c);
    column += width;
  }
}

// Removes the next line and its line break from `text`, and returns the line.
std::string_view take_line(std::string_view& text, bool& had_end) {
  const std::size_t end = text.find('\n');
  had_end = end != std::string_view::npos;
  std::string_view line = text.substr(0, end);
  text.remove_prefix(had_end ? end + 1 : text.size());
  if (had_end && line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string quoted_printable(std::string_view text) {
  std::string to;
  to.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    bool had_end = false;
    append_quoted_line(to, take_line(text, had_end));
    if (had_end) to += "\r\n";
  }
  return to;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view k_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string to;
  to.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t at) -> std::uint32_t {
      return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
    };
    const std::uint32_t group = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
    to += k_letters[group >> 18U];
    to += k_letters[group >> 12U & 63U];
    to += i + 1 < bytes.size() ? k_letters[group >> 6U & 63U] : '=';
    to += i + 2 < bytes.size() ? k_letters[group & 63U] : '=';
  }
  return to;
}

std::string base64_lines(std::string_view bytes) {
  const std::string letters = base64(bytes);
  std::string to;
  to.reserve(letters.size() + letters.size() / k_line_characters * 2 + 2);
  for (std::size_t i = 0; i < letters.size(); i += k_line_characters) {
    to.append(letters, i, k_line_characters);
    to += "\r\n";
  }
  return to;
}

bool suits_quoted_printable(std::string_view text) {
  const auto escaped = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_plain(c) && c != '\n' && c != '\r'; }));
  // Quoted-printable adds two characters for each of these, base64 one for every three bytes.
  return escaped * 2 <= text.size() / 3;
}

std::string with_mail_line_ends(std::string_view text) {
  std::string to;
  to.reserve(text.size() + text.size() / 32);
  while (!text.empty()) {
    bool had_end = false;
    to += take_line(text, had_end);
    if (had_end) to += "\r\n";
  }
  return to;
}

namespace {

// Longer words are encoded, because lines are folded only between words.
constexpr std::size_t k_longest_word = 60;

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Encodes everything but letters and digits, so that the word is also valid as a display name (RFC 2047, section 5).
void append_q(std::string& to, std::string_view character) {
  for (const char c : character) {
    if (is_letter_or_digit(c))
      to += c;
    else if (c == ' ')
      to += '_';
    else
      fmt::format_to(std::back_inserter(to), "={:02X}", static_cast<unsigned char>(c));
  }
}

// Splits the text into encoded words without splitting a character.
std::vector<std::string> encoded_words(std::string_view text) {
  constexpr std::string_view k_begin = "=?UTF-8?Q?", k_end = "?=";
  constexpr std::size_t k_most = k_line_characters - 1 - k_end.size();
  std::vector<std::string> words(1, std::string(k_begin));
  while (!text.empty()) {
    const std::size_t bytes = first_character(text).bytes;
    std::string character;
    append_q(character, text.substr(0, bytes));
    // Leaves room for the name of the field before the first word.
    const std::size_t most = words.size() == 1 ? k_most - 15 : k_most;
    if (words.back().size() + character.size() > most) words.emplace_back(k_begin);
    words.back() += character;
    text.remove_prefix(bytes);
  }
  for (std::string& word : words) word += k_end;
  return words;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ')
      words.emplace_back();
    else
      words.back() += c;
  }
  return words;
}

// False for leading, trailing or repeated blanks, which folding would lose, and for `=?`, which begins an encoded word.
bool can_stand_as_it_is(std::string_view text) {
  if (!is_printable_ascii(text) || text.find("=?") != std::string_view::npos) return false;
  const std::vector<std::string> words = words_of(text);
  return std::all_of(words.begin(), words.end(),
                     [](const std::string& word) { return !word.empty() && word.size() <= k_longest_word; });
}

// Joins the words to the field `name`, with a line break before each word that does not fit.
std::string folded(std::string_view name, const std::vector<std::string>& words) {
  std::string line = fmt::format("{}:", name);
  std::size_t column = line.size();
  bool is_first = true;
  for (const std::string& word : words) {
    if (!is_first && column + 1 + word.size() > k_line_characters) {
      line += "\r\n";
      column = 0;
    }
    line += ' ' + word;
    column += 1 + word.size();
    is_first = false;
  }
  return line + "\r\n";
}

std::vector<std::string> display_name_words(std::string_view name) {
  if (!can_stand_as_it_is(name)) return encoded_words(name);
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return words_of(quoted + '"');
}

}  // namespace

std::string text_header(std::string_view name, std::string_view text) {
  const std::string shown = visible(text);
  return folded(name, can_stand_as_it_is(shown) ? words_of(shown) : encoded_words(shown));
}

std::string sender_header(std::string_view name, std::string_view display_name, std::string_view address) {
  if (display_name.empty()) return folded(name, {std::string(address)});
  std::vector<std::string> words = display_name_words(visible(display_name));
  words.push_back(fmt::format("<{}>", address));
  return folded(name, words);
}

std::string addresses_header(std::string_view name, const std::vector<std::string>& addresses) {
  std::vector<std::string> words;
  for (const std::string& address : addresses) {
    if (!words.empty()) words.back() += ',';
    words.push_back(address);
  }
  return folded(name, words);
}

std::string date_header(Seconds utc, const Zone& zone) {
  static constexpr std::array<std::string_view, 7> k_weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> k_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Seconds offset_minutes = zone.offset_at(utc) / 60;
  const std::chrono::sys_seconds civil{std::chrono::seconds{utc + offset_minutes * 60}};
  const auto midnight = std::chrono::floor<std::chrono::days>(civil);
  const std::chrono::year_month_day date{midnight};
  const Seconds into_day = (civil - midnight).count();
  const Seconds offset_size = std::abs(offset_minutes);
  return fmt::format("Date: {}, {} {} {} {:02}:{:02}:{:02} {}{:02}{:02}\r\n",
                     k_weekdays.at(std::chrono::weekday{midnight}.c_encoding()), static_cast<unsigned>(date.day()),
                     k_months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                     into_day / 3600, into_day / 60 % 60, into_day % 60, offset_minutes < 0 ? '-' : '+',
                     offset_size / 60, offset_size % 60);
}

std::string plain_header(std::string_view name, std::string_view value, const std::vector<std::string>& parameters) {
  std::string line = fmt::format("{}: {}", name, value);
  for (const std::string& parameter : parameters) line += ";\r\n " + parameter;
  return line + "\r\n";
}

std::vector<std::string> file_name_parameters(std::string_view name, std::string_view value) {
  const auto is_safe = [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.'; };
  std::string plain, extended;
  for (const char c : value) {
    plain += is_safe(c) ? c : '_';
    extended += is_safe(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  std::vector<std::string> parameters{fmt::format("{}=\"{}\"", name, plain)};
  if (plain != value) parameters.push_back(fmt::format("{}*=UTF-8''{}", name, extended));
  return parameters;
}

namespace {

std::string text_entity(const MailText& text) {
  const bool quoted = suits_quoted_printable(text.text);
  return plain_header("Content-Type", fmt::format("text/{}; charset=utf-8", text.subtype)) +
         plain_header("Content-Transfer-Encoding", quoted ? "quoted-printable" : "base64") + "\r\n" +
         (quoted ? quoted_printable(text.text) : base64_lines(with_mail_line_ends(text.text)));
}

std::string attachment_entity(const MailAttachment& attachment) {
  return plain_header("Content-Type", attachment.type) +
         plain_header("Content-Disposition", "attachment", file_name_parameters("filename", attachment.file_name)) +
         plain_header("Content-Transfer-Encoding", "base64") + "\r\n" + base64_lines(attachment.bytes);
}

std::string several(std::string_view subtype, const std::vector<std::string>& entities) {
  // Neither quoted-printable nor base64 can contain "=_", so no part can contain the boundary (RFC 2045, 6.7).
  const std::string boundary = fmt::format("=_{}", subtype);
  std::string text =
      plain_header("Content-Type", fmt::format("multipart/{}", subtype), {fmt::format("boundary=\"{}\"", boundary)}) +
      "\r\n";
  for (const std::string& entity : entities) text += fmt::format("--{}\r\n{}\r\n", boundary, entity);
  return text + fmt::format("--{}--\r\n", boundary);
}

std::string body_of(const MailMessage& message) {
  std::vector<std::string> forms;
  for (const MailText& text : message.texts) forms.push_back(text_entity(text));
  std::vector<std::string> parts{forms.size() == 1 ? forms.front() : several("alternative", forms)};
  for (const MailAttachment& attachment : message.attachments) parts.push_back(attachment_entity(attachment));
  return parts.size() == 1 ? parts.front() : several("mixed", parts);
}

}  // namespace

std::string mime_text(const MailMessage& message, const Zone& zone) {
  return date_header(message.date, zone) + sender_header("From", message.from_name, message.from_address) +
         addresses_header("To", message.to) + text_header("Subject", message.subject) +
         plain_header("Message-ID", fmt::format("<{}>", message.message_id)) +
         plain_header("Auto-Submitted", "auto-generated") + plain_header("MIME-Version", "1.0") + body_of(message);
}

}  // namespace offcirc
