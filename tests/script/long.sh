#!/bin/sh
# long.sh - texts that say the same thing thousands of times are read to the end, and in time.
. "$LW_SOURCE_ROOT/tests/script/common"

for word in Jan Naam "Jan Bakker, " "06 12345678; "; do
	yes "$word" | head -n 12000 >lines.txt
	expect 0 timeout 60 "$lakwerk" scan -q lines.txt
	yes "$word" | head -n 4000 | tr '\n' ' ' >line.txt
	expect 0 timeout 60 "$lakwerk" scan -q line.txt
done
finish
