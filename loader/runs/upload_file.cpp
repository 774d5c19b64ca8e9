#include "loader/runs/upload_file.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "formats/log_writer.hpp"
#include "loader/journal/recorded_identities.hpp"
#include "loader/memory/pages.hpp"
#include "loader/runs/perhaps_repeated.hpp"
#include "loader/runs/upload_order.hpp"
#include "loader/send/upload_steps.hpp"

namespace offcirc {

void UploadTally::add(std::uint32_t entry) {
  if (count++ == 0) first = entry;
}

namespace {

constexpr std::string_view k_repeated_payment = "payment that may repeat another";
constexpr std::string_view k_passes_another = "date of discharge before another transaction of the item";

/// What of a batch the format can say.
struct Abilities {
  explicit Abilities(std::string_view format)
      : says_library(format == "symphony"), says_discharge(says_library || format == "evergreen") {}

  bool says_library, says_discharge;
};

std::vector<bool> copies_in(const Batch& batch) {
  LargeVector<Identity> identities;
  identities.reserve(batch.entries.size());
  for (const Entry& entry : batch.entries) identities.push_back(entry.identity);
  return find_copies_within(identities).is_copy;
}

OutgoingTransaction outgoing_of(const Entry& entry, const DeskContext& place, const Zone& zone) {
  const Transaction& said = *entry.transaction;
  const auto local = [&](Stamp stamp) {
    return stamp.is(StampForm::absolute) ? Stamp(StampForm::civil, zone.to_civil(stamp.seconds())) : stamp;
  };
  OutgoingTransaction to;
  to.kind = entry.kind;
  to.occurred_at = entry.occurred_at;
  to.library = place.station_library;
  if (place.library_code != place.station_library) to.temporary_library = place.library_code;
  to.station = place.station;
  to.user_access = place.desk->user_access;
  to.user_id = entry.user_id;
  to.item_id = entry.item_id;
  to.due = local(said.due);
  to.due_from = said.due_from;
  to.discharged_on = local(said.discharged_on);
  to.fine_waived = said.fine_waived;
  to.amount_cents = said.amount_cents;
  to.count = said.count;
  if (entry.kind == Kind::in_house_use) to.what = said.what;
  to.registration = said.registration;
  to.edits_registration = said.edits_registration;
  return to;
}

/// Finds the edits that the registration of the same user, earlier in the same log, includes.
class IncludedEdits {
 public:
  IncludedEdits(const Batch& batch, const std::vector<bool>& is_copy) {
    for (const std::uint32_t i : batch.registrations) {
      const Entry& entry = batch.entries[i];
      if (entry.transaction->edits_registration || is_copy[i]) continue;
      const std::uint32_t line = entry.transaction->line;
      const auto [first, is_new] = m_first_line.try_emplace({batch.desks[entry.desk].log, entry.user_key}, line);
      if (!is_new) first->second = std::min(first->second, line);
    }
  }

  [[nodiscard]] bool has(const Entry& entry, const Batch& batch) const {
    if (!entry.transaction->edits_registration) return false;
    const auto first = m_first_line.find({batch.desks[entry.desk].log, entry.user_key});
    return first != m_first_line.end() && first->second < entry.transaction->line;
  }

 private:
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> m_first_line;  // by log and user
};

class UploadWriter {
 public:
  UploadWriter(const Batch& batch, const Config& config, std::string_view format, const Sink& sink)
      : m_batch(batch),
        m_policy(config.policy),
        m_sink(sink),
        m_abilities(format),
        m_places(places_of(batch, config.policy, m_arena)),
        m_is_copy(copies_in(batch)),
        m_edits(batch, m_is_copy),
        m_writer(make_log_writer(format, writer_context_of(config))) {
    for (const PerhapsRepeated& one : find_perhaps_repeated(batch, m_is_copy)) m_perhaps.insert(one.entry);
  }

