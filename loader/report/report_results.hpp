// The results of a report. Each is made when it is looked at, from what the load left behind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "formats/transaction.hpp"
#include "loader/memory/block_array.hpp"
#include "loader/model/batch.hpp"
#include "loader/model/finding.hpp"
#include "loader/model/outcome.hpp"
#include "loader/model/result.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

// What a report says of one record.

struct ReportNote {
  std::string_view code;
  Sentence message;  ///< message_of() says it in words, likewise below
  std::string_view action;
  bool is_note = false;     ///< see Finding
  bool is_settled = false;  ///< see ReportResult::is_settled
};

/// A result that was pending and is settled without a retry.
struct ReportDismissal {
  Seconds at = 0;  ///< UTC
  std::string_view by;
  std::string_view note;  ///< may be empty
};

/// One record that is not blank.
struct ReportResult {
  std::uint64_t n = 0;  ///< from 1, in replay order, unreadable ones last by log and line
  std::string_view log;
  std::uint32_t line = 0;
  std::uint32_t column = 0;  ///< 0 = none
  std::string_view library, station;
  Seconds recorded_at = k_no_time, occurred_at = k_no_time;
  std::string_view kind;  ///< empty where it can't be read
  std::string_view what;  ///< of an unsupported one: its name, such as "Place hold"
  bool is_edit = false;   ///< of a registration: it changes an earlier one
  std::string_view user_id, item_id, title;
  std::string_view user_name;  ///< `LAST, FIRST`; empty unless names were asked for
  Seconds due_at = k_no_time;
  DueFrom due_from = DueFrom::none;
  std::optional<Cents> bill_cents;
  Disposition disposition = Disposition::loaded;
  std::string_view outcome;  ///< code; `ok` where nothing was found
  Sentence message;
  std::string_view action;  ///< empty where the outcome is `ok`
  std::vector<ReportNote> notes;
  std::vector<std::string_view> overridden;  ///< codes that would have rejected it, but for --override
  std::string_view overridden_by;            ///< who ran the load; empty where nothing was overridden
  std::optional<ResultName> retry_of;        ///< of an earlier load that rejected it
  std::optional<LaterAttempt> retried_as;    ///< a later load has run it again
  std::optional<ReportDismissal> dismissed;
  bool is_doubtful = false;  ///< of an unreadable one: bytes are lost or wrong, so its time and IDs may be wrong too
  /// A refused checkout whose item left the building, and that no later record of the load accounts for.
  bool item_is_out = false;
  std::uint64_t settled_by = 0;  ///< number of the result that settled what it asks for, or some of it; 0: none
  bool is_settled = false;       ///< what its outcome asks for; `action` says so
};

/// How a later record of the same load settled what a result asks for.
struct Settlement {
  std::uint64_t by = 0;     ///< number of the later result
  std::string_view action;  ///< what is said instead
  bool only_route = false;  ///< it only needs no routing for a hold any more

  /// What an outcome asks for, by its code.
  [[nodiscard]] bool settles(std::string_view code) const;
};

void settle(ReportResult& result, const Settlement& settlement);
/// Of a result that was loaded: somebody has something to do about it.
bool asks_for_something(const ReportResult& result);
/// It only tells.
bool asks_for_nothing(const ReportNote& note);

/// What is counted of every record, and known without making its result.
struct ResultGlance {
  std::string_view log;  ///< path
  std::string_view library, station, item_id;
  /// The same for the same item ID among the results of a report; k_none where it names no item.
  std::uint32_t item_key = k_none;
  std::optional<Kind> kind;  ///< none where it can't be read
  Seconds recorded_at = k_no_time, occurred_at = k_no_time;
  Disposition disposition = Disposition::loaded;
  bool found_nothing = false;  ///< neither an outcome nor notes
  bool is_edit = false;        ///< of a registration: it changes an earlier one

  /// There is nothing more to say of it than what is here.
  [[nodiscard]] bool is_plain() const { return disposition == Disposition::loaded && found_nothing; }
};

