#!/usr/bin/env python3
"""terms.py - the same channels, but the secret is given as --term: it must go wherever it stands, shown or not.

A channel whose secret is no text has nothing to look for, and is left out.
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as folder:
        for name, file, _, _, secret, about in judge.channels():
            if secret.startswith("hex:"):
                continue
            out = pathlib.Path(folder) / ("%s.pdf" % name)
            status, said, _ = judge.lakwerk("redact", file, "-o", out, "--no-detect", "--term", secret)
            written = tally.check(out.exists(), name, "no output, exit", status, said)
            left = judge.search(out, secret) if written else []
            tally.check(not left, name, "secret left in", ", ".join(left[:4]))
            print("%-6s %s  %s" % (name, "L" if left else "-" if written else "R", about), flush=True)
            tally.check(secret.lower() not in said.lower(), name, "the term stands in a message")
    tally.finish()


if __name__ == "__main__":
    main()
