#!/usr/bin/env python3
"""hidden.py - text that nobody sees goes by default and is told; text that a picture explains stays, and goes with it.

Input: the channel fixtures of group i (the hidden word stands elsewhere, and nobody names it here) and files made here.
Judged by Poppler and MuPDF, which read text whether it is seen or not.
"""
import pathlib
import sys
import tempfile

import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402

sys.path.insert(0, str(judge.FIXTURES))
from writer import Pdf  # noqa: E402

FONT = "/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>>>"
SHOWN = "BT /F1 12 Tf 1 0 0 1 72 700 Tm (Deze regel blijft.) Tj ET\n"
WORD = "BT %s /F1 12 Tf 1 0 0 1 72 600 Tm (Verborgen) Tj ET\n"
SCAN = "q 200 0 0 60 60 580 cm /I0 Do Q\n"


def write(path, content):
    """A page with a picture I0 of grey stripes."""
    pdf = Pdf()
    picture = pdf.add(
        "/Type /XObject /Subtype /Image /Width 20 /Height 6 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        bytes((90 + 7 * (i % 20)) for i in range(120)),
    )
    pdf.page(SHOWN + content, FONT + " /XObject <</I0 %s>> /ExtGState <</G <</BM /Multiply>>>>" % picture)
    path.write_bytes(pdf.bytes())


def count(path, word):
    return max(data.decode("utf-8", "replace").count(word) for _, data in judge.extracts(path))


def redact(source, out, *options):
    status, said, _ = judge.lakwerk("redact", source, "-o", out, "-v", "--force", *options)
    return status, said


def check_fixtures(tally, folder):
    for name, file, _, _, secret, about in judge.channels():
        if not name.startswith("i"):
            continue
        out = folder / file.name
        status, said = redact(file, out)
        tally.check(out.exists() and status == 0, name, "exit", status, said)
        tally.check(
            count(file, secret) >= 1 + (name not in ("i04", "i05", "i08")), name, "the fixture does not hold it"
        )
        tally.check(count(out, secret) == 1, name, about, "is left:", count(out, secret))
        tally.check("nota" in said or "tekst" in said or "text" in said, name, "nothing was told:", said)


def check_kept(tally, folder):
    """Recognition layers, letters on a dark ground, a clip that something shows through."""
    for name, content in (
        ("under", WORD % "" + SCAN),
        ("over", SCAN + WORD % "3 Tr"),
        ("white on a box", "0 0 .5 rg 60 580 200 60 re f 1 g " + WORD % ""),
        ("white on a picture", SCAN + "1 g " + WORD % ""),
        ("clip", "q " + WORD % "7 Tr" + "1 0 0 rg 60 580 200 60 re f Q"),
        ("under a highlight", WORD % "" + "/G gs 1 1 0 rg 60 590 200 30 re f"),
    ):
        source, out = folder / "in.pdf", folder / "out.pdf"
        write(source, content)
        status, said = redact(source, out)
        tally.check(status == 0 and count(out, "Verborgen") == 1, name, "was not kept", status, said)
        tally.check("hidden-text" not in said, name, said)
        status, said = redact(source, out, "--no-detect", "--area", "1:60,220,260,262")
        tally.check(status == 0 and count(out, "Verborgen") == 0, name, "an area left it", status, said)
        tally.check(count(out, "Deze regel blijft.") == 1, name, "text beside the area went")


def check_named_only(tally, folder):
    """Without detectors only what is named goes: hidden text stays unless a removed string stands in it."""
    source, out = folder / "in.pdf", folder / "out.pdf"
    write(source, "1 g " + WORD % "")
    redact(source, out, "--no-detect", "--term", "Deze")
    tally.check(count(out, "Verborgen") == 1, "hidden text that was not named went")
    redact(source, out, "--no-detect", "--term", "Verborgen")
    tally.check(count(out, "Verborgen") == 0, "hidden text that was named stayed")


