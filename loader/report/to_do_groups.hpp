// Groups what is to be done about transactions by kind of action and by action, so that one walk through the building
// does all of a kind. What is true of a whole log is said once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "loader/report/library_part.hpp"

namespace offcirc {

/// One thing to do, from the outcome or a note of a result. Points into the report.
struct ToDo {
  Outcome outcome;
  const ReportResult* result;  ///< for a whole log, the first of its results
  Sentence message;
  std::size_t whole_log_count = 0;  ///< for a whole log: how many of its transactions were loaded; 0: this result alone
};

struct ToDoGroup {
  std::string_view action;
  std::size_t count = 0;  ///< of the transactions that `to_dos` covers
  std::vector<ToDo> to_dos;
};

/// The groups of one kind of action.
struct ToDoKind {
  ActionKind kind;
  std::size_t count = 0;  ///< over all groups
  std::vector<ToDoGroup> groups;
};

/// A transaction with several things to do is in several groups. Kinds are in the order of ActionKind, and the groups
/// of each in the order of outcomes; a group that several outcomes share is at the first of them. If at least three
/// transactions of a log were loaded, and all of them have the same message, they are one entry.
struct ToDoList {
  std::size_t result_count = 0;
  std::vector<ToDoKind> kinds;
};

/// The finding in words.
std::string message_of(const ToDo& to_do, const Zone& zone);

/// What to do about loaded transactions, except what is about new users and what a log says once for all of its lines.
/// Messages are the same if their words in that zone are.
ToDoList things_to_do(const LibraryPart& part, const SortedReport& sorted, const Zone& zone);
/// New users, loaded or not.
ToDoList registrations_to_review(const LibraryPart& part, const SortedReport& sorted, const Zone& zone);

}  // namespace offcirc
