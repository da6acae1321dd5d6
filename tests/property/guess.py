#!/usr/bin/env python3
"""guess.py - the leak score that the verifier gives each mark, against a count of our own.

The same pages as tests/bench/width.py: one surname per page in a line. Here the list of surnames is counted with the
widths that cairo gives: as many as are as wide as the hidden one (exact), of its class of 3 em (quantised), or all of
them (strict). The verifier, which knows the letters of the page only, must come near; the log may say no more than the
class, the receipt has the number. Named differently, a verifier that measures nothing fails here.
"""
import json
import math
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "bench"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
import judge  # noqa: E402
import width  # noqa: E402

FONT = "Liberation Serif"
LEVELS = ("exact", "quantised", "strict")
# The verifier counts a sample of a list that has other names too; of rare widths chance decides.
NEAR, SPARE = 1.3, 60


def leak_class(fits):
    return "high" if fits < 100 else "medium" if fits < 10000 else "low"


def expected(widths, name, level):
    if level == "strict":
        return len(widths)
    if level == "exact":
        return sum(abs(other - widths[name]) * width.SIZE < 0.05 for other in widths.values())
    number = max(2, math.ceil(widths[name] / 3 - 1e-3))
    return sum(max(2, math.ceil(other / 3 - 1e-3)) == number for other in widths.values())


def measured(folder, names, level):
    """By page: what the receipt says, and the class in the log."""
    source, out, log = folder / "in.pdf", folder / "out.pdf", folder / "log.jsonl"
    areas = width.write_pages(source, FONT, names, False)
    marks = [part for area in areas for part in ("--area", area)]
    status, said, _ = judge.lakwerk(
        "redact", source, "-o", out, "--no-detect", "--force", "--width", level, "--log", log, *marks
    )
    if status:
        sys.exit("%s: exit %d %s" % (level, status, said))
    fits = {}
    for line in (folder / "log.jsonl.internal" / "receipts.jsonl").read_text(encoding="utf-8").splitlines():
        fits.update(json.loads(line).get("fits", {}))
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    told = [line for line in lines if line["type"] == "mark"]
    log.unlink()
    return [(fits.get(line["id"]), line.get("leak"), line) for line in told]


def main():
    tally = judge.Tally()
    names = [name for name in width.surnames() if name.isascii() and name.isalpha() and len(name) < 24]
    widths = width.widths_of(FONT, names)
    by_width = sorted(names, key=widths.get)
    shares = (0.01, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.97, 0.9999)
    sample = [by_width[int(len(by_width) * share)] for share in shares]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for level in LEVELS:
            found = measured(folder, sample, level)
            tally.check(len(found) == len(sample), level, "marks", len(found))
            for secret, (fits, told, line) in zip(sample, found):
                want = expected(widths, secret, level)
                print("%-10s %-16s %6s of %6d %s" % (level, secret, fits, want, told))
                tally.check(
                    fits is not None and want / NEAR - SPARE <= fits <= want * NEAR + SPARE, level, secret, fits, want
                )
                tally.check(fits is None or told == leak_class(fits), level, secret, "class", told, fits)
                tally.check("fits" not in line and str(fits) not in json.dumps(line.get("leak")), level, "number told")
        # A file of anyone: gaps as wide as the names are told. A class of long names tells as well: few are in it.
        for level in LEVELS[:2]:
            measured(folder, sample[:-1], level)
            status, _, said = judge.lakwerk("verify", folder / "out.pdf", "--original", folder / "in.pdf", "--json")
            codes = {json.loads(line).get("code") for line in said.splitlines()}
            tally.check(status == 0 and ("width-tells" in codes) == (level == "exact"), level, "verify", status, codes)
    tally.finish()


if __name__ == "__main__":
    main()
