#!/bin/sh
# run.sh - fetches the tools of these tests, once for a build, and runs one of them: run.sh NAME.
# Without node or chromium it is skipped.
set -eu
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || exit 77
command -v chromium >/dev/null 2>&1 || exit 77
here=$LW_SOURCE_ROOT/tests/review
LW_REVIEW_MODULES=$LW_BUILD_ROOT/review-modules
export LW_REVIEW_MODULES

# Several tests start at once: the first one fetches.
mkdir -p "$LW_REVIEW_MODULES"
exec 9>"$LW_REVIEW_MODULES/lock"
flock 9
if ! cmp -s "$here/package-lock.json" "$LW_REVIEW_MODULES/done"; then
	cp "$here/package.json" "$here/package-lock.json" "$LW_REVIEW_MODULES"
	(cd "$LW_REVIEW_MODULES" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
	cp "$here/package-lock.json" "$LW_REVIEW_MODULES/done"
fi
exec 9>&-
exec node "$here/$1.mjs"
