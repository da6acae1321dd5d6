#!/bin/sh
# overwrite.sh - nothing is overwritten without --force, and an input never.
. "$LW_SOURCE_ROOT/tests/script/common"

letter a.txt
cp a.txt before.txt
echo mine >out.txt.mine
cp out.txt.mine target.txt
expect 2 "$lakwerk" redact a.txt -o target.txt
says "--force"
cmp -s target.txt out.txt.mine || fail "overwritten without --force"
expect 0 "$lakwerk" redact a.txt -o target.txt --force
cmp -s target.txt out.txt.mine && fail "--force did not overwrite"
expect 2 "$lakwerk" redact a.txt -o a.txt --force
ln a.txt hard.txt
expect 2 "$lakwerk" redact a.txt -o hard.txt --force
mkdir out
echo mine >out/a.txt
expect 2 "$lakwerk" redact a.txt -o out
has out/a.txt mine
rm -r out out.internal 2>/dev/null
mkdir out
echo mine >out/redaction-log.jsonl
expect 2 "$lakwerk" redact a.txt -o out
has out/redaction-log.jsonl mine
mkdir in
cp a.txt in
expect 2 "$lakwerk" redact in -o in/out
says "inside"
expect 2 "$lakwerk" redact in -o in
expect 2 "$lakwerk" redact in -o in/../in/deeper/still
[ "$(ls in)" = a.txt ] || fail "something was written into the input"
cmp -s a.txt before.txt || fail "the input was changed"
finish
