#!/usr/bin/env python3
"""nametypes.py - says of each name of the treebank whether it is a person, a place or an organisation.

Usage: nametypes.py UD-FOLDER FROGDATA-FOLDER > name-types.tsv. The words of a name vote by how often they stand in
names of each type in a corpus of a million words (`nergen.data.lex` of Debian's frogdata 0.18), our lists vote as
well; "?" where nothing is known. The result is committed: training does not need frogdata."""

import collections
import os
import re
import sys

import treebank

LISTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "dictionaries")
TYPES = {"per": "P", "loc": "L", "org": "O", "pro": "?", "eve": "?", "misc": "?"}
BODY = re.compile(r"(B\.?V\.?|N\.?V\.?|Universiteit|Ministerie|Partij|Bond|Unie|Bank|Club)\b")
ENOUGH = 0.3


def words(*names):
    found = set()
    for name in names:
        for line in open(os.path.join(LISTS, name), encoding="utf-8"):
            if line.strip() and line[0] != "#":
                found.add(line.strip())
    return found


def read_corpus(path):
    """Share of each type among the uses of a word, for words that are names now and then."""
    corpus = {}
    for line in open(path, encoding="utf-8", errors="replace"):
        fields = line.split()
        counts = collections.Counter()
        for field in fields[2:]:
            tag, _, count = field.rpartition(":")
            if tag and count.isdigit():
                counts[tag] += int(count)
        total = sum(counts.values())
        if total and counts["O"] <= 0.8 * total:
            corpus[fields[1]] = {tag: count / total for tag, count in counts.items() if tag != "O"}
    return corpus


class Judge:
    def __init__(self, corpus):
        self.corpus = corpus
        self.first = words("frog-first-names.txt", "faker-first-names.txt")
        self.last = words("frog-surnames.txt", "faker-surnames.txt")
        self.places = words("frog-places.txt", "places-abroad.txt")

    def type_of(self, name):
        parts, votes = name.split(), collections.Counter()
        for part in parts:
            for tag, share in self.corpus.get(part, {}).items():
                votes[TYPES[tag[2:]]] += share
        if len(parts) == 1 and not votes and (name in self.first or name in self.last):
            votes["P"] += 0.3
        if name in self.places:
            votes["L"] += 0.6
        if len(parts) > 1 and (parts[0] in self.first or re.match(r"^[A-Z]\.", parts[0])):
            votes["P"] += 0.6
        if len(parts) > 1 and parts[-1] in self.last:
            votes["P"] += 0.4
        if BODY.search(name):
            votes["O"] += 1
        best = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
        return best[0][0] if best and best[0][1] >= ENOUGH else "?"


def main():
    judge = Judge(read_corpus(os.path.join(sys.argv[2], "nergen.data.lex")))
    training, checking = treebank.split(sys.argv[1])
    names = {
        " ".join(token.form for token in tokens[start:end])
        for _, tokens in training + checking
        for start, end in treebank.names(tokens)
    }
    for name in sorted(names):
        print("%s\t%s" % (name, judge.type_of(name)))


main()
