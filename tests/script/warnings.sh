#!/bin/sh
# warnings.sh - marks that the law warns of can be chosen by the warning, and decided on together.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir in
letter in/nieuw.txt
letter in/oud.txt
printf '\nTot ziens, mevrouw Oldenhuis.\n' >>in/oud.txt
expect 0 "$lakwerk" dossier init in
act() {
	expect 0 "$lakwerk" dossier act in "$1" --reviewer anna
}
count() {
	expect 0 "$lakwerk" dossier query in marks "$1"
	/usr/bin/python3 -c '
import json, sys
told = json.load(open("out.txt"))
assert told["count"] == int(sys.argv[1]) == len(told["marks"]), told["count"]' "$2" ||
		fail "$1 does not choose $2 marks"
}
act '{"act":"accept","marks":{"decision":"open"}}'
act '{"act":"document","document":2,"date":"2010-01-01"}'
count '{"warning":"old"}' 2
count '{"warning":"old","document":1}' 0
count '{"warning":"emissions"}' 0
expect 0 "$lakwerk" dossier query in warnings
has out.txt '"code":"old"'
act '{"act":"motivate","marks":{"warning":"old"},"motivation":"de betrokkene woont er nog"}'
has out.txt '"count":2'
count '{"warning":"old"}' 0
expect 2 "$lakwerk" dossier query in marks '{"warning":3}'
finish