  Upload run() {
    if (const std::string header = m_writer->header(); !header.empty()) m_sink(header);
    const std::vector<bool> is_hidden = hide();
    for (const UploadPlace& place : upload_order(m_batch, is_hidden, m_policy.zone, m_abilities.says_discharge)) {
      if (is_repeated_payment(place.entry))
        m_upload.left_out.push_back({place.entry, k_repeated_payment});
      else if (place.passes_another)
        m_upload.left_out.push_back({place.entry, k_passes_another});
      else
        write(place);
    }
    if (!m_abilities.says_library && m_libraries.size() > 1)
      m_upload.mixed_libraries.assign(m_libraries.begin(), m_libraries.end());
    return std::move(m_upload);
  }

 private:
  // Counts what the system must not see, and returns it with what is not supported, by Batch::entries.
  std::vector<bool> hide() {
    std::vector<bool> is_hidden(m_batch.entries.size(), false);
    for (std::uint32_t i = 0; i < is_hidden.size(); ++i) {
      UploadTally* hidden = m_batch.entries[i].kind == Kind::unsupported ? &m_unsupported : tally_of_hidden(i);
      if (hidden == nullptr) continue;
      hidden->add(i);
      is_hidden[i] = true;
    }
    return is_hidden;
  }

  // Null if the system must see the transaction.
  UploadTally* tally_of_hidden(std::uint32_t i) {
    const Entry& entry = m_batch.entries[i];
    if (m_is_copy[i]) return &m_upload.copies;
    if (entry.transaction->refused_then) return &m_upload.refused;
    if (entry.transaction->done_online) return &m_upload.done_online;
    return m_edits.has(entry, m_batch) ? &m_upload.included_edits : nullptr;
  }

  // A load rejects these too, because the cash would be booked twice.
  [[nodiscard]] bool is_repeated_payment(std::uint32_t i) const {
    if (m_batch.entries[i].kind != Kind::payment || !m_perhaps.contains(i)) return false;
    const LibraryIndex library = m_batch.desks[m_batch.entries[i].desk].library;
    const OfflineRules& rules =
        library == k_no_library ? m_policy.default_offline : m_policy.libraries[library].offline;
    return rules.rejects_repeated_payments;
  }

  void write(const UploadPlace& at) {
    const std::uint32_t i = at.entry;
    const Entry& entry = m_batch.entries[i];
    const DeskContext& place = m_places[entry.desk];
    OutgoingTransaction transaction = outgoing_of(entry, place, m_policy.zone);
    transaction.occurred_at = at.at;
    if (at.says_discharge) transaction.discharged_on = Stamp();
    m_record.clear();
    const std::vector<Unsaid> unsaid = m_writer->append(transaction, m_record);
    const auto whole = std::ranges::find_if(unsaid, &Unsaid::is_whole);
    if (whole != unsaid.end()) {
      m_upload.left_out.push_back({i, whole->what});
      return;
    }
    m_sink(m_record);
    for (const Unsaid& one : unsaid) m_upload.unsaid[one.what].add(i);
    if (m_perhaps.contains(i)) m_upload.perhaps_repeated.add(i);
    if (!place.station_library.empty()) m_libraries.emplace(place.station_library);
  }

  const Batch& m_batch;
  const Policy& m_policy;
  const Sink& m_sink;
  Abilities m_abilities;
  TextArena m_arena;
  std::vector<DeskContext> m_places;  // by Batch::desks
  std::vector<bool> m_is_copy;        // by Batch::entries
  IncludedEdits m_edits;
  std::unique_ptr<LogWriter> m_writer;
  std::set<std::uint32_t> m_perhaps;
  std::set<std::string> m_libraries;
  std::string m_record;
  UploadTally m_unsupported;  // named by the caller, for every form of output
  Upload m_upload;
};

}  // namespace

Upload write_upload_file(const Batch& batch, const Config& config, std::string_view format, const Sink& sink) {
  return UploadWriter(batch, config, format, sink).run();
}

}  // namespace offcirc
