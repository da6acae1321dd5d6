#!/bin/sh
# rerun.sh - what is done and unchanged is skipped; what changed is not overwritten unasked; same input, same bytes.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir in
letter in/a.txt
echo 'De heer K. Vandermeulen schreef.' >in/b.txt
expect 0 "$lakwerk" redact in -o out
cp -r out first
expect 0 "$lakwerk" redact in -o out
says "2 unchanged"
expect 0 "$lakwerk" audit out/redaction-log.jsonl
[ "$(wc -l <first/redaction-log.jsonl)" -eq "$(wc -l <out/redaction-log.jsonl)" ] ||
	fail "the log of a re-run is not complete"
echo erbij >in/c.txt
expect 0 "$lakwerk" redact in -o out
says "2 unchanged"
[ -f out/c.txt ] || fail "a new document was not done"
echo 'Nog een regel.' >>in/b.txt
expect 2 "$lakwerk" redact in -o out
lacks out/b.txt Nog
expect 0 "$lakwerk" redact in -o out --force
says "2 unchanged"
has out/b.txt Nog
echo knoeien >>out/a.txt
expect 1 "$lakwerk" audit out/redaction-log.jsonl || true
expect 0 "$lakwerk" redact in -o out --force
lacks out/a.txt knoeien
expect 0 "$lakwerk" redact in -o again -j 3
cmp -s out/a.txt again/a.txt && cmp -s out/b.txt again/b.txt || fail "the same input gives other bytes"
finish
