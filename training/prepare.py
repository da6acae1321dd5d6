#!/usr/bin/env python3
"""prepare.py - turns the data sets into marked text (corpus.h).

Usage: prepare.py DATA OUT. Writes treebank.txt, law.txt, news.txt and written.txt in OUT for training, and
treebank-check.txt, law-check.txt and news-check.txt, of which nothing is trained on. NAME-truth.txt make chances
true."""

import collections
import os
import re
import sys

import treebank

OPEN, CLOSE = "\x02", "\x03"
NAME_IN_LAW = re.compile(
    r"\b(?:[A-Z]\.\s?){1,5}(?:(?:van|de|der|den|ter|ten|te|in|'t)\s){0,3}[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
    r"|\b(?:dr|drs|mr|ir|prof|ing)\.\s(?:[A-Z]\.|[A-Z][a-z]+)[^,;\n]{0,40}"
    r"|\b(?:Beatrix|Juliana|Wilhelmina|Willem-Alexander|Máxima)\b"
)
LABEL = re.compile(r"\{([PLONS?])\|([^{}]+)\}")


def mark(kind, text):
    return OPEN + kind + text + CLOSE


def plain(text):
    return text.replace(OPEN, " ").replace(CLOSE, " ").replace("\x0c", " ")


def marked_sentence(tokens, types):
    text, places = treebank.text_of(tokens)
    made, at = "", 0
    for start, end in treebank.names(tokens):
        start, end, name = places[start][0], places[end - 1][1], " ".join(t.form for t in tokens[start:end])
        if start < at:
            continue
        kind = types.get(name, "?")
        # neither person, place nor organisation is no person; "*" is left open
        made += text[at:start] + mark({"?": "N", "*": "?"}.get(kind, kind), text[start:end])
        at = end
    return made + text[at:]


def write_treebank(folder, out, types):
    training, checking = treebank.split(os.path.join(folder, "ud"))
    files = {
        name: open(os.path.join(out, name + ".txt"), "w", encoding="utf-8")
        for name in ("treebank", "treebank-truth", "treebank-check")
    }
    for checked, part in ((False, training), (True, checking)):
        documents = collections.OrderedDict()
        for source, tokens in part:
            documents.setdefault(source, []).append(marked_sentence(tokens, types))
        for number, sentences in enumerate(documents.values()):
            file = files["treebank-check" if checked else "treebank-truth" if number % 6 == 0 else "treebank"]
            for start in range(0, len(sentences), 40):
                # a sentence to a line, or in paragraphs: both occur
                glue = " " if (number + start) % 3 else "\n"
                file.write("@@DOC gold\n%s\n" % glue.join(sentences[start : start + 40]))


def write_law(folder, out):
    """Three in four to learn from, the rest in two parts. Who may be a person there is left open."""
    text = plain(open(os.path.join(folder, "law", "laws-sample.txt"), encoding="utf-8").read())
    files = {
        name: open(os.path.join(out, name + ".txt"), "w", encoding="utf-8")
        for name in ("law", "law-truth", "law-check")
    }
    for number, document in enumerate(text.split("@@DOC ")[1:]):
        body = document.split("\n", 1)[1][:6000]
        body = body[: body.rfind("\n")] if "\n" in body else body
        body = NAME_IN_LAW.sub(lambda found: mark("?", found.group(0)), body)
        name = "law-check" if number % 8 == 0 else "law-truth" if number % 24 == 1 else "law"
        if name == "law" and number % 2:
            continue
        files[name].write("@@DOC bare\n%s\n" % body.replace("@@", "@ @"))


def news_documents(folder):
    """Pages of old newspapers: lists of (word, tag)."""
    page = []
    for line in open(os.path.join(folder, "europeana-nl.tsv"), encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if line.startswith("#") or len(fields) < 3 or not fields[1].strip():
            continue
        page.append((plain(fields[1].strip()), fields[2]))
    for start in range(0, len(page), 900):
        yield page[start : start + 900]


def write_news(folder, out):
    files = {
        name: open(os.path.join(out, name + ".txt"), "w", encoding="utf-8")
        for name in ("news", "news-truth", "news-check")
    }
    for number, page in enumerate(news_documents(folder)):
        text, open_kind = "", None
        for index, (word, tag) in enumerate(page):
            kind = {"PER": "P", "LOC": "L", "ORG": "O"}.get(tag[2:])
            inside = tag.startswith("I-") and open_kind == kind
            if open_kind and not inside:
                text, open_kind = text + CLOSE, None
            text += " " if index else ""
            if kind and not inside:
                text, open_kind = text + OPEN + kind, kind
            text += word
        text += CLOSE if open_kind else ""
        name = "news-check" if number % 3 == 0 else "news-truth" if number % 9 == 1 else "news"
        files[name].write("@@DOC gold\n%s\n" % text.replace("@@", "@ @"))


def write_written(folder, out):
    """Documents that people wrote: {P|Jan} is a person; {S|ziek} of a special category, of which nothing is learnt.
    One in eight makes chances true."""
    files = {
        name: open(os.path.join(out, name + ".txt"), "w", encoding="utf-8") for name in ("written", "written-truth")
    }
    number = 0
    for name in sorted(os.listdir(folder)):
        text = plain(open(os.path.join(folder, name), encoding="utf-8").read())
        for document in text.split("@@DOC\n")[1:]:
            body = LABEL.sub(lambda found: found[2] if found[1] == "S" else mark(found[1], found[2]), document)
            assert "{" not in body, name + ": a brace is no label"
            files["written-truth" if number % 8 == 0 else "written"].write("@@DOC bare\n%s\n" % body)
            number += 1


def main():
    folder, out = sys.argv[1:3]
    here = os.path.dirname(os.path.abspath(__file__))
    types = {}
    for name in ("name-types.tsv", "name-types-own.tsv"):
        types.update(line.rstrip("\n").split("\t") for line in open(os.path.join(here, name), encoding="utf-8"))
    os.makedirs(out, exist_ok=True)
    write_treebank(folder, out, types)
    write_law(folder, out)
    write_news(folder, out)
    write_written(os.path.join(here, "written"), out)


main()
