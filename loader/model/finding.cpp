#include "loader/model/finding.hpp"

#include <algorithm>

namespace offcirc {
namespace {

template <typename Value>
Value take(std::string_view& from) {
  Value value;
  std::memcpy(&value, from.data(), sizeof(value));
  from.remove_prefix(sizeof(value));
  return value;
}

template <typename Value>
void append_bytes(std::string& to, Value value) {
  std::array<char, sizeof(value)> bytes;
  std::memcpy(bytes.data(), &value, sizeof(value));
  to.append(bytes.data(), bytes.size());
}

}  // namespace

std::optional<Form> find_form(std::string_view name) {
  const auto found = std::find_if(forms::k_all.begin(), forms::k_all.end(),
                                  [&](const FormFacts& facts) { return facts.name == name; });
  if (found == forms::k_all.end()) return std::nullopt;
  return static_cast<Form>(found - forms::k_all.begin());
}

const Clause* ClauseReader::next() {
  if (m_rest.empty()) return nullptr;
  m_clause.form = static_cast<Form>(m_rest.front());
  m_rest.remove_prefix(1);
  const FormFacts& facts = facts_of(m_clause.form);
  for (std::size_t i = 0; i < facts.argument_count; ++i) {
    Argument& argument = m_arguments.at(i);
    argument = {facts.kinds.at(i)};
    if (is_text(argument.kind)) {
      const auto size = take<std::uint32_t>(m_rest);
      argument.text = m_rest.substr(0, size);
      m_rest.remove_prefix(size);
    } else {
      argument.number = take<std::int64_t>(m_rest);
    }
  }
  m_clause.arguments = std::span(m_arguments).first(facts.argument_count);
  return &m_clause;
}

std::string_view text_argument(Sentence sentence, Form form, std::size_t argument) {
  ClauseReader reader(sentence);
  while (const Clause* clause = reader.next())
    if (clause->form == form) return clause->arguments[argument].text;
  return {};
}

NewSentence& NewSentence::add(const Clause& clause) {
  m_packed += static_cast<char>(clause.form);
  for (const Argument& argument : clause.arguments) {
    if (is_text(argument.kind))
      pack_text(argument.text);
    else
      pack_number(argument.number);
  }
  return *this;
}

void NewSentence::pack_text(std::string_view text) {
  append_bytes(m_packed, static_cast<TextSize>(text.size()));
  m_packed += text;
}

void NewSentence::pack_number(std::int64_t number) {
  append_bytes(m_packed, number);
}

}  // namespace offcirc
