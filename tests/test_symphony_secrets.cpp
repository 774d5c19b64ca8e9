// Secrets in Symphony logs: with any damage, no PIN or password becomes part of what is kept.
#include <doctest/doctest.h>

#include "formats/symphony_secrets.hpp"
#include "tests/parsed_log.hpp"

using namespace offcirc;

namespace {

const std::string k_header = "E202606121012310201R ";

ParsedLog read(const std::string& text) {
  return {k_symphony_format, text};
}

struct Told {
  std::string text;
  std::vector<std::uint64_t> hashes;
};

// Everything that any record of the log reveals.
Told told_by(const ParsedLog& log) {
  Told told;
  for (const std::string& one : log.described()) told.text += one + "\n";
  for (const LogNote& note : log.notes) told.text += note.message;
  for (const Record& record : log.records) {
    if (const auto* t = std::get_if<Transaction>(&record.content)) {
      told.hashes.push_back(t->more);
      if (t->registration != nullptr) told.text += t->registration->left_out;
    } else if (const auto* d = std::get_if<Diagnostic>(&record.content)) {
      told.text += fmt::format("{} {}\n", d->user_id, d->item_id);
      told.hashes.push_back(d->content);
    }
  }
  return told;
}

// `before` + separator + `code` + secret + `after`, followed by the correct number of bytes or by none.
void check_hidden(const std::string& before, const std::string& code, const std::string& after,
                  const std::string& separator, bool with_length) {
  const auto line = [&](std::string_view secret) {
    const std::string fields = "^S14" + before + separator + code + std::string(secret) + after + "^^O";
    return k_header + fields + (with_length ? fmt::format("{:05}", fields.size()) : "") + "\n";
  };
  const Told told = told_by(read(line("hunteR2x")));
  const Told other = told_by(read(line("mEadow7s")));
  CAPTURE(line("hunteR2x"));
  CHECK(told.text.find("unte") == std::string::npos);
  CHECK(told.text.find("R2x") == std::string::npos);
  CHECK(told.hashes == other.hashes);
}

}  // namespace

TEST_CASE("a damaged separator never reveals the PIN or password after it") {
  const std::vector<std::string> lines = {"CVUO21220001000073",
                                          "CVUO21220001000073^NQ31220005000135",
                                          "CVUO7^NQ2^CF7/3/2026",
                                          "CVUO7^NQ2^WGNEVER",
                                          "EVNQ31220005000135",
                                          "EVNQ2^FEOSH",
                                          "EVNQ2^FFOSHCIRC",
                                          "EVNQ2^WINEENAH",
                                          "EVNQ2^COTODAY",
                                          "EVNQ2^DB20260612101232",
                                          "JYUO7^uLMoe",
                                          "JYUO7^uFAnn",
                                          "JYUO7^UAMoe, Ann",
                                          "JYUO7^UZ01/31/1990",
                                          "JYUO7^PEPUBLIC",
                                          "JYUO7^UMOSH",
                                          "JYUO7^0Ea@b.example",
                                          "JYUO7^P5TOWN",
                                          "JYUO7^PI12 Elm Row",
                                          "JYUO7^PTNOTE",
                                          "JYUO7^UPx",
                                          "JYUO7^UNADULT",
                                          "JYUO7^P7RULE",
                                          "JYUO7^URMr",
                                          "IYUO7^NHSTREET^NE|a12 Elm Row",
                                          "IYUO7^NHZIP",
                                          "JZUO7^NQ2^HB9/1/2026",
                                          "JZUO7^HKTITLE",
                                          "XQJAsome text",
                                          "NFFEOSH",
                                          "CAUO7",
                                          "CVUO7^NQ2^Fv3000000"};
  for (const std::string& before : lines) {
    for (const std::string code : {"Uf", "OA", "Oa", "OM"}) {
      for (const bool with_length : {false, true}) {
        check_hidden(before, code, "", "^", with_length);
        check_hidden(before, code, "^FEOSH", "^", with_length);
        for (int byte = 1; byte < 256; ++byte) {
          if (byte == '^' || byte == '\n') continue;
          check_hidden(before, code, "^FEOSH", std::string(1, static_cast<char>(byte)), with_length);
        }
      }
      check_hidden(before, code, "^FEOSH", "", false);
      check_hidden(before, code, "~FEOSH", "^", true);
    }
  }
}

TEST_CASE("an unreadable line is kept without its secrets, whatever part of it is lost") {
  const std::string line = k_header + "^S14JYUO7^uLMoe^Uf2468^OAsesame^FEOSH^^O00099";
  for (std::size_t at = 0; at < line.size(); ++at) {
    for (const std::string& kept : {without_symphony_secrets(line.substr(at)),
                                    without_symphony_secrets(line.substr(0, at) + "~" + line.substr(at + 1)),
                                    without_symphony_secrets(line.substr(0, at) + line.substr(at + 1))}) {
      CHECK(kept.find("246") == std::string::npos);
      CHECK(kept.find("468") == std::string::npos);
      CHECK(kept.find("esam") == std::string::npos);
    }
  }
  CHECK(without_symphony_secrets(line) == k_header.substr(0, 20) + "^S14JY^UO7^^^^FEOSH^^");
  CHECK(without_symphony_secrets("^S14CVFFOSHCIRC^FEOSH^NQ2^CF7/3/2026") == "^S14CV^FFOSHCIRC^FEOSH^NQ2^CF7/3/2026");
}

TEST_CASE("words that are not secrets are kept") {
  const std::string at = "registration user=7 at=2026-06-12T10:12:31 desk=//0201/ | ";
  const auto user = [&](std::string_view fields) {
    const std::string line = "^S14JYUO7^" + std::string(fields) + "^^O";
    return read(k_header + line + fmt::format("{:05}", line.size()) + "\n").described().at(0).substr(3);
  };
  CHECK(user("uFUfuk^uLde Oliveira") == at + "last=de Oliveira | first=Ufuk");
  CHECK(user("uLMcOwen^uFO'Hara") == at + "last=McOwen | first=O'Hara");
  CHECK(user("uLOLSEN-OAKES^PEOUTREACH") == at + "last=OLSEN-OAKES | profile=OUTREACH");
  CHECK(user("NHSTREET^NE|aAm Ufer 3, PO Box 7, Oak Road^UMSOUTH") ==
        at + "address=Am Ufer 3, PO Box 7, Oak Road | library=SOUTH");
  CHECK(user("UAYilmaz, Ufuk^Uf2468") == at + "last=Yilmaz | first=Ufuk");
  for (const std::string id : {"WD-OS", "DAMAGED-OSH", "JOHNSON", "abb-Oddica2"}) {
    CHECK(read(k_header + "^S14CVUO" + id + "^NQ2^^O\n").transactions().at(0).user_id == id);
  }
}
