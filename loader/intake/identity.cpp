#include "loader/intake/identity.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "formats/record_identity.hpp"
#include "loader/intake/clock.hpp"

namespace offcirc {
namespace {

bool said_earlier(const Identity* a, const Identity* b) {
  return a->recorded < b->recorded;
}

bool content_less(const Identity* a, const Identity* b) {
  return a->recorded != b->recorded ? a->recorded < b->recorded : a->content < b->content;
}

// `same_second` are identities recorded in the same second, in the order of the log.
void number_second(std::span<Identity*> same_second) {
  if (same_second.size() > 1) std::stable_sort(same_second.begin(), same_second.end(), content_less);
  for (std::size_t i = 0; i < same_second.size(); ++i) {
    const bool again = i > 0 && same_second[i - 1]->content == same_second[i]->content;
    same_second[i]->ordinal = again ? same_second[i - 1]->ordinal + 1 : 0;
  }
}

std::uint64_t hash_of(std::string_view a, std::string_view b = {}) {
  ContentHash hash;
  hash.add(a);
  hash.add(b);
  return hash.value();
}

/// Identifies the records of one log in their order.
class Identifier {
 public:
  Identifier(ReadLog& read, const PlacedLog& placed, const Identification& how)
      : m_read(read), m_transactions(read.storage->transactions), m_placed(placed), m_how(how) {}

  void run() {
    find_stations();
    if (m_read.is_list)
      identify_list();
    else
      identify_log();
  }

 private:
  void find_stations() {
    for (const DeskContext& place : m_placed.places) m_stations.push_back(hash_of_station(place));
  }

  [[nodiscard]] std::uint64_t station_of(std::size_t i) const { return m_stations[m_placed.place_of[i]]; }

  [[nodiscard]] std::uint64_t words_of(const Diagnostic& diagnostic) const {
    ContentHash hash;
    hash.add(std::string_view("unreadable"));
    hash.add(m_read.log.format);
    hash.add(diagnostic.content);
    return hash.value();
  }

  [[nodiscard]] Seconds instant_of(const Diagnostic& diagnostic) const {
    const Stamp said = diagnostic.recorded;
    const bool says_time = said.is(StampForm::absolute) || said.is(StampForm::civil);
    return says_time ? written_instant(said, m_how.zone) : 0;
  }

  // Positions count readable and unreadable records alike.
  void identify_list() {
    for_each_record(
        [&](std::size_t i) {
          Transaction& t = m_transactions[i];
          m_read.log.list.push_back(t.more);
          t.identity = {0, t.more, static_cast<std::uint32_t>(m_read.log.list.size())};
        },
        [&](Diagnostic& diagnostic) {
          const std::uint64_t words = words_of(diagnostic);
          m_read.log.list.push_back(words);
          diagnostic.identity = {0, words, static_cast<std::uint32_t>(m_read.log.list.size())};
        },
        [] {});
  }

  void identify_log() {
    m_head = content_in_context(hash_of(m_read.log.library, m_read.log.station), first_strong());
    for_each_record([&](std::size_t i) { identify(i); }, [&](Diagnostic& diagnostic) { identify(diagnostic); },
                    [&] { end_section(); });
    end_section();
  }

  [[nodiscard]] std::uint64_t first_strong() const {
    for (std::size_t i = 0; i < m_transactions.size(); ++i)
      if (is_strong(m_transactions[i], station_of(i), m_read.has_no_seconds)) return m_transactions[i].more;
    return 0;
  }

  void identify(std::size_t i) {
    Transaction& t = m_transactions[i];
    if (is_join(i)) end_section();
    step_to(t.identity.recorded);
    const std::uint64_t station = station_of(i);
    std::uint64_t& anchor = m_anchors[station];
    if (is_strong(t, station, m_read.has_no_seconds)) {
      if (!has_identity(t)) t.identity.content = t.more;
      t.more = std::exchange(anchor, t.identity.content);
      m_last_anchor = t.identity.content;
    } else {
      const std::uint64_t context = anchor != 0 ? anchor : head_of(m_placed.places[m_placed.place_of[i]]);
      t.needs_context = true;
      if (t.time_is_assumed) t.identity.recorded = 0;
      t.identity.content = content_in_context(context, t.more);
    }
    add_to_section(t.identity, t.line);
  }

  // Must be called for each record in order.
  [[nodiscard]] bool is_join(std::size_t i) {
    const std::vector<std::size_t>& joins = m_placed.joins;
    if (m_next_join == joins.size() || joins[m_next_join] != i) return false;
    ++m_next_join;
    return true;
  }

