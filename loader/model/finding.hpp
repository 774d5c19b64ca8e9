// What was found of a transaction, as data: an outcome, the form of its sentence, and the arguments of the form.
// report/words.hpp makes text of it.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "formats/stamp.hpp"
#include "loader/model/outcome.hpp"

namespace offcirc {

// The forms of sentences, and what their arguments are.

enum class Form : std::uint8_t {
#define FORM(name, ...) name,
#define CLAUSE(name, ...) name,
#include "loader/model/findings.def"
#undef CLAUSE
#undef FORM
};

inline constexpr std::size_t k_form_count = 0
#define FORM(...) +1
#define CLAUSE(...) +1
#include "loader/model/findings.def"
#undef CLAUSE
#undef FORM
    ;
static_assert(k_form_count <= 256);

/// What an argument is decides how it is written, and whether a report that hides users may have it.
enum class ArgumentKind : std::uint8_t {
  user,    ///< ID of a user whom the database has
  item,    ///< ID of an item
  typed,   ///< what somebody typed or imported: it may be anything, a name too
  name,    ///< what the system, its configuration or offcirc calls something: a library, a rule, a field, a path
  number,  ///< how many, how often, of which load or line
  cents,   ///< an amount of money
  time,    ///< UTC
  due,     ///< UTC, a due date: written without the time where that is the end of the day
  day,     ///< a day of the civil calendar
  moment,  ///< a Stamp: a day or, where it is known, a time
};

constexpr bool is_text(ArgumentKind kind) {
  return kind <= ArgumentKind::name;
}

inline constexpr std::size_t k_max_arguments = 6;

struct FormFacts {
  std::string_view name;          ///< stable, as in the journal
  Outcome outcome = Outcome::ok;  ///< ok: of a clause, which can follow a sentence of any outcome
  std::array<ArgumentKind, k_max_arguments> kinds = {};
  std::size_t argument_count = 0;
};

namespace forms {

using enum ArgumentKind;

template <typename... Kinds>
constexpr FormFacts form(std::string_view name, Outcome outcome, std::string_view /*text*/, Kinds... kinds) {
  return {name, outcome, {kinds...}, sizeof...(kinds)};
}

inline constexpr std::array<FormFacts, k_form_count> k_all{{
#define FORM(id, outcome, ...) form(#id, Outcome::outcome, __VA_ARGS__),
#define CLAUSE(id, ...) form(#id, Outcome::ok, __VA_ARGS__),
#include "loader/model/findings.def"
#undef CLAUSE
#undef FORM
}};

}  // namespace forms

constexpr const FormFacts& facts_of(Form form) {
  return forms::k_all[static_cast<std::size_t>(form)];
}
std::optional<Form> find_form(std::string_view name);

// A sentence before it is text: a form with its arguments, and perhaps clauses with theirs. It is packed into bytes,
// since a load keeps the sentences of all its lines: a byte for the form, texts with their length before them, numbers
// in eight bytes.

/// A view, of bytes that somebody else keeps.
class Sentence {
 public:
  /// Says nothing but what the phrase of the outcome says.
  constexpr Sentence() = default;
  /// What packed() gave.
  constexpr explicit Sentence(std::string_view packed) : m_packed(packed) {}

  [[nodiscard]] constexpr bool empty() const { return m_packed.empty(); }
  [[nodiscard]] constexpr std::string_view packed() const { return m_packed; }
  /// \pre not empty()
  [[nodiscard]] Form form() const { return static_cast<Form>(m_packed.front()); }

 private:
  std::string_view m_packed;
};

struct Argument {
  ArgumentKind kind = ArgumentKind::name;
  std::string_view text = {};  ///< where is_text(kind)
  std::int64_t number = 0;     ///< else; of a moment see moment_number()
};

/// Seconds, and whether it is a bare date, as one number.
constexpr std::int64_t moment_number(Stamp stamp) {
  return stamp.seconds() * 2 + (stamp.is(StampForm::date) ? 1 : 0);
}
constexpr Stamp moment_of(std::int64_t number) {
  return {(number & 1) != 0 ? StampForm::date : StampForm::absolute, number >> 1};
}

/// A form with its arguments.
struct Clause {
  Form form;
  std::span<const Argument> arguments;
};

/// Reads the clauses of a sentence, its leading form first.
class ClauseReader {
 public:
  explicit ClauseReader(const Sentence& sentence) : m_rest(sentence.packed()) {}
  /// Null at the end. What it gives is good until the next call.
  const Clause* next();
  /// What next() has not given yet.
  [[nodiscard]] Sentence rest() const { return Sentence(m_rest); }

 private:
  std::string_view m_rest;
  std::array<Argument, k_max_arguments> m_arguments;
  Clause m_clause{};
};

/// The text of an argument of the clause of that form; empty where the sentence has no such clause.
std::string_view text_argument(Sentence sentence, Form form, std::size_t argument = 0);

/// A sentence that is being made, and keeps its bytes.
class NewSentence {
 public:
  NewSentence() = default;
  explicit NewSentence(const Sentence& sentence) : m_packed(sentence.packed()) {}

  // A NewSentence is given wherever a Sentence is asked for.
  operator Sentence() const { return Sentence(m_packed); }  // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool empty() const { return m_packed.empty(); }

  /// Adds a form with its arguments, whose number and types are those of findings.def: text for the kinds that are
  /// text, a Stamp for a moment, whole numbers for the others.
  template <Form form, typename... Values>
  NewSentence& add(const Values&... values) {
    static_assert(sizeof...(Values) == facts_of(form).argument_count, "findings.def has other arguments");
    m_packed.reserve(m_packed.size() + 1 + (std::size_t{0} + ... + packed_size(values)));
    m_packed += static_cast<char>(form);
    [&]<std::size_t... i>(std::index_sequence<i...>) {
      (pack<facts_of(form).kinds[i]>(values), ...);
    }
    (std::index_sequence_for<Values...>());
    return *this;
  }
  /// \pre The arguments are of the kinds that findings.def has.
  NewSentence& add(const Clause& clause);
  NewSentence& append(const Sentence& sentence) {
    m_packed += sentence.packed();
    return *this;
  }

 private:
  using TextSize = std::uint32_t;

  template <typename Value>
  static std::size_t packed_size(const Value& value) {
    if constexpr (std::is_convertible_v<const Value&, std::string_view>)
      return sizeof(TextSize) + std::string_view(value).size();
    else
      return sizeof(std::int64_t);
  }
  template <ArgumentKind kind, typename Value>
  void pack(const Value& value) {
    if constexpr (is_text(kind)) {
      static_assert(std::is_convertible_v<const Value&, std::string_view>, "the argument is a text");
      pack_text(value);
    } else if constexpr (kind == ArgumentKind::moment) {
      static_assert(std::is_same_v<Value, Stamp>, "the argument is a Stamp");
      pack_number(moment_number(value));
    } else {
      static_assert(std::integral<Value>, "the argument is a number");
      pack_number(static_cast<std::int64_t>(value));
    }
  }
  void pack_text(std::string_view text);
  void pack_number(std::int64_t number);

  std::string m_packed;
};

/// A sentence of that form.
template <Form form, typename... Values>
NewSentence say(const Values&... values) {
  NewSentence sentence;
  sentence.add<form>(values...);
  return sentence;
}

/// One thing that was found. The action is the outcome's.
struct Finding {
  Outcome outcome = Outcome::ok;
  Sentence sentence = {};   ///< of a form of the outcome
  bool overridden = false;  ///< it would have been rejected for this, but for --override
  bool is_note = false;     ///< its outcome asks somebody to do something, but not here
};

}  // namespace offcirc
