// Where a report goes, piece by piece, so that even one of a million lines is never in memory as a whole.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace offcirc {

/// Takes the next piece of a text. What it throws (say, RunError on a full disk) ends the writing and reaches the
/// caller.
using TextSink = std::function<void(std::string_view)>;

/// Gathers small pieces and hands them to a sink in blocks.
class BlockWriter {
 public:
  static constexpr std::size_t k_block_bytes = 64 * 1024;

  /// `sink` outlives the writer.
  explicit BlockWriter(const TextSink& sink) : m_sink(sink) { m_block.reserve(k_block_bytes); }
  BlockWriter(const BlockWriter&) = delete;
  BlockWriter& operator=(const BlockWriter&) = delete;

  void write(std::string_view text);
  /// Hands over the rest. A writer that is not finished loses it.
  void finish();

 private:
  const TextSink& m_sink;
  std::string m_block;
};

}  // namespace offcirc
