#!/bin/sh
# worker.sh - the worker by itself: it refuses malformed requests and does not hang on them.
. "$LW_SOURCE_ROOT/tests/script/common"

worker=$LW_BUILD_ROOT/engine/lakwerk-worker
letter a.txt
timeout 20 "$worker" </dev/null >answer 3<a.txt 2>err.txt
[ $? -eq 124 ] && fail "hangs on an empty request"
head -c 4096 /dev/urandom >request
timeout 20 "$worker" <request >answer 3<a.txt 2>err.txt
[ $? -eq 124 ] && fail "hangs on a random request"
grep -q Zonderland answer && fail "answers a malformed request"
printf '\377\377\377\377\377\377\377\377' >request
timeout 20 "$worker" <request >answer 3<a.txt 2>err.txt
[ $? -eq 124 ] && fail "hangs on a huge request"
timeout 20 "$worker" <request >answer 3<&- 2>err.txt
[ $? -eq 2 ] || fail "starts without an input"
# A worker that answers nonsense, or nothing, costs its document only.
cat >liar <<'LIAR'
#!/bin/sh
head -c 100000 /dev/urandom
LIAR
printf '#!/bin/sh\nexit 0\n' >mute
printf '#!/bin/sh\nkill -SEGV $$\n' >crash
chmod +x liar mute crash
mkdir in
cp a.txt in/a.txt
cp a.txt in/b.txt
for bad in liar mute crash; do
	expect 3 env LAKWERK_WORKER="$work/$bad" timeout 60 "$lakwerk" redact in -o "out-$bad"
	says "a.txt"
	says "b.txt"
	find "out-$bad" -name '?.txt' | grep -q . && fail "$bad gave output"
done
finish
