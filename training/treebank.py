"""treebank.py - reads Universal Dependencies files: sentences with the boundaries of their names.

A name is a run of tokens that the treebank ties together with `flat`; its type is not in there."""

import glob
import os
import re


class Token:
    __slots__ = ("form", "upos", "head", "deprel", "space")

    def __init__(self, fields):
        self.form, self.upos = fields[1], fields[3]
        self.head = int(fields[6]) if fields[6].isdigit() else 0
        self.deprel = fields[7]
        self.space = "SpaceAfter=No" not in fields[9]


def sentences(path):
    """(name of the source, tokens) of every sentence."""
    source, tokens = "", []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            found = re.search(r"([\w-]+)\.p\.[\w.]+", line.split("\\")[-1])
            if found and not tokens:
                source = found.group(1)
        elif line:
            fields = line.split("\t")
            if fields[0].isdigit():
                tokens.append(Token(fields))
        elif tokens:
            yield source, tokens
            source, tokens = "", []
    if tokens:
        yield source, tokens


def names(tokens):
    """[from, to) of each name. Particles, quotes and hyphens that `flat` takes in are inside."""
    groups = {}
    for number, token in enumerate(tokens, 1):
        if token.upos == "PROPN" and not token.deprel.startswith("flat"):
            groups.setdefault(number, []).append(number)
    for number, token in enumerate(tokens, 1):
        if token.deprel.startswith("flat") and token.head in groups:
            groups[token.head].append(number)
    taken = set()
    for members in groups.values():
        taken.update(members)
    for number, token in enumerate(tokens, 1):
        if token.upos == "PROPN" and number not in taken:
            groups[number] = [number]
    found = []
    for members in groups.values():
        start = min(members)
        end = start
        while end + 1 in members:
            end += 1
        found.append((start - 1, end))
    found.sort()
    return found


def text_of(tokens):
    """The sentence as it was written, and where each token begins and ends."""
    text, places = "", []
    spaced = any(not token.space for token in tokens)
    for index, token in enumerate(tokens):
        places.append((len(text), len(text) + len(token.form)))
        text += token.form
        following = tokens[index + 1].form if index + 1 < len(tokens) else ""
        tight = (
            not token.space if spaced else (token.form in "([«„“" or following in ",.;:!?)]»”" or not following)
        )
        if not tight:
            text += " "
    return text.rstrip(), places


def split(folder):
    """(training, checking) sentences, each text once; what checks is in no training file."""

    def load(pattern):
        loaded = []
        for path in sorted(glob.glob(os.path.join(folder, pattern))):
            loaded += [(s or os.path.basename(path), t) for s, t in sentences(path)]
        return loaded

    checking = load("lassysmall-dev.conllu") + load("alpino-dev.conllu")
    training = load("lassysmall-train.conllu") + load("lassysmall-new-*.conllu") + load("alpino-test.conllu")
    seen, parts = set(), []
    for part in (checking, training):
        once = []
        for source, tokens in part:
            key = " ".join(token.form for token in tokens)
            if key not in seen:
                seen.add(key)
                once.append((source, tokens))
        parts.append(once)
    return parts[1], parts[0]
