// The results of a report. Those of a load of a million lines are not kept in memory: each is made when it is accessed,
// from what the load left behind.
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
#include "loader/model/send_state.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {

struct ReportNote {
  std::string_view code;
  Sentence message;  ///< message_of() words it, as it does the one of ReportResult
  std::string_view action;
  bool is_note = false;     ///< see Finding
  bool is_settled = false;  ///< see ReportResult::is_settled
};

/// How a pending result was settled without a retry.
struct ReportDismissal {
  Seconds at = 0;  ///< UTC
  std::string_view by;
  std::string_view note;  ///< may be empty
};

/// How far a loaded result has come on its way into the live system.
struct ReportSend {
  SendState state = SendState::unsent;
  Seconds at = 0;            ///< UTC
  std::string_view file;     ///< path of its upload file below the folder of the send; empty: none
  std::string_view text;     ///< why it is to be entered by hand, or what the live system answered; may be empty
  bool is_released = false;  ///< staff have settled it
};

/// What a report says about one record that is not blank.
struct ReportResult {
  std::uint64_t n = 0;  ///< from 1, in replay order; unreadable records come last, by log and line
  std::string_view log;
  std::uint32_t line = 0;
  std::uint32_t column = 0;  ///< 0: none
  std::string_view library, station;
  Seconds recorded_at = k_no_time, occurred_at = k_no_time;
  std::string_view kind;  ///< empty for an unreadable record
  std::string_view what;  ///< for an unsupported transaction: its name, such as "Place hold"
  bool is_edit = false;   ///< of a registration: it changes an earlier one
  std::string_view user_id, item_id, title;
  std::string_view user_name;  ///< `LAST, FIRST`; empty unless names were requested
  Seconds due_at = k_no_time;
  DueFrom due_from = DueFrom::none;
  std::optional<Cents> bill_cents;
  Disposition disposition = Disposition::loaded;
  std::string_view outcome;  ///< code; `ok` if there are no findings
  Sentence message;
  std::string_view action;  ///< empty if the outcome is `ok`
  std::vector<ReportNote> notes;
  std::vector<std::string_view> overridden;  ///< codes for which it would have been rejected without --override
  std::string_view overridden_by;            ///< who ran the load; empty if nothing was overridden
  std::optional<ResultName> retry_of;        ///< the attempt by an earlier load, which rejected it
  std::optional<LaterAttempt> retried_as;    ///< the attempt by a later load
  std::optional<ReportDismissal> dismissed;
  std::optional<ReportSend> sent;  ///< none: nothing of it was sent
  /// For an unreadable record: bytes are lost or wrong, so its time and IDs may be wrong too.
  bool is_doubtful = false;
  /// A refused checkout whose item left the building, and for which no later record of the load accounts.
  bool item_is_out = false;
  std::uint64_t settled_by = 0;  ///< number of the result that settled all or some of what this one asks for; 0: none
  bool is_settled = false;       ///< what its outcome asks for is settled; `action` says so
};

/// How a later record of the same load settled what a result asks for.
struct Settlement {
  std::uint64_t by = 0;     ///< number of the later result
  std::string_view action;  ///< what to say instead of the settled action
  bool only_route = false;  ///< settles only the routing of the item for a hold

  /// Whether it settles what the outcome with this code asks for.
  [[nodiscard]] bool settles(std::string_view code) const;
};

void settle(ReportResult& result, const Settlement& settlement);
/// Whether a loaded result leaves something to do.
bool asks_for_something(const ReportResult& result);
/// Whether staff have something to do about it in the live system, and have not settled it.
bool asks_about_live_system(const ReportResult& result);
/// Whether the note is only for information, or settled.
bool asks_for_nothing(const ReportNote& note);

/// What is counted for every record, and is known without making its result.
struct ResultGlance {
  std::string_view log;  ///< path
  std::string_view library, station, item_id;
  /// The same number for the same item ID within a report; k_none if the record names no item.
  std::uint32_t item_key = k_none;
  std::optional<Kind> kind;  ///< none for an unreadable record
  Seconds recorded_at = k_no_time, occurred_at = k_no_time;
  Disposition disposition = Disposition::loaded;
  bool found_nothing = false;     ///< there are no findings
  bool is_edit = false;           ///< of a registration: it changes an earlier one
  bool asks_live_system = false;  ///< see asks_about_live_system()

  /// Whether the report has nothing more to say about it.
  [[nodiscard]] bool is_plain() const {
    return disposition == Disposition::loaded && found_nothing && !asks_live_system;
  }
};

/// Numbers the items of a report by ID.
class ItemNumbers {
 public:
  /// k_none for an empty ID.
  std::uint32_t of(std::string_view item_id);

 private:
  std::unordered_map<std::string, std::uint32_t> m_numbers;
};

/// `numbers` provides the item_key.
ResultGlance glance_at(const ReportResult& result, ItemNumbers& numbers);

/// Whether it was loaded, follow-ups included.
inline bool was_loaded(Disposition disposition) {
  return disposition == Disposition::loaded || disposition == Disposition::follow_up;
}
inline bool was_loaded(const ReportResult& result) {
  return was_loaded(result.disposition);
}

/// Whether a later load has loaded it, so that nothing is left to do.
inline bool was_loaded_since(const ReportResult& result) {
  return result.retried_as && result.retried_as->loaded;
}

/// Whether nothing is left to do: it was dismissed, or loaded since.
inline bool is_settled(const ReportResult& result) {
  return result.dismissed || was_loaded_since(result);
}

/// Whether the outcome is that of the result or of one of its notes.
bool has_found(const ReportResult& result, Outcome outcome);

/// Keyed by index of the result.
using Settlements = std::unordered_map<std::uint32_t, Settlement>;

/// In the order of their numbers. Non-const access makes all of them first and keeps them.
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
  /// `make` and `glance` are called with an index below `count`, each time a result is accessed. They must return the
  /// same each time, and `glance` what glance_at() returns for the result.
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

  /// Sets ReportResult::item_is_out of the results at `indices`, and clears it for all others.
  void set_items_out(const std::vector<std::uint32_t>& indices);
  /// Applies the settlements to the results.
  void set_settled(Settlements settlements);
  /// The results at `indices`; they do not depend on this object.
  [[nodiscard]] ReportResults part(std::vector<std::uint32_t> indices) const;

  [[nodiscard]] auto begin() const { return Place<const ReportResults>(*this, 0); }
  [[nodiscard]] auto end() const { return Place<const ReportResults>(*this, size()); }
  auto begin() { return Place<ReportResults>(*this, 0); }
  auto end() { return Place<ReportResults>(*this, size()); }

 private:
  void make_all();

  BlockArray<ReportResult> m_made;
  mutable ItemNumbers m_items;  // of m_made
  Maker m_make;
  Glancer m_glance;
  std::size_t m_count = 0;
  // For results that are not made yet, by index; empty if no item is out, or no result is settled.
  std::vector<bool> m_items_out, m_is_settled;
  std::shared_ptr<const Settlements> m_settled;  // null if no result is settled
};

/// Some of the results of a report, made once and kept together in the order in which they are written.
using ResultList = BlockArray<ReportResult>;

}  // namespace offcirc
