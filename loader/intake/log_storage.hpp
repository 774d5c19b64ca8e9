// Keeps what a log was read into as long as its batch lives: its bytes, its decoded text, its transactions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "formats/decoder.hpp"
#include "formats/log_format.hpp"
#include "formats/text_arena.hpp"
#include "loader/intake/batch.hpp"
#include "loader/intake/log_bytes.hpp"

namespace offcirc {

/// Stays at its place: parsers, desks and transactions point into it.
class LogStorage {
  static constexpr std::size_t k_usual_line_bytes = 110;

 public:
  LogStorage(LogBytes log_bytes, const std::string& encoding) : bytes(std::move(log_bytes)), decoder(encoding, arena) {
    transactions.expect(bytes.view().size() / k_usual_line_bytes);
  }
  LogStorage(const LogStorage&) = delete;
  LogStorage& operator=(const LogStorage&) = delete;

  LogBytes bytes;
  TextArena arena;
  Decoder decoder;
  BlockArray<Transaction> transactions;   ///< in the order of the log; entries of the batch point to them
  std::vector<EarlierTry> earlier_tries;  ///< by transaction, where they are run again; else empty
};

}  // namespace offcirc
