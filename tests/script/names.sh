#!/bin/sh
# names.sh - a removed string does not stand in a path of the output, and no two documents get one name.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir -p in/dossier-Zonderland/deel in/twee
letter in/a.txt
echo niets >in/dossier-Zonderland/deel/x.txt
echo niets >in/dossier-Zonderland/y.txt
echo niets >"in/twee/brief_zonderland_2.txt"
expect 0 "$lakwerk" redact in -o out -v
says "its name held what was removed"
[ "$(find out -iname '*zonderland*' | wc -l)" -eq 0 ] || fail "the name stands in a path"
lacks out/redaction-log.jsonl onderland
lacks out/inventarislijst.csv onderland
[ -f out/a.txt ] || fail "a harmless name was changed"
[ "$(find out -path '*/deel/x.txt' | wc -l)" -eq 1 ] || fail "harmless components were changed"
[ "$(dirname "$(dirname "$(find out -name x.txt)")")" = "$(dirname "$(find out -name y.txt)")" ] ||
	fail "one folder got two names"
[ -f out/twee/document-000?.txt ] || fail "the suffix was lost"
mkdir one two
echo een >one/same.txt
echo twee >two/same.txt
expect 0 "$lakwerk" redact one two -o both
[ "$(find both -name 'same*.txt' | wc -l)" -eq 2 ] || fail "one of two equal names was lost"

# Somebody may be called like a word of our own logs: every word of a log as a term to remove does not stop the log.
# The names of the documents are no words of ours: they are changed, or asked for.
cp -r "$LW_SOURCE_ROOT/fixtures/dossier" all
chmod -R u+w all
printf '%%PDF-1.7 damaged' >all/a.pdf
"$lakwerk" redact all -o words --lang en >/dev/null 2>&1
"$lakwerk" redact all -o woorden >/dev/null 2>&1
/usr/bin/python3 - words/redaction-log.jsonl words/*.csv woorden/*.csv >terms <<'PYTHON'
import json, re, sys
found = set()
def walk(value, key=""):
    if isinstance(value, dict):
        for k, v in value.items():
            found.update(re.findall(r"[a-z]{3,}", k.lower()))
            walk(v, k)
    elif isinstance(value, list):
        for v in value:
            walk(v, key)
    elif isinstance(value, str) and key != "document" and not re.fullmatch(r"[0-9a-f]{32,}", value):
        found.update(re.findall(r"[a-z]{3,}", value.lower()))
for line in open(sys.argv[1], encoding="utf-8"):
    walk(json.loads(line))
for table in sys.argv[2:]:
    for line in open(table, encoding="utf-8-sig"):
        for cell in line.split(";"):
            if "." not in cell and "document-" not in cell and not re.fullmatch(r"[0-9a-f]{32,}", cell):
                found.update(re.findall(r"[a-z]{3,}", cell.lower()))
print("\n".join(sorted(found)))
PYTHON
[ "$(wc -l <terms)" -gt 20 ] || fail "no words in the log"
set --
while read -r term; do set -- "$@" --term "$term"; done <terms
mkdir again
letter again/a.txt
cp all/a.pdf again
"$lakwerk" redact again -o named "$@" >out.txt 2>err.txt
[ $? -eq 4 ] && fail "the log was stopped by its own words: $(cat err.txt)"
[ -f named/redaction-log.jsonl ] || fail "there is no log"
# Nor does what an inventory says of a document that could not be read.
mkdir unread
letter unread/a.txt
printf 'Hier woont mevrouw Processed en de familie Verwerkt.\n' >>unread/a.txt
head -c 300 /dev/urandom >unread/b.pdf
for lang in nl en; do
	expect 3 "$lakwerk" redact unread -o "remarks-$lang" --lang $lang --no-detect --term Processed \
		--term Verwerkt
	[ -f "remarks-$lang/inventarislijst.csv" ] || fail "there is no inventory ($lang)"
done
# A name that was asked for stays, with a notice; the log of a single file may say it.
expect 0 "$lakwerk" redact again/a.txt -o brief-zonderland.txt --log een.jsonl -v
says "the name that was asked for holds"
[ -f een.jsonl ] || fail "there is no log of a single file"
finish
