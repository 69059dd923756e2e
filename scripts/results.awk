# Reads one result file of the xunit.v3 runner (-xml). Prints tab-separated lines:
#   counts   passed failed skipped
#   skipped  name   reason
#   failed   name   first line of the message
#   incomplete      the runner could not write the file to its end
# Errors outside a test (a fixture that does not come up or down) count as failed; explicit tests that were not asked for, as skipped.

BEGIN { RS = "<" }

# Text is in CDATA and may hold anything, tags too.
in_text {
  add_text("<" $0)
  next
}
/^!\[CDATA\[/ {
  in_text = 1
  text = ""
  add_text(substr($0, 9))
  next
}
/^assembly / { counts = attribute("passed") "\t" (attribute("failed") + attribute("errors")) "\t" (attribute("skipped") + attribute("not-run")) }
/^(test|error) / {
  name = attribute("name")
  result = /^error / ? "Fail" : attribute("result")
  if (/^error /) name = attribute("type") (name == "" ? "" : " " name)
  if (/\/>[ \t\r\n]*$/) finish()
}
/^\/?(message|reason)>/ { wanted = !/^\// }
/^\/(test|error)>/ { finish() }

/^\/assemblies>/ { complete = 1 }

END {
  print "counts\t" counts
  if (!complete) print "incomplete"
}

function add_text(part,   end) {
  end = index(part, "]]>")
  text = text (end ? substr(part, 1, end - 1) : part)
  if (!end) return
  in_text = 0
  if (wanted) kept = text
}

function finish() {
  sub(/^[ \t\r\n]+/, "", kept)
  sub(/[\r\n].*/, "", kept)
  gsub(/\t/, " ", kept)
  if (result == "Fail") print "failed\t" name "\t" kept
  if (result == "Skip") print "skipped\t" name "\t" kept
  if (result == "NotRun") print "skipped\t" name "\texplicit: runs only when asked for"
  result = ""
  kept = ""
}

function attribute(key,   start, rest) {
  start = index($0, " " key "=\"")
  if (!start) return ""
  rest = substr($0, start + length(key) + 3)
  rest = substr(rest, 1, index(rest, "\"") - 1)
  gsub(/&lt;/, "<", rest)
  gsub(/&gt;/, ">", rest)
  gsub(/&quot;/, "\"", rest)
  gsub(/&#x[0-9A-Fa-f]+;/, " ", rest)
  gsub(/&amp;/, "\\&", rest)
  return rest
}
