#!/bin/sh
# disk-full.sh - a full disk: one clear line, no partial output. Needs a small tmpfs, so root.
. "$LW_SOURCE_ROOT/tests/script/common"

[ "$(id -u)" -eq 0 ] || exit 77
mkdir small
mount -t tmpfs -o size=64k none small 2>/dev/null || exit 77
trap 'umount "$work/small"; rm -rf "$work"' EXIT
letter a.txt
i=0
while [ $i -lt 4000 ]; do
	echo "regel $i van een lang document zonder persoonsgegevens" >>a.txt
	i=$((i + 1))
done
expect 3 "$lakwerk" redact a.txt -o small/a.txt
says "cannot write"
says "small/a.txt"
[ -z "$(ls -A small)" ] || fail "a partial file was left: $(ls -A small)"
expect 3 "$lakwerk" redact a.txt -o small/out/
[ -e small/out/a.txt ] && fail "a partial document was left"
find small -name '.lakwerk-*' | grep -q . && fail "a temporary file was left"
# A dossier on a full disk: what was confirmed is there, what was not is said.
umount small
mount -t tmpfs -o size=1m none small
mkdir in
letter in/b.txt
expect 0 "$lakwerk" dossier init in --state small
events=0
while [ $events -lt 3000 ]; do
	"$lakwerk" dossier act in "{\"act\":\"comment\",\"text\":\"$(head -c 30000 /dev/zero | tr '\0' x)\"}" --state small \
		>out.txt 2>err.txt || break
	events=$((events + 1))
done
says "disk is full\|cannot be"
[ $events -gt 0 ] || fail "nothing could be written at all"
dd if=/dev/zero of=big bs=1 count=1 2>/dev/null
expect 0 "$lakwerk" dossier query in comments --state small
[ "$(grep -o '"event":' out.txt | wc -l)" -eq "$events" ] || fail "not exactly what was confirmed is there"
if [ -w /dev/full ]; then
	"$lakwerk" scan a.txt >/dev/full 2>err.txt
	[ $? -eq 1 ] || fail "a full stdout is no success"
fi
finish
