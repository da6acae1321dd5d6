#!/usr/bin/env python3
"""width.py - how much a box tells a guesser who has a list of Dutch surnames.

Each page has the same words and another surname in one line, set flush left (line-gap attack) or justified
(justification attack). What a guesser sees of a page is the place of every word and box on that line. Two names that
look the same can't be told apart: the bits of a level are those of that partition of the whole list. The partition is
that of the classes; pages of names from every class show that nothing else is to be seen.

Fails when quantised leaves more than 1.0 bit, or strict any. For scale it prints what `exact` leaves.
"""
import collections
import json
import math
import pathlib
import random
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
import cairo  # noqa: E402
import judge  # noqa: E402

SIZE, LEFT, RIGHT, TOP, LEAD = 11, 72, 523, 90, 15
SAMPLE = 60
FILL = ["Het college van burgemeester en wethouders weegt het belang van de bereikbaarheid",
        "tegen het belang van de veiligheid en telde op een werkdag dertienhonderd voertuigen",
        "waarvan zesentachtig vrachtwagens en dat is meer dan een woonstraat kan dragen zodat"]
WORDS = ("Ook sprak @ daarover met de raad en de commissie", "Ook sprak @ daarover uitgebreid met de raad en met de commissie")
FONTS = ["Liberation Serif", "Liberation Sans"]


def surnames():
    names = set()
    for path in (judge.ROOT / "dictionaries").glob("*surnames.txt"):
        names |= {line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")}
    return sorted(names)


def widths_of(font, names):
    context = cairo.Context(cairo.PDFSurface(None, 100, 100))
    context.select_font_face(font)
    context.set_font_size(1000)
    letters = {char: context.text_extents(char).x_advance / 1000 for char in {c for name in names for c in name}}
    return {name: sum(letters[char] for char in name) for name in names}


def put_words(context, words, y, justified):
    widths = [context.text_extents(word).x_advance for word in words]
    space = context.text_extents(" ").x_advance
    if justified:
        space = (RIGHT - LEFT - sum(widths)) / (len(words) - 1)
    x, places = LEFT, []
    for word, width in zip(words, widths):
        context.move_to(x, y)
        context.show_text(word)
        places.append((x, x + width))
        x += width + space
    return places


def write_pages(path, font, names, justified):
    """One page for each name; gives the areas to mark."""
    surface, areas = cairo.PDFSurface(str(path), 595, 842), []
    for page, name in enumerate(names, 1):
        context = cairo.Context(surface)
        context.select_font_face(font)
        context.set_font_size(SIZE)
        y = TOP
        for line in FILL:
            put_words(context, line.split(), y, True)
            y += LEAD
        words = WORDS[justified].split()
        at = words.index("@")
        words[at] = name
        x0, x1 = put_words(context, words, y, justified)[at]
        areas.append("%d:%.2f,%.2f,%.2f,%.2f" % (page, x0, y - 7, x1, y + 1))
        for line in FILL:
            y += LEAD
            put_words(context, line.split(), y, True)
        surface.show_page()
    surface.finish()
    return areas


def seen(folder, font, names, justified, level):
    """What each page shows of its line."""
    source, out, log = folder / "in.pdf", folder / "out.pdf", folder / "log.jsonl"
    areas = write_pages(source, font, names, justified)
    marks = [part for area in areas for part in ("--area", area)]
    status, said, _ = judge.lakwerk("redact", source, "-o", out, "--no-detect", "--force", "--width", level, "--log", log, *marks)
    if status:
        sys.exit("%s: exit %d %s" % (level, status, said))
    views = collections.defaultdict(list)
    for page, text, x0, y0, x1, y1 in judge.words_of(out):
        if abs((y0 + y1) / 2 - (TOP + LEAD * len(FILL) - 4)) < LEAD / 2:
            views[page].append((text, round(x0, 2), round(x1, 2)))
    for line in log.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        for box in entry.get("boxes", []):
            views[box["page"]].append((round(box["x0"], 2), round(box["x1"], 2)))
    log.unlink()
    return [tuple(map(str, views[page])) for page in range(1, len(names) + 1)]


def entropy(counts):
    total = sum(counts)
    return -sum(count / total * math.log2(count / total) for count in counts) + 0.0


def main():
    lot, failed = random.Random(20240312), False
    names = [name for name in surnames() if name.isascii() and len(name) < 24]
    print("%d surnames, %.2f bits" % (len(names), math.log2(len(names))))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for font in FONTS:
            widths = widths_of(font, names)
            # What a drawn area adds to a word is less than that.
            classes = {name: max(2, math.ceil(width / 3 - 1e-3)) for name, width in widths.items()}
            by_class = collections.defaultdict(list)
            for each, number in classes.items():
                if abs(widths[each] / 3 - round(widths[each] / 3)) > 0.02:  # none that rounding may push over
                    by_class[number].append(each)
            sample = [each for group in by_class.values() for each in lot.sample(group, min(len(group), SAMPLE // len(by_class)))]
            for justified, attack in enumerate(("line gap", "justification")):
                for level in ("exact", "quantised", "strict"):
                    views = seen(folder, font, sample, bool(justified), level)
                    same = collections.defaultdict(set)
                    for each, view in zip(sample, views):
                        same[0 if level == "strict" else classes[each]].add(view)
                    if level == "exact":
                        counts = collections.Counter(round(width * SIZE, 2) for width in widths.values())
                    else:
                        counts = collections.Counter(0 if level == "strict" else c for c in classes.values())
                    bits = entropy(counts.values())
                    clean = level == "exact" or all(len(group) == 1 for group in same.values())
                    failed |= not clean or bits > {"exact": 99, "quantised": 1.0, "strict": 0.0}[level]
                    print("%-16s %-13s %-9s %5.2f bits%s" % (
                        font, attack, level, bits, "" if clean else "; pages of one class look different"))
    sys.exit(failed)


if __name__ == "__main__":
    main()
