#include "formats/sip2_fates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "formats/record_identity.hpp"
#include "formats/sip2_reader.hpp"

namespace offcirc {
namespace {

/// How often something was seen, and on which line first.
struct Sightings {
  std::uint64_t count = 0;
  std::uint32_t first_line = 0;

  void add(std::uint32_t line) { first_line = count++ == 0 ? line : std::min(first_line, line); }
};

/// Picks the singular or the plural.
std::string either(std::uint64_t count, std::string_view one, std::string_view several) {
  return std::string(count == 1 ? one : several);
}

std::uint64_t key_of(Sip2Action action, std::string_view sequence, std::string_view item_id) {
  ContentHash hash;
  hash.add(static_cast<std::uint64_t>(action));
  hash.add(sequence);
  hash.add(item_id);
  return hash.value();
}

/// Counts inquiries that may be damaged requests. A genuine one has a checksum or a response.
class QuestionCheck {
 public:
  void see(const Sip2Reader& reader) {
    const Sip2Message& message = reader.message();
    const bool is_blank = reader.says() == Sip2Says::nothing && message.code == nullptr;
    if (is_blank) return;
    const std::string_view digits = message.code == nullptr ? std::string_view() : message.code->digits;
    if (!m_answered_by.empty() && m_answered_by != digits) m_unanswered.add(m_line);
    m_answered_by = {};
    if (message.checksum == Sip2Checksum::right) {
      m_some_are_checked = true;
    } else if (reader.says() == Sip2Says::nothing) {
      m_answered_by = message.code->answered_by;
      m_line = reader.line_number();
      if (message.text.size() <= k_bare_bytes) m_bare.add(m_line);
    }
  }

  void finish(std::vector<LogNote>& notes) {
    if (!m_answered_by.empty()) m_unanswered.add(m_line);
    if (m_unanswered.count > 0) {
      notes.push_back({"maybe-damaged",
                       fmt::format("{} question{} (message 17 or 35) {} neither a checksum nor an answer, the first in "
                                   "line {}; {} may be a damaged request.",
                                   m_unanswered.count, either(m_unanswered.count, "", "s"),
                                   either(m_unanswered.count, "has", "have"), m_unanswered.first_line,
                                   either(m_unanswered.count, "it", "one")),
                       std::string(k_compare)});
    }
    if (m_bare.count > 0 && m_some_are_checked) {
      notes.push_back({"maybe-damaged",
                       fmt::format("{} message{} of a few digits {} the checksum that others have, the first in line "
                                   "{}; {} may be the end of a damaged message.",
                                   m_bare.count, either(m_bare.count, "", "s"), either(m_bare.count, "lacks", "lack"),
                                   m_bare.first_line, either(m_bare.count, "it", "one")),
                       std::string(k_compare)});
    }
  }

 private:
  static constexpr std::size_t k_bare_bytes = 4;  // 97, 941, 9300
  static constexpr std::string_view k_compare = "Compare it with the log at the workstation.";

  std::string_view m_answered_by;  // response code that the last message awaits, if it is such an inquiry
  std::uint32_t m_line = 0;
  bool m_some_are_checked = false;
  Sightings m_unanswered, m_bare;
};

class FateFinder {
 public:
  FateFinder(std::string_view text, const IdPatterns& ids) : m_text(text), m_ids(ids) {}

  Sip2Fates run() {
    look_ahead();
    for (Sip2Reader reader(m_text, m_ids); reader.next();) see(reader);
    settle_cancels();
    add_notes(find_unanswered());
    m_questions.finish(m_fates.notes);
    return std::move(m_fates);
  }

 private:
  struct Request {
    std::string_view text;
    std::uint32_t number = 0;
    Sip2Action action = Sip2Action::noise;
  };
  struct Cancel {
    std::uint32_t cancel = 0, canceled = 0;
    std::uint32_t line = 0;
    bool is_checked = false;  // its checksum is right
  };

  // Most logs hold requests only, and then none of them has to be remembered.
  void look_ahead() {
    m_has_cancels = m_text.find("BIY") != std::string_view::npos;
    for (Sip2Reader reader(m_text, m_ids); reader.next();) {
      if (reader.says() != Sip2Says::answer) continue;
      m_has_answers = true;
      m_some_have_no_sequence = m_some_have_no_sequence || reader.message().sequence.empty();
      if (m_some_have_no_sequence) return;
    }
  }

  void see(const Sip2Reader& reader) {
    m_questions.see(reader);
    if (reader.says() == Sip2Says::request) return see_request(reader);
    if (reader.says() == Sip2Says::answer) see_answer(reader);
    if (reader.says() == Sip2Says::unreadable) ++m_unreadable;
    if (reader.says() != Sip2Says::nothing) m_last_request = {};
  }

  void see_request(const Sip2Reader& reader) {
    const Sip2Message& message = reader.message();
    const Request request{message.text, m_requests++, message.code->action};
    const std::string_view item_id = reader.id("AB");
    Request* open = m_has_answers ? &m_open[key_of(request.action, message.sequence, item_id)] : nullptr;
    const bool is_repeat =
        !message.sequence.empty() && (message.text == m_last_request || is_sent_again(message, open));
    m_last_request = message.text;
    m_latest = std::max(m_latest, message.recorded.seconds());
    if (is_repeat) m_fates.set(request.number, Sip2Fate::repeat);
    if (m_has_answers) m_lines.push_back(reader.line_number());
    if (is_repeat) return;
    if (open != nullptr) *open = request;
    if (m_some_have_no_sequence) m_open[key_of(request.action, k_any_sequence, item_id)] = request;
    if (m_has_cancels) see_item(reader, request, item_id);
  }

