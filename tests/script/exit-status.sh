#!/bin/sh
# exit-status.sh - every exit status that a script may rely on, and that stdout is data only.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir in
letter in/a.txt
expect 0 "$lakwerk" redact in -o out
[ -s out.txt ] && fail "redact prints on stdout"
lacks out 123456782
lacks out Zonderland
has out/a.txt 'gelakt: 5.1.1.e'
[ -s out/redaction-log.jsonl ] && [ -s out/redaction-log.csv ] && [ -s out/inventarislijst.csv ] ||
	fail "the logs are not there"
[ "$(stat -c %a out.internal)" = 700 ] || fail "out.internal is open to others"

expect 2 "$lakwerk"
expect 2 "$lakwerk" review
expect 2 "$lakwerk" redact in
expect 2 "$lakwerk" redact -o x
expect 2 "$lakwerk" redact missing -o x
expect 2 "$lakwerk" redact in -o x --width wide
says "width takes exact, quantised or strict"
expect 2 "$lakwerk" redact in -o x --area 1:5,5,4,9
expect 2 "$lakwerk" redact in -o x --area 0:1,1,4,9
expect 2 "$lakwerk" redact in/a.txt -o x.txt --area 1:1,1,4,9
expect 2 "$lakwerk" redact in -o x --ground 5.1.7
expect 2 "$lakwerk" redact in -o x --accept everything
expect 2 "$lakwerk" redact in -o x --regex '(' --no-detect
expect 2 "$lakwerk" redact in -o x --policy missing
[ -e x ] && [ -n "$(ls x)" ] && fail "wrong usage left output behind"

printf '\001\002\003binary' >in/b.bin
: >in/empty.txt
expect 3 "$lakwerk" redact in -o out3
says "b.bin"
says "empty.txt"
[ -e out3/b.bin ] && fail "an unknown format was copied"
[ -s out3/a.txt ] || fail "the rest of the batch was not done"
expect 3 "$lakwerk" scan in/b.bin
expect 0 "$lakwerk" scan in/a.txt
expect 0 "$lakwerk" --version
expect 0 "$lakwerk" redact --help
"$lakwerk" doctor >out.txt 2>err.txt
status=$?
# A program under the address sanitizer has no sandbox, and says so.
[ $status -eq 0 ] || grep -q '^- *sandbox' out.txt || fail "doctor: exit $status"
expect 10 env LAKWERK_LEXICON=/nonexistent "$lakwerk" doctor
expect 10 env LAKWERK_LEXICON=/nonexistent "$lakwerk" redact in/a.txt -o y.txt
expect 10 env LAKWERK_LEXICON=/nonexistent "$lakwerk" scan in/a.txt
expect 10 env LAKWERK_WORKER=/nonexistent "$lakwerk" scan in/a.txt
expect 10 env LAKWERK_WORKER=/nonexistent "$lakwerk" redact in/a.txt -o y.txt
expect 0 "$lakwerk" policy
mv out.txt policy
expect 0 "$lakwerk" policy --policy policy
expect 0 "$lakwerk" redact in/a.txt -o dry.txt -n
[ -e dry.txt ] && fail "a dry run wrote something"
finish
