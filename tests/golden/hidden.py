#!/usr/bin/env python3
"""hidden.py - text that nobody sees goes by default and is told; text that a picture explains stays, and goes with it.

Input: the channel fixtures of group i (the hidden word stands elsewhere, and nobody names it here) and files made here.
Judged by Poppler and MuPDF, which read text whether it is seen or not.
"""
import pathlib
import sys
import tempfile

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


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as folder:
        check_fixtures(tally, pathlib.Path(folder))
        check_kept(tally, pathlib.Path(folder))
        check_named_only(tally, pathlib.Path(folder))
        check_field(tally, pathlib.Path(folder))
    tally.finish()


if __name__ == "__main__":
    main()
