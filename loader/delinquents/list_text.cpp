#include "loader/delinquents/list_text.hpp"

#include <fmt/format.h>

#include "formats/csv_text.hpp"
#include "loader/output/characters.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

std::string plain_text(const ListHead& head, std::span<const ListedCard> cards, const Zone& zone) {
  std::string text = fmt::format("# Delinquent list of {}\n# Made {}\n# {} lines: a user ID and why it is listed\n",
                                 visible(head.library.empty() ? head.system_name : head.library),
                                 iso_time(head.made_at, zone), cards.size());
  for (const ListedCard& card : cards) text += fmt::format("{} {}\n", visible(card.id), code_of(card.restriction));
  return text;
}

std::string csv_text(const ListHead& head, std::span<const ListedCard> cards, const Zone& zone) {
  const std::string made_at = iso_time(head.made_at, zone);
  std::string text = "user_id,code,library,detail,made_at\n";
  for (const ListedCard& card : cards) {
    append_csv_field(text, visible(card.id));
    text += fmt::format(",{},", code_of(card.restriction));
    append_csv_field(text, visible(card.library));
    text += ',';
    append_csv_field(text, card.detail);
    text += fmt::format(",{}\n", made_at);
  }
  return text;
}

}  // namespace

std::string delinquent_list_text(const ListHead& head, std::span<const ListedCard> cards, ListFormat format,
                                 const Zone& zone) {
  return format == ListFormat::csv ? csv_text(head, cards, zone) : plain_text(head, cards, zone);
}

}  // namespace offcirc
