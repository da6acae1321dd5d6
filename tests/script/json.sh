#!/bin/sh
# json.sh - what a program reads: results of redact and verify, refused where it means nothing; terms found nowhere.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir in
letter in/a.txt
printf '\001\002binary' >in/b.bin
expect 3 "$lakwerk" redact in -o out --json --term Zonderland --term Nergensland --regex 'B[S]N' --regex 'xq{7}'
says "not a format that can be read (PDF, ODT or text can)"
says "term number 2 was not found"
says "regex number 2 was not found"
grep -q -e 'number 1' -e Nergens err.txt && fail "a term that was found, or its text, is named"
/usr/bin/python3 - <<'PYTHON' || fail "the results are not right"
import json
lines = [json.loads(line) for line in open("out.txt")]
assert [l["type"] for l in lines] == ["document", "document", "summary"], lines
assert lines[0]["document"] == "out/a.txt" and lines[0]["outcome"] == "written"
assert lines[0]["verdict"] == "clean" and lines[0]["marks"] >= 2 and lines[0]["open"] == 0
assert lines[1]["document"] is None and lines[1]["outcome"] == "refused" and lines[1]["message"]
assert lines[2]["status"] == 3 and lines[2]["documents"] == 2 and lines[2]["refused"] == 1
assert lines[2]["unmatched"] == ["--regex number 2", "--term number 2"], lines[2]
PYTHON
grep -q Zonderland out.txt && fail "a result holds document text"
expect 0 "$lakwerk" verify out/a.txt --json
has out.txt '"type":"verdict"'
has out.txt '"clean":true'
expect 2 "$lakwerk" redact in/a.txt -o x.txt --json --policy missing
expect 2 "$lakwerk" redact in/a.txt -o out/a.txt --json
has out.txt '"status":2'
expect 2 "$lakwerk" text in/a.txt --json
expect 2 "$lakwerk" policy --json
expect 0 "$lakwerk" scan in/a.txt --json

mkdir empty
expect 3 "$lakwerk" redact empty -o none
says "without files"
expect 2 "$lakwerk" redact in/a.txt -o -
[ -e ./- ] && fail "a file called - was made"
expect 0 "$lakwerk" --lang nl --help
has out.txt gebruik
expect 0 "$lakwerk" redact in/a.txt -o dry.txt -n
says "would be written"
lacks err.txt "0 of 1"
# A single output file with a folder for its state: the log and the receipts are there.
expect 0 "$lakwerk" redact in/a.txt -o single.txt --state state
cp state/log/* .
expect 0 "$lakwerk" audit redaction-log.jsonl --internal state

# Lists lie beside the policy, however it is named.
mkdir beleid
printf '[lists]\ndeny=deny.txt\n' >beleid/mine.policy
printf 'Zonderland\n' >beleid/deny.txt
expect 0 "$lakwerk" policy --policy beleid/mine.policy
has out.txt "$work/beleid/deny.txt"
cd beleid || exit 1
expect 0 "$lakwerk" redact ../in/a.txt -o z.txt --policy mine.policy
expect 0 "$lakwerk" redact ../in/a.txt -o y.txt --policy ./mine.policy
rm deny.txt
expect 2 "$lakwerk" redact ../in/a.txt -o v.txt --policy mine.policy
says "cannot be read"
finish
