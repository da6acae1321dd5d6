#!/bin/sh
# opinions.sh - article 5.2: a whole paragraph, for a person to decide whatever is accepted; with the warning where
# formal decisions are prepared.
. "$LW_SOURCE_ROOT/tests/script/common"

printf 'MEMO\n\nAan: team\n\nIk vind dit plan onverstandig.\n' >memo.txt
printf 'Adviesnota aan het college\n\nIk vind dit plan onverstandig.\n' >nota.txt
expect 0 "$lakwerk" scan memo.txt nota.txt --lang en
/usr/bin/python3 - <<'PYTHON' || fail "the proposals are not right"
import json
memo, nota = [json.loads(line)["marks"] for line in open("out.txt")]
for marks in (memo, nota):
    mark, = [m for m in marks if m["kind"] == "opinion"]
    assert mark["text"].rstrip(".") == "Ik vind dit plan onverstandig", mark
    assert (mark["action"], mark["decision"], mark["ground"]) == ("suggest", "open", "5.2.1"), mark
mark, = [m for m in nota if m["kind"] == "opinion"]
assert "article 5.2 paragraph 3" in mark["why"] or "artikel 5.2, derde lid" in mark["why"], mark
PYTHON
printf '[kind opinion]\naction=remove\n' >policy
expect 2 "$lakwerk" redact memo.txt -o out.d/ --policy policy
says "only a person may decide"
mkdir out.d
expect 3 "$lakwerk" redact memo.txt -o out.d/ --accept suggested
has out.d/memo.txt 'Ik vind dit plan onverstandig'
finish
