#!/bin/sh
# evaluate.sh - labelled documents: what is measured, told in two languages and as JSON, and what is refused.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir -p gold/deeper
printf 'Geachte mevrouw Zonderland,\n\nMijn BSN is 123456782.\nSteller: Kwakkelaar.\nWethouder De Groot.\n' >gold/a.txt
{
	printf 'T1\tperson 16 26\tZonderland\nT2\tbsn 41 50\t123456782\nT3\tperson 61 71\tKwakkelaar\n'
	printf 'T4\tkeep-person 83 91\tDe Groot\nA1\tGenre T1 letter\nA2\tOrigin T1 dutch\n'
} >gold/a.ann
printf 'Mail naar de heer Van Dam.\n                  ^^^^^^^ person\n' >gold/deeper/cases.txt
printf 'no gold\n' >gold/notes.md
expect 0 "$lakwerk" evaluate gold --lang en
has out.txt '^2 documents, '
has out.txt 'found (every character)'
has out.txt '  bsn  1 .*1.000 (1.000 - 1.000)'
has out.txt '  dutch  1 '
lacks out.txt Zonderland
expect 0 "$lakwerk" evaluate gold --lang nl
has out.txt '^2 documenten, '
has out.txt 'herkomst van de naam'
expect 0 "$lakwerk" evaluate gold --json
/usr/bin/python3 - <<'PYTHON' || fail "the JSON is not right"
import json
told = json.load(open("out.txt"))
assert told["type"] == "evaluation" and told["schema"] == 1 and told["documents"] == 2, told
assert told["removed"]["recall"]["whole"] == 4
assert told["kind"]["bsn"]["removed"]["recall"]["value"] == 1
assert told["genre"]["letter"]["removed"]["recall"]["whole"] == 3
assert told["origin"]["dutch"]["proposed"]["recall"]["whole"] == 1
assert [step["threshold"] for step in told["curve"]] == [i / 10 for i in range(10)]
values = [step["recall"]["value"] for step in told["curve"]]
assert values == sorted(values, reverse=True), values
PYTHON
cp out.txt first.txt
expect 0 "$lakwerk" evaluate gold --json
cmp -s out.txt first.txt || fail "the same gold gives other figures"

# a name that nothing can find; the policy keeps BSNs
printf 'xx qqq zz\n' >b.txt
printf 'T1\tperson 3 6\tqqq\n' >b.ann
expect 0 "$lakwerk" evaluate b.txt --faults --lang en
has out.txt '^b.ann: missed: person: qqq$'
expect 0 "$lakwerk" evaluate b.ann --faults --json
has out.txt '"fault":"missed".*"offset":3,"text":"qqq"'
printf '[kind bsn]\naction=keep\n' >policy
expect 0 "$lakwerk" evaluate gold/a.txt --policy policy --faults --lang en
has out.txt 'missed: bsn: 123456782$'

# what does not fit is refused, with its line and without its text
printf 'T1\tperson 3 7\tGeheim\n' >b.ann
expect 2 "$lakwerk" evaluate b.txt
says "b.ann':1: the place is not in the text\|b.ann':1: the text at this place is another"
lacks err.txt Geheim
printf '\377\n' >b.txt
expect 2 "$lakwerk" evaluate b.txt
says "is not text in UTF-8"
expect 2 "$lakwerk" evaluate gold/notes.md
says "no labelled documents"
expect 2 "$lakwerk" evaluate nowhere
expect 2 "$lakwerk" evaluate
finish
