#!/bin/sh
# publish-whole.sh - a publication that is interrupted, killed or runs out of disk leaves nothing under its name, and
# the next one is whole.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir in
i=0
while [ $i -lt 60 ]; do
	letter "in/$i.txt"
	i=$((i + 1))
done
printf '[policy]\none-person=yes\n' >policy.ini
expect 0 "$lakwerk" dossier init in --policy policy.ini
for action in '{"act":"accept","marks":{"decision":"open"}}' '{"act":"sample","pages":1}' '{"act":"sign"}'; do
	expect 0 "$lakwerk" dossier act in "$action" --reviewer anna
done
nothing() {
	[ -e out ] || [ -e out.internal ] && fail "$1: something is there under its name"
}
# The shell lets background jobs ignore SIGINT.
env --default-signal=INT "$lakwerk" publish in -o out -j 1 2>err.txt &
pid=$!
sleep 0.5
kill -INT $pid 2>/dev/null
wait $pid
status=$?
[ $status -eq 130 ] || [ $status -eq 0 ] || fail "exit $status instead of 130"
if [ $status -eq 130 ]; then
	nothing interrupted
	ls | grep "^out\.[di]" && fail "an interrupted publication left a draft"
fi
rm -rf out out.internal
"$lakwerk" publish in -o out -j 1 2>err.txt &
pid=$!
sleep 0.5
kill -KILL $pid 2>/dev/null
wait $pid 2>/dev/null
[ $? -eq 0 ] || nothing killed
rm -rf out out.internal
expect 0 "$lakwerk" publish in -o out
[ "$(ls out/0*.txt | wc -l)" -eq 60 ] || fail "not all documents are there"
expect 0 "$lakwerk" audit out/redaction-log.jsonl
if [ "$(id -u)" -eq 0 ] && mkdir small && mount -t tmpfs -o size=96k none small 2>/dev/null; then
	trap 'umount "$work/small"; rm -rf "$work"' EXIT
	expect 1 "$lakwerk" publish in -o small/out
	says "cannot write\|No space"
	[ -z "$(ls -A small)" ] || fail "on a full disk was left: $(ls -A small)"
fi
finish
