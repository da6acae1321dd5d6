#!/usr/bin/env python3
"""laws.py - the laws of the house on every PDF fixture with marks drawn by lot, from a fixed seed, where nothing moves
(--width exact; width.py has the laws of the other levels).

    no residue      no word under a mark can be extracted, nor stands anywhere in the file as a rare word
    in place        words outside the marks keep their place within 0.02 pt; pixels outside within one pixel
    deterministic   the same call gives the same bytes
    idempotent      the output redacted without marks has the same text; at the same place only labels may be added
    monotonous      no word appears that was not there, but the label

LW_SEED sets another seed, LW_ROUNDS how many times each document is tried.
"""
import collections
import os
import pathlib
import random
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
import judge  # noqa: E402
import pikepdf  # noqa: E402

SEED = int(os.environ.get("LW_SEED", "20240312"))
ROUNDS = int(os.environ.get("LW_ROUNDS", "3"))
NEAR = 0.02
LIGATURE = 4
# Their pictures have samples of many points, and whole samples are blanked.
COARSE = {"d01-image.pdf", "d02-image-mask.pdf", "d05-image-alternates.pdf", "d06-inline-image.pdf",
          "b05-alt-figure.pdf"}


def covers(area, word):
    """Does the area touch the ink of the word: its box without a tenth of the height, and of a letter's width?"""
    page, x0, y0, x1, y1 = area
    high, wide = (word[5] - word[3]) * 0.12, (word[4] - word[2]) / len(word[1]) * 0.1
    return (word[0] == page and word[2] + wide < x1 and word[4] - wide > x0 and word[3] + high < y1
            and word[5] - high > y0)


def can_be_seen(word):
    return word[4] - word[2] > 0.01 and word[5] - word[3] > 1


def may_go(words, areas, page):
    """Text that nobody sees goes from a page where a removed string stands in it, and only there."""
    removed = {judge.plain(word[1].encode()) for word in words if any(covers(area, word) for area in areas)}
    hidden = [judge.plain(word[1].encode()) for word in words if word[0] == page and not can_be_seen(word)]
    return any(text and any(text in other for other in hidden) for text in removed)


def touches(area, word):
    """Generous: boxes of Poppler are those of the line, ours those of the glyph."""
    page, x0, y0, x1, y1 = area
    return word[0] == page and word[2] < x1 + 2 and word[4] > x0 - 2 and word[3] < y1 + 3 and word[5] > y0 - 3


def draw_areas(lot, words):
    """One to three marks, each over the middle of a word and up to two words after it."""
    areas = []
    for _ in range(lot.randint(1, 3)):
        first = lot.randrange(len(words))
        start = words[first]
        run = [w for w in words[first:first + lot.randint(1, 3)] if w[0] == start[0] and abs(w[3] - start[3]) < 1]
        areas.append((run[0][0], run[0][2] - 0.5, run[0][3] + 1, run[-1][4] + 0.5, run[-1][5] - 1))
    return areas


def annotations(path):
    """Rectangles of annotations: page, x0, y0, x1, y1 from the top-left; pages without /Rotate only."""
    out = []
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            left, _, _, top = (float(x) for x in page.mediabox)
            for annotation in page.get("/Annots", []):
                x0, y0, x1, y1 = (float(x) for x in annotation.Rect)
                out.append((number, x0 - left, top - y1, x1 - left, top - y0))
    return out


def margins(path, areas):
    """Beside the text, at the height of a mark: a label that does not fit in its box stands there."""
    words = judge.words_of(path)
    left, right = min(word[2] for word in words), max(word[4] for word in words)
    out = [(page, 0, y0 - 4, left - 2, y1 + 4) for page, _, y0, _, y1 in areas]
    return out + [(page, right + 2, y0 - 4, right + 999, y1 + 4) for page, _, y0, _, y1 in areas]


def check_residue(tally, what, source, out, areas):
    before, after = judge.words_of(source), judge.words_of(out)
    removed = {word[1] for word in before if any(covers(area, word) for area in areas)}
    stay = collections.Counter(word[1] for word in before if not any(touches(area, word) for area in areas))
    others = [judge.plain(word[1].encode()) for word in before if not any(covers(area, word) for area in areas)]
    for text in sorted(removed):
        if len(text) >= 3 and not any(judge.plain(text.encode()) in word for word in others):
            tally.check(not any(word[1] == text for word in after), what, "still extracts", repr(text))
            if len(text) >= 6 and re.fullmatch(r"\w+", text):
                left = judge.search(out, text)
                tally.check(not left, what, repr(text), "stands in", ", ".join(left[:3]))
    return stay


