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
finish
