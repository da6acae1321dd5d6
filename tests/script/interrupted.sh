#!/bin/sh
# interrupted.sh - Ctrl-C leaves no partial file, and what is in place is whole and in the log.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir in
i=0
while [ $i -lt 200 ]; do
	letter "in/$i.txt"
	i=$((i + 1))
done
# The shell lets background jobs ignore SIGINT.
env --default-signal=INT "$lakwerk" redact in -o out -j 2 2>err.txt &
pid=$!
sleep 0.4
kill -INT $pid 2>/dev/null
wait $pid
status=$?
case $status in
130) ;;
0)
	echo "finished before the signal"
	finish
	;;
*) fail "exit $status instead of 130" ;;
esac
find out out.internal -name '.lakwerk-*' 2>/dev/null | grep -q . && fail "a temporary file was left"
for file in out/*.txt; do
	[ -e "$file" ] || break
	cmp -s "$file" "$(ls out/*.txt | head -n 1)" || fail "$file is not whole"
done
lacks in gelakt
[ -d out ] && lacks out 123456782
# The next run finishes the work.
expect 0 "$lakwerk" redact in -o out --force
[ "$(ls out/*.txt | wc -l)" -eq 200 ] || fail "the next run did not finish the work"
finish
