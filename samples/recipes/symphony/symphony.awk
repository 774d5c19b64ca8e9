# Symphony: converts the output of an API program, separated by |, to CSV for offcirc.
#
#   selitem -oCBtylmq 2>/dev/null |
#     awk -v columns=title_id,item_id,item_type,library,home_location,current_location,price/100 -f symphony.awk >items.csv
#
# columns gives the offcirc name of each field: - skips a field, /100 converts cents, and name stands for the last and
# first name separated by a comma. Times (yyyymmddhhmm) and dates (yyyymmdd) are converted to the form of their columns;
# NEVER, 0, and blanks mean that there is none.
BEGIN {
  FS = "|"
  if (columns == "") { print "symphony.awk: needs -v columns=..." >"/dev/stderr"; failed = 1; exit 2 }
  places = split(columns, names, ",")
  for (i = 1; i <= places; i++) {
    in_cents[i] = sub(/\/100$/, "", names[i])
    if (names[i] != "-") header = header (header == "" ? "" : ",") (names[i] == "name" ? "last_name,first_name" : names[i])
  }
  print header
}

function date_of(text) { return substr(text, 1, 4) "-" substr(text, 5, 2) "-" substr(text, 7, 2) }

function cell(text, name, cents) {
  gsub(/^ +| +$/, "", text)
  if (name ~ /_(at|on)$|^birth_date$/) {
    if (text == "NEVER" && name == "due_at") return text
    if (text == "NEVER" || text ~ /^0*$/) return ""
    if (name !~ /_at$/) return date_of(text)
    if (length(text) < 12) return date_of(text) (name == "due_at" ? "T23:59:00" : "T00:00:00")
    return date_of(text) "T" substr(text, 9, 2) ":" substr(text, 11, 2) ":00"
  }
  if (cents) return text == "" ? "" : sprintf("%.2f", text / 100)
  if (name == "barred") return text == "BARRED" ? "true" : "false"
  return quoted(text)
}

function quoted(text) {
  if (text ~ /[",]/) { gsub(/"/, "\"\"", text); text = "\"" text "\"" }
  return text
}

function last_and_first(text, comma) {
  comma = index(text, ",")
  if (comma == 0) return quoted(text) ","
  return quoted(substr(text, 1, comma - 1)) "," cell(substr(text, comma + 1), "first_name", 0)
}

# The API ends each line with another |. A line with a different number of fields would shift values to wrong columns.
{
  if (NF != places + 1 || $NF != "") {
    printf "symphony.awk: line %d has %d fields, not %d as columns says.\n", NR, NF - ($NF == ""), places >"/dev/stderr"
    failed = 1
    exit 1
  }
  line = ""
  begun = 0
  for (i = 1; i <= places; i++) {
    if (names[i] == "-") continue
    line = line (begun ? "," : "") (names[i] == "name" ? last_and_first($i) : cell($i, names[i], in_cents[i]))
    begun = 1
  }
  print line
}

END { if (failed) exit failed }
