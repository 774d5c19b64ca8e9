#include "loader/output/json_text.hpp"
#include "loader/status/status.hpp"
#include "loader/time/iso8601.hpp"

namespace offcirc {
namespace {

/// `"key": [ ... ]`, an object a line for each of `list`.
template <typename List, typename WriteMembers>
void append_list(std::string& text, JsonObjectWriter& parent, std::string_view key, const List& list,
                 WriteMembers write_members) {
  parent.begin(key);
  text += '[';
  bool is_first = true;
  for (const auto& one : list) {
    text += is_first ? "\n  " : ",\n  ";
    is_first = false;
    JsonObjectWriter object(text);
    write_members(object, one);
    object.end();
  }
  text += ']';
}

void append_loads(std::string& text, JsonObjectWriter& json, const Status& status, const Zone& zone) {
  json.number("load_count", status.rows.load_count);
  append_list(text, json, "loads", status.rows.newest_loads, [&](JsonObjectWriter& object, const LoadLine& load) {
    object.number("load", load.load)
        .string("started_at", iso_time(load.started_at, zone))
        .string("operator", load.operator_name)
        .number("logs", load.logs)
        .number("lines", load.records)
        .number("rejected", load.rejected)
        .number("unreadable", load.unreadable)
        .string_or_null("undone_at", iso_time(load.undone_at, zone))
        .boolean("undone_in_part", load.undone_in_part)
        .string_or_null("pruned_at", iso_time(load.pruned_at, zone));
  });
}

void append_what_waits(std::string& text, JsonObjectWriter& json, const Status& status, const Zone& zone) {
  append_list(text, json, "unsent_mail", status.rows.unsent, [&](JsonObjectWriter& object, const UnsentLine& mail) {
    object.number("load", mail.load)
        .string_or_null("library", mail.library)
        .string("queued_at", iso_time(mail.queued_at, zone))
        .number("attempts", mail.attempts)
        .string_or_null("last_error", mail.last_error);
  });
  append_list(text, json, "waiting", status.rows.waiting, [&](JsonObjectWriter& object, const WaitingLine& line) {
    object.number("load", line.load).string("outcome", line.outcome).number("transactions", line.transactions);
  });
  append_list(text, json, "unreadable_waiting", status.rows.unreadable,
              [&](JsonObjectWriter& object, const UnreadableLine& line) {
                object.number("load", line.load).number("records", line.records);
              });
}

void append_stations(std::string& text, JsonObjectWriter& json, const Status& status, const Zone& zone) {
  json.string_or_null("outage_began_at", iso_time(status.rows.outage_began_at, zone));
  append_list(text, json, "stations", status.libraries, [&](JsonObjectWriter& object, const LibraryUploads& library) {
    object.string("library", library.library).strings("uploaded", library.uploaded).strings("missing", library.missing);
  });
}

}  // namespace

std::string status_json(const Status& status, const Zone& zone) {
  std::string text;
  JsonObjectWriter json(text);
  json.string("now", iso_time(status.now, zone))
      .string("system", status.system_name)
      .string("database", status.database);
  append_loads(text, json, status, zone);
  append_what_waits(text, json, status, zone);
  append_stations(text, json, status, zone);
  append_list(text, json, "problems", status.problems, [](JsonObjectWriter& object, const Problem& problem) {
    object.string("code", problem.code).string("message", problem.sentence);
  });
  json.end();
  return text + '\n';
}

}  // namespace offcirc
