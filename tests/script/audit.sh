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
echo vreemd >copy/b.txt
expect 0 "$lakwerk" audit copy/redaction-log.jsonl
has out.txt 'does not know: 1'
rm copy/b.txt
expect 0 "$lakwerk" audit copy/redaction-log.jsonl
lacks out.txt 'does not know'
echo erbij >>copy/a.txt
"$lakwerk" audit copy/redaction-log.jsonl >out.txt 2>err.txt && fail "a changed document was not noticed"
expect 0 "$lakwerk" redact in/a.txt -o one.txt --log one.jsonl
expect 0 "$lakwerk" audit one.jsonl
[ -d one.jsonl.internal ] || fail "the key of a single log is not beside it"
# What opens one mark: checked by a program that is not ours, and by ours with nothing but log and opening.
mark=$(/usr/bin/python3 -c '
import json
for line in open("out/redaction-log.jsonl"):
    line = json.loads(line)
    if line["type"] == "mark" and line["kind"] == "bsn":
        print(line["id"])')
expect 0 "$lakwerk" audit open out/redaction-log.jsonl --mark "$mark"
cp out.txt opening.json
has opening.json 123456782
lacks opening.json Zonderland
/usr/bin/python3 - "$mark" <<'PYTHON' || fail "the commitment is not the HMAC that the manual says"
import hashlib, hmac, json, sys
opening = json.load(open("opening.json"))
lines = [json.loads(line) for line in open("out/redaction-log.jsonl")]
mark = next(line for line in lines if line.get("id") == sys.argv[1])
said = "mark:%s:%s" % (opening["mark"], opening["text"])
made = hmac.new(bytes.fromhex(opening["nonce"]), said.encode(), hashlib.sha256).hexdigest()
assert made == mark["commitment"] and opening["log"] == lines[0]["id"]
PYTHON
mkdir court
cp out/redaction-log.jsonl opening.json court
expect 0 "$lakwerk" audit court/redaction-log.jsonl --opening court/opening.json
has out.txt "$mark"
expect 1 "$lakwerk" audit court/redaction-log.jsonl
sed -i 's/123456782/123456783/' court/opening.json
expect 1 "$lakwerk" audit court/redaction-log.jsonl --opening court/opening.json
says "does not fit"
expect 2 "$lakwerk" audit court/redaction-log.jsonl --opening court/redaction-log.jsonl
expect 2 "$lakwerk" audit open out/redaction-log.jsonl --mark nothing
expect 2 "$lakwerk" audit open out/redaction-log.jsonl
expect 2 "$lakwerk" audit out/redaction-log.jsonl --mark "$mark"
expect 1 "$lakwerk" audit open court/redaction-log.jsonl --mark "$mark"

# Of an area it is what stands in it, as another program reads it.
expect 0 "$lakwerk" redact "$LW_SOURCE_ROOT/fixtures/dossier/besluit.pdf" -o area/ --no-detect --area 1:60,60,300,140
mark=$(sed -n 's/^{"type":"mark","id":"\([0-9a-f]*\)".*/\1/p' area/redaction-log.jsonl)
has area/redaction-log.jsonl '"decided_by":"given"'
has out/redaction-log.jsonl '"decided_by":"policy"'
expect 0 "$lakwerk" audit open area/redaction-log.jsonl --mark "$mark"
/usr/bin/python3 - "$LW_SOURCE_ROOT/fixtures/dossier/besluit.pdf" <<'PYTHON' || fail "an area opens as something else"
import json, subprocess, sys
opened = json.load(open("out.txt"))["text"].split()
seen = subprocess.run(["pdftotext", "-x", "60", "-y", "60", "-W", "240", "-H", "80", sys.argv[1], "-"],
                      capture_output=True, text=True, check=True).stdout.split()
assert opened and sorted(opened) == sorted(seen), (opened, seen)
PYTHON

# A key of the organisation: another program verifies the signature, another key is told apart.
expect 0 "$lakwerk" keygen org
print=$(cat out.txt)
[ "$(stat -c %a org)" = 600 ] || fail "others may read the private key"
cp org org.kept
expect 2 "$lakwerk" keygen org
cmp -s org org.kept || fail "a key was overwritten"
expect 0 "$lakwerk" keygen other
expect 0 "$lakwerk" redact in -o signed --key org
expect 0 "$lakwerk" audit signed/redaction-log.jsonl --key org.pub
has out.txt "$print"
expect 1 "$lakwerk" audit signed/redaction-log.jsonl --key other.pub
says "another key has signed"
expect 1 "$lakwerk" audit out/redaction-log.jsonl --key org.pub
/usr/bin/python3 - <<'PYTHON'
import base64, hashlib, json
raw = open("signed/redaction-log.jsonl", "rb").read().splitlines()
last, end = json.loads(raw[-1]), raw[-2]
open("said", "w").write("lakwerk-log:" + hashlib.sha256(end).hexdigest())
open("signature", "wb").write(bytes.fromhex(last["signature"]))
open("print", "w").write(hashlib.sha256(base64.b64decode(last["key"])).hexdigest())
PYTHON
[ "$(cat print)" = "$print" ] || fail "the fingerprint is not that of the key"
if command -v openssl >/dev/null; then
	expect 0 openssl pkeyutl -verify -pubin -inkey org.pub -rawin -in said -sigfile signature
fi
printf '[policy]\nsigning-key=org\n' >policy.ini
expect 0 "$lakwerk" redact in -o by-policy --policy policy.ini
expect 0 "$lakwerk" audit by-policy/redaction-log.jsonl --key org.pub
chmod 644 org
expect 2 "$lakwerk" redact in -o never --key org
says "others may read"
[ -e never/a.txt ] && fail "something was written without a key to sign with"
expect 2 "$lakwerk" redact in -o never --key org.pub
expect 2 "$lakwerk" redact in -o never --key nowhere
"$lakwerk" audit missing >out.txt 2>err.txt && fail "a missing log is no success"
finish
