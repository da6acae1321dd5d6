#!/usr/bin/env python3
"""gold.py - the labelled documents of tests/gold: `lakwerk evaluate` counts as they are counted here, from `lakwerk
scan`; and the detection does not fall below what it reached.

Counts by the rules of tests/gold/README.md, written a second time. Each document is scanned alone.
"""
import json
import pathlib
import re
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402

GOLD = judge.ROOT / "tests" / "gold"
# What was reached; raise it with the detection. "removed" and "proposed" as in `lakwerk evaluate`. A proposal may be
# wrong more often: it is there so that a person looks.
FLOOR = {"removed": {"recall": 0.963, "precision": 0.919}, "proposed": {"recall": 0.980, "precision": 0.758}}
CEILING = {"removed": {"kept-touched": 0.077}}
PREFIX = re.compile(r"^(keep|optional|must)-")


def labels_of(path):
    """(demand, kind, places, id) of each label, and the groups of labels that are one person."""
    labels, same = [], {}
    for line in path.read_text().splitlines():
        fields = line.split("\t")
        if line.startswith("T"):
            kind, places = fields[1].split(" ", 1)
            places = [tuple(map(int, p.split())) for p in places.split(";")]
            match = PREFIX.match(kind)
            labels.append((match[1] if match else "must", PREFIX.sub("", kind), places, fields[0]))
        elif line.startswith("*"):
            group = fields[1].split()[1:]
            same.update(dict.fromkeys(group, group[0]))
    return labels, same


def marks_of(path):
    status, said, out = judge.lakwerk("scan", path)
    if status:
        sys.exit("scan %s: %d %s" % (path.name, status, said))
    return [(m["offset"], m["offset"] + m["length"], m["action"]) for m in json.loads(out)["marks"] if m["length"]]


def is_letter(c):
    return c.isalpha() or c.isdecimal()


def count(text, labels, same, marks, total):
    """Adds part and whole of every measure of one document."""
    def add(measure, part, whole):
        total.setdefault(measure, [0, 0])
        total[measure][0] += part
        total[measure][1] += whole

    covered = {i for a, b, _ in marks for i in range(a, b)}
    must, optional, keep, left, persons = set(), set(), [], 0, {}
    for demand, kind, places, name in labels:
        places = [[i for i in range(a, b)] for a, b in places]
        for place in places:
            if demand == "must" and kind == "email":
                shown = "".join(text[i] for i in place)
                if "@" in shown:  # "j.bos(at)..." goes as a whole
                    optional.update(place)
                    place[:] = place[:shown.rindex("@")]
        letters = {i for place in places for i in place if is_letter(text[i])}
        if demand == "must":
            must |= letters
            missed = bool(letters - covered)
            left += missed
            add("recall", not missed, 1)
            if name in same or kind == "person":
                persons.setdefault(same.get(name, name), []).append(missed)
        elif demand == "optional":
            optional |= letters
        else:
            keep.append(letters)
    add("document-leak", left > 0, any(label[0] == "must" for label in labels))
    add("person-leak", sum(map(any, persons.values())), len(persons))
    for a, b, _ in marks:
        letters = {i for i in range(a, b) if is_letter(text[i])}
        if letters & must:
            add("precision", 1, 1)
        elif letters - optional:
            add("precision", 0, 1)
    stray = {i for i in covered if i < len(text) and is_letter(text[i])} - must - optional
    for match in re.finditer(r"\w+", "".join(c if is_letter(c) else " " for c in text)):
        add("excess", bool(stray & set(range(*match.span()))), 1)
    for letters in keep:
        words = []
        for i in sorted(letters - must - optional):
            if words and words[-1][-1] == i - 1:
                words[-1].append(i)
            else:
                words.append([i])
        add("kept-touched", sum(1 for word in words if covered & set(word)), len(words))


def main():
    tally = judge.Tally()
    status, said, out = judge.lakwerk("evaluate", GOLD, "--json")
    if not tally.check(status == 0, "evaluate", status, said):
        tally.finish()
    told = json.loads(out)
    files = sorted(GOLD.glob("*.ann"))
    tally.check(len(files) >= 40 and told["documents"] == len(files), "number of documents", told["documents"])
    with ThreadPoolExecutor(2) as pool:
        scanned = list(pool.map(lambda f: marks_of(f.with_suffix(".txt")), files))
    for view, actions in (("removed", ["remove"]), ("proposed", ["remove", "suggest"])):
        total = {}
        for file, marks in zip(files, scanned):
            labels, same = labels_of(file)
            count(file.with_suffix(".txt").read_text(), labels, same, [m for m in marks if m[2] in actions], total)
        for measure, (part, whole) in sorted(total.items()):
            rate = told[view][measure]
            tally.check([rate["part"], rate["whole"]] == [part, whole], view, measure, rate["part"], rate["whole"],
                        "counted", part, whole)
            print("%-9s %-14s %4d of %5d  %.3f (%.3f - %.3f)" % (view, measure, part, whole, rate["value"], rate["low"],
                                                               rate["high"]))
        for measure, least in FLOOR[view].items():
            tally.check(told[view][measure]["value"] >= least, view, measure, "fell below", least)
        for measure, most in CEILING.get(view, {}).items():
            tally.check(told[view][measure]["value"] <= most, view, measure, "rose above", most)
    tally.finish()


if __name__ == "__main__":
    main()