def check_emptied(tally, folder):
    """A name that went from one document stands inside what a field of another shows: that goes, and is told."""
    dossier, out = folder / "dossier", folder / "published"
    dossier.mkdir()
    (dossier / "brief.txt").write_text("Gesproken met mevrouw J. Vensterman over de aanvraag.\n")
    for name, value in (("ander", "xvenstermanx"), ("gewoon", "niets bijzonders")):
        pdf = Pdf()
        field = pdf.add(
            "<</Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (%s) /DA (/F1 12 Tf 0 g)"
            " /Rect [72 400 300 420] /F 4>>" % value
        )
        pdf.page(SHOWN, FONT, "/Annots [%s]" % field)
        pdf.catalog += " /AcroForm <</Fields [%s] /DR <<%s>> /DA (/F1 12 Tf 0 g)>>" % (field, FONT)
        (dossier / (name + ".pdf")).write_bytes(pdf.bytes())
    status, said = redact(dossier, out)
    told = [line for line in said.splitlines() if "leeggemaakt" in line or "emptied" in line]
    tally.check(status == 0 and count(out / "ander.pdf", "venstermanx") == 0, "the field kept it", status, said)
    tally.check(len(told) == 1 and "ander.pdf" in told[0], "an emptied field was not told, or another was:", said)
    tally.check(count(out / "gewoon.pdf", "bijzonders") == 1, "a field without a name in it was emptied")


def check_field(tally, folder):
    """A field without any size: its value goes by default, that of another field stays."""
    source, out = folder / "in.pdf", folder / "out.pdf"
    pdf = Pdf()
    fields = [
        pdf.add("<</Type /Annot /Subtype /Widget /FT /Tx /T (%s) /V (%s) /DA (/F1 12 Tf 0 g) /Rect [%s] /F 4>>" % row)
        for row in (("klein", "Verborgen", "72 500 72 500"), ("groot", "Zichtbaar", "72 400 200 420"))
    ]
    pdf.page(SHOWN, FONT, "/Annots [%s]" % " ".join(fields))
    pdf.catalog += " /AcroForm <</Fields [%s] /DR <<%s>> /DA (/F1 12 Tf 0 g)>>" % (" ".join(fields), FONT)
    source.write_bytes(pdf.bytes())
    status, said = redact(source, out)
    tally.check(
        status == 0 and not judge.search(out, "Verborgen"), "the value of a field without size is left", status, said
    )
    tally.check(judge.search(out, "Zichtbaar"), "the value of a field that shows went")


LONG = (
    "Dit is een lange regel die doorloopt tot voorbij het vak, en daar staat mevrouw Petronella Zebulonski, "
    "BSN 123456782"
)


def write_overflow(path, drawn):
    """Two fields, of one line and of several, whose text goes on beyond them; text of the page beneath.

    drawn: with the appearances that a program wrote, which clip the text themselves or leave it to their box."""
    pdf = Pdf()
    fields = []
    for y, flags in ((500, 0), (400, 4096)):
        look = ""
        if drawn:
            rows = [LONG[i : i + 25] for i in range(0, len(LONG), 25)] if flags else [LONG]
            text = "".join("(%s) Tj T*" % row for row in rows)
            clip = "1 1 128 18 re W n" if flags else ""
            content = "/Tx BMC q %s BT /F1 12 Tf 12 TL 2 6 Td %s ET Q EMC" % (clip, text)
            form = "/Type /XObject /Subtype /Form /BBox [0 0 130 20] /Resources <<%s>>" % FONT
            look = "/AP <</N %s>>" % pdf.add(form, content.encode())
        fields.append(
            pdf.add(
                "<</Type /Annot /Subtype /Widget /FT /Tx /Ff %d /T (v%d) /V (%s) /DA (/F1 12 Tf 0 g) %s "
                "/Rect [72 %d 202 %d] /F 4>>" % (flags, y, LONG, look, y, y + 20)
            )
        )
    beneath = "".join("BT /F1 12 Tf 1 0 0 1 72 %d Tm (Tussen de vakken in.) Tj ET " % y for y in range(360, 396, 12))
    beside = "BT /F1 12 Tf 1 0 0 1 460 504 Tm (Ernaast.) Tj ET"
    pdf.page(SHOWN + beneath + beside, FONT, "/Annots [%s]" % " ".join(fields))
    pdf.catalog += " /AcroForm <</Fields [%s] /DR <<%s>> /DA (/F1 12 Tf 0 g)>>" % (" ".join(fields), FONT)
    path.write_bytes(pdf.bytes())