/// Numbers the items of a report by their IDs.
class ItemNumbers {
 public:
  /// k_none for an empty ID.
  std::uint32_t of(std::string_view item_id);

 private:
  std::unordered_map<std::string, std::uint32_t> m_numbers;
};

/// `numbers` gives it its item_key.
ResultGlance glance_at(const ReportResult& result, ItemNumbers& numbers);

/// Follow-ups included.
inline bool was_loaded(Disposition disposition) {
  return disposition == Disposition::loaded || disposition == Disposition::follow_up;
}
inline bool was_loaded(const ReportResult& result) {
  return was_loaded(result.disposition);
}

/// A later load has loaded it, so nobody has anything to do about it any more.
inline bool was_loaded_since(const ReportResult& result) {
  return result.retried_as && result.retried_as->loaded;
}

/// Nobody has anything to do about it any more.
inline bool is_settled(const ReportResult& result) {
  return result.dismissed || was_loaded_since(result);
}

/// As its outcome or as a note.
bool has_found(const ReportResult& result, Outcome outcome);

// The results of a report. Those of a load of a million lines are not all there at once: each is made when it is looked
// at, from what the load left behind.

/// By index of the result.
using Settlements = std::unordered_map<std::uint32_t, Settlement>;

/// In the order of their numbers. Whoever wants to change one has all of them made first.
class ReportResults {
  template <typename Results>
  class Place {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = ReportResult;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = decltype(std::declval<Results&>()[0]);

    Place(Results& results, std::size_t index) : m_results(&results), m_index(index) {}
    reference operator*() const { return (*m_results)[m_index]; }
    Place& operator++() {
      ++m_index;
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(Place a, Place b) { return a.m_index == b.m_index; }

   private:
    Results* m_results;
    std::size_t m_index;
  };

 public:
  using Maker = std::function<ReportResult(std::size_t index)>;
  using Glancer = std::function<ResultGlance(std::size_t index)>;

  ReportResults() = default;
  ReportResults(std::initializer_list<ReportResult> results) : m_made(results) {}
  /// `make` and `glance` are asked for each index below `count`, as often as somebody looks; they answer the same each
  /// time, and `glance` what glance_at() says of the result.
  ReportResults(std::size_t count, Maker make, Glancer glance)
      : m_make(std::move(make)), m_glance(std::move(glance)), m_count(count) {}

  [[nodiscard]] std::size_t size() const { return m_make ? m_count : m_made.size(); }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] ReportResult operator[](std::size_t index) const;
  ReportResult& operator[](std::size_t index);
  [[nodiscard]] ResultGlance glance(std::size_t index) const;
  ReportResult& back() { return (*this)[size() - 1]; }
  void push_back(ReportResult result);
  void pop_back();

  /// Sets ReportResult::item_is_out of these, and of no others.
  void set_items_out(const std::vector<std::uint32_t>& indices);
  /// Settles these.
  void set_settled(Settlements settlements);
  /// Those at `indices`, whatever becomes of these.
  [[nodiscard]] ReportResults part(std::vector<std::uint32_t> indices) const;

  [[nodiscard]] auto begin() const { return Place<const ReportResults>(*this, 0); }
  [[nodiscard]] auto end() const { return Place<const ReportResults>(*this, size()); }
  auto begin() { return Place<ReportResults>(*this, 0); }
  auto end() { return Place<ReportResults>(*this, size()); }

 private:
  void make_all();

  BlockArray<ReportResult> m_made;
  mutable ItemNumbers m_items;  // of those made
  Maker m_make;
  Glancer m_glance;
  std::size_t m_count = 0;
  // Of those that are not made yet; by index, empty where no item is out, and where none is settled.
  std::vector<bool> m_items_out, m_is_settled;
  std::shared_ptr<const Settlements> m_settled;  // null where none is
};

/// Some of the results of a report, made once, next to each other in the order in which they are written.
using ResultList = BlockArray<ReportResult>;

}  // namespace offcirc
