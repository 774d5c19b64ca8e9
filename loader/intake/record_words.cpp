#include "loader/intake/record_words.hpp"

#include <algorithm>
#include <vector>

#include "formats/fields.hpp"
#include "formats/ids.hpp"
#include "formats/record_identity.hpp"

namespace offcirc {
namespace {

// Hashes the date or instant that a stamp means, so that it does not matter how the stamp is written.
void add_stamp(ContentHash& hash, Stamp stamp, const Zone& zone) {
  const bool is_civil = stamp.is(StampForm::civil);
  const StampForm form = is_civil ? StampForm::absolute : stamp.form();
  hash.add(static_cast<std::uint64_t>(form));
  if (stamp.says_when())
    hash.add(static_cast<std::uint64_t>(is_civil ? zone.to_utc(stamp.seconds()) : stamp.seconds()));
}

class WordWriter {
 public:
  WordWriter(std::string_view format, const Identification& how) : m_format(format), m_how(how) {}

  [[nodiscard]] std::uint64_t words_of(const Transaction& t, Seconds instant, std::uint64_t station) {
    m_hash.start(m_format);
    m_hash.add(static_cast<std::uint64_t>(t.kind) | static_cast<std::uint64_t>(t.due_from) << 8U |
               std::uint64_t{t.override_used} << 16U | std::uint64_t{t.fine_waived} << 17U |
               std::uint64_t{t.edits_registration} << 18U | std::uint64_t{t.count} << 32U);
    m_hash.add(static_cast<std::uint64_t>(instant));
    m_hash.add(station);
    m_hash.add(strip_id(t.user_id, m_how.strip));
    m_hash.add(strip_id(t.item_id, m_how.strip));
    if (!t.what.empty()) m_hash.add(t.what);
    m_hash.add(static_cast<std::uint64_t>(t.amount_cents));
    add_stamp(m_hash, t.due, m_how.zone);
    add_stamp(m_hash, t.discharged_on, m_how.zone);
    m_hash.add(t.more);
    return m_hash.value();
  }

 private:
  std::string_view m_format;
  const Identification& m_how;
  ContentHash m_hash;
};

}  // namespace

std::size_t write_words(ReadLog& read, const PlacedLog& placed, const Identification& how) {
  std::vector<std::uint64_t> stations;
  for (const DeskContext& place : placed.places) stations.push_back(hash_of_station(place));
  WordWriter writer(read.log.format, how);
  BlockArray<Transaction>& transactions = read.storage->transactions;
  Seconds last_said = 0, before = INT64_MIN;
  std::size_t first_step_back = transactions.size();
  for (std::size_t i = 0; i < transactions.size(); ++i) {
    Transaction& t = transactions[i];
    const Stamp said = t.recorded.says_when() ? t.recorded : t.occurred;
    const Seconds instant = t.time_is_assumed ? 0 : written_instant(said, how.zone);
    if (!t.time_is_assumed) last_said = instant;
    if (!has_identity(t)) t.identity.recorded = last_said;
    t.more = writer.words_of(t, instant, stations[placed.place_of[i]]);
    if (t.identity.recorded < before) first_step_back = std::min(first_step_back, i);
    before = t.identity.recorded;
  }
  return first_step_back;
}

// Ignores --clock and takes a repeated hour for the first, so that a record's identity depends only on what it says.
Seconds written_instant(Stamp said, const Zone& zone) {
  return said.is(StampForm::absolute) ? said.seconds() : zone.to_utc(said.seconds());
}

std::uint64_t hash_of_station(const DeskContext& place) {
  if (place.desk->station.empty()) return 0;
  ContentHash hash;
  hash.add(normal_station(place.desk->station));
  hash.add(std::string_view());
  return hash.value();
}

}  // namespace offcirc
