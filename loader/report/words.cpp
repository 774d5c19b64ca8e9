#include "loader/report/words.hpp"

#include <fmt/format.h>

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "formats/transaction.hpp"
#include "loader/rules/money.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

template <typename... Kinds>
constexpr std::string_view text_of(std::string_view text, Kinds... /*kinds*/) {
  return text;
}

constexpr std::array<std::string_view, k_form_count> k_texts = [] {
  using enum ArgumentKind;
  return std::array<std::string_view, k_form_count>{
#define FORM(name, outcome, ...) text_of(__VA_ARGS__),
#define CLAUSE(name, ...) text_of(__VA_ARGS__),
#include "loader/model/findings.def"
#undef CLAUSE
#undef FORM
  };
}();

constexpr std::string_view k_phrase = "phrase";

constexpr std::size_t index_of(char digit) {
  return static_cast<std::size_t>(digit - '0');
}

/// Whether the text between two braces asks for arguments that the form has.
constexpr bool is_placeholder(std::string_view inside, const FormFacts& facts) {
  if (inside == k_phrase) return facts.outcome != Outcome::ok;
  if (inside.empty() || index_of(inside.front()) >= facts.argument_count) return false;
  const ArgumentKind kind = facts.kinds.at(index_of(inside.front()));
  if (inside.size() == 1) return true;
  switch (inside[1]) {
    case '|':
      return is_text(kind);
    case '+':
      return kind == ArgumentKind::number;
    case '@':
      return inside.size() == 2 && kind == ArgumentKind::name;
    case '&':
      return inside.size() == 3 && is_text(kind) && index_of(inside[2]) < facts.argument_count;
    default:
      return false;
  }
}

constexpr bool are_all_texts_right() {
  for (std::size_t i = 0; i < k_form_count; ++i) {
    std::string_view rest = k_texts.at(i);
    for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
      const std::size_t close = rest.find('}', open);
      if (close == std::string_view::npos) return false;
      if (!is_placeholder(rest.substr(open + 1, close - open - 1), facts_of(static_cast<Form>(i)))) return false;
      rest.remove_prefix(close + 1);
    }
  }
  return true;
}
static_assert(are_all_texts_right(), "a text of findings.def asks for an argument that its form has not");

constexpr Seconds k_minute_seconds = 60;
constexpr Seconds k_last_minute_of_day = 23 * 60 + 59;

Seconds minute_of_day(Seconds civil) {
  return ((civil % k_day_seconds + k_day_seconds) % k_day_seconds) / k_minute_seconds;
}

/// `2026-06-12 10:05` or `NEVER`.
std::string time_words(Seconds utc, const Zone& zone) {
  if (utc == k_never) return "NEVER";
  const Seconds minutes = minute_of_day(zone.to_civil(utc));
  return fmt::format("{} {:02}:{:02}", iso_date(zone.day_of(utc)), minutes / 60, minutes % 60);
}

/// Omits the time if it is 23:59.
std::string due_date_words(Seconds due_at, const Zone& zone) {
  if (due_at == k_never || minute_of_day(zone.to_civil(due_at)) != k_last_minute_of_day)
    return time_words(due_at, zone);
  return iso_date(zone.day_of(due_at));
}

std::string moment_words(Stamp moment, const Zone& zone) {
  if (moment.is(StampForm::date)) return iso_date(static_cast<Day>(moment.seconds() / k_day_seconds));
  return time_words(moment.seconds(), zone);
}

std::string argument_words(const Argument& argument, const Zone& zone) {
  switch (argument.kind) {
    case ArgumentKind::user:
    case ArgumentKind::item:
    case ArgumentKind::typed:
    case ArgumentKind::name:
      return std::string(argument.text);
    case ArgumentKind::number:
      return std::to_string(argument.number);
    case ArgumentKind::cents:
      return money(argument.number);
    case ArgumentKind::time:
      return time_words(argument.number, zone);
    case ArgumentKind::due:
      return due_date_words(argument.number, zone);
    case ArgumentKind::day:
      return iso_date(static_cast<Day>(argument.number));
    case ArgumentKind::moment:
      break;
  }
  return moment_words(moment_of(argument.number), zone);
}

std::string desk_words(std::string_view library, std::string_view station) {
  if (library.empty()) return station.empty() ? "no library" : fmt::format("workstation {} of no library", station);
  return station.empty() ? std::string(library) : fmt::format("{}, workstation {}", library, station);
}

std::string_view done_words(std::string_view kind) {
  switch (find_kind(kind).value_or(Kind::unsupported)) {
    case Kind::checkout:
      return "checked out";
    case Kind::checkin:
      return "checked in";
    case Kind::renewal:
      return "renewed";
    default:
      return "used";
  }
}

/// Fills the text of a form, placeholder by placeholder.
class Filler {
 public:
  Filler(Outcome outcome, const Clause& clause, const Zone& zone)
      : m_outcome(outcome), m_arguments(clause.arguments), m_zone(zone) {}

  void append_to(std::string& text, std::string_view pattern) const {
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{')) {
      const std::size_t close = pattern.find('}', open);
      text += pattern.substr(0, open);
      append(text, pattern.substr(open + 1, close - open - 1));
      pattern.remove_prefix(close + 1);
    }
    text += pattern;
  }

 private:
  void append(std::string& text, std::string_view placeholder) const {
    if (placeholder == k_phrase) {
      text += facts_of(m_outcome).phrase;
      return;
    }
    const Argument& argument = m_arguments[index_of(placeholder.front())];
    if (placeholder.size() == 1) {
      text += argument_words(argument, m_zone);
    } else if (placeholder[1] == '|') {
      text += argument.text.empty() ? placeholder.substr(2) : argument.text;
    } else if (placeholder[1] == '&') {
      text += desk_words(argument.text, m_arguments[index_of(placeholder[2])].text);
    } else if (placeholder[1] == '@') {
      text += done_words(argument.text);
    } else if (argument.number != 1) {
      text += placeholder.substr(2);
    }
  }

  Outcome m_outcome;
  std::span<const Argument> m_arguments;
  const Zone& m_zone;
};

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

}  // namespace

std::string words_of(Outcome outcome, Sentence sentence, const Zone& zone) {
  if (sentence.empty()) return std::string(facts_of(outcome).phrase);
  std::string text;
  bool has_sentences = false;
  for (ClauseReader reader(sentence); const Clause* clause = reader.next();) {
    const std::string_view pattern = k_texts.at(static_cast<std::size_t>(clause->form));
    // Clauses that are sentences of their own come last.
    if (!text.empty() && is_capital(pattern.front())) text += std::exchange(has_sentences, true) ? " " : ". ";
    Filler(outcome, *clause, zone).append_to(text, pattern);
  }
  return text;
}

}  // namespace offcirc
