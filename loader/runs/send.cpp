#include "loader/runs/send.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "loader/commit_point.hpp"
#include "loader/intake/identity.hpp"
#include "loader/output/characters.hpp"
#include "loader/output/json_text.hpp"
#include "loader/output/new_file.hpp"
#include "loader/send/outbox.hpp"
#include "loader/send/upload_readme.hpp"
#include "loader/store/store.hpp"

namespace offcirc {

namespace {

std::string loads_words(const std::set<std::int64_t>& loads) {
  std::vector<std::string> names;
  for (const std::int64_t load : loads) names.push_back(std::to_string(load));
  return fmt::format("load{} {}", loads.size() == 1 ? "" : "s", listed({names.begin(), names.end()}));
}

}  // namespace

Seconds earliest_load_to_send(Seconds now, const Config& config) {
  return now - config.policy.max_age_days * k_day_seconds;
}

// The live system must learn what happened to an item in order.
void require_earlier_sent(const SendChoice& choice, const std::vector<SendableResult>& results,
                          const Database& database) {
  if (choice.load == 0) return;
  std::map<std::int64_t, Seconds> latest;
  for (const SendableResult& result : results)
    if (result.item_no != 0) latest[result.item_no] = result.occurred_at;
  SendChoice all = choice;
  all.load = 0;
  all.again = false;
  all.unfinished_send = 0;
  std::set<std::int64_t> loads;
  for (const SendableResult& other : find_sendable(database, all)) {
    const auto found = latest.find(other.item_no);
    if (other.name.load != choice.load && found != latest.end() && other.occurred_at <= found->second)
      loads.insert(other.name.load);
  }
  if (loads.empty()) return;
  throw RunError(
      fmt::format("Nothing was sent: {} {} unsent transactions of the same items, which happened earlier. "
                  "Send {} first, or everything with 'offcirc send' without a number.",
                  loads_words(loads), loads.size() == 1 ? "has" : "have", loads.size() == 1 ? "it" : "them"));
}

std::vector<SendableResult> take_held(std::vector<SendableResult>& results, const std::set<std::int64_t>& items) {
  const auto is_held = [&](const SendableResult& result) { return items.contains(result.item_no); };
  const auto first = std::stable_partition(results.begin(), results.end(), [&](const auto& r) { return !is_held(r); });
  std::vector<SendableResult> held(std::make_move_iterator(first), std::make_move_iterator(results.end()));
  results.erase(first, results.end());
  return held;
}

void append_send_result(std::string& text, const SendableResult& result, SendState state, std::string_view file,
                        std::string_view message) {
  text += text.ends_with('[') ? "\n  " : ",\n  ";
  JsonObjectWriter object(text);
  object.number("load", static_cast<std::uint64_t>(result.name.load))
      .number("n", result.name.n)
      .string("kind", name_of(result.kind))
      .string("library", result.library)
      .string_or_null("user_id", result.user_id)
      .string_or_null("item_id", result.item_id)
      .string("state", code_of(state))
      .string_or_null("file", file)
      .string_or_null("message", message)
      .end();
}

namespace {

std::vector<OutboxFile> files_of(const UploadPlan& plan, const UploadHead& head,
                                 const std::vector<SendableResult>& results, const Config& config) {
  std::vector<OutboxFile> files;
  for (const UploadFile& file : plan.files) files.push_back({file.path, file.text});
  files.push_back({"README.txt", upload_readme(head, plan, results, config)});
  return files;
}

NewSend record_of(const SendOutcome& outcome, const std::string& system) {
  NewSend record;
  record.send = outcome.send;
  record.via = system;
  record.folder = std::filesystem::absolute(outcome.folder).lexically_normal().string();
  for (const UploadFile& file : outcome.plan.files) {
    std::uint64_t records = 0;
    for (const std::uint64_t count : file.records) records += count;
    record.files.push_back({file.path, digest_of(file.text), records});
  }
  record.messages = outcome.plan.messages;
  for (const SendableResult& result : outcome.results) record.loads.insert(result.name.load);
  return record;
}

// A run that ended between its commit and its last file left a send whose files are missing.
void write_missing_files(const SendOptions& options, const Config& config, Store& store, SendOutcome& outcome) {
  for (const UnwrittenSend& unwritten : find_unwritten(store.database())) {
    const std::filesystem::path folder = unwritten.folder;
    if (!std::filesystem::exists(folder)) {
      const std::vector<SendableResult> results = find_sent_with(store.database(), unwritten.send);
      const UploadOptions upload{unwritten.via, unwritten.is_per_station};
      make_folder(folder.parent_path());
      write_outbox_folder(folder, files_of(plan_upload(results, upload, config),
                                           {unwritten.send, options.invocation.at, unwritten.via}, results, config));
    }
    mark_written(store.database(), unwritten.send, options.invocation.at);
    outcome.rewritten.push_back(unwritten);
  }
}

void prepare_commit_point(const SendOutcome& outcome) {
  CommitPoint::prepare(fmt::format("Send {} is recorded in the database.", outcome.send),
                       fmt::format("The next 'offcirc send' writes its files to {}.", outcome.folder.string()));
}

}  // namespace

SendOutcome run_send(const SendOptions& options, const Config& config) {
  if (!CommitPoint::is_passed()) CommitPoint::begin();  // a load may have been committed before, by the same process
  bool is_new_outbox = false;
  if (!options.dry_run) {
    is_new_outbox = make_folder(options.outbox);
    require_writable(options.outbox);
  }
  Store store(options.database, options.dry_run ? Store::Access::read : Store::Access::write);
  store.begin(options.wait_seconds, options.invocation);
  SendOutcome outcome;
  if (!options.dry_run) write_missing_files(options, config, store, outcome);
  const SendChoice choice{options.load, earliest_load_to_send(options.invocation.at, config), options.again};
  outcome.results = find_sendable(store.database(), choice);
  outcome.held = take_held(outcome.results, find_held_items(store.database(), options.again ? options.load : 0));
  require_earlier_sent(choice, outcome.results, store.database());
  outcome.plan = plan_upload(outcome.results, options.upload, config);
  if (options.dry_run) return outcome;
  if (outcome.plan.messages.empty()) {
    std::error_code ignored;
    if (is_new_outbox) std::filesystem::remove(options.outbox, ignored);
    store.commit();
    return outcome;
  }

  outcome.send = next_send(store.database());
  outcome.folder = folder_of_send(options.outbox, outcome.send);
  if (std::filesystem::exists(outcome.folder))
    throw RunError(
        fmt::format("Nothing was sent: {} exists, but not from this database. Move it away, or name another "
                    "folder with --outbox.",
                    outcome.folder.string()));
  write_send(store.database(), record_of(outcome, options.upload.system), options.invocation);
  prepare_commit_point(outcome);
  store.commit();
  const UploadHead head{outcome.send, options.invocation.at, options.upload.system};
  write_outbox_folder(outcome.folder, files_of(outcome.plan, head, outcome.results, config));
  store.begin_again();
  mark_written(store.database(), outcome.send, options.invocation.at);
  store.commit();
  return outcome;
}

namespace {

void append_files(std::string& text, const UploadPlan& plan) {
  for (const UploadFile& file : plan.files) {
    text += text.ends_with('[') ? "\n  " : ",\n  ";
    JsonObjectWriter object(text);
    object.string("path", file.path).string_or_null("library", file.library);
    std::uint64_t records = 0;
    for (const std::uint64_t count : file.records) records += count;
    object.number("records", records).end();
  }
}

}  // namespace

std::string send_json(const SendOutcome& outcome, const std::string& system, bool dry_run) {
  std::string text;
  JsonObjectWriter json(text);
  json.number_or_null("send", static_cast<std::uint64_t>(outcome.send))
      .boolean("dry_run", dry_run)
      .string("system", system)
      .string_or_null("folder", outcome.folder.string());
  json.begin("files");
  text += '[';
  append_files(text, outcome.plan);
  text += ']';
  json.begin("results");
  text += '[';
  std::map<std::int64_t, const SendMessage*> messages;
  for (const SendMessage& message : outcome.plan.messages) messages[message.result] = &message;
  for (const SendableResult& result : outcome.results) {
    const auto found = messages.find(result.result);
    if (found != messages.end())
      append_send_result(text, result, found->second->state, found->second->file, found->second->text);
  }
  for (const ByHand& one : outcome.plan.not_ready)
    append_send_result(text, *one.result, SendState::unsent, "", one.why);
  for (const SendableResult& result : outcome.held)
    append_send_result(text, result, SendState::unsent, "", "an earlier transaction of the item is not settled");
  text += ']';
  json.end();
  return text + '\n';
}

}  // namespace offcirc
