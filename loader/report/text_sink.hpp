// Passes on a report piece by piece, so that even one of a million lines is never in memory as a whole.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace offcirc {

/// Receives the next piece of a text. If it throws (for example RunError on a full disk), writing ends and the
/// exception reaches the caller.
using TextSink = std::function<void(std::string_view)>;

/// Collects small pieces and passes them to a sink in blocks.
class BlockWriter {
 public:
  static constexpr std::size_t k_block_bytes = 64 * 1024;

  /// `sink` must outlive the writer.
  explicit BlockWriter(const TextSink& sink) : m_sink(sink) { m_block.reserve(k_block_bytes); }
  BlockWriter(const BlockWriter&) = delete;
  BlockWriter& operator=(const BlockWriter&) = delete;

  void write(std::string_view text);
  /// Passes on the last block, which is lost otherwise.
  void finish();

 private:
  const TextSink& m_sink;
  std::string m_block;
};

}  // namespace offcirc
