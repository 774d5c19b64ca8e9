#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "loader/intake/minute_order.hpp"

using namespace offcirc;

namespace {

// Each word is a record: its log, `i` for a check-in or `o` for a checkout, and the item, as in "Ai1".
struct Minute {
  explicit Minute(const std::string& words) {
    for (std::size_t at = 0; at < words.size(); at += 4) names.push_back(words.substr(at, 3));
    for (const std::string& name : names)
      records.push_back({static_cast<std::uint32_t>(name[0]), name[1] == 'i' ? Kind::checkin : Kind::checkout, true,
                         std::string_view(name).substr(2)});
  }
  Minute(const Minute&) = delete;
  Minute& operator=(const Minute&) = delete;

  std::vector<std::string> names;
  std::vector<MinuteRecord> records;
};

// The records in the same notation; a moved check-in has an I.
std::string ordered(const Minute& minute) {
  std::string words;
  for (const MinutePlace& place : order_minute(minute.records)) {
    std::string name = minute.names[place.record];
    if (place.is_moved) name[1] = 'I';
    words += (words.empty() ? "" : " ") + name;
  }
  return words;
}

std::string ordered(const std::string& words) {
  return ordered(Minute(words));
}

}  // namespace

TEST_CASE("a check-in goes before another log's checkout of the item, and nothing else moves") {
  CHECK(ordered("Ao1 Bi1") == "BI1 Ao1");
  CHECK(ordered("Bi1 Ao1") == "Bi1 Ao1");
  CHECK(ordered("Ao2 Ao1 Ao3 Co4 Bi1") == "Ao2 BI1 Ao1 Ao3 Co4");
  CHECK(ordered("Ao1 Bi2") == "Ao1 Bi2");
  CHECK(ordered("Ao1 Bi1 Ao2 Ci2") == "BI1 Ao1 CI2 Ao2");
}

TEST_CASE("records that precede the check-in in its log move with it, and each log keeps its order") {
  CHECK(ordered("Ao1 Ao2 Bo3 Bi4 Bi1 Bi5") == "Bo3 Bi4 BI1 Ao1 Ao2 Bi5");
  CHECK(ordered("Ao1 Ai2 Bo2 Bi3 Ci1") == "CI1 Ao1 Ai2 Bo2 Bi3");
}

TEST_CASE("within a log, the written order is kept") {
  CHECK(ordered("Ao1 Ai1") == "Ao1 Ai1");
  CHECK(ordered("Ao1 Ai1 Bo2") == "Ao1 Ai1 Bo2");
}

TEST_CASE("if a record would have to pass another of its own log, the written order is kept") {
  CHECK(ordered("Ao1 Ai2 Bo2 Bi1") == "Ao1 Ai2 Bo2 Bi1");
  CHECK(ordered("Bo2 Bi1 Ao1 Ai2") == "Bo2 Bi1 Ao1 Ai2");
  // The conflict of A and B does not affect the records of C and D.
  CHECK(ordered("Ao1 Ai2 Bo2 Bi1 Co7 Di7") == "Ao1 Ai2 Bo2 Bi1 DI7 Co7");
  // A cycle of three.
  CHECK(ordered("Ao1 Ai2 Bo2 Bi3 Co3 Ci1") == "Ao1 Ai2 Bo2 Bi3 Co3 Ci1");
}

TEST_CASE("a checkout after a check-in at its own desk does not depend on other desks") {
  CHECK(ordered("Ai1 Ao1 Bi1 Bo1") == "Ai1 Ao1 Bi1 Bo1");
  CHECK(ordered("Ao1 Bi1 Bo1") == "BI1 Ao1 Bo1");
  CHECK(ordered("Ao1 Bo1 Bi1") == "Bo1 BI1 Ao1");
}

TEST_CASE("records with seconds, with a given time, without an item, or of other kinds are not reordered") {
  for (const std::size_t which : {0U, 1U}) {
    Minute minute("Ao1 Bi1");
    minute.records[which].has_minute_only = false;
    CHECK(ordered(minute) == "Ao1 Bi1");
    minute.records[which].has_minute_only = true;
    minute.records[which].item_id = {};
    CHECK(ordered(minute) == "Ao1 Bi1");
    minute.records[which].item_id = "1";
    minute.records[which].kind = Kind::renewal;
    CHECK(ordered(minute) == "Ao1 Bi1");
  }
}

