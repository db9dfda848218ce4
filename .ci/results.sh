# Reads the results files (trx) that test runs leave. Sourced by .ci/run.

# Sums one attribute of the counters of every results file below a folder.
sum_counter() {
  local folder=$1 attribute=$2
  { find "$folder" -name '*.trx' -exec grep -h '<Counters ' {} + || true; } |
    sed -E "s/.* $attribute=\"([0-9]+)\".*/\1/" |
    awk '{ sum += $1 } END { print sum + 0 }'
}

# Prints the names of failed tests.
print_failures() {
  { find "$1" -name '*.trx' -exec grep -h '<UnitTestResult .*outcome="Failed"' {} + || true; } |
    sed -E 's/.* testName="([^"]+)".*/failed: \1/' | sort | uniq -c
}

# Prints the tests, over all runs, as the last line. A skipped test is one that was not executed.
print_summary() {
  local total executed passed
  total=$(sum_counter "$1" total)
  executed=$(sum_counter "$1" executed)
  passed=$(sum_counter "$1" passed)
  echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
}

# Prints why tests were skipped and succeeds where one of them lacked a program (wording: tests/Shared).
missing_programs() {
  local reasons
  reasons=$(find "$1" -name '*.trx' -exec grep -h -o 'This machine lacks [^<]*' {} + | sort | uniq -c) || true
  [[ -n $reasons ]] && echo "$reasons"
}
