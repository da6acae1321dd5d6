#!/bin/sh
# bad-input.sh - links, pipes, unreadable folders, lists of nothing: named, not followed, the rest done.
. "$LW_SOURCE_ROOT/tests/script/common"

mkdir in outside
letter in/a.txt
echo geheim >outside/secret.txt
ln -s ../outside/secret.txt in/link.txt
ln -s ../outside in/folder
mkfifo in/pipe
expect 3 timeout 60 "$lakwerk" redact in -o out
says "link.txt"
says "symbolic link"
says "pipe"
lacks out geheim
[ -f out/a.txt ] || fail "the rest of the batch was not done"
mkdir none
expect 3 "$lakwerk" redact none -o out2
mkdir -p dossier/.lakwerk
: >dossier/.lakwerk/dossier.db
letter dossier/a.txt
expect 5 "$lakwerk" redact dossier -o out3
says "publish"
head -c 3000 /dev/zero >in/zeros.pdf
printf 'PK\003\004broken' >in/broken.odt
printf '%%PDF-1.7\nbroken' >in/broken.pdf
expect 3 timeout 60 "$lakwerk" redact in -o out4
for name in zeros.pdf broken.odt broken.pdf; do
	[ -e "out4/$name" ] && fail "$name was copied"
	grep -q "$name" err.txt || fail "$name was not named"
done
lines=$(grep -c 'broken.odt' err.txt)
[ "$lines" -eq 1 ] || fail "an error takes $lines lines"
find out4 -name '.lakwerk-*' | grep -q . && fail "a temporary file was left"
# A folder without permission: only for who is not root.
mkdir locked
letter locked/a.txt
mkdir locked/closed
chmod 000 locked/closed
if [ "$(id -u)" -ne 0 ]; then
	expect 3 "$lakwerk" redact locked -o out5
	says "closed"
	[ -f out5/a.txt ] || fail "the rest of the batch was not done"
fi
finish