TEST_CASE("an empty minute stays empty") {
  CHECK(order_minute({}).empty());
}

TEST_CASE("the numbers of the logs make no difference") {
  std::mt19937 random(18);
  for (int round = 0; round < 300; ++round) {
    std::string words, renamed;
    const std::string others = "QZKWM";
    for (std::size_t i = random() % 12; i > 0; --i) {
      const std::size_t log = random() % 5;
      const std::string what{"io"[random() % 2], "123"[random() % 3]};
      words += std::string(words.empty() ? "" : " ") + "ABCDE"[log] + what;
      renamed += std::string(renamed.empty() ? "" : " ") + others[log] + what;
    }
    const Minute a(words), b(renamed);
    CHECK(order_minute(a.records) == order_minute(b.records));
  }
}

TEST_CASE("on random minutes, each log keeps its order, and a check-in only moves before a checkout of its item") {
  std::mt19937 random(1001);
  for (int round = 0; round < 2000; ++round) {
    std::string words;
    for (std::size_t i = 1 + random() % 14; i > 0; --i)
      words += std::string(words.empty() ? "" : " ") + "ABCD"[random() % 4] + "io"[random() % 2] + "1234"[random() % 4];
    const Minute minute(words);
    const std::vector<MinutePlace> places = order_minute(minute.records);
    REQUIRE(places.size() == minute.records.size());
    std::vector<std::uint32_t> place_of(places.size());
    for (std::uint32_t i = 0; i < places.size(); ++i) place_of[places[i].record] = i;
    for (std::uint32_t a = 0; a < places.size(); ++a) {
      bool passes_checkout = false;
      for (std::uint32_t b = 0; b < places.size(); ++b) {
        const MinuteRecord &of_a = minute.records[a], &of_b = minute.records[b];
        if (a < b && of_a.log == of_b.log) CHECK(place_of[a] < place_of[b]);
        passes_checkout = passes_checkout || (b < a && place_of[a] < place_of[b] && of_a.item_id == of_b.item_id &&
                                              of_a.log != of_b.log && of_b.kind == Kind::checkout);
      }
      const bool is_checkin = minute.records[a].kind == Kind::checkin;
      CHECK(places[place_of[a]].is_moved == (is_checkin && passes_checkout));
    }
  }
}

TEST_CASE("if two logs share one item, the check-in always goes first, whatever surrounds it") {
  std::mt19937 random(77);
  for (int round = 0; round < 500; ++round) {
    // Only item 1 is in both logs.
    std::string a, b;
    const auto fill = [&](std::string& into, char log, const std::string& items) {
      for (std::size_t i = random() % 4; i > 0; --i)
        into += std::string(" ") + log + "io"[random() % 2] + items[random() % items.size()];
    };
    fill(a, 'A', "234");
    a += " Ao1";
    fill(a, 'A', "234");
    fill(b, 'B', "567");
    b += " Bi1";
    fill(b, 'B', "567");
    const std::string order = " " + ordered((a + b).substr(1));
    CHECK(order.find(" BI1") < order.find(" Ao1"));
  }
}

TEST_CASE("components are the strongly connected parts of a graph") {
  const std::vector<Graph::Edge> edges{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 3}, {5, 0}};
  const std::vector<std::uint32_t> component = strong_components(Graph(6, edges));
  CHECK(component[0] == component[1]);
  CHECK(component[1] == component[2]);
  CHECK(component[3] == component[4]);
  CHECK(component[0] != component[3]);
  CHECK(component[5] != component[0]);
  CHECK(strong_components(Graph(0, {})).empty());
}

TEST_CASE("a graph as large as a load does not overflow the stack") {
  constexpr std::uint32_t k_nodes = 1'000'000;
  std::vector<Graph::Edge> edges;
  for (std::uint32_t i = 0; i + 1 < k_nodes; ++i) edges.emplace_back(i, i + 1);
  edges.emplace_back(k_nodes - 1, 0);
  const std::vector<std::uint32_t> component = strong_components(Graph(k_nodes, edges));
  CHECK(std::all_of(component.begin(), component.end(), [&](std::uint32_t c) { return c == component[0]; }));
}
