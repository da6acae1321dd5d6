#!/usr/bin/env python3
"""tables.py - a document is decided alike as ODT and as PDF, though readers of pages give its tables in another order.

If the text of the PDF gave the rows, this test would prove nothing.
"""
import collections
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402

MUST = [
    "Ilse Kramer",
    "Kok",
    "Oosterhuis",
    "Sem",
    "Kramer",
    "Bo",
    "van der Laan",
    "Zomer",
    "De Boer",
    "Post",
    "Willem Jan",
    "Jansen, P.",
    "Bakker, T.",
    "111222333",
    "123456782",
    "999990019",
    "12-03-1965",
    "04-05-1999",
    "06-12345678",
]
MAY_NOT = ["01-02-2024", "3-4-2023", "adviseur", "Omschrijving", "kapotte", "250"]


def marks(tally, name):
    status, said, out = judge.lakwerk("scan", judge.FIXTURES / "tables" / name)
    tally.check(status in (0, 3), name, "scan ends with", status, said)
    found = json.loads(out.splitlines()[0])["marks"]
    return collections.Counter(
        (mark["kind"], " ".join(mark["text"].split()), mark["action"], round(mark["score"], 2)) for mark in found
    )


def main():
    tally = judge.Tally()
    read = judge.lakwerk("text", judge.FIXTURES / "tables" / "tables.pdf")[2]
    tally.check("Ilse Kramer\nKok" in read, "the text of the PDF has the rows in order")
    odt, pdf = marks(tally, "tables.odt"), marks(tally, "tables.pdf")
    for mark in sorted(set(odt) | set(pdf)):
        tally.check(odt[mark] == pdf[mark], mark, odt[mark], "times in the ODT,", pdf[mark], "in the PDF")
    texts = [text for _, text, _, _ in pdf]
    for text in MUST:
        tally.check(text in texts, repr(text), "is not marked")
    for text in MAY_NOT:
        tally.check(not any(text in found for found in texts), repr(text), "is marked")
    tally.finish()


if __name__ == "__main__":
    main()
