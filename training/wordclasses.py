#!/usr/bin/env python3
"""wordclasses.py - says of each word how a large corpus uses it: as a name of which sort, or as which sort of word.

Usage: wordclasses.py UD-FOLDER FROGDATA-FOLDER > word-classes.tsv. Reads the counts of Debian's frogdata 0.18: words
by part of speech (`Frog.mbt.1.0.lex`) and by sort of name (`nergen.data.lex`). What the treebanks themselves count is
taken off, so that a word of theirs is known as well as a word of any other text, and none of the text that is measured
on is in here. The result is committed: training does not need frogdata."""

import collections
import os
import sys

import treebank

NAMES = ["P", "L", "O", "M"]
SORTS = {"per": "P", "loc": "L", "org": "O", "pro": "M", "eve": "M", "misc": "M"}
KINDS = NAMES + ["mixed", "common-gender", "neuter", "part", "foreign", "short"]
PLAIN = "noun nouns adjective present past infinitive participle adverb preposition article".split()
PLAIN += "pronoun number conjunction other".split()
LEAST = 2  # uses of a word that say something
NAMED = 0.1  # share of its uses as a name from which a word counts as one


def kind_of_tag(tag):
    """Of a part of speech of the Spoken Dutch Corpus."""
    if tag.startswith("N(eigen"):
        return "neuter" if ",onz" in tag else "common-gender"
    if tag.startswith("SPEC(deeleigen"):
        return "part"
    if tag.startswith("SPEC(afk") or tag.startswith("SPEC(symb"):
        return "short"
    if tag.startswith("SPEC("):
        return "foreign"
    if tag.startswith("N("):
        return "nouns" if ",mv" in tag else "noun"
    if tag.startswith("WW("):
        return (
            "present"
            if "pv,tgw" in tag
            else "past"
            if "pv,verl" in tag
            else "infinitive"
            if "(inf" in tag
            else "participle"
        )
    plain = {"ADJ": "adjective", "BW": "adverb", "VZ": "preposition", "LID": "article", "VNW": "pronoun"}
    plain.update({"TW": "number", "VG": "conjunction"})
    return plain.get(tag.split("(")[0], "other")


def read_counts(path, kind_of):
    counts = {}
    for line in open(path, encoding="utf-8", errors="replace"):
        fields = line.split()
        counter = counts.setdefault(fields[1], collections.Counter())
        for field in fields[2:]:
            tag, _, count = field.rpartition(":")
            if tag and count.isdigit():
                counter[kind_of(tag)] += int(count)
    return counts


def take_off(counts, uses, names):
    """Leaves out as many uses as names, and as other words, as the treebanks have."""
    for word, (named, plain) in uses.items():
        counter = counts.get(word)
        for left, kinds in ((named, names), (plain, None)):
            ordered = [k for k, _ in counter.most_common() if (k in names) == (kinds is not None)] if counter else []
            for kind in ordered:
                off = min(left, counter[kind])
                counter[kind] -= off
                left -= off


def uses_in_treebanks(folder):
    uses = collections.defaultdict(lambda: [0, 0])
    for part in treebank.split(folder):
        for _, tokens in part:
            inside = {at for start, end in treebank.names(tokens) for at in range(start, end)}
            for at, token in enumerate(tokens):
                uses[token.form][0 if at in inside else 1] += 1
    return uses


def class_of(speech, sorts):
    """Kind and strength of a word, or None when too little is known."""
    total, named = sum(speech.values()), sum(speech[k] for k in ("common-gender", "neuter", "part"))
    known = sum(sorts[k] for k in NAMES)
    total = max(total, sum(sorts.values()))
    named = max(named, known)
    if total < LEAST:
        return None
    if named >= NAMED * total:
        kind, most = sorts.most_common(1)[0] if known else ("", 0)
        best = max(NAMES, key=lambda k: (sorts[k], k)) if known else None
        if best:
            kind = best if sorts[best] >= 0.7 * known else "mixed"
        else:
            kind = max(("common-gender", "neuter", "part"), key=lambda k: (speech[k], k))
        share = 0 if named < 0.5 * total else 1 if named < 0.9 * total else 2
        return kind, share * 2 + (total >= 5)
    ordinary = [kind for kind in speech if kind in PLAIN or kind in ("foreign", "short")]
    kind = max(ordinary, key=lambda k: (speech[k], k), default=None)
    if not kind or not speech[kind]:
        return None
    return kind, (total >= 5) + (total >= 50) + (total >= 1000) + 4 * (named > 0)


def main():
    speech = read_counts(os.path.join(sys.argv[2], "Frog.mbt.1.0.lex"), kind_of_tag)
    sorts = read_counts(os.path.join(sys.argv[2], "nergen.data.lex"), lambda tag: SORTS.get(tag[2:], "plain"))
    uses = uses_in_treebanks(sys.argv[1])
    take_off(speech, uses, ("common-gender", "neuter", "part"))
    take_off(sorts, uses, tuple(NAMES))
    for word in sorted(set(speech) | set(sorts)):
        if not any(c.isalpha() for c in word):
            continue
        found = class_of(speech.get(word, collections.Counter()), sorts.get(word, collections.Counter()))
        if found:
            print("%s\t%d" % (word, ((KINDS + PLAIN).index(found[0]) + 1) << 3 | found[1]))


main()