def same_place(place, word):
    """To the left and right exactly; the height that Poppler gives a line is that of all glyphs of a font, those that
    went too (Type 3 without a box), so there both have to share most of it. Pixels say the rest."""
    x0, y0, x1, y1 = word
    shared = min(place[3], y1) - max(place[1], y0)
    return abs(place[0] - x0) <= NEAR and abs(place[2] - x1) <= NEAR and shared >= 0.8 * (y1 - y0)


def check_places(tally, what, source, out, areas):
    after = collections.defaultdict(list)
    for word in judge.words_of(out):
        after[word[:2]].append(word[2:])
    words = judge.words_of(source)
    for word in words:
        if any(touches(area, word) for area in areas):
            continue
        if not can_be_seen(word) and may_go(words, areas, word[0]):
            continue
        # No glyph is a word: what a map says of one code without width, beyond a ligature, is never written again.
        if word[4] - word[2] <= 0.01 and len(word[1]) > LIGATURE:
            continue
        there = after.get(word[:2], [])
        near = any(same_place(place, word[2:]) for place in there)
        if not tally.check(near, what, "moved or lost", repr(word[1]), [round(x, 2) for x in word[2:]], there[:2]):
            return


def check_pixels(tally, what, source, out, boxes):
    for page in sorted({box[0] for box in boxes} | {1}):
        places = [box[1:] for box in boxes if box[0] == page]
        changed = judge.changed_outside(judge.pixels(source, page), judge.pixels(out, page), places)
        tally.check(changed == 0, what, "page", page, changed, "pixels changed outside the marks")


def unlabelled(path):
    """How often each letter stands there, labels left out."""
    text = re.sub(r"\[gelakt:[^\]]*\]|5\.1\.2\.e", "", judge.text_of(path))
    return collections.Counter(re.sub(r"\s", "", text))


def check_text(tally, what, source, out):
    """Letters that were not there come from a label only."""
    new = unlabelled(out) - unlabelled(source)
    tally.check(not new, what, "text appeared:", dict(new))


def try_once(tally, lot, source, folder, what):
    words = judge.words_of(source)
    if not words:
        return
    areas = draw_areas(lot, words)
    log, out, twin, second = (folder / name for name in ("log.jsonl", "out.pdf", "twin.pdf", "second.pdf"))
    marks = [part for area in areas for part in ("--area", "%d:%.2f,%.2f,%.2f,%.2f" % area)]
    what = "%s %s" % (what, " ".join(marks[1::2]))
    exact = ["--no-detect", "--width", "exact"]
    status, said, _ = judge.lakwerk("redact", source, "-o", out, "--log", log, *exact, *marks)
    if tally.check(status == 0 and out.exists(), what, "exit", status, said):
        # An annotation that meets a mark goes whole, and attachments always go; what they covered may change.
        gone = [place for place in annotations(source) if place not in annotations(out)]
        check_residue(tally, what, source, out, areas)
        check_places(tally, what, source, out, areas + gone)
        boxes = [box for boxes in judge.painted(log).values() for box in boxes] if log.exists() else []
        if source.name not in COARSE:
            check_pixels(tally, what, source, out, boxes + areas + gone + margins(source, areas))
        check_text(tally, what, source, out)
        judge.lakwerk("redact", source, "-o", twin, *exact, *marks)
        tally.check(twin.exists() and twin.read_bytes() == out.read_bytes(), what, "is not deterministic")
        judge.lakwerk("redact", out, "-o", second, *exact)
        same = second.exists() and judge.text_of(second).split() == judge.text_of(out).split()
        tally.check(same, what, "is not idempotent without marks")
        judge.lakwerk("redact", out, "-o", second, "--force", *exact, *marks)
        same = second.exists() and unlabelled(second) == unlabelled(out)
        tally.check(same, what, "loses more the second time")
    for path in (log, out, twin, second):
        path.unlink(missing_ok=True)


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(judge.FIXTURES.rglob("*.pdf")):
            name = source.relative_to(judge.FIXTURES).as_posix()
            rounds = 1 if source.parent.name in ("channels", "bad") else ROUNDS
            for turn in range(rounds):
                lot = random.Random("%d/%s/%d" % (SEED, name, turn))
                try_once(tally, lot, source, pathlib.Path(folder), "%s [%d]" % (name, turn))
    tally.finish()


if __name__ == "__main__":
    main()
