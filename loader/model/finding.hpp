// A finding about a transaction, as data: an outcome, the form of its sentence, and the arguments of the form.
// report/words.hpp turns it into text.
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

// The forms of sentences, and the kinds of their arguments.

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

/// Determines how an argument is written, and whether a report that hides users masks it.
enum class ArgumentKind : std::uint8_t {
  user,    ///< ID of a user in the database
  item,    ///< ID of an item
  typed,   ///< text that somebody typed or imported; it may be anything, even a person's name
  name,    ///< a name from the system, its configuration or offcirc: of a library, a rule, a field, a path
  number,  ///< a count, or the number of a load or line
  cents,   ///< an amount of money
  time,    ///< UTC
  due,     ///< a due date in UTC; written without the time if that is the end of the day
  day,     ///< a civil date
  moment,  ///< a Stamp: a date or, if it is known, a time
};

constexpr bool is_text(ArgumentKind kind) {
  return kind <= ArgumentKind::name;
}

inline constexpr std::size_t k_max_arguments = 6;

struct FormFacts {
  std::string_view name;          ///< stable; stored in the journal
  Outcome outcome = Outcome::ok;  ///< ok for a clause, which can follow a sentence of any outcome
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

// A sentence that is not yet text: a form with its arguments, and any number of clauses with theirs. A load keeps the
// sentences of all its lines, so they are packed into bytes: one byte for the form, texts preceded by their length, and
// numbers in eight bytes.

/// A view of packed bytes that it does not own.
class Sentence {
 public:
  /// Empty: says no more than the phrase of the outcome.
  constexpr Sentence() = default;
  /// `packed` is what packed() returned.
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
  std::string_view text = {};  ///< if is_text(kind)
  std::int64_t number = 0;     ///< otherwise; for a moment, see moment_number()
};

/// Packs the seconds, and whether the stamp is a bare date, into one number.
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

/// Reads the clauses of a sentence, beginning with its form.
class ClauseReader {
 public:
  explicit ClauseReader(const Sentence& sentence) : m_rest(sentence.packed()) {}
  /// Returns null at the end. The clause is valid until the next call.
  const Clause* next();
  /// Returns the clauses that next() has not returned yet.
  [[nodiscard]] Sentence rest() const { return Sentence(m_rest); }

 private:
  std::string_view m_rest;
  std::array<Argument, k_max_arguments> m_arguments;
  Clause m_clause{};
};

/// Returns the text of an argument of the first clause of that form; empty if the sentence has no such clause.
std::string_view text_argument(Sentence sentence, Form form, std::size_t argument = 0);

/// A sentence that owns its bytes, and to which clauses can be added.
class NewSentence {
 public:
  NewSentence() = default;
  explicit NewSentence(const Sentence& sentence) : m_packed(sentence.packed()) {}

  // Converts implicitly, so that a NewSentence can be passed as a Sentence.
  operator Sentence() const { return Sentence(m_packed); }  // NOLINT(google-explicit-constructor)
  [[nodiscard]] bool empty() const { return m_packed.empty(); }

  /// Adds a form with the arguments that findings.def lists for it: text for the text kinds, a Stamp for a moment,
  /// integers for the others.
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
  /// \pre The arguments are of the kinds that findings.def lists for the form.
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

/// Makes a sentence of that form.
template <Form form, typename... Values>
NewSentence say(const Values&... values) {
  NewSentence sentence;
  sentence.add<form>(values...);
  return sentence;
}

/// One finding. What staff should do about it is the action of its outcome.
struct Finding {
  Outcome outcome = Outcome::ok;
  Sentence sentence = {};   ///< its form belongs to the outcome
  bool overridden = false;  ///< would have rejected the transaction without --override
  bool is_note = false;     ///< the outcome normally requires an action, but not here
};

}  // namespace offcirc
