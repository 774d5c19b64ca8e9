// What a self-check's log says about its own requests: the server's answers, cancellations, and repeated requests.
#include <doctest/doctest.h>

#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

const std::string k_blanks(18, ' ');

/// `101231` on the day of the tests.
std::string at(const std::string& time) {
  return "20261117    " + time;
}

/// Appends AY and a correct checksum.
std::string checked(std::string message, int sequence) {
  message += fmt::format("AY{}AZ", sequence);
  unsigned sum = 0;
  for (const char c : message) sum += static_cast<unsigned char>(c);
  return message + fmt::format("{:04X}", -sum & 0xFFFFU);
}

std::string checkout(const std::string& time, const std::string& item, const std::string& cancel = "N") {
  return "11NN" + at(time) + k_blanks + "AORID|AA2771|AB" + item + "|AC|BI" + cancel + "|";
}
std::string checkin(const std::string& time, const std::string& item, const std::string& cancel = "N") {
  return "09N" + at(time) + at(time) + "AP|AORID|AB" + item + "|AC|BI" + cancel + "|";
}
std::string renewal(const std::string& time, const std::string& item) {
  return "29NN" + at(time) + k_blanks + "AORID|AA2771|AB" + item + "|AC|BON|";
}
std::string answer(const std::string& code, bool is_yes, const std::string& item) {
  return code + (is_yes ? "1" : "0") + "NUN" + at("120000") + "AORID|AA2771|AB" + item + "|AJ|AH|";
}

/// `done`, `refused`, or `as it is` for each transaction, and the codes of the notes.
std::string fates(const std::vector<std::string>& lines) {
  std::string text, said;
  for (const std::string& line : lines) text += line + "\r\n";
  const ParsedLog log(*find_format("sip2"), text);
  for (const Record& record : log.records) {
    if (const auto* t = std::get_if<Transaction>(&record.content)) {
      said += fmt::format("{} {}, ", name_of(t->kind),
                          t->refused_then  ? "refused"
                          : t->done_online ? "done"
                                           : "as it is");
    } else if (std::holds_alternative<Diagnostic>(record.content)) {
      said += "unreadable, ";
    }
  }
  for (const LogNote& note : log.notes) said += note.code + ", ";
  return said.substr(0, said.size() - std::min<std::size_t>(said.size(), 2));
}

}  // namespace

TEST_CASE("an answer decides the request before it") {
  for (const bool is_yes : {false, true}) {
    const std::string fate = is_yes ? "done" : "refused";
    CHECK(fates({checked(checkout("100000", "31"), 1), checked(answer("12", is_yes, "31"), 1)}) == "checkout " + fate);
    CHECK(fates({checked(checkin("100000", "31"), 1), checked(answer("10", is_yes, "31"), 1)}) == "checkin " + fate);
    CHECK(fates({checked(renewal("100000", "31"), 1), checked(answer("30", is_yes, "31"), 1)}) == "renewal " + fate);
  }
  CHECK(fates({checked(checkout("100000", "31"), 1)}) == "checkout as it is");
}

TEST_CASE("an answer belongs to the last request of the same kind, number, and item") {
  const std::vector<std::string> requests = {checked(checkout("100000", "31"), 1), checked(checkout("100010", "32"), 2),
                                             checked(checkin("100020", "31"), 3)};
  const auto with = [&](const std::string& line) {
    std::vector<std::string> lines = requests;
    lines.push_back(line);
    return fates(lines);
  };
  CHECK(with(checked(answer("12", false, "31"), 1)) ==
        "checkout refused, checkout as it is, checkin as it is, answers-missing");
  CHECK(with(checked(answer("12", false, "32"), 2)) ==
        "checkout as it is, checkout refused, checkin as it is, answers-missing");
  // Another number, another kind, another item.
  for (const std::string& line : {checked(answer("12", false, "31"), 2), checked(answer("30", false, "31"), 1),
                                  checked(answer("12", false, "33"), 1)}) {
    CHECK(with(line) == "checkout as it is, checkout as it is, checkin as it is, answers-missing, requests-missing");
  }
  // Numbers repeat after ten messages.
  CHECK(fates({checked(checkout("100000", "31"), 1), checked(answer("12", true, "31"), 1),
               checked(checkout("110000", "31"), 1), checked(answer("12", false, "31"), 1)}) ==
        "checkout done, checkout refused");
}

