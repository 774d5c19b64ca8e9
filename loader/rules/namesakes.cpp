#include "loader/rules/namesakes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "loader/rules/registration.hpp"

namespace offcirc {

namespace {

// What each letter folds to, one character per code point: `+` = two letters, see k_pairs; a blank = not folded here.
constexpr char32_t k_latin_begin = 0x00C0;  // Latin-1 Supplement, Latin Extended-A and B
constexpr std::string_view k_latin =
    "aaaaaa+ceeeeiiiidnooooo ouuuuy++aaaaaa+ceeeeiiiidnooooo ouuuuy+y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii++jjkkklllllll"
    "lllnnnnnnnnnoooooo++rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "bbbb   ccdddd e  ffg   ikkl  nnooo  pp     ttttuu vyyzz         "
    "    +++++++++aaiioouuuuuuuuuueaaaa++ggggkkoooo  j+++gg  nnaa++oo"
    "aaaaeeeeiiiioooorrrruuuusstt  hhnd  zzaaeeooooooooyylntj  acclts"
    "z  bu eejjqqrryy";
constexpr char32_t k_additional_begin = 0x1E00;  // Latin Extended Additional: Vietnamese and others
constexpr std::string_view k_additional =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyas  + aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy    yy";

struct Pair {
  char32_t letter;
  std::string_view folded;
};
constexpr std::array k_pairs{Pair{0x00C6, "ae"}, Pair{0x00DE, "th"}, Pair{0x00DF, "ss"}, Pair{0x00E6, "ae"},
                             Pair{0x00FE, "th"}, Pair{0x0132, "ij"}, Pair{0x0133, "ij"}, Pair{0x0152, "oe"},
                             Pair{0x0153, "oe"}, Pair{0x01C4, "dz"}, Pair{0x01C5, "dz"}, Pair{0x01C6, "dz"},
                             Pair{0x01C7, "lj"}, Pair{0x01C8, "lj"}, Pair{0x01C9, "lj"}, Pair{0x01CA, "nj"},
                             Pair{0x01CB, "nj"}, Pair{0x01CC, "nj"}, Pair{0x01E2, "ae"}, Pair{0x01E3, "ae"},
                             Pair{0x01F1, "dz"}, Pair{0x01F2, "dz"}, Pair{0x01F3, "dz"}, Pair{0x01FC, "ae"},
                             Pair{0x01FD, "ae"}, Pair{0x1E9E, "ss"}};

struct CodePoint {
  char32_t value = 0;
  std::size_t size_bytes = 1;
};

// A byte that is not UTF-8 becomes a code point that no table has, so it is kept as it is.
CodePoint code_point_at(std::string_view text, std::size_t at) {
  constexpr CodePoint k_not_utf8{0xFFFFFFFF, 1};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (size == 0 || at + size > text.size()) return k_not_utf8;
  char32_t value = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return k_not_utf8;
    value = value << 6 | (byte(i) & 0x3FU);
  }
  return {value, size};
}

bool is_separator(char32_t c) {
  constexpr std::u32string_view k_separators =
      U" \t-'.`"
      U"\u00A0\u00AD\u00B4\u00B7\u02B9\u02BB\u02BC\u3000";
  // U+2000 to U+2027: typographic blanks, hyphens, dashes, quotes and dots.
  return (c >= 0x2000 && c <= 0x2027) || k_separators.find(c) != std::u32string_view::npos;
}

// Converts Greek and Cyrillic letters to lower case. Greek letters also lose their accents, because Greek capitals are
// written without them. Returns any other character unchanged.
char32_t lower_case(char32_t c) {
  constexpr std::u32string_view k_accented =
      U"\u0386\u0388\u0389\u038A\u038C\u038E\u038F"
      U"\u03AC\u03AD\u03AE\u03AF\u03CC\u03CD\u03CE";
  constexpr std::u32string_view k_plain =
      U"\u03B1\u03B5\u03B7\u03B9\u03BF\u03C5\u03C9"
      U"\u03B1\u03B5\u03B7\u03B9\u03BF\u03C5\u03C9";
  const auto accented = k_accented.find(c);
  if (accented != std::u32string_view::npos) return k_plain[accented];
  if (c >= 0x0391 && c <= 0x03AB) return c + 0x20;
  if (c == 0x03C2) return 0x03C3;  // final sigma
  if (c >= 0x0400 && c <= 0x040F) return c + 0x50;
  if (c >= 0x0410 && c <= 0x042F) return c + 0x20;
  return c;
}

// Returns the entry of the tables for `c`; a blank if there is none.
char folded_letter(char32_t c) {
  if (c >= k_latin_begin && c - k_latin_begin < k_latin.size()) return k_latin[c - k_latin_begin];
  if (c >= k_additional_begin && c - k_additional_begin < k_additional.size())
    return k_additional[c - k_additional_begin];
  return ' ';
}

void append_pair(std::string& folded, char32_t c) {
  const auto pair = std::find_if(k_pairs.begin(), k_pairs.end(), [&](const Pair& p) { return p.letter == c; });
  if (pair != k_pairs.end()) folded += pair->folded;
}

void append_folded(std::string& folded, CodePoint c, std::string_view bytes) {
  const bool combining_mark = c.value >= 0x0300 && c.value <= 0x036F;
  if (combining_mark || is_separator(c.value)) return;
  const char letter = folded_letter(c.value);
  if (letter == '+') return append_pair(folded, c.value);
  if (letter != ' ') {
    folded += letter;
    return;
  }
  const char32_t lower = lower_case(c.value);
  if (lower == c.value) {
    folded += bytes;
    return;
  }
  folded += static_cast<char>(0xC0U | (lower >> 6));
  folded += static_cast<char>(0x80U | (lower & 0x3FU));
}

}  // namespace

