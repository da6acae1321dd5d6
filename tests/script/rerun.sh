#!/bin/sh
# rerun.sh - what is done and unchanged is skipped; what we wrote is replaced or removed, and what somebody else
# wrote or changed is not; same input, same bytes.
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
expect 0 "$lakwerk" redact in -o out
says "2 unchanged"
has out/b.txt Nog
# Another term or policy makes everything again; the log is that of the last run.
expect 0 "$lakwerk" redact in -o out --term erbij
lacks out/c.txt erbij
printf '[policy]\nname=anders\n[style]\ncode=long\n' >other.policy
expect 0 "$lakwerk" redact in -o out --policy other.policy
has out/c.txt erbij
has out/a.txt 'lid 2'
expect 0 "$lakwerk" redact in -o out
expect 0 "$lakwerk" audit out/redaction-log.jsonl
# One document more before the others, and one less.
mkdir in/deel
letter in/deel/d.txt
letter in/0.txt
expect 0 "$lakwerk" redact in -o out
[ -f out/deel/d.txt ] || fail "a document in a new folder was not done"
rm -r in/deel in/0.txt
expect 0 "$lakwerk" redact in -o out
says "output of an earlier run was removed"
[ ! -e out/deel ] && [ ! -e out/0.txt ] || fail "the output of an input that is gone stays"
lacks out/redaction-log.jsonl deel
expect 0 "$lakwerk" audit out/redaction-log.jsonl
letter in/0.txt
expect 0 "$lakwerk" redact in -o out
rm in/0.txt
echo van mij >>out/0.txt
expect 3 "$lakwerk" redact in -o out
says "changed since"
has out/0.txt 'van mij'
rm out/0.txt
expect 0 "$lakwerk" redact in -o out
# A part of the inputs leaves the rest alone, and an input is never removed.
expect 0 "$lakwerk" redact in/a.txt -o out/
[ -f out/b.txt ] || fail "the output of an input that is still there was removed"
expect 0 "$lakwerk" redact in -o out
# Two inputs of one name.
mkdir one two
echo een >one/same.txt
echo twee >two/same.txt
expect 0 "$lakwerk" redact one two -o both -v
says "another document has this name"
expect 0 "$lakwerk" redact one two -o both
says "2 unchanged"
# A withheld document leaves no output of an earlier run behind.
expect 0 "$lakwerk" redact in -o out --log copy.jsonl
expect 0 "$lakwerk" redact in -o out --log copy.jsonl
printf '\377\376\000' >in/c.txt
expect 3 "$lakwerk" redact in -o out
[ ! -e out/c.txt ] || fail "the old output of a refused document stays"
printf 'erbij\n' >in/c.txt
expect 0 "$lakwerk" redact in -o out
echo knoeien >>out/a.txt
expect 2 "$lakwerk" redact in -o out --term Geachte
has out/a.txt knoeien
expect 1 "$lakwerk" audit out/redaction-log.jsonl || true
expect 0 "$lakwerk" redact in -o out --force
lacks out/a.txt knoeien
expect 0 "$lakwerk" redact in -o again -j 3
cmp -s out/a.txt again/a.txt && cmp -s out/b.txt again/b.txt || fail "the same input gives other bytes"
finish
