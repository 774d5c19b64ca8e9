// Writes OffCirc.dat for Ex Libris Aleph and Alma: loans and returns in fixed columns.
#include <fmt/format.h>

#include <string>

#include "formats/checked_writer.hpp"
#include "formats/registry.hpp"
#include "formats/unsaid.hpp"

namespace offcirc {
namespace {

constexpr std::size_t k_item_bytes = 80;

class AlephWriter : public CheckedWriter {
 public:
  explicit AlephWriter(const WriterContext& context) : CheckedWriter(k_aleph_format, context) {}

 private:
  void shape(Draft& draft) override {
    OutgoingTransaction& said = draft.said;
    if (said.kind == Kind::registration) return draft.refuse(unsaid::k_registration);
    if (said.kind == Kind::in_house_use) return draft.refuse(unsaid::k_in_house_use);
    if (said.kind == Kind::payment) return draft.refuse(unsaid::k_payment);
    if (said.kind == Kind::renewal) return draft.refuse(unsaid::k_renewal);
    if (said.kind == Kind::checkin && !said.user_id.empty()) {
      draft.leave_out(unsaid::k_user);
      said.user_id = {};
    }
    draft.leave_out_due_date();
    draft.leave_out_discharge();
    draft.leave_out_waived_fine();
    draft.drop_desk();
    set_local_time(draft, false);
  }

  // The columns are bytes of the file's encoding.
  std::optional<std::string> record_of(Draft& draft) override {
    std::optional<std::string> item = encoded(draft.said.item_id);
    const std::optional<std::string> user = encoded(draft.said.user_id);
    if (!item || !user) return std::nullopt;
    if (item->size() > k_item_bytes) draft.refuse(unsaid::k_long_id);
    item->resize(k_item_bytes, ' ');
    const CivilTime at = civil_time_of(draft.recorded.seconds());
    return fmt::format("{:04}{:02}{:02}{:02}{:02}{}{}{}\r\n", at.year, at.month, at.day, at.hour, at.minute,
                       draft.said.kind == Kind::checkout ? 'L' : 'R', *item, *user);
  }
};

}  // namespace

std::unique_ptr<LogWriter> make_aleph_writer(const WriterContext& context) {
  return std::make_unique<AlephWriter>(context);
}

}  // namespace offcirc
