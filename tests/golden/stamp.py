#!/usr/bin/env python3
"""stamp.py - the number of a document in the margin of its pages: on every page with room, upright as the page is
shown, over nothing that was there, and no less accessible than without it.

The same dossier is published with and without; Poppler, qpdf, pikepdf and pixels judge the difference.
"""
import pathlib
import sys
import tempfile

import numpy
import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402
import matterhorn  # noqa: E402
import publishing  # noqa: E402

ROOM = 40  # points from the edge in which a stamp may stand


def page_of(pdf, content, width=595, height=842, **entries):
    font = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                                BaseFont=pikepdf.Name.Helvetica))
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, width, height],
                              Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
                              Contents=pdf.make_stream(content.encode()))
    for key, value in entries.items():
        page["/" + key] = value
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def text(x, y, words):
    return "BT /F 11 Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (x, y, words)


def make_pages(path):
    """Pages of every turn, a shifted crop box, content that leaves its state open, a full footer, and no room."""
    with pikepdf.new() as pdf:
        letter = text(72, 700, "Verslag van de vergadering over het plein en de bomen.")
        for turn in (0, 90, 180, 270):
            page_of(pdf, letter, Rotate=turn)
        page_of(pdf, letter, CropBox=[50, 60, 500, 780])
        page_of(pdf, "q 0.2 0 0 0.2 100 100 cm 1 0 0 rg\n" + text(10, 10, "Open toestand."))
        footer = "".join(text(x, y, "voettekst") for x in range(20, 560, 55) for y in (12, 22, 32))
        page_of(pdf, letter + footer)
        page_of(pdf, "0.9 g 0 0 595 842 re f 0 g\n" + letter)
        page_of(pdf, "0.2 g 0 0 595 842 re f 1 g\n" + letter)
        page_of(pdf, text(1, 5, "klein"), width=40, height=20)
        pdf.save(path)


def publish(tally, folder, out, stamp):
    """A dossier of all fixtures, decided and signed; gives the answer of publish."""
    dossier = folder / ("in-" + out.name)
    dossier.mkdir()
    for name in ("dossier/besluit.pdf", "tagged/verslag-ua.pdf", "tagged/verslag-a1.pdf", "tagged/verslag-a2.pdf"):
        (dossier / pathlib.Path(name).name).write_bytes((judge.FIXTURES / name).read_bytes())
    (dossier / "notitie.txt").write_bytes((judge.FIXTURES / "dossier" / "notitie.txt").read_bytes())
    make_pages(dossier / "z-bladzijden.pdf")
    publishing.start(dossier, folder / (out.name + ".ini"), "[style]\nstamp=%s\n" % ("yes" if stamp else "no"))
    publishing.settle(dossier)
    status, said, told = publishing.publish(dossier, out)
    tally.check(status == 0, "publish ends with", status, said, told)
    return told


def shown_rows(path, page):
    """The first and the last row of the page as it is shown, in a picture of its media box."""
    with pikepdf.open(path) as pdf:
        one = pdf.pages[page - 1]
        media, crop = [float(x) for x in one.mediabox], [float(x) for x in one.cropbox]
        return media[3] - crop[3], media[3] - crop[1] if not int(one.get("/Rotate", 0)) % 180 else media[2]


def check_page(tally, name, number, before, after, words, rows_shown):
    """What changed is the stamp, in the margin, where the page had one light colour."""
    rows, columns = numpy.nonzero(before != after)
    where = "%s page %d" % (name, number)
    if not tally.check(len(rows) and len(words) == 1, where, "has", len(words), "stamps,", len(rows), "pixels changed"):
        return
    x0, y0, x1, y1 = words[0][2:]
    tally.check(x1 - x0 > 1.5 * (y1 - y0), where, "the stamp is not upright", words[0])
    aside = y0 < rows_shown[0] + ROOM or y1 > rows_shown[1] - ROOM
    tally.check(aside, where, "the stamp is not in the margin", words[0])
    inside = ((columns > x0 - 3) & (columns < x1 + 3)).all() and ((rows > y0 - 3) & (rows < y1 + 3)).all()
    tally.check(inside, where, "pixels changed elsewhere than under the stamp")
    ground = before[int(y0):int(y1) + 1, int(x0):int(x1) + 1]
    tally.check(ground.min() >= 200 and ground.max() - ground.min() <= 8, where, "the stamp stands on something")


def check_document(tally, plain, stamped, told):
    name = plain.name
    tally.check(judge.is_sound(stamped), name, "qpdf complains")
    refused = {notice["page"] for notice in told["notices"]
               if notice["document"] == plain.stem and notice["code"] == "stamp-left-out" and "page" in notice}
    words = [word for word in judge.words_of(stamped) if word[1] == plain.stem]
    page, done = 1, 0
    while (before := judge.pixels(plain, page)) is not None:
        after = judge.pixels(stamped, page)
        if page in refused:
            tally.check((before == after).all(), name, "page", page, "has no stamp, and changed")
        else:
            check_page(tally, name, page, before, after, [word for word in words if word[0] == page],
                       shown_rows(plain, page))
            done += 1
        page += 1
    new = {key: places for key, places in matterhorn.failures(stamped).items()
           if key not in matterhorn.failures(plain)}
    tally.check(not new, name, "fails new points of Matterhorn:", new)
    with pikepdf.open(plain) as one, pikepdf.open(stamped) as two:
        tally.check(one.pdf_version == two.pdf_version, name, "is of another version of PDF")
    return refused, page - 1


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        plain = publish(tally, folder, folder / "plain", False)
        told = publish(tally, folder, folder / "stamped", True)
        tally.check(not any(n["code"] == "stamp-left-out" for n in plain["notices"]), "a stamp that nobody asked for")
        refused = {}
        for path in sorted((folder / "plain").glob("0*.pdf")):
            refused[path.name], pages = check_document(tally, path, folder / "stamped" / path.name, told)
        left = [pages for pages in refused.values() if pages]
        tally.check(left == [{9, 10}], "pages without a stamp:", refused)
        texts = [n for n in told["notices"] if n["code"] == "stamp-left-out" and "page" not in n]
        tally.check(len(texts) == 1, "a text without pages is not told", told["notices"])
        status, said, _ = judge.lakwerk("audit", folder / "stamped" / "redaction-log.jsonl")
        tally.check(status == 0, "audit ends with", status, said)
        log = (folder / "stamped" / "redaction-log.jsonl").read_text()
        tally.check(log.count('"code":"stamp-left-out"') == 2, "the log does not say which pages have no stamp")
        again = folder / "again"
        publish(tally, folder, again, True)
        for path in sorted((folder / "stamped").glob("0*.pdf")):
            tally.check(path.read_bytes() == (again / path.name).read_bytes(), path.name, "two runs differ")
    tally.finish()


if __name__ == "__main__":
    main()
