#include "formats/evergreen_json.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "formats/line_reader.hpp"

namespace offcirc {

namespace {

// Indexed by EvergreenMember.
constexpr std::array<std::string_view, k_evergreen_member_count> k_names = {
    "type",
    "timestamp",
    "delta",
    "patron_barcode",
    "barcode",
    "due_date",
    "checkout_time",
    "backdate",
    "use_time",
    "count",
    "noncat",
    "noncat_type",
    "noncat_count",
    "barcode",
    "family_name",
    "first_given_name",
    "second_given_name",
    "pref_family_name",
    "pref_first_given_name",
    "pref_second_given_name",
    "home_ou",
    "profile",
    "dob",
    "expire_date",
    "email",
    "day_phone",
    "evening_phone",
    "other_phone",
    "locale",
    "street1",
    "street2",
    "city",
    "county",
    "state",
    "post_code",
    "country",
    "street1",
    "street2",
    "city",
    "county",
    "state",
    "post_code",
    "country",
};

/// The first and last member of an object.
struct Range {
  EvergreenMember first, last;
};

// Indexed by EvergreenObject.
constexpr std::array<Range, 5> k_members = {{
    {EvergreenMember::type, EvergreenMember::noncat_count},
    {EvergreenMember::family_name, EvergreenMember::locale},
    {EvergreenMember::card_barcode, EvergreenMember::card_barcode},
    {EvergreenMember::billing_street1, EvergreenMember::billing_country},
    {EvergreenMember::mailing_street1, EvergreenMember::mailing_country},
}};

}  // namespace

std::string_view name_of(EvergreenMember member) {
  return k_names[static_cast<std::size_t>(member)];
}

std::optional<EvergreenMember> find_evergreen_member(EvergreenObject object, std::string_view name) {
  const Range range = k_members[static_cast<std::size_t>(object)];
  const auto last = static_cast<std::size_t>(range.last);
  for (auto i = static_cast<std::size_t>(range.first); i <= last; ++i) {
    if (k_names[i] == name) return static_cast<EvergreenMember>(i);
  }
  return std::nullopt;
}

std::optional<EvergreenObject> find_evergreen_object(EvergreenObject object, std::string_view name) {
  if (object == EvergreenObject::line && name == "user") return EvergreenObject::user;
  if (object != EvergreenObject::user) return std::nullopt;
  if (name == "card") return EvergreenObject::card;
  if (name == "billing_address") return EvergreenObject::billing_address;
  if (name == "mailing_address") return EvergreenObject::mailing_address;
  return std::nullopt;
}

namespace {

constexpr std::size_t k_nowhere = std::string_view::npos;

struct Object {
  std::size_t begin, end;
};

/// The open braces of a line. No real object is nested deeper than the capacity; if it is exceeded, the outermost
/// braces are forgotten.
class OpenBraces {
 public:
  void open(std::size_t at) {
    if (m_count == m_places.size()) {
      std::copy(m_places.begin() + k_forgotten, m_places.end(), m_places.begin());
      m_count -= k_forgotten;
    }
    m_places.at(m_count++) = at;
  }
  /// Returns the offset of the brace that is being closed; nullopt if none is open.
  std::optional<std::size_t> close() {
    if (m_count == 0) return std::nullopt;
    return m_places.at(--m_count);
  }
  void clear() { m_count = 0; }

 private:
  static constexpr std::size_t k_forgotten = 32;

  std::array<std::size_t, 2 * k_forgotten> m_places{};
  std::size_t m_count = 0;
};

/// Finds the transactions of a line, one after the other. If a line is torn within a string, what is inside and outside
/// of strings is swapped from there on, so both readings are followed at the same time.
class TransactionFinder {
 public:
  TransactionFinder(std::string_view line, std::size_t first) : m_line(line), m_at(first) {}
  TransactionFinder(const TransactionFinder&) = delete;
  TransactionFinder& operator=(const TransactionFinder&) = delete;
  ~TransactionFinder() { WorkCount::add(m_at); }

  /// Returns the transaction that ends next.
  std::optional<Object> next() {
    while (m_at < m_line.size()) {
      if (auto object = step()) return object;
    }
    return std::nullopt;
  }

 private:
  std::optional<Object> step() {
    const std::size_t at = m_at++;
    OpenBraces& braces = m_braces.at(m_is_odd ? 1 : 0);
    switch (m_line[at]) {
      case '\\':
        m_at = std::min(m_at + 1, m_line.size());
        break;
      case '"':
        note_key(at);
        m_is_odd = !m_is_odd;
        break;
      case '{':
        braces.open(at);
        break;
      case '}':
        return close(braces, at);
      default:
        break;
    }
    return std::nullopt;
  }

  void note_key(std::size_t at) {
    constexpr std::string_view k_type = "\"type\"", k_timestamp = "\"timestamp\"";
    if (m_line.substr(at, k_type.size()) == k_type) m_behind_type = at + 1;
    if (m_line.substr(at, k_timestamp.size()) == k_timestamp) m_behind_timestamp = at + 1;
  }

  // The objects within a registration have neither a type nor a timestamp.
  std::optional<Object> close(OpenBraces& braces, std::size_t at) {
    const auto begin = braces.close();
    if (!begin || m_behind_type <= *begin || m_behind_timestamp <= *begin) return std::nullopt;
    m_behind_type = m_behind_timestamp = 0;
    for (OpenBraces& others : m_braces) others.clear();
    return Object{*begin, at + 1};
  }

  std::string_view m_line;
  std::size_t m_at;
  bool m_is_odd = false;                 // an odd number of quotes precedes m_at
  std::array<OpenBraces, 2> m_braces{};  // by whether an even or odd number of quotes precedes them
  // The offset after the opening quote of the last such key; 0 if none was seen.
  std::size_t m_behind_type = 0, m_behind_timestamp = 0;
};

std::size_t find_text(std::string_view line, std::size_t from) {
  return std::min(line.find_first_not_of(" \t", from), line.size());
}

}  // namespace

std::size_t find_next_evergreen_object(std::string_view line) {
  const std::size_t first = find_text(line, 0);
  TransactionFinder finder(line, first);
  const auto object = finder.next();
  if (!object) return k_nowhere;
  const std::size_t behind = find_text(line, object->end);
  // An extra brace on both sides is damage to one record, not a torn record before another.
  const bool is_wrapped =
      behind < line.size() && line[behind] == '}' && line.find_first_not_of("{ \t", first) > object->begin;
  if (object->begin > first && !is_wrapped) return object->begin;
  if (behind == line.size()) return k_nowhere;
  // The rest may be the next object, something between the two, or the remainder of a torn record, which has quotes.
  if (line[behind] == '{' || finder.next()) return behind;
  return line.find('"', behind) != k_nowhere ? behind : k_nowhere;
}

}  // namespace offcirc