TEST_CASE("without numbers, the item decides") {
  CHECK(fates({checkout("100000", "31"), answer("12", false, "31")}) == "checkout refused, answers-unchecked");
  CHECK(fates({checked(checkout("100000", "31"), 4), answer("12", false, "31")}) ==
        "checkout refused, answers-unchecked");
  CHECK(fates({checkout("100000", "31"), checked(answer("12", false, "31"), 4)}) == "checkout refused");
  CHECK(fates({checkout("100000", "31"), answer("12", true, "31")}) == "checkout done");
}

TEST_CASE("a damaged answer counts, and the log has a note") {
  std::string damaged = checked(answer("12", true, "31"), 1);
  damaged[2] = '0';
  CHECK(fates({checked(checkout("100000", "31"), 1), damaged}) == "checkout refused, answers-unchecked");
}

TEST_CASE("a request repeated before an answer came is the same as the first") {
  const std::string request = checked(renewal("100000", "31"), 1);
  const std::string other = checked(checkout("100001", "32"), 1);
  CHECK(fates({request, request}) == "renewal as it is");
  CHECK(fates({request, request, checked(answer("30", false, "31"), 1)}) == "renewal refused");
  CHECK(fates({request, other, request, checked(answer("30", true, "31"), 1), checked(answer("12", true, "32"), 1)}) ==
        "renewal done, checkout done");
  // After an answer it is a new request, and so is one that no number identifies as a repetition.
  CHECK(fates({request, checked(answer("30", true, "31"), 1), request, checked(answer("30", false, "31"), 1)}) ==
        "renewal done, renewal refused");
  CHECK(fates({renewal("100000", "31"), renewal("100000", "31")}) == "renewal as it is, renewal as it is");
  CHECK(fates({request, checked(renewal("100005", "31"), 1)}) == "renewal as it is, renewal as it is");
}

TEST_CASE("a cancellation reverses the last transaction of the item") {
  CHECK(fates({checked(checkout("100000", "31"), 1), checked(checkin("100010", "31", "Y"), 2)}) ==
        "checkout refused, checkin refused");
  CHECK(fates({checked(checkin("100000", "31"), 1), checked(checkout("100010", "31", "Y"), 2)}) ==
        "checkin refused, checkout refused");
  CHECK(fates({checkout("100000", "31"), checkin("100010", "31", "Y")}) ==
        "checkout refused, checkin refused, answers-unchecked");
  // Another item, an item not in the log, an item that is already back.
  CHECK(fates({checked(checkout("100000", "32"), 1), checked(checkin("100010", "31", "Y"), 2)}) ==
        "checkout as it is, checkin as it is");
  CHECK(fates({checked(checkin("100010", "31", "Y"), 2)}) == "checkin as it is");
  CHECK(fates({checked(checkout("100000", "31"), 1), checked(checkin("100005", "31"), 2),
               checked(checkin("100010", "31", "Y"), 3)}) == "checkout as it is, checkin as it is, checkin as it is");
  // One cancellation reverses one checkout.
  CHECK(fates({checked(checkout("100000", "31"), 1), checked(checkin("100010", "31", "Y"), 2),
               checked(checkin("100020", "31", "Y"), 3)}) == "checkout refused, checkin refused, checkin as it is");
}

TEST_CASE("a cancellation that the server refused reverses nothing") {
  CHECK(fates({checked(checkout("100000", "31"), 1), checked(answer("12", true, "31"), 1),
               checked(checkin("100010", "31", "Y"), 2), checked(answer("10", false, "31"), 2)}) ==
        "checkout done, checkin refused");
  CHECK(fates({checked(checkout("100000", "31"), 1), checked(answer("12", true, "31"), 1),
               checked(checkin("100010", "31", "Y"), 2), checked(answer("10", true, "31"), 2)}) ==
        "checkout refused, checkin refused");
}

TEST_CASE("the contents of a request do not depend on its answer") {
  const std::string request = checked(checkout("100000", "31"), 1);
  const auto told = [](const std::string& text) {
    const ParsedLog log(*find_format("sip2"), text);
    const Transaction t = log.transactions().at(0);
    return describe(t) + fmt::format(" {}", t.more);
  };
  CHECK(told(request + "\n" + checked(answer("12", false, "31"), 1) + "\n") == told(request + "\n"));
}
