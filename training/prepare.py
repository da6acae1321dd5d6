#!/usr/bin/env python3
"""prepare.py - turns the data sets into marked text (corpus.h).

Usage: prepare.py DATA OUT. Writes treebank.txt, law.txt, news.txt, written.txt and labelled.txt in OUT for training,
and treebank-check.txt, law-check.txt and news-check.txt, of which nothing is trained on. NAME-truth.txt make chances
true; fold-N/ has labelled.txt without a third of the documents, and those in fold-N/apart/."""

import collections
import os
import re
import shutil
import sys

import treebank

OPEN, CLOSE = "\x02", "\x03"
FOLDS = 3
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
        files[name].write("@@DOC bare special\n%s\n" % body.replace("@@", "@ @"))


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
    """Documents that people wrote: {P|Jan} is a person, {S|ziek} of a special category. One in eight makes chances
    true."""
    files = {
        name: open(os.path.join(out, name + ".txt"), "w", encoding="utf-8") for name in ("written", "written-truth")
    }
    number = 0
    for name in sorted(os.listdir(folder)):
        text = plain(open(os.path.join(folder, name), encoding="utf-8").read())
        for document in text.split("@@DOC\n")[1:]:
            body = LABEL.sub(lambda found: mark(found[1], found[2]), document)
            assert "{" not in body, name + ": a brace is no label"
            files["written-truth" if number % 8 == 0 else "written"].write("@@DOC bare special\n%s\n" % body)
            number += 1


def label_of(kind):
    """The mark of a label of brat (tests/gold/README.md)."""
    marks = {
        "person": "P",
        "special": "S",
        "address": "L",
        "birth-place": "L",
        "email": "E",
        "handle": "E",
        "meeting-link": "E",
        "keep-person": "p",
        "keep-organisation": "o",
        "keep-address": "l",
        "keep-word": "n",
        "keep-email": "e",
        "keep-special": None,
        "keep-document": None,
    }
    if kind.startswith("optional-") or kind == "signature":
        return "?"
    return marks.get(kind, "d" if kind.startswith("keep-") else "D")


def spans_of(path, text):
    """(from, to, mark), in order; a name over a line end is one."""
    spans = []
    for line in open(path, encoding="utf-8"):
        if not line.startswith("T"):
            continue
        kind, places = line.split("\t")[1].split(" ", 1)
        parts = [tuple(map(int, part.split())) for part in places.split(";")]
        if all(text[a[1] : b[0]].isspace() for a, b in zip(parts, parts[1:])):
            parts = [(parts[0][0], parts[-1][1])]
        spans += [(*part, label_of(kind)) for part in parts if label_of(kind)]
    return sorted(spans)


def read_labelled(folder):
    """Marked text of the documents with labels of brat, once those that were measured on, by name."""
    texts = {}
    for name in sorted(name[:-4] for name in os.listdir(folder) if name.endswith(".txt")):
        text = open(os.path.join(folder, name + ".txt"), encoding="utf-8").read()
        body, at = "", 0
        for start, end, kind in spans_of(os.path.join(folder, name + ".ann"), text):
            if start >= at:
                body += plain(text[at:start]) + mark(kind, plain(text[start:end]))
                at = end
        texts[name] = body + plain(text[at:])
    return texts


def write_labelled(texts, out):
    """One in eight makes chances true."""
    os.makedirs(out, exist_ok=True)
    files = {
        name: open(os.path.join(out, name + ".txt"), "w", encoding="utf-8") for name in ("labelled", "labelled-truth")
    }
    for number, body in enumerate(texts.values()):
        files["labelled-truth" if number % 8 == 0 else "labelled"].write(
            "@@DOC bare special decided\n%s\n" % body.replace("@@", "@ @")
        )


def write_folds(texts, folder, out):
    """Each fold without a third of the documents, and that third: calibration learns from what its model never saw."""
    for fold in range(FOLDS):
        apart = [name for number, name in enumerate(texts) if number % FOLDS == fold]
        path = os.path.join(out, "fold-%d" % fold)
        shutil.rmtree(path, ignore_errors=True)  # documents of an earlier run may be in other folds
        write_labelled({name: body for name, body in texts.items() if name not in apart}, path)
        os.makedirs(os.path.join(path, "apart"), exist_ok=True)
        for name in apart:
            for end in (".txt", ".ann"):
                shutil.copy(os.path.join(folder, name + end), os.path.join(path, "apart"))


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
    texts = read_labelled(os.path.join(here, "labelled"))
    write_labelled(texts, out)
    write_folds(texts, os.path.join(here, "labelled"), out)


main()
