#include "loader/runs/upload_words.hpp"

#include <fmt/format.h>

#include "formats/fields.hpp"
#include "loader/output/characters.hpp"

namespace offcirc {
namespace {

std::string place_of(std::uint32_t i, const Batch& batch) {
  const Entry& entry = batch.entries[i];
  return fmt::format("{}:{}", batch.logs[batch.desks[entry.desk].log].path, entry.transaction->line);
}

std::string_view words_for(const Entry& entry) {
  switch (entry.kind) {
    case Kind::checkin:
      return "check-in";
    case Kind::in_house_use:
      return "in-house use";
    case Kind::registration:
      return entry.transaction->edits_registration ? "edit of a user" : "registration";
    default:
      return name_of(entry.kind);
  }
}

std::string described(const Entry& entry) {
  std::string text(words_for(entry));
  if (entry.kind == Kind::payment) text += fmt::format(" of {}", money_cell(entry.transaction->amount_cents));
  if (!entry.user_id.empty()) text += fmt::format(", user {}", entry.user_id);
  if (!entry.item_id.empty()) text += fmt::format(", item {}", entry.item_id);
  if (entry.kind == Kind::in_house_use) text += fmt::format(", count {}", entry.transaction->count);
  return text;
}

// The reason is left out where it only repeats the kind.
std::string sentence_of(const LeftOut& one, const Batch& batch) {
  const Entry& entry = batch.entries[one.entry];
  const std::string what = fmt::format("{}: Not in the output: {}", place_of(one.entry, batch), described(entry));
  return one.why == words_for(entry) ? what + "." : fmt::format("{} ({}).", what, one.why);
}

std::string sentence_of(std::string_view what, const UploadTally& tally, const Batch& batch) {
  return fmt::format(
      "{}: Not said in the output: {}{}.", place_of(tally.first, batch), what,
      tally.count == 1 ? "" : fmt::format(", in {} transactions, of which this is the first", tally.count));
}

std::string mixed(const std::vector<std::string>& libraries) {
  return fmt::format(
      "The output does not say which library a transaction is from, and holds those of {}. Upload one library at a "
      "time: run the command once for the logs of each.",
      listed({libraries.begin(), libraries.end()}));
}

}  // namespace

std::vector<std::string> losses_of(const Upload& upload, const Batch& batch) {
  std::vector<std::string> sentences;
  for (const LeftOut& one : upload.left_out) sentences.push_back(sentence_of(one, batch));
  for (const auto& [what, tally] : upload.unsaid) sentences.push_back(sentence_of(what, tally, batch));
  if (!upload.mixed_libraries.empty()) sentences.push_back(mixed(upload.mixed_libraries));
  const auto count = static_cast<std::int64_t>(upload.left_out.size());
  if (count > 0)
    sentences.push_back(fmt::format("{} {} not in the output. Enter what matters by hand.",
                                    counted(count, "transaction"), count == 1 ? "is" : "are"));
  return sentences;
}

std::vector<std::string> notes_of(const Upload& upload, const Batch& batch) {
  std::vector<std::string> sentences;
  const auto add = [&](const UploadTally& tally, std::string_view what) {
    if (tally.count == 0) return;
    sentences.push_back(fmt::format("{}: {}{}.", place_of(tally.first, batch), what,
                                    tally.count == 1 ? "" : fmt::format(" ({} such transactions)", tally.count)));
  };
  add(upload.copies, "Left out, because it duplicates another transaction of the logs");
  add(upload.done_online, "Left out, because the log says that the system carried it out at the time");
  add(upload.refused, "Left out, because the log says that the system refused or canceled it at the time");
  add(upload.included_edits, "Left out, because the registration of the user includes this edit");
  add(upload.perhaps_repeated, "In the output, but it may repeat another transaction of the logs");
  return sentences;
}

}  // namespace offcirc
