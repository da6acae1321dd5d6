#!/usr/bin/env python3
"""width.py - the laws of the levels quantised and strict, on the PDFs of the dossier with marks drawn by lot.

    no residue   no word under a mark can be extracted, nor stands anywhere in the file as a rare word
    own line     words on lines without a mark keep their place; on the others they keep height and baseline
    nothing lost quantised: every other letter of the page is still there; strict: all that stands before the first mark
    no overlap   no word runs into another one that it did not touch before
    classes      quantised: no box tells a width but a whole number of classes of 3 em, unless its line was full

Judged by pdftotext and pixels. LW_SEED sets another seed, LW_ROUNDS how many times each document is tried.
"""
import collections
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402
import laws  # noqa: E402


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


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted((judge.FIXTURES / "dossier").rglob("*.pdf")):
            name = source.relative_to(judge.FIXTURES).as_posix()
            for turn in range(laws.ROUNDS if judge.words_of(source) else 0):
                lot = random.Random("%d/%s/%d" % (laws.SEED, name, turn))
                for width in ("quantised", "strict"):
                    try_once(tally, lot, source, pathlib.Path(folder), width, "%s [%d]" % (name, turn))
    tally.finish()


if __name__ == "__main__":
    main()
