#include "loader/intake/list_identity.hpp"

#include <algorithm>
#include <tuple>

#include "formats/record_identity.hpp"
#include "loader/intake/identity.hpp"

namespace offcirc {
namespace {

std::uint64_t content_at(std::uint64_t root, std::size_t position, std::uint64_t words) {
  return content_in_context(content_in_context(root, position), words);
}

/// A list of the batch that is being identified.
struct ListInBatch {
  std::uint32_t log = 0;
  std::vector<std::uint64_t> digests;
  std::vector<ListRecord> records = {};
  std::uint64_t root = 0;
  Seconds time = 0;  ///< the time that its records were given, UTC
  bool may_be_cut = false;

  [[nodiscard]] std::size_t size() const { return digests.size(); }
};

class ListIdentifier {
 public:
  ListIdentifier(Batch& batch, const KnownLists& known, bool as_new)
      : m_batch(batch), m_known(known), m_as_new(as_new), m_list_of_log(batch.logs.size(), k_none) {}

  void run() {
    collect();
    if (m_lists.empty()) return;
    find_roots();
    for (std::size_t i = 0; i < m_batch.entries.size(); ++i) identify(i);
    for (UnreadableRecord& record : m_batch.unreadable)
      if (const ListInBatch* list = list_of(record.log))
        record.anchor = set_identity(*list, record.diagnostic.identity);
  }

 private:
  // Makes a pass over all entries only if the batch has lists.
  void collect() {
    for (std::uint32_t log = 0; log < m_batch.logs.size(); ++log) {
      const std::vector<std::uint64_t>& list = m_batch.logs[log].list;
      if (list.empty()) continue;
      ListInBatch& one = m_lists.emplace_back();
      one.log = log;
      one.digests = list_digests(list);
      one.records.resize(list.size());
      one.may_be_cut = m_batch.logs[log].last_may_be_cut && list.size() > 1;
    }
    // Shorter lists come first, since others may have grown from them.
    std::sort(m_lists.begin(), m_lists.end(), [](const ListInBatch& a, const ListInBatch& b) {
      return std::tuple(a.size(), a.log) < std::tuple(b.size(), b.log);
    });
    for (std::uint32_t i = 0; i < m_lists.size(); ++i) m_list_of_log[m_lists[i].log] = i;
    if (!m_lists.empty()) collect_records();
  }

  void collect_records() {
    for (const Entry& entry : m_batch.entries) {
      const std::uint32_t index = m_list_of_log[m_batch.desks[entry.desk].log];
      if (index == k_none) continue;
      ListInBatch& list = m_lists[index];
      list.time = entry.occurred_at;
      list.records[entry.identity.ordinal - 1] = {entry.kind, entry.user_id, entry.item_id};
    }
  }

  void find_roots() {
    KnownLists earlier;  // lists of this batch, with their roots as `content`
    for (ListInBatch& list : m_lists) {
      const std::uint64_t whole = list.digests.back();
      const std::uint64_t own = list.may_be_cut ? list.digests[list.size() - 2] : whole;
      if (m_as_new)
        list.root = content_in_context(whole, static_cast<std::uint64_t>(list.time));
      else
        list.root = root_of(list, earlier).value_or(own);
      if (!earlier.contains(whole)) earlier.emplace(whole, KnownList{list.root});
      if (list.may_be_cut) earlier.emplace(cut_list_digest(own), KnownList{list.root, list.records.back()});
    }
  }

  // The root of the longest list that this one begins with.
  [[nodiscard]] std::optional<std::uint64_t> root_of(const ListInBatch& list, const KnownLists& earlier) const {
    for (std::size_t size = list.size(); size > 0; --size) {
      for (const std::uint64_t digest : {list.digests[size - 1], cut_list_digest(list.digests[size - 1])}) {
        for (auto [one, end] = earlier.equal_range(digest); one != end; ++one)
          if (begins_alike(list, size, one->second)) return one->second.content;
        for (auto [one, end] = m_known.equal_range(digest); one != end; ++one) {
          if (!begins_alike(list, size, one->second)) continue;
          if (const auto root = root_of_known(list, size, one->second.content)) return root;
        }
      }
    }
    return std::nullopt;
  }

  static bool begins_alike(const ListInBatch& list, std::size_t size, const KnownList& known) {
    // A last record that can't be read leaves nothing to compare, so enough records must agree before it.
    constexpr std::size_t k_enough = 3;
    if (!known.cut) return true;
    return size < list.size() && (known.cut->kind || size >= k_enough) &&
           may_be_beginning(*known.cut, list.records[size]);
  }

  // The known list consists of the first `size` records of this one, and `content` is that of its last. It may itself
  // have grown from any list that it begins with.
  [[nodiscard]] std::optional<std::uint64_t> root_of_known(const ListInBatch& list, std::size_t size,
                                                           std::uint64_t content) const {
    const std::uint64_t words = m_batch.logs[list.log].list[size - 1];
    for (std::size_t i = 0; i < list.size(); ++i)
      if (content_at(list.digests[i], size, words) == content) return list.digests[i];
    return std::nullopt;
  }

  [[nodiscard]] const ListInBatch* list_of(std::uint32_t log) const {
    return m_list_of_log[log] == k_none ? nullptr : &m_lists[m_list_of_log[log]];
  }

  // Returns the digest by which the list is known at this record; 0 if there is none.
  static std::uint64_t set_identity(const ListInBatch& list, Identity& identity) {
    const std::size_t position = identity.ordinal;
    identity = {0, content_at(list.root, position, identity.content), 0};
    if (position == list.size()) return list.digests.back();
    return list.may_be_cut && position + 1 == list.size() ? cut_list_digest(list.digests[position - 1]) : 0;
  }

  void identify(std::size_t i) {
    Entry& entry = m_batch.entries[i];
    const ListInBatch* list = list_of(m_batch.desks[entry.desk].log);
    if (list == nullptr) return;
    const std::uint64_t words = entry.identity.content;
    const std::uint64_t digest = set_identity(*list, entry.identity);
    entry.transaction->more = digest != 0 ? digest : words;
    entry.needs_context = true;
  }

  Batch& m_batch;
  const KnownLists& m_known;
  bool m_as_new;
  std::vector<ListInBatch> m_lists;
  std::vector<std::uint32_t> m_list_of_log;  // index into m_lists; k_none: the log is not a list
};

}  // namespace

std::vector<std::uint64_t> list_digests(const std::vector<std::uint64_t>& list) {
  std::vector<std::uint64_t> digests;
  ContentHash hash;
  for (const std::uint64_t words : list) {
    hash.add(words);
    digests.push_back(hash.value());
  }
  return digests;
}

std::uint64_t cut_list_digest(std::uint64_t digest) {
  ContentHash hash;
  hash.add(std::string_view("cut"));
  hash.add(digest);
  return hash.value();
}

bool may_be_beginning(const ListRecord& cut, const ListRecord& whole) {
  if (!cut.kind) return true;
  return whole.kind == cut.kind && whole.user_id.starts_with(cut.user_id) && whole.item_id.starts_with(cut.item_id);
}

void identify_lists(Batch& batch, const KnownLists& known, bool as_new) {
  ListIdentifier(batch, known, as_new).run();
}

}  // namespace offcirc
