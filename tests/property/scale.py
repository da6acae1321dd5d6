#!/usr/bin/env python3
"""scale.py - four times the text costs about four times the time, also where a text was written to make it more.

Counted is the processor time of the program; what it takes to begin is taken off by a text of one line.
"""
import pathlib
import resource
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
import judge  # noqa: E402

LINES = 6000
MOST = 7  # times as long for four times the text; 16 would be quadratic

HOSTILE = {
    "headings without an end": lambda at: "A. Reden\n",
    "passages everywhere": lambda at: "Mevrouw Bos heeft epilepsie en dementie, slikt oxazepam %d.\n" % at,
    "ages of one person": lambda at: "Kelvin Aswin kwam. Kelvin (11) at.\n",
    "one sentence without an end": lambda at: "heeft epilepsie en slikt oxazepam maar ",
    "telephones on one line": lambda at: "06-1234%04d bel mij, " % (at % 10000),
    "people all alike": lambda at: "mw. %s%s de Vries\n" % ("ABCDEFGHIJ"[at % 10], "abcdefghij"[at // 10 % 10] * 3),
    "numbers without a label": lambda at: "Dossier %d, zie %d\n" % (100000 + at, 900000 - at),
    "quotes in quotes": lambda at: "> " * (at % 40) + "Van: Jan Bos <j.bos@voorbeeld.nl>\n",
    "rows of a table": lambda at: "| Jansen | %d | Dorpsstraat %d | ja |\n" % (at, at),
    "paragraphs of one letter": lambda at: "x\n\n" * 8,
    "cells on one line": lambda at: "x\t" * 8,
    "open brackets": lambda at: "(" * 8 + "Jan ",
    "hands behind hands": lambda at: ("akkoord " if at == 0 else "") + "sg/" * 8,
    "a word of hyphens": lambda at: "a-" * 16,
}


def seconds(folder, make, lines):
    path = folder / "text.txt"
    path.write_text("".join(make(at) for at in range(lines)) + "\n")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    status, message, _ = judge.lakwerk("scan", path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if status not in (0, 1):
        raise SystemExit("scan failed: %s" % message)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for title, make in HOSTILE.items():
            begin = seconds(folder, make, 1)
            short = max(seconds(folder, make, LINES) - begin, 0.02)
            long = seconds(folder, make, 4 * LINES) - begin
            print("%-30s %.2f s, four times as long %.2f s: %.1f" % (title, short, long, long / short))
            tally.check(long <= MOST * short, title, "takes %.1f times as long" % (long / short))
    tally.finish()


main()