  // A step back of more than an hour begins a new section, because what follows may copy earlier records. Only the
  // times as written count, so that the same records form the same sections under any clock setting.
  void step_to(Seconds instant) {
    if (m_last_instant - instant > k_step_back_seconds) end_section();
    m_last_instant = instant;
  }

  // The context of the first records of a log, which have no strong record before them.
  static std::uint64_t head_of(const DeskContext& place) { return hash_of(place.station_library, place.station); }

  // An unreadable record may have lost its station, so its context is the last strong record of any station. At the
  // beginning of a log it is the first strong record instead: blocks of zeros at the heads of two logs are two losses.
  void identify(Diagnostic& diagnostic) {
    if (const Seconds instant = instant_of(diagnostic); instant != 0 && !diagnostic.is_doubtful) step_to(instant);
    m_read.anchors.push_back(m_last_anchor);
    const std::uint64_t context = m_last_anchor != 0 ? m_last_anchor : m_head;
    diagnostic.identity = {instant_of(diagnostic), content_in_context(context, words_of(diagnostic)),
                           Identity::k_unnumbered};
    add_to_section(diagnostic.identity, diagnostic.line);
  }

  void end_section() {
    number_identities(m_section);
    m_is_new_section = m_is_new_section || !m_section.empty();
    m_section.clear();
  }

  void add_to_section(Identity& identity, std::uint32_t line) {
    if (m_is_new_section) m_read.log.section_lines.push_back(line);
    m_is_new_section = false;
    m_section.push_back(&identity);
  }

  template <typename OnTransaction, typename OnUnreadable, typename OnHeader>
  void for_each_record(OnTransaction on_transaction, OnUnreadable on_unreadable, OnHeader on_header) {
    auto unreadable = m_read.unreadable.begin();
    auto place = m_read.unreadable_places.begin();
    auto header = m_read.headers.begin();
    for (std::size_t i = 0; i <= m_transactions.size(); ++i) {
      const auto is_before = [&](const auto& at, const auto& end) { return at != end && at->transactions <= i; };
      const auto take_header = [&] {
        on_header();
        ++header;
      };
      for (; is_before(place, m_read.unreadable_places.end()); ++place, ++unreadable) {
        while (is_before(header, m_read.headers.end()) && header->records <= place->records) take_header();
        on_unreadable(*unreadable);
      }
      while (is_before(header, m_read.headers.end())) take_header();
      if (i < m_transactions.size()) on_transaction(i);
    }
  }

  ReadLog& m_read;
  BlockArray<Transaction>& m_transactions;
  const PlacedLog& m_placed;
  const Identification& m_how;
  std::vector<std::uint64_t> m_stations;                       // by place: hash of the station, 0 if none is named
  std::unordered_map<std::uint64_t, std::uint64_t> m_anchors;  // by station: content of the last strong record
  std::uint64_t m_last_anchor = 0;                             // the same for all stations together
  std::uint64_t m_head = 0;
  std::size_t m_next_join = 0;  // index into PlacedLog::joins
  Seconds m_last_instant = INT64_MIN / 2;
  std::vector<Identity*> m_section;
  bool m_is_new_section = false;
};

}  // namespace

void number_identities(std::span<Identity* const> identities) {
  std::vector<Identity*> open;
  open.reserve(identities.size());
  for (Identity* identity : identities) {
    if (identity->ordinal == Identity::k_unnumbered) open.push_back(identity);
  }
  // Times mostly ascend already, except for the zeros of lines without a readable time. Once those are in front,
  // usually only the records within each second remain to be sorted.
  std::stable_partition(open.begin(), open.end(), [](const Identity* i) { return i->recorded == 0; });
  if (!std::is_sorted(open.begin(), open.end(), said_earlier)) std::stable_sort(open.begin(), open.end(), said_earlier);
  for (auto first = open.begin(); first != open.end();) {
    const auto behind =
        std::find_if(first, open.end(), [&](const Identity* i) { return i->recorded != (*first)->recorded; });
    number_second({first, behind});
    first = behind;
  }
}

std::string digest_of(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::uint64_t content_in_context(std::uint64_t context, std::uint64_t words) {
  ContentHash hash;
  hash.add(context);
  hash.add(words);
  return hash.value();
}

void identify_records(ReadLog& read, const PlacedLog& placed, const Identification& how) {
  if (read.storage != nullptr) Identifier(read, placed, how).run();
}

}  // namespace offcirc
