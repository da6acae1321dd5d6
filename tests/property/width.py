#!/usr/bin/env python3
"""width.py - the laws of the levels quantised and strict, on the PDFs of the dossier with marks drawn by lot.

    no residue   no word under a mark can be extracted, nor stands anywhere in the file as a rare word
    own line     words on lines without a mark keep their place; on the others they keep height and baseline
    nothing lost quantised: every other letter of the page is still there; strict: all that stands before the first mark
    no overlap   no word runs into another one that it did not touch before
    classes      quantised: no box tells a width but a whole number of classes of 3 em, unless its line was full
    any angle    slanted lines too: no pixel changes but on the line of the mark; names of one class leave one picture,
                 and no width is kept

Judged by pdftotext and pixels. LW_SEED sets another seed, LW_ROUNDS how many times each document is tried.
"""
import collections
import math
import pathlib
import random
import re
import sys
import tempfile

import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402
import laws  # noqa: E402
import twins  # noqa: E402

import numpy  # noqa: E402


def on_line_of(area, word):
    """Does the word stand on a line with the mark: half of the lower of both?"""
    shared = min(area[4], word[5]) - max(area[2], word[3])
    return area[0] == word[0] and shared > 0.2 * min(area[4] - area[2], word[5] - word[3])


def check_lines(tally, what, before, after, areas):
    places = collections.defaultdict(list)
    for word in after:
        places[word[:2]].append(word[2:])
    for word in before:
        if any(on_line_of(area, word) for area in areas):
            continue
        near = any(laws.same_place(place, word[2:]) for place in places.get(word[:2], []))
        if not tally.check(near, what, "moved on a line without a mark:", repr(word[1])):
            return


def letters(words):
    return collections.Counter(char for word in words for char in word[1])


def check_letters(tally, what, source, out, areas, strict):
    """Poppler may cut words another way: letters are counted."""
    stay = []
    for word in judge.words_of(source):
        marks = [area for area in areas if on_line_of(area, word)]
        if any(laws.touches(area, word) for area in areas):
            continue
        if not strict or not any(word[4] > area[1] for area in marks):
            stay.append(word)
    lost = letters(stay) - letters(judge.words_of(out))
    tally.check(not lost, what, "letters were lost:", dict(lost))


def overlaps(words):
    out = collections.Counter()
    for i, a in enumerate(words):
        for b in words[i + 1:]:
            wide = min(a[4], b[4]) - max(a[2], b[2])
            high = min(a[5], b[5]) - max(a[3], b[3])
            if a[0] == b[0] and wide > 1 and high > 0.5 * min(a[5] - a[3], b[5] - b[3]):
                out[a[0]] += 1
    return out


def try_once(tally, lot, source, folder, width, what):
    words = judge.words_of(source)
    areas = laws.draw_areas(lot, words)
    out, log = folder / "out.pdf", folder / "log.jsonl"
    marks = [part for area in areas for part in ("--area", "%d:%.2f,%.2f,%.2f,%.2f" % area)]
    what = "%s %s %s" % (what, width, " ".join(marks[1::2]))
    status, said, _ = judge.lakwerk("redact", source, "-o", out, "--no-detect", "--width", width, "--log", log, *marks)
    if tally.check(status == 0 and out.exists(), what, "exit", status, said):
        laws.check_residue(tally, what, source, out, areas)
        check_lines(tally, what, words, judge.words_of(out), areas)
        check_letters(tally, what, source, out, areas, width == "strict")
        more = overlaps([w for w in judge.words_of(out) if "5.1.2.e" not in w[1]]) - overlaps(words)
        tally.check(not more, what, "words run into one another:", dict(more))
        for page in sorted({area[0] for area in areas}):
            rows = [(0, area[2] - 4, 9999, area[4] + 4) for area in areas if area[0] == page]
            changed = judge.changed_outside(judge.pixels(source, page), judge.pixels(out, page), rows)
            tally.check(changed == 0, what, "page", page, changed, "pixels changed outside the lines with marks")
    for path in (log, out):
        path.unlink(missing_ok=True)


def off_line(before, after, degrees):
    """How many pixels changed elsewhere than on the first line of twins.slanted."""
    y, x = numpy.mgrid[0:before.shape[0], 0:before.shape[1]]
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = x - 300, 842 - y - 420
    along, above = x * cos + y * sin, y * cos - x * sin
    on_line = (above > -5) & (above < 12) & (along > -3)
    return judge.changed_outside(numpy.where(on_line, 255, before), numpy.where(on_line, 255, after), [])


