#!/bin/sh
# stdin.sh - a document through a pipe.
. "$LW_SOURCE_ROOT/tests/script/common"

letter a.txt
"$lakwerk" redact - -o out/ <a.txt 2>err.txt || fail "exit $?"
has out/document '5.1.1.e'
lacks out 123456782
"$lakwerk" redact - -o one.txt --no-detect --term ziens --ground 5.1.5 <a.txt 2>err.txt || fail "exit $?"
has one.txt '5.1.5'
has one.txt 123456782
lacks one.txt ziens
"$lakwerk" scan - <a.txt >scan.json 2>err.txt || fail "scan: exit $?"
has scan.json '"kind":"bsn"'
"$lakwerk" redact - -o none.txt <a.txt >&- 2>&- || fail "exit $? with stdout and stderr closed"
lacks none.txt 123456782
finish
