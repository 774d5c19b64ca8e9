#include "loader/intake/list_identity.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "formats/content_hash.hpp"
#include "loader/intake/identity.hpp"

namespace offcirc {
namespace {

std::uint64_t content_at(std::uint64_t root, std::size_t position, std::uint64_t words) {
  return content_in_context(content_in_context(root, position), words);
}

/// One list of the batch on its way.
struct ListInBatch {
  std::uint32_t log;
  std::vector<std::uint64_t> digests;
  std::uint64_t root = 0;
  Seconds time = 0;  ///< that its records were given
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
    for (UnreadableRecord& record : m_batch.unreadable) {
      const ListInBatch* list = list_of(record.log);
      if (list != nullptr && set_identity(*list, record.diagnostic.identity)) record.anchor = list->digests.back();
    }
  }

 private:
  // A batch has a pass over all its entries only where there are lists.
  void collect() {
    for (std::uint32_t log = 0; log < m_batch.logs.size(); ++log)
      if (!m_batch.logs[log].list.empty()) m_lists.push_back({log, list_digests(m_batch.logs[log].list)});
    if (m_lists.empty()) return;
    // The shorter ones first, since others may have grown from them.
    std::sort(m_lists.begin(), m_lists.end(), [](const ListInBatch& a, const ListInBatch& b) {
      return std::tuple(a.digests.size(), a.log) < std::tuple(b.digests.size(), b.log);
    });
    for (std::uint32_t i = 0; i < m_lists.size(); ++i) m_list_of_log[m_lists[i].log] = i;
    for (const Entry& entry : m_batch.entries) {
      const std::uint32_t list = m_list_of_log[m_batch.desks[entry.desk].log];
      if (list != k_none) m_lists[list].time = entry.occurred_at;
    }
  }

  void find_roots() {
    std::unordered_map<std::uint64_t, std::uint64_t> roots;  // by digest, of the lists of the batch
    for (ListInBatch& list : m_lists) {
      const std::uint64_t whole = list.digests.back();
      list.root = m_as_new ? content_in_context(whole, static_cast<std::uint64_t>(list.time)) : root_of(list, roots);
      roots.emplace(whole, list.root);
    }
  }

  // That of the longest list that this one begins with.
  [[nodiscard]] std::uint64_t root_of(const ListInBatch& list,
                                      const std::unordered_map<std::uint64_t, std::uint64_t>& roots) const {
    for (std::size_t size = list.digests.size(); size > 0; --size) {
      const std::uint64_t digest = list.digests[size - 1];
      if (const auto in_batch = roots.find(digest); in_batch != roots.end()) return in_batch->second;
      const auto known = m_known.find(digest);
      if (known == m_known.end()) continue;
      if (const auto root = root_of_known(list, size, known->second)) return *root;
    }
    return list.digests.back();
  }

  // The known list has `content` at its end, the first `size` records of this one; it may itself have grown from any
  // list that it begins with.
  [[nodiscard]] std::optional<std::uint64_t> root_of_known(const ListInBatch& list, std::size_t size,
                                                           std::uint64_t content) const {
    const std::uint64_t words = m_batch.logs[list.log].list[size - 1];
    for (std::size_t i = 0; i < size; ++i)
      if (content_at(list.digests[i], size, words) == content) return list.digests[i];
    return std::nullopt;
  }

  [[nodiscard]] const ListInBatch* list_of(std::uint32_t log) const {
    return m_list_of_log[log] == k_none ? nullptr : &m_lists[m_list_of_log[log]];
  }

  // Whether it is the last one of its list.
  static bool set_identity(const ListInBatch& list, Identity& identity) {
    const std::size_t position = identity.ordinal;
    identity = {0, content_at(list.root, position, identity.content), 0};
    return position == list.digests.size();
  }

  void identify(std::size_t i) {
    Entry& entry = m_batch.entries[i];
    const ListInBatch* list = list_of(m_batch.desks[entry.desk].log);
    if (list == nullptr) return;
    entry.needs_context = set_identity(*list, entry.identity);
    entry.transaction->more = entry.needs_context ? list->digests.back() : 0;
  }

  Batch& m_batch;
  const KnownLists& m_known;
  bool m_as_new;
  std::vector<ListInBatch> m_lists;
  std::vector<std::uint32_t> m_list_of_log;  // index into m_lists, k_none: it is no list
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

void identify_lists(Batch& batch, const KnownLists& known, bool as_new) {
  ListIdentifier(batch, known, as_new).run();
}

}  // namespace offcirc
