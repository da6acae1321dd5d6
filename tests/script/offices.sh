#!/bin/sh
# offices.sh - the alderman of 2019 stays readable in 2019; not in 2024, and no citizen of that name; explain says why.
. "$LW_SOURCE_ROOT/tests/script/common"

printf 'Jan Zwaagstra; wethouder; 2018-06-01; 2022-05-31\n' >ambten.txt
printf '[lists]\noffices=ambten.txt\n' >policy
mkdir in
printf 'Datum: 11 maart 2019\n\nAanwezig: de heer Jan Zwaagstra.\nDe heer Zwaagstra opent.\n' >in/2019.txt
printf 'Datum: 11 maart 2024\n\nAanwezig: de heer Jan Zwaagstra.\nDe heer Zwaagstra opent.\n' >in/2024.txt
printf 'Datum: 12 maart 2019\n\nDe heer Jan Zwaagstra\nKerkstraat 12\n1234 AB Zwolle\n' >in/burger.txt
printf 'Aanwezig: de heer Jan Zwaagstra.\n' >in/zonder.txt

expect 0 "$lakwerk" redact in -o out --policy policy
[ "$(grep -c Zwaagstra out/2019.txt)" -eq 2 ] || fail "the alderman is gone from 2019"
for name in 2024 burger zonder; do
	lacks "out/$name.txt" Zwaagstra
done
expect 0 "$lakwerk" redact in -o plain
lacks plain/2019.txt Zwaagstra

mark() {
	"$lakwerk" scan "in/$1" --policy policy --kept 2>/dev/null | /usr/bin/python3 -c '
import json, sys
for line in sys.stdin:
    print(next(m["id"] for m in json.loads(line)["marks"] if "Zwaagstra" in m["text"]))'
}
expect 0 "$lakwerk" explain in/2019.txt "$(mark 2019.txt)" --policy policy --lang en
has out.txt "in office by the register: 'wethouder, 2018-06-01 - 2022-05-31'"
has out.txt 'rijk: keep'
expect 0 "$lakwerk" explain in/2024.txt "$(mark 2024.txt)" --policy policy --lang nl
has out.txt "maar niet op de datum van dit document"
expect 0 "$lakwerk" explain in/zonder.txt "$(mark zonder.txt)" --policy policy --lang en
has out.txt "but this document has no date"
printf 'Jan Zwaagstra; wethouder; juni 2018\n' >ambten.txt
expect 2 "$lakwerk" scan in --policy policy
says "an office is from and until a day"
finish
