#!/bin/sh
# publish.sh - a dossier goes out whole or not at all: past the gate, verified, named by number, and again after an
# objection.
. "$LW_SOURCE_ROOT/tests/script/common"

cp -r "$LW_SOURCE_ROOT/fixtures/dossier" in
chmod -R u+w in
letter in/brief-aan-Zonderland.txt
printf 'Een kaart van het plein, met bomen en banken.\n' >in/kaart.txt
expect 0 "$lakwerk" dossier init in
act() {
	who=$1
	shift
	expect 0 "$lakwerk" dossier act in "$1" --reviewer "$who"
}
act anna '{"act":"reviewer","reviewer":"vera","role":"approver"}'
act anna '{"act":"settings","title":"Lindelaan","matter":"2024-00317","tooi":"gm0363","decided":"2024-05-01",
	"url":"https://woo.example/2024/","organisation":"Gemeente Westerwijk"}'
# Nothing goes out while something stands in the way; what that is, is told.
refused() {
	expect 5 "$lakwerk" publish in -o out --json
	cp out.txt why.json
	[ -e out ] || [ -e out.internal ] && fail "something was left behind"
	grep -q "\"code\":\"$1\"" why.json || fail "does not say $1: $(cat why.json)"
}
refused open
refused unsigned
says "cannot be published yet"
act anna '{"act":"accept","marks":{"decision":"open"}}'
"$lakwerk" dossier query in marks '{"text":"Zonderland"}' >marks.json
act anna '{"act":"reject","overwrite":true,"marks":{"text":"Marijke Oldenhuis","document":1}}'
refused inconsistent
act anna '{"act":"accept","overwrite":true,"marks":{"text":"Marijke Oldenhuis","document":1}}'
refused unsigned
act anna '{"act":"sample","pages":3}'
"$lakwerk" dossier query in sample >sample.json
for page in $(/usr/bin/python3 -c '
import json
for p in json.load(open("sample.json"))["pages"]:
    print("%d/%d" % (p["document"], p["page"]))'); do
	act vera "{\"act\":\"result\",\"document\":${page%/*},\"page\":${page#*/},\"missed\":0}"
done
act anna '{"act":"judge","document":4,"judgement":"Niet openbaar","motivation":"geheel bedrijfsgegevens"}'
act vera '{"act":"sign"}'
# Another file under a known name stops everything.
cp in/notitie.txt notitie.kept
echo erbij >>in/notitie.txt
expect 5 "$lakwerk" publish in -o out
says "changed since the last scan"
[ -e out ] && fail "something was written"
cp -p notitie.kept in/notitie.txt
expect 5 "$lakwerk" publish in -o out
expect 0 "$lakwerk" dossier scan in
expect 2 "$lakwerk" publish in -o in/out
expect 2 "$lakwerk" publish in -o notitie.kept
expect 0 "$lakwerk" publish in -o out --json
cp out.txt done.json
expect 0 "$lakwerk" audit out/redaction-log.jsonl
# Every list and report is in the signed log too.
expect 0 "$lakwerk" audit out/redaction-log.jsonl --json
has out.txt '"unknown":0'
for file in out/*; do
	case $file in out/redaction-log.jsonl) continue ;; esac
	cp "$file" kept
	printf x >>"$file"
	expect 1 "$lakwerk" audit out/redaction-log.jsonl
	mv "$file" away
	expect 1 "$lakwerk" audit out/redaction-log.jsonl
	cp kept "$file"
done
expect 0 "$lakwerk" audit out/redaction-log.jsonl
# People stand in the log by pseudonym; whose it is lies inside.
for name in anna vera; do
	lacks out/redaction-log.jsonl "\\b$name\\b"
	lacks out/redaction-log.csv "\\b$name\\b"
	has out.internal/receipts.jsonl "\"reviewer\":\"$name\""
done
has out/redaction-log.jsonl '"decided_by":"reviewer-1","decided":"'
has out/redaction-log.jsonl '"approved_by":"reviewer-2","approved":"'
lacks out/redaction-log.jsonl '"decided_by":"policy"'
ls out out.internal | grep -q draft && fail "a draft is left"
[ "$(stat -c %a out.internal)" = 700 ] || fail "others may look into the internal folder"
expect 2 "$lakwerk" publish in -o out
cat >judge.py <<'PYTHON'
import json, pathlib, re, subprocess, sys, zipfile
done = json.load(open("done.json"))
names = {p.name for p in pathlib.Path("out").iterdir()}
numbers = {n for n in names if re.match(r"\d{4}\.", n)}
assert len(numbers) == done["written"] == done["documents"] - 1, (sorted(names), done)
assert not any(n.startswith("0004.") for n in names), "Niet openbaar went out"
wanted = {"redaction-log.jsonl", "redaction-log.csv", "inventarislijst.csv", "inventarislijst.xlsx",
          "inventarislijst.ods", "lakverantwoording.json", "lakverantwoording.pdf", "productierapport.xlsx",
          "diwoo.xml", "woogle.json"}
assert wanted <= names, wanted - names
# Nothing that was removed stands anywhere in what goes out, titles and names of files included.
secrets = ["Oldenhuis", "Tepelenburg", "999990019", "Zonderland", "123456782"]
for path in pathlib.Path("out").iterdir():
    data = path.read_bytes()
    texts = [data]
    if zipfile.is_zipfile(path):
        texts += [zipfile.ZipFile(path).read(n) for n in zipfile.ZipFile(path).namelist()]
    if path.suffix == ".pdf":
        texts.append(subprocess.run(["pdftotext", str(path), "-"], capture_output=True).stdout)
        texts.append(subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(path), "-"],
                                    capture_output=True).stdout)
    for secret in secrets:
        assert not any(secret.encode() in t for t in texts), (path, secret)
rows = open("out/inventarislijst.csv", encoding="utf-8-sig").read().splitlines()
assert len(rows) == done["documents"] + 1, rows
assert any(";Niet openbaar;" in r and r.startswith("4;") for r in rows) and any("Deels openbaar" in r for r in rows)
assert any(n["code"] == "title-replaced" for n in done["notices"]), done["notices"]
PYTHON
/usr/bin/python3 judge.py || fail "what was published is not right"

# After an objection: what changed goes out again, lists stay whole, what is open now is told.
act anna '{"act":"reject","overwrite":true,"marks":{"document":8,"kind":"email"}}'
act anna '{"act":"reject","overwrite":true,"marks":{"kind":"bsn","document":2}}'
expect 5 "$lakwerk" publish in -o again --since out
for text in $("$lakwerk" dossier query in consistency | /usr/bin/python3 -c '
import json, sys
for item in json.load(sys.stdin)["items"]:
    print(item["text"].replace(" ", "_"))'); do
	act anna "{\"act\":\"leave\",\"text\":\"$(echo "$text" | tr _ ' ')\",\"motivation\":\"bezwaar gegrond\"}"
done
act anna '{"act":"accept","marks":{"decision":"open"}}'
act anna '{"act":"sample","pages":0}'
expect 0 "$lakwerk" dossier query in sample
if grep -q '"complete":false' out.txt; then
	act anna '{"act":"sample","pages":1}'
	"$lakwerk" dossier query in sample >sample.json
	page=$(/usr/bin/python3 -c '
import json
p = json.load(open("sample.json"))["pages"][0]
print("%d/%d" % (p["document"], p["page"]))')
	act vera "{\"act\":\"result\",\"document\":${page%/*},\"page\":${page#*/},\"missed\":0}"
fi
rm in/kaart.txt
expect 0 "$lakwerk" dossier scan in
act anna '{"act":"sample","pages":0}'
act vera '{"act":"sign"}'
expect 2 "$lakwerk" publish in -o again --since nowhere
expect 0 "$lakwerk" publish in -o again --since out --json
cp out.txt again.json
/usr/bin/python3 - <<'PYTHON' || fail "the second publication is not right"
import json, pathlib, re
done, before = json.load(open("again.json")), json.load(open("done.json"))
told = json.load(open("again/nieuw-openbaar.json"))
assert told and done["disclosed"] == len(told), told
changed = {t["document"] for t in told}
written = {p.name[:4] for p in pathlib.Path("again").iterdir() if re.match(r"\d{4}\.", p.name)}
assert changed <= written and done["written"] == len(written), (changed, written)
assert done["unchanged"] > 0 and not written & {"0005"}, (written, done)
rows = open("again/inventarislijst.csv", encoding="utf-8-sig").read().splitlines()
assert len(rows) == before["documents"] + 1, "a row vanished"
PYTHON
expect 0 "$lakwerk" audit again/redaction-log.jsonl
finish
