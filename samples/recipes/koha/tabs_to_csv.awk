# Converts the tab-separated output of 'mariadb --batch' to CSV: NULL becomes an empty cell, \\ a backslash, and tabs,
# line breaks, and zero bytes (\t, \n, \0, and bare carriage returns) become spaces.
function cell(text) {
  if (text == "NULL") return ""
  gsub(/\\\\/, "\001", text)
  gsub(/\r?\\n|\r|\\t|\\0/, " ", text)
  gsub(/\001/, "\\", text)
  if (text ~ /[",]/) { gsub(/"/, "\"\"", text); text = "\"" text "\"" }
  return text
}
BEGIN { FS = "\t" }
{
  line = cell($1)
  for (i = 2; i <= NF; i++) line = line "," cell($i)
  print line
}