def check_angle(tally, folder, degrees, width):
    what, shown = "slanted by %d %s" % (degrees, width), []
    for name in ("martian", "Bos"):
        source, out = folder / "slanted.pdf", folder / "out.pdf"
        source.write_bytes(twins.helvetica(twins.slanted(name, degrees)))
        status, said, _ = judge.lakwerk("redact", source, "-o", out, "--no-detect", "--width", width, "--term", name,
                                        "-v", "--force")
        if not tally.check(status == 0 and out.exists(), what, "exit", status, said):
            return
        tally.check("how wide" not in said, what, name, "kept its width:", said)
        tally.check(not judge.search(out, name), what, name, "stands in the output")
        lost = letters(judge.words_of(source)) - collections.Counter(name) - letters(judge.words_of(out))
        tally.check(width == "strict" or not lost, what, "letters were lost:", dict(lost))
        shown.append(judge.pixels(out, 1))
        out.unlink()
        changed = off_line(judge.pixels(source, 1), shown[-1], degrees)
        tally.check(changed == 0, what, name, changed, "pixels changed on other lines")
    tally.check(bool((shown[0] == shown[1]).all()), what, "two names of one class leave different pictures")


CHARACTER = re.compile(r'<char quad="([-0-9. ]+)"[^>]* c="([^"]+)"')


def middle_of(path, word):
    """Of a word at any angle, by MuPDF; None: it is not there."""
    found = CHARACTER.findall(judge.tool("mutool", "draw", "-q", "-F", "stext", path).decode("utf-8", "replace"))
    at = "".join(char[0] for _, char in found).find(word)
    points = [[float(part) for part in quad.split()] for quad, _ in found[at:at + len(word)]]
    return None if at < 0 else tuple(numpy.mean([numpy.reshape(point, (4, 2)) for point in points], axis=(0, 1)))


def yellow(path):
    data = judge.tool("pdftoppm", "-r", 72, path)
    samples = numpy.frombuffer(data[-595 * 842 * 3:], dtype=numpy.uint8).reshape(-1, 3)
    return int(((samples[:, 0] > 200) & (samples[:, 2] < 60)).sum())


def check_decorated(tally, folder, degrees):
    """What belongs to slanted words goes with them: the middle of a link is that of its word, and so is its colour."""
    source, out = folder / "decorated.pdf", folder / "out.pdf"
    source.write_bytes(twins.helvetica(twins.decorated("martian", degrees)))
    what = "decorated by %d" % degrees
    status, said, _ = judge.lakwerk("redact", source, "-o", out, "--no-detect", "--term", "martian", "--force")
    if not tally.check(status == 0, what, "exit", status, said):
        return
    middles = {}
    for path in (source, out):
        with pikepdf.open(path) as pdf:
            rects = [[float(side) for side in link.Rect] for link in pdf.pages[0].get("/Annots", [])]
        middles[path] = [((x0 + x1) / 2, 842 - (y0 + y1) / 2) for x0, y0, x1, y1 in rects]
        for word, at in zip(("vertrouwelijk", "gezegd"), middles[path]):
            there = middle_of(path, word)
            near = there and math.dist(there, at) < 3
            tally.check(near, what, path.name, "the link of", word, "lies elsewhere:", at, there)
    tally.check(len(middles[out]) == 2 and middles[out] != middles[source], what, "links:", middles)
    counts = [yellow(path) for path in (source, out)]
    tally.check(abs(counts[0] - counts[1]) < 0.2 * counts[0], what, "the colour went or grew:", counts)
    out.unlink()


def check_curve(tally, folder):
    """Letters on a circle: only strict closes them, with one box; in quantised the log says that the width was kept."""
    shown = []
    for name in ("martian", "Bos", "tamarin"):
        source, out = folder / "curved.pdf", folder / "out.pdf"
        source.write_bytes(twins.helvetica(twins.curved(name)))
        for width in ("quantised", "strict"):
            status, said, _ = judge.lakwerk("redact", source, "-o", out, "--no-detect", "--width", width, "--term",
                                            name, "-v", "--force")
            if tally.check(status == 0, "curved", width, name, "exit", status, said):
                tally.check(("how wide" in said) == (width == "quantised"), "curved", width, name, "is told:", said)
                tally.check(not judge.search(out, name), "curved", width, name, "stands in the output")
        shown.append(out.read_bytes())
        out.unlink()
    tally.check(len(set(shown)) == 1, "curved strict: names come out differently")


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as folder:
        check_curve(tally, pathlib.Path(folder))
        for degrees in (3, 25, 45, 75, 130, 215, 340):
            for width in ("quantised", "strict"):
                check_angle(tally, pathlib.Path(folder), degrees, width)
        for degrees in (25, 45, 75, 130, 215, 340):
            check_decorated(tally, pathlib.Path(folder), degrees)
        for source in sorted((judge.FIXTURES / "dossier").rglob("*.pdf")):
            name = source.relative_to(judge.FIXTURES).as_posix()
            for turn in range(laws.ROUNDS if judge.words_of(source) else 0):
                lot = random.Random("%d/%s/%d" % (laws.SEED, name, turn))
                for width in ("quantised", "strict"):
                    try_once(tally, lot, source, pathlib.Path(folder), width, "%s [%d]" % (name, turn))
    tally.finish()


if __name__ == "__main__":
    main()