std::string folded_name(std::string_view utf8) {
  std::string folded;
  folded.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const CodePoint c = code_point_at(utf8, at);
    if (c.value >= 'A' && c.value <= 'Z')
      folded += static_cast<char>(c.value + ('a' - 'A'));
    else
      append_folded(folded, c, utf8.substr(at, c.size_bytes));
    at += c.size_bytes;
  }
  return folded;
}

namespace {

constexpr std::size_t k_named = 5;

/// Keys for the combinations of a birth date (1), e-mail address (2) and phone number (4): index 3 is birth date and
/// e-mail address together. Empty if one of them is unknown; index 0 is unused.
using Combinations = std::array<std::string, 8>;

Combinations combinations_of(const IdentifyingDetails& details) {
  const std::array<const std::string*, 3> parts{&details.birth_date, &details.email, &details.phone};
  Combinations all;
  for (unsigned bits = 1; bits < all.size(); ++bits) {
    std::string& key = all[bits];
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if ((bits >> i & 1U) == 0) continue;
      if (parts[i]->empty()) {
        key.clear();
        break;
      }
      key += std::to_string(bits) + ':' + std::to_string(parts[i]->size()) + ':' + *parts[i];
    }
  }
  return all;
}

}  // namespace

Namesakes::Alike Namesakes::alike(std::size_t name, const Registration& registration) {
  const std::vector<Slot>& users = m_state.namesakes[name];
  OfName& of_name = m_names[name];
  learn(of_name, users);
  Alike alike;
  Places first;
  const Combinations keys = combinations_of(identifying_details_of(details_of(registration)));
  // A user who shares two details is counted once for each, so this applies the inclusion-exclusion principle.
  std::int64_t count = 0;
  for (unsigned bits = 1; bits < keys.size(); ++bits) {
    if (keys[bits].empty()) continue;
    if (std::has_single_bit(bits)) {
      const auto found = of_name.by_key.find(keys[bits]);
      if (found == of_name.by_key.end()) continue;
      count += static_cast<std::int64_t>(found->second.size());
      auto place = found->second.begin();
      for (std::size_t i = 0; i < k_named && place != found->second.end(); ++i) first.insert(*place++);
    } else if (const auto found = of_name.counts.find(keys[bits]); found != of_name.counts.end()) {
      const std::int64_t several = found->second;
      count += std::popcount(bits) == 2 ? -several : several;
    }
  }
  alike.count = static_cast<std::size_t>(count);
  m_looked_at += 1 + first.size();
  for (const std::uint32_t place : first)
    if (alike.first.size() < k_named) alike.first.push_back(users[place]);
  return alike;
}

void Namesakes::details_change(std::size_t name, Slot user) {
  OfName& of_name = m_names[name];
  learn(of_name, m_state.namesakes[name]);
  enter(of_name, user, false);
}

void Namesakes::details_changed(std::size_t name, Slot user) {
  add(m_names[name], user);
}

void Namesakes::learn(OfName& of_name, const std::vector<Slot>& users) {
  for (; of_name.known < users.size(); ++of_name.known) {
    of_name.places[users[of_name.known]] = of_name.known;
    add(of_name, users[of_name.known]);
  }
}

void Namesakes::add(OfName& of_name, Slot user) {
  ++m_looked_at;
  enter(of_name, user, true);
}

void Namesakes::enter(OfName& of_name, Slot user, bool is_new) {
  const Slot details = m_state.users[user].details;
  if (details == k_none) return;
  const Combinations keys = combinations_of(identifying_details_of(m_state.details[details]));
  for (unsigned bits = 1; bits < keys.size(); ++bits) {
    if (keys[bits].empty()) continue;
    if (!std::has_single_bit(bits))
      of_name.counts[keys[bits]] += is_new ? 1 : -1;
    else if (is_new)
      of_name.by_key[keys[bits]].insert(of_name.places[user]);
    else
      of_name.by_key[keys[bits]].erase(of_name.places[user]);
  }
}

}  // namespace offcirc
