#!/bin/sh
# audit.sh - a log that was touched is found out; the log holds no document text and no plain hash.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir in
letter in/a.txt
expect 0 "$lakwerk" redact in -o out
expect 0 "$lakwerk" audit out/redaction-log.jsonl
grep -q '[0-9a-f]\{64\}' out.txt || fail "the last link is not printed"
expect 0 "$lakwerk" audit out/redaction-log.jsonl --json
hash=$(sha256sum <in/a.txt | cut -c 1-64)
lacks out "$hash"
lacks out Zonderland
lacks out 123456782
cp -r out copy
cp -r out.internal copy.internal
sed -i 's/"bsn"/"age"/' copy/redaction-log.jsonl
"$lakwerk" audit copy/redaction-log.jsonl >out.txt 2>err.txt && fail "a changed kind was not noticed"
cp out/redaction-log.jsonl copy/
sed -i 2d copy/redaction-log.jsonl
"$lakwerk" audit copy/redaction-log.jsonl >out.txt 2>err.txt && fail "a missing line was not noticed"
cp out/redaction-log.jsonl copy/
echo erbij >>copy/a.txt
"$lakwerk" audit copy/redaction-log.jsonl >out.txt 2>err.txt && fail "a changed document was not noticed"
expect 0 "$lakwerk" redact in/a.txt -o one.txt --log one.jsonl
expect 0 "$lakwerk" audit one.jsonl
[ -d one.jsonl.internal ] || fail "the key of a single log is not beside it"
"$lakwerk" audit missing >out.txt 2>err.txt && fail "a missing log is no success"
finish