def check_overflow(tally, folder):
    """What a field cuts off goes with its value; what it shows stays, and nothing is painted where nothing was seen."""
    source, out = folder / "in.pdf", folder / "out.pdf"
    for drawn in (False, True):
        write_overflow(source, drawn)
        for width in ("exact", "quantised", "strict"):
            status, said = redact(source, out, "--width", width)
            about = "overflow", "drawn" if drawn else "made", width
            tally.check(status == 0, *about, "exit", status, said)
            for word in ("Petronella", "Zebulonski", "123456782", "mevrouw"):
                tally.check(not judge.search(out, word), *about, "left:", word)
            tally.check(count(out, "Dit is een lange") == 2, *about, "what the fields show went")
            tally.check(count(out, "Tussen de vakken in.") == 3 and count(out, "Ernaast.") == 1, *about, "text beside")
            changed = judge.changed_outside(judge.pixels(source, 1), judge.pixels(out, 1), [])
            tally.check(not changed, *about, "pixels changed:", changed)
        redact(source, out, "--no-detect", "--term", "Deze")
        tally.check(judge.search(out, "mevrouw"), "overflow that nobody named went")
        redact(source, out, "--no-detect", "--term", "Petronella")
        tally.check(not judge.search(out, "Petronella"), "overflow that was named stayed")


def check_shut(tally, folder):
    """Annotations and fields that no viewer shows: their text goes, without a box; what is printed only stays."""
    source, out = folder / "in.pdf", folder / "out.pdf"
    pdf = Pdf()
    form = "/Type /XObject /Subtype /Form /BBox [0 0 228 20] /Resources <<%s>>" % FONT
    notes = []
    for at, (flags, sort, word) in enumerate(
        ((2, "FreeText", "Verborgen mevrouw Petronella"), (32, "Stamp", "Verborgen"), (36, "Stamp", "Gedrukt"),
         (6, "Widget /FT /Tx /T (q) /V (Verborgen Petronella)", "Verborgen Petronella"))
    ):
        look = pdf.add(form, b"/Tx BMC BT /F1 12 Tf 2 6 Td (%s) Tj ET EMC" % word.encode())
        notes.append(
            pdf.add(
                "<</Type /Annot /Subtype /%s /AP <</N %s>> /Rect [72 %d 300 %d] /F %d>>"
                % (sort, look, 400 + 30 * at, 420 + 30 * at, flags)
            )
        )
    pdf.page(SHOWN, FONT, "/Annots [%s]" % " ".join(notes))
    source.write_bytes(pdf.bytes())
    redact(source, out, "--no-detect")
    tally.check(judge.search(out, "Verborgen"), "hidden notes that were not named went")
    status, said = redact(source, out)
    tally.check(status == 0 and not judge.search(out, "Petronella"), "a name in a hidden note is left", status, said)
    tally.check(not judge.search(out, "Verborgen"), "text of hidden notes is left")
    tally.check(judge.search(out, "Gedrukt"), "what is printed went")
    changed = judge.changed_outside(judge.pixels(source, 1), judge.pixels(out, 1), [])
    tally.check(not changed, "a box stands where nothing was seen:", changed)


def check_blanks(tally, folder):
    """Spaces between hidden words would tell how wide these were."""
    source, out = folder / "in.pdf", folder / "out.pdf"
    write(source, "1 g BT /F1 12 Tf 1 0 0 1 72 600 Tm (Verborgen woorden van iemand) Tj ET")
    redact(source, out)
    with pikepdf.open(out) as pdf:
        shown = judge.shown(pdf.pages[0])
    tally.check(shown == b"Deze regel blijft.", "blanks of hidden text are left:", shown)


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as folder:
        check_fixtures(tally, pathlib.Path(folder))
        check_kept(tally, pathlib.Path(folder))
        check_named_only(tally, pathlib.Path(folder))
        check_field(tally, pathlib.Path(folder))
        check_emptied(tally, pathlib.Path(folder))
        check_overflow(tally, pathlib.Path(folder))
        check_shut(tally, pathlib.Path(folder))
        check_blanks(tally, pathlib.Path(folder))
    tally.finish()


if __name__ == "__main__":
    main()
