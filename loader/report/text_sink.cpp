#include "loader/report/text_sink.hpp"

namespace offcirc {

void BlockWriter::write(std::string_view text) {
  if (m_block.size() + text.size() > k_block_bytes) finish();
  if (text.size() > k_block_bytes) {
    m_sink(text);
  } else {
    m_block += text;
  }
}

void BlockWriter::finish() {
  if (m_block.empty()) return;
  m_sink(m_block);
  m_block.clear();
}

}  // namespace offcirc
