#!/bin/sh
# marks.sh - scan, edit, hand back: exactly these marks, on exactly these documents.
. "$LW_SOURCE_ROOT/tests/script/common"

printf 'ré ångström 😀 zegt: BSN 123456782.\nMevrouw Zonderland kwam.\n' >a.txt
expect 0 "$lakwerk" scan a.txt
cp out.txt marks
expect 0 "$lakwerk" redact a.txt -o plain.txt
expect 0 "$lakwerk" redact a.txt -o round.txt --marks marks
cmp -s plain.txt round.txt || fail "unedited proposals give another document"

# A person rejects one, gives another its own ground, and adds one by hand.
/usr/bin/python3 - <<'PYTHON' || fail "cannot edit the marks"
import json
d = json.loads(open("marks").readline())
text = open("a.txt", encoding="utf-8").read()
for m in d["marks"]:
    assert text[m["offset"]:m["offset"] + m["length"]] == m["text"], "offset counts no code points"
    if m["kind"] == "bsn":
        m["decision"] = "rejected"
    if m["kind"] == "person":
        m["decision"], m["ground"] = "accepted", "artikel 5.1, tweede lid, onder i, Woo"
d["marks"].append({"offset": text.index("kwam"), "length": 4, "ground": "5.1.5"})
open("edited", "w").write(json.dumps(d) + "\n")
m = dict(d["marks"][0], offset=99999)
open("past", "w").write(json.dumps(dict(d, marks=[m])) + "\n")
open("moved", "w").write(json.dumps(dict(d, marks=[dict(d["marks"][0], offset=d["marks"][0]["offset"] + 1)])) + "\n")
open("rule", "w").write(json.dumps(dict(d, marks=[{"offset": 0, "length": 2, "ground": "5.1.7"}])) + "\n")
open("other", "w").write(json.dumps(dict(d, sha256="0" * 64)) + "\n")
open("broken", "w").write('{"type":"document","schema":1\n')
box = {"page": 1, "x0": 1, "y0": 1, "x1": 2, "y1": 2}
open("area", "w").write(json.dumps(dict(d, marks=[{"boxes": [box]}])) + "\n")
PYTHON
expect 0 "$lakwerk" redact a.txt -o edited.txt --marks edited
has edited.txt 'BSN 123456782'
has edited.txt '5.1.2.i'
has edited.txt '5.1.5'
lacks edited.txt Zonderland
lacks edited.txt kwam
for wrong in past moved rule other broken area missing; do
	expect 2 "$lakwerk" redact a.txt -o "out-$wrong.txt" --marks "$wrong"
	[ -e "out-$wrong.txt" ] && fail "a wrong marks file ($wrong) gave output"
	grep -q -e Zonderland -e 123456782 err.txt && fail "an error holds document text"
done
# In a folder a document that the file does not know is withheld.
mkdir in
cp a.txt in
echo anders >in/b.txt
expect 3 "$lakwerk" redact in -o out --marks edited
[ -f out/a.txt ] && [ ! -e out/b.txt ] || fail "a document without marks went out"
finish
