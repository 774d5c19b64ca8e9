// Writes Koha's offline circulation files (.koc), as its own loader takes them: issue, return and payment.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "formats/checked_writer.hpp"
#include "formats/fields.hpp"
#include "formats/registry.hpp"
#include "formats/unsaid.hpp"

namespace offcirc {
namespace {

// The columns for barcodes in Koha's database.
constexpr std::ptrdiff_t k_longest_id = 20;

bool is_long(std::string_view id) {
  const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return std::count_if(id.begin(), id.end(), begins_character) > k_longest_id;
}

class KocWriter : public CheckedWriter {
 public:
  explicit KocWriter(const WriterContext& context) : CheckedWriter(k_koc_format, context) {}

  [[nodiscard]] std::string header() const override { return "Version=1.0\tGenerator=offcirc\tGeneratorVersion=1.0\n"; }

 private:
  void shape(Draft& draft) override {
    OutgoingTransaction& said = draft.said;
    if (said.kind == Kind::registration) return draft.refuse(unsaid::k_registration);
    if (said.kind == Kind::in_house_use) return draft.refuse(unsaid::k_in_house_use);
    if (said.kind == Kind::payment && said.amount_cents <= 0) return draft.refuse(unsaid::k_no_amount);
    if (is_long(said.user_id) || is_long(said.item_id)) return draft.refuse(unsaid::k_long_id);
    draft.renew_by_checkout();
    drop_other_id(draft);
    draft.leave_out_due_date();
    draft.leave_out_discharge();
    draft.leave_out_waived_fine();
    draft.drop_desk();
    set_local_time(draft, true);
    keep_a_second_apart(draft);
  }

  static void drop_other_id(Draft& draft) {
    OutgoingTransaction& said = draft.said;
    if (said.kind == Kind::payment && !said.item_id.empty()) {
      draft.leave_out(unsaid::k_item);
      said.item_id = {};
    }
    if (said.kind == Kind::checkin && !said.user_id.empty()) {
      draft.leave_out(unsaid::k_user);
      said.user_id = {};
    }
  }

  // Koha orders the transactions of an item by their stamps.
  void keep_a_second_apart(Draft& draft) const {
    const auto last = m_last_of_item.find(std::string(draft.said.item_id));
    if (draft.said.item_id.empty() || last == m_last_of_item.end()) return;
    if (draft.recorded.seconds() > last->second) return;
    draft.recorded = Stamp(StampForm::civil, last->second + 1);
    draft.leave_out(unsaid::k_same_second);
  }

  std::optional<std::string> record_of(Draft& draft) override {
    const OutgoingTransaction& said = draft.said;
    const CivilTime at = civil_time_of(draft.recorded.seconds());
    std::string text = fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} 000\t", at.year, at.month, at.day, at.hour,
                                   at.minute, at.second);
    if (said.kind == Kind::checkout) text += fmt::format("issue\t{}\t{}\n", said.user_id, said.item_id);
    if (said.kind == Kind::checkin) text += fmt::format("return\t{}\n", said.item_id);
    if (said.kind == Kind::payment)
      text += fmt::format("payment\t{}\t{}\n", said.user_id, money_cell(said.amount_cents));
    return encoded(text);
  }

  void accept(const Draft& draft) override {
    if (!draft.said.item_id.empty()) m_last_of_item[std::string(draft.said.item_id)] = draft.recorded.seconds();
  }

  std::unordered_map<std::string, Seconds> m_last_of_item;  // civil
};

}  // namespace

std::unique_ptr<LogWriter> make_koc_writer(const WriterContext& context) {
  return std::make_unique<KocWriter>(context);
}

}  // namespace offcirc
