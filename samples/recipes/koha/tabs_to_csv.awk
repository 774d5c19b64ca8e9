# What 'mariadb --batch' prints, with tabs between, as CSV: its NULL is an empty cell, its \t, \n and \\ are what they stand for.
function cell(text) {
  if (text == "NULL") return ""
  gsub(/\\\\/, "\001", text)
  gsub(/\\t/, " ", text)
  gsub(/\\n/, " ", text)
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