  // The copy need not come right after the first, because several self-checks may share a log. But the same message
  // much later comes from another log that was appended.
  bool is_sent_again(const Sip2Message& message, const Request* open) const {
    constexpr Seconds k_longest_wait = 120;
    return open != nullptr && open->text == message.text && m_fates.of(open->number) == Sip2Fate::unknown &&
           m_latest - message.recorded.seconds() <= k_longest_wait;
  }

  // A cancel undoes what was last done with the item: a check-in cancels a checkout, and vice versa.
  void see_item(const Sip2Reader& reader, const Request& request, std::string_view item_id) {
    Request& last = m_last_of_item[key_of(Sip2Action::noise, {}, item_id)];
    const bool is_cancel = sip2_value(reader.message(), "BI").value_or("") == "Y";
    const bool takes_back = last.action == Sip2Action::checkout
                                ? request.action != Sip2Action::renew
                                : last.action == Sip2Action::checkin && request.action == Sip2Action::checkout;
    if (is_cancel && takes_back) {
      m_cancels.push_back(
          {request.number, last.number, reader.line_number(), reader.message().checksum == Sip2Checksum::right});
      last = {};
    } else {
      last = request;
    }
  }

  void see_answer(const Sip2Reader& reader) {
    const Sip2Message& message = reader.message();
    const Request* asked = find_asked(message, reader.id("AB"));
    if (asked == nullptr) return m_without_request.add(reader.line_number());
    if (m_fates.of(asked->number) != Sip2Fate::unknown) return;  // the response was received twice
    const bool is_done = message.fixed[0] == '1';
    m_fates.set(asked->number, is_done ? Sip2Fate::done : Sip2Fate::refused);
    if (!is_done && message.checksum != Sip2Checksum::right) m_unchecked.add(reader.line_number());
  }

  // If one of the two has no sequence number, they are matched by item alone.
  const Request* find_asked(const Sip2Message& message, std::string_view item_id) const {
    const Sip2Action action = message.code->asked;
    if (const Request* request = find_open(key_of(action, message.sequence, item_id))) return request;
    return find_open(key_of(action, message.sequence.empty() ? k_any_sequence : std::string_view(), item_id));
  }

  [[nodiscard]] const Request* find_open(std::uint64_t key) const {
    const auto found = m_open.find(key);
    return found == m_open.end() ? nullptr : &found->second;
  }

  [[nodiscard]] Sightings find_unanswered() const {
    Sightings unanswered;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
      if (m_fates.of(i) == Sip2Fate::unknown) unanswered.add(m_lines[i]);
    }
    return unanswered;
  }

  // A cancel that the server refused undoes nothing.
  void settle_cancels() {
    for (const Cancel& cancel : m_cancels) {
      if (m_fates.of(cancel.cancel) == Sip2Fate::refused) continue;
      m_fates.set(cancel.cancel, Sip2Fate::refused);
      m_fates.set(cancel.canceled, Sip2Fate::refused);
      if (!cancel.is_checked) m_unchecked.add(cancel.line);
    }
  }

  void add_notes(const Sightings& unanswered) {
    if (m_has_answers && unanswered.count > 0) {
      m_fates.notes.push_back(
          {"answers-missing",
           fmt::format("{} of the requests {} no answer in the log, the first in line {}, although others have one. "
                       "Requests without an answer are loaded.",
                       unanswered.count, either(unanswered.count, "has", "have"), unanswered.first_line),
           "Check these items in the library system: the server may have refused the request or already carried it "
           "out."});
    }
    // Responses to unreadable requests have no request either.
    if (m_without_request.count > m_unreadable) {
      m_fates.notes.push_back(
          {"requests-missing",
           fmt::format("{} answer{} no request in the log, the first in line {}: requests may have been lost.",
                       m_without_request.count, either(m_without_request.count, " has", "s have"),
                       m_without_request.first_line),
           "Compare it with the log at the workstation. If that has more, load it too."});
    }
    if (m_unchecked.count > 0) {
      m_fates.notes.push_back(
          {"answers-unchecked",
           fmt::format("{} without a valid checksum prevented requests from being loaded, the first in line {}.",
                       either(m_unchecked.count, "1 answer or cancellation",
                              fmt::format("{} answers or cancellations", m_unchecked.count)),
                       m_unchecked.first_line),
           "Check these items in the library system: a damaged answer may look like a refusal."});
    }
  }

  static constexpr std::string_view k_any_sequence = "any";

  std::string_view m_text;
  const IdPatterns& m_ids;
  Sip2Fates m_fates;
  QuestionCheck m_questions;
  bool m_has_answers = false, m_some_have_no_sequence = false, m_has_cancels = false;
  std::uint32_t m_requests = 0;
  Seconds m_latest = 0;                               // latest time of all requests so far, by their clocks
  std::string_view m_last_request;                    // empty if something else came since
  std::vector<std::uint32_t> m_lines;                 // by request
  std::unordered_map<std::uint64_t, Request> m_open;  // the last request, by action, sequence number and item
  std::unordered_map<std::uint64_t, Request> m_last_of_item;
  std::vector<Cancel> m_cancels;
  std::uint64_t m_unreadable = 0;
  Sightings m_unchecked, m_without_request;
};

}  // namespace

Sip2Fates find_sip2_fates(std::string_view text, const IdPatterns& ids) {
  return FateFinder(text, ids).run();
}

}  // namespace offcirc
