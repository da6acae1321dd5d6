#!/bin/sh
# worker.sh - the worker by itself: it refuses malformed requests and does not hang on them.
. "$LW_SOURCE_ROOT/tests/script/common"

worker=$LW_BUILD_ROOT/engine/lakwerk-worker
# Exit status of a worker that gets this request; 142 when it hangs.
ask() { "$LW_SOURCE_ROOT/tests/script/nursery.py" ask "$worker" "$1" "$2" answer 2>err.txt; }
letter a.txt
: >request
ask request a.txt
[ $? -eq 142 ] && fail "hangs on an empty request"
head -c 4096 /dev/urandom >request
ask request a.txt
[ $? -eq 142 ] && fail "hangs on a random request"
[ -s answer ] || fail "says nothing to a random request"
grep -q Zonderland answer && fail "answers a malformed request"
printf '\377\377\377\377\377\377\377\377' >request
ask request a.txt
[ $? -eq 142 ] && fail "hangs on a huge request"
ask request -
[ $? -eq 142 ] && fail "hangs on an input that cannot be read"
timeout 20 "$worker" <request >answer 2>err.txt
[ $? -eq 2 ] || fail "works for anyone"
timeout 20 "$worker" --nursery </dev/null >answer 2>err.txt
[ $? -eq 124 ] && fail "a nursery without anyone to ask waits"
# A worker that answers nonsense, or nothing, costs its document only.
for bad in liar mute crash; do
	printf '#!/bin/sh\nexec "%s" %s "$@"\n' "$LW_SOURCE_ROOT/tests/script/nursery.py" "$bad" >"$bad"
done
printf '#!/bin/sh\nexit 0\n' >nobody
chmod +x liar mute crash nobody
mkdir in
cp a.txt in/a.txt
cp a.txt in/b.txt
for bad in liar mute crash; do
	expect 3 env LAKWERK_WORKER="$work/$bad" timeout 60 "$lakwerk" redact in -o "out-$bad"
	says "a.txt"
	says "b.txt"
	find "out-$bad" -name '?.txt' | grep -q . && fail "$bad gave output"
done
# Without a nursery there are no workers at all.
expect 1 env LAKWERK_WORKER="$work/nobody" timeout 60 "$lakwerk" redact in -o nothing
says "cannot start a worker"
find nothing -type f | grep -q . && fail "there is output without workers"
finish
