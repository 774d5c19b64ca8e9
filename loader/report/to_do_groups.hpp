// What is to be done about transactions: gathered by the kind of action and by action, so that one walk through the
// building does it, and said once where it is true of a whole log.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "loader/report/library_part.hpp"

namespace offcirc {

/// One thing to do: what was found of a result, its outcome or one of its notes. Points into the report.
struct ToDo {
  Outcome outcome;
  const ReportResult* result;  ///< where it stands for a whole log, the first of them
  Sentence message;
  std::size_t whole_log_count = 0;  ///< how many transactions, all of the log that were loaded; 0: this result alone
};

struct ToDoGroup {
  std::string_view action;
  std::size_t count = 0;  ///< of the transactions that `to_dos` stands for
  std::vector<ToDo> to_dos;
};

/// The groups of one kind of action.
struct ToDoKind {
  ActionKind kind;
  std::size_t count = 0;  ///< over all groups
  std::vector<ToDoGroup> groups;
};

/// A transaction with several things to do stands in several groups. Kinds stand in the order of ActionKind, and
/// the groups of each in the order of outcomes; where several outcomes ask for the same, at the first of them. Where at
/// least three transactions of a log were loaded, and all of them with the same message, they are one entry.
struct ToDoList {
  std::size_t result_count = 0;
  std::vector<ToDoKind> kinds;
};

/// What it says, in words.
std::string message_of(const ToDo& to_do, const Zone& zone);

/// Of what was loaded, but for what is about new users; what its log says once for all of its lines is left out.
/// Messages are the same if their words are, in that zone.
ToDoList things_to_do(const LibraryPart& part, const SortedReport& sorted, const Zone& zone);
/// New users, loaded or not.
ToDoList registrations_to_review(const LibraryPart& part, const SortedReport& sorted, const Zone& zone);

}  // namespace offcirc
