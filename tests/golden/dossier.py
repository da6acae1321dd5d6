#!/usr/bin/env python3
"""dossier.py - the made-up dossier from end to end: what must go is nowhere, what must stay can be read.

dossier.tsv lists both; other tools judge. The logs beside the documents are searched too. Labels can be extracted,
pixels outside the boxes are as they were, tags stay, two runs give the same documents, and redacting what came out
changes no text.
"""
import os
import pathlib
import re
import shutil
import sys
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
LABEL = "[gelakt: 5.1.2.e]"


def expectations():
    for line in (HERE / "dossier.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def documents(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.suffix in (".pdf", ".odt", ".txt"))


def readable(path):
    if path.suffix == ".pdf":
        return judge.text_of(path)
    if path.suffix == ".odt":
        with zipfile.ZipFile(path) as package:
            return re.sub(r"<[^>]*>", "", package.read("content.xml").decode("utf-8"))
    return path.read_text(encoding="utf-8")


def left_in(path, secret):
    if path.suffix == ".pdf":
        return judge.search(path, secret)
    if path.suffix == ".odt":
        return judge.search_odt(path, secret)
    return ["text"] if judge.plain(secret.encode()) in judge.plain(path.read_bytes()) else []


def check_texts(tally, out):
    for name, verdict, text in expectations():
        path = out / name
        if not path.exists():
            tally.check(False, name, "was not written")
        elif verdict == "gone":
            left = left_in(path, text)
            tally.check(not left, name, "still has", repr(text), "in", ", ".join(left[:4]))
        else:
            tally.check(" ".join(text.split()) in " ".join(readable(path).split()), name, "lost", repr(text))


def check_logs(tally, out):
    for name in ["redaction-log.jsonl", "redaction-log.csv", "inventarislijst.csv"]:
        data = judge.plain((out / name).read_bytes()) if (out / name).exists() else None
        if tally.check(data is not None, name, "is missing"):
            for secret in sorted({text for _, verdict, text in expectations() if verdict == "gone"}):
                tally.check(judge.plain(secret.encode()) not in data, name, "holds", repr(secret))


def check_shape(tally, source, out):
    boxes = judge.painted(out / "redaction-log.jsonl")
    for name in documents(out):
        if not name.endswith(".pdf"):
            tally.check(LABEL in readable(out / name) or name.endswith(".odt"), name, "has no label")
            continue
        tally.check(LABEL in " ".join(readable(out / name).split()), name, "gives no", LABEL, "to pdftotext")
        tally.check(judge.is_sound(out / name), name, "qpdf --check complains")
        tally.check(judge.has_tags(out / name) == judge.has_tags(source / name), name, "tags came or went")
        page = 1
        while (before := judge.pixels(source / name, page)) is not None:
            # Words move along the line of a box only.
            places = [(0, box[2], 9999, box[4]) for box in boxes.get(name, []) if box[0] == page]
            changed = judge.changed_outside(before, judge.pixels(out / name, page), places)
            tally.check(changed == 0, name, "page", page, changed, "pixels changed outside the lines with boxes")
            page += 1


def signature_is_gone(tally, source, out):
    """The ink between "Hoogachtend" and the name: most dark pixels there are one box now, or white."""
    words = [word for word in judge.words_of(source / "besluit.pdf") if word[1].startswith("Hoogachtend")]
    if not tally.check(words, "besluit.pdf has no closing formula"):
        return
    page, _, x0, _, _, y1 = words[0]
    ink = (int(y1) + 6, int(y1) + 36, int(x0), int(x0) + 120)
    before = judge.pixels(source / "besluit.pdf", page)[ink[0]:ink[1], ink[2]:ink[3]]
    after = judge.pixels(out / "besluit.pdf", page)[ink[0]:ink[1], ink[2]:ink[3]]
    drawn = before < 160
    tally.check(drawn.sum() > 20, "the fixture has no signature there")
    tally.check(drawn.sum() > 0 and (after[~drawn] < 100).sum() > 0.3 * (~drawn).sum() or not (after < 160).any(),
                "besluit.pdf: the signature still shows")


def check_again(tally, folder, out):
    """The same run once more gives the same documents; redacting the output changes no text."""
    source = judge.FIXTURES / "dossier"
    twin = folder / "twin"
    judge.lakwerk("redact", source, "-o", twin)
    for name in documents(out):
        same = (twin / name).exists() and (twin / name).read_bytes() == (out / name).read_bytes()
        tally.check(same, name, "two runs differ")
    copy, second = folder / "copy", folder / "second"
    for name in documents(out):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((out / name).read_bytes())
    judge.lakwerk("redact", copy, "-o", second)
    for name in documents(out):
        again = readable(second / name).split() if (second / name).exists() else None
        tally.check(again == readable(out / name).split(), name, "redacting the output changes its text")


def check_verify(tally, source, out):
    for name in documents(out):
        status, said, told = judge.lakwerk("verify", out / name, "--original", source / name)
        tally.check(status == 0, name, "verify --original ends with", status, said, told[:200])
    status, said, _ = judge.lakwerk("audit", out / "redaction-log.jsonl")
    tally.check(status == 0, "audit ends with", status, said)
    status, _, _ = judge.lakwerk("verify", source / "besluit.pdf", "--original", source / "besluit.pdf")
    tally.check(status in (0, 4), "verify of an untouched file ends with", status)


def main():
    tally = judge.Tally()
    source = judge.FIXTURES / "dossier"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        out = folder / "out"
        status, said, told = judge.lakwerk("redact", source, "-o", out)
        tally.check(status in (0, 3), "redact ends with", status, said)
        tally.check(not told, "redact prints on stdout")
        tally.check(documents(out) == documents(source), "not the same tree:", documents(out))
        check_texts(tally, out)
        check_logs(tally, out)
        check_shape(tally, source, out)
        signature_is_gone(tally, source, out)
        check_again(tally, folder, out)
        check_verify(tally, source, out)
        unread = folder / "unread"
        status, _, _ = judge.lakwerk("redact", judge.FIXTURES / "unread", "-o", unread)
        tally.check(status == 3 and not documents(unread), "a page that nobody read went out, or exit", status)
        status, _, _ = judge.lakwerk("redact", judge.FIXTURES / "unread", "-o", folder / "taken", "--accept", "unread")
        tally.check(status in (0, 3) and documents(folder / "taken") == documents(judge.FIXTURES / "unread"),
                    "--accept unread gives no output, exit", status)
        if os.environ.get("LW_KEEP"):
            shutil.copytree(out, os.environ["LW_KEEP"], dirs_exist_ok=True)
    tally.finish()


if __name__ == "__main__":
    main()
