#!/usr/bin/env python3
"""kept.py - what no mark meets comes through, whatever stands beside it; each page here held a real document up.

Files made here, in all three widths; judged by Poppler, which says where each word stands, and by pikepdf.
"""
import io
import pathlib
import struct
import sys
import tempfile

import pikepdf
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402

sys.path.insert(0, str(judge.FIXTURES))
from writer import Pdf  # noqa: E402

FONT = "/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>>>"
WIDTHS = ("exact", "quantised", "strict")
NAME = "Zonderling"


def form(pdf, content):
    return pdf.add("/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources <<%s>>" % FONT, content)


def line(x, y, text, size=12):
    return "BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (size, x, y, text)


def in_form(pdf):
    """A form that a mark meets is written anew: all else that it shows is still there, the same word too."""
    drawn = form(pdf, line(72, 700, NAME + " en de rest") + line(72, 650, "de " + NAME + " van weleer"))
    pdf.page("/X0 Do\n", FONT + " /XObject <</X0 %s>>" % drawn)
    return ["--area", "1:72,80,128,98"], ["rest", NAME, "weleer"]


def matrix_in_text(pdf):
    """Matrices between BT and ET, as some producers write them, under a page that stands on its head."""
    rows = "".join(
        "q 1 0 0 -1 0 792 cm BT 0 g /F1 12 Tf 1 0 0 1 72 %d cm (%s) Tj ET Q\n" % (y, text)
        for y, text in ((700, "Bovenste regel"), (680, NAME + " staat hier"), (660, "Onderste regel"))
    )
    pdf.page("1 0 0 -1 0 792 cm\n" + rows, FONT)
    return ["--term", NAME], ["Bovenste", "Onderste", "staat"]


def columns(pdf):
    """Two columns from which both lose a word on one line."""
    rows = "".join(
        line(72, 700 - 14 * i, "linker kolom met een regel die lang is")
        + line(320, 700 - 14 * i, "rechter kolom ernaast")
        for i in range(6)
    )
    both = line(72, 600, "hier staat links " + NAME + " in het midden") + line(345, 600, "ook " + NAME + " staat")
    pdf.page(rows + both, FONT)
    return ["--term", NAME], ["midden", "linker", "rechter", "ook"]


def brace(pdf):
    """A sign as high as six lines makes them no single line."""
    rows = "".join(line(72, 700 - 12 * i, "regel %d van de lijst" % i, 9) for i in range(6))
    pdf.page(rows + line(72, 625, "de heer " + NAME, 9) + line(200, 655, "}", 64), FONT)
    return ["--term", NAME], ["regel", "lijst", "heer"]


def chart(pdf):
    """Labels of a chart below one another, beside a title in large letters on nearly the same height."""
    labels = line(430, 652, NAME, 9) + line(445, 640, "NYT", 9) + line(432, 628, "REUTE", 9)
    pdf.page(line(60, 640, "Titel", 28) + labels, FONT)
    return ["--term", NAME], ["Titel", "NYT", "REUTE"]


def field(pdf):
    """A font of the form that is called like somebody: it gets another name, and the field can still be filled in."""
    one = pdf.add(
        "<</Type /Annot /Subtype /Widget /FT /Tx /T (vak) /V (ingevuld) /DA (/%s 12 Tf 0 g) /Rect [72 500 300 520]>>"
        % NAME
    )
    pdf.page(line(72, 700, "Beste " + NAME + ", dank"), FONT, "/Annots [%s]" % one)
    pdf.catalog += " /AcroForm <</Fields [%s] /DR <<%s>> /DA (/%s 0 Tf)>>" % (one, FONT.replace("F1", NAME), NAME)
    return ["--term", NAME], ["Beste", "dank", "ingevuld"]


def check_field_font(tally, out):
    with pikepdf.open(out) as pdf:
        form_of = pdf.Root["/AcroForm"]
        fonts = [str(key) for key in form_of["/DR"]["/Font"].keys()]
        looks = [str(form_of["/DA"]), str(pdf.pages[0]["/Annots"][0]["/DA"])]
    for look in looks:
        tally.check(look.split()[0] in fonts, "field", "no font of the form:", look, fonts)


def profile():
    """The smallest colour profile: a header and the white point."""
    head = bytearray(128)
    head[12:24], head[36:40] = b"mntrRGB XYZ ", b"acsp"
    return (
        bytes(head) + struct.pack(">I4sII", 1, b"wtpt", 144, 20) + b"XYZ " + bytes(4) + struct.pack(">III", 1, 1, 1)
    )


def format_words(pdf):
    """Words of the format that are now somebody's: names of glyphs, fonts, parts, colours and calculations."""
    font = (
        "/Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Arial /Encoding <</Type /Encoding /BaseEncoding "
        "/WinAnsiEncoding /Differences [66 /%sen.s2 128 /prime]>>>>>>" % NAME.lower()
    )
    mixed = pdf.add("/FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1]", "{ dup dup 0.5 mul exch pop dup dup }")
    icc = pdf.add("/N 3", profile())
    spaces = " /ColorSpace <</C0 [/Separation /All /DeviceRGB %s] /C1 [/ICCBased %s]>>" % (mixed, icc)
    title, outlines = pdf.reserve(), pdf.reserve()
    pdf.fill(title, "<</Title <FEFF72690074 0065006B00730074> /Parent %s /Dest [3 0 R /Fit]>>" % outlines)
    pdf.fill(outlines, "<</Type /Outlines /First %s /Last %s /Count 1>>" % (title, title))
    pdf.catalog += (
        " /Outlines " + outlines + " /OutputIntents ["
        "<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (Custom) "
        "/DestOutputProfile %s>>]" % icc
    )
    shown = (
        line(72, 700, "Mevrouw Prime, de heer Arial, de familie Footer")
        + line(72, 650, "Blijft")
        + line(72, 680, "%s, Custom, Mul, Pop, Tekst, ICC en XYZ" % NAME)
    )
    photo = io.BytesIO()
    Image.new("L", (8, 8), 128).save(photo, "JPEG", icc_profile=profile())
    photo = pdf.add(
        "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray "
        "/Filter /DCTDecode",
        photo.getvalue(),
    )
    painted = "q 9 0 0 9 300 400 cm /I0 Do Q /C0 cs 0.5 scn 300 500 9 9 re f /C1 cs 0 0 0 scn\n"
    pdf.page(
        painted + "/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n" "%sEMC\n" % shown,
        font + spaces + " /XObject <</I0 %s>>" % photo,
    )
    words = ("Prime", "Arial", "Footer", NAME, "Custom", "Mul", "Pop", "XYZ", "Tekst", "ICC")
    return [part for word in words for part in ("--term", word)], ["Mevrouw", "lijft"]


BORDERS = ("", "/Border [0 0 2 [4 2]] /C [1 0 0]", "/BS <</W 3 /S /U>> /C [0 0.5 0]", "/C []", "/Border [0 0 0]")


def link(pdf):
    """Links go with the word that a mark takes from them; the lines that viewers draw around them stay."""
    links = [
        pdf.add(
            "<</Type /Annot /Subtype /Link /Rect [60 %d 320 %d] /A <</S /URI /URI (http://%s.test)>> %s>>"
            % (700 - 50 * i, 720 - 50 * i, NAME, border)
        )
        for i, border in enumerate(BORDERS)
    ]
    shown = "".join(line(72, 705 - 50 * i, "Meer van " + NAME + " staat hier") for i in range(len(BORDERS)))
    pdf.page(shown, FONT, "/Annots [%s]" % " ".join(links))
    return ["--term", NAME], ["Meer", "staat"]


def check_borders(tally, source, out):
    boxes = [word[2:6] for word in judge.words_of(source) if word[1] == NAME]
    changed = judge.changed_outside(judge.pixels(source, 1), judge.pixels(out, 1), boxes)
    tally.check(len(boxes) == len(BORDERS) and changed == 0, "link", "pixels changed:", changed)
    with pikepdf.open(out) as pdf:
        tally.check("/Annots" not in pdf.pages[0], "link", "a link stays")


def exponent(pdf):
    """An exponent of an exponent goes along with a line that is set anew, though it hardly stands on it."""
    parts = (
        (72, 700, NAME + " wijst op", 12),
        (200, 700, "e", 12),
        (207, 704.5, "n", 8),
        (211.5, 708, "m", 5),
        (222, 700, "zeker niet", 12),
    )
    pdf.page("".join(line(*part) for part in parts), FONT)
    return ["--term", NAME], ["zeker", "wijst"]


def carrier(pdf):
    """A picture that stands for an attached file is part of the page; the file is not."""
    drawn = pdf.add(
        "/Type /XObject /Subtype /Form /BBox [0 0 200 40] /Resources <<%s>>" % FONT, line(4, 5, "Figuur een")
    )
    file = pdf.add("/Type /EmbeddedFile", "bijlage van " + NAME)
    spec = pdf.add("<</Type /Filespec /F (bijlage.txt) /EF <</F %s>>>>" % file)
    one = pdf.add(
        "<</Type /Annot /Subtype /FileAttachment /FS %s /Contents (%s) /Rect [72 600 272 640] /AP <</N %s>>>>"
        % (spec, NAME, drawn)
    )
    pdf.page(line(72, 700, "Beste " + NAME + ", dank"), FONT, "/Annots [%s]" % one)
    return ["--term", NAME], ["Beste", "Figuur", "een"]


def choices(pdf):
    """A field of whose choices one goes keeps what it shows of the others."""
    shown = [
        pdf.add("/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources <<%s>>" % FONT, line(4, 5, text))
        for text in ("Gekozen", "Anders")
    ]
    fields = [
        pdf.add(
            "<</Type /Annot /Subtype /Widget /FT /Ch /Ff %d /T (f%d) /V (%s) /Opt [(Gekozen) (Anders) (%s)] "
            "/Rect [72 %d 272 %d] /AP <</N %s>>>>" % (flags, i, text, NAME, 500 + 40 * i, 520 + 40 * i, shown[i])
        )
        for i, (flags, text) in enumerate(((131072, "Gekozen"), (0, "Anders")))
    ]
    pdf.page(line(72, 700, "Beste " + NAME + ", dank"), FONT, "/Annots [%s]" % " ".join(fields))
    pdf.catalog += " /AcroForm <</Fields [%s] /DR <<%s>> /DA (/F1 12 Tf)>>" % (" ".join(fields), FONT)
    return ["--term", NAME], ["Beste", "Gekozen", "Anders"]


def check_hidden(tally, name, out):
    tally.check(not judge.search(out, NAME), name, "found in", judge.search(out, NAME))


CASES = (in_form, matrix_in_text, columns, brace, chart, field, format_words, link, exponent, carrier, choices)


def check(tally, folder, case, width):
    name = "%s %s" % (case.__name__, width)
    source, out = folder / "in.pdf", folder / "out.pdf"
    pdf = Pdf()
    options, stays = case(pdf)
    source.write_bytes(pdf.bytes())
    status, said, _ = judge.lakwerk("redact", source, "-o", out, "--no-detect", "--force", "--width", width, *options)
    if not tally.check(status == 0 and out.exists(), name, "exit", status, said):
        return
    text = judge.text_of(out)
    for word in stays:
        # In strict what stands behind a mark on its line goes with it.
        tally.check(word in text or width == "strict", name, "lost:", word)
    if case is not in_form:
        tally.check(NAME not in text, name, "still there")
    if case is field:
        check_field_font(tally, out)
        tally.check(not judge.search(out, NAME), name, "a name tells")
    if case in (carrier, choices):
        check_hidden(tally, name, out)
    if case is link and width == "exact":
        check_borders(tally, source, out)
    before = {word[:2] + word[2:] for word in judge.words_of(source)}
    rows = {word[3] for word in before if word[1].startswith(NAME)}
    for word in judge.words_of(out):
        if word[1] in stays and not any(abs(word[3] - row) < 1 for row in rows):
            near = any(
                word[1] == other[1] and abs(word[2] - other[2]) < 0.1 and abs(word[3] - other[3]) < 0.1
                for other in before
            )
            tally.check(near, name, "moved:", word)


def glyph_called(tally, folder, name):
    """A letter that is still shown and whose name says what went: the document is withheld."""
    pdf, source, target = Pdf(), folder / "glyph.pdf", folder / "glyph-out.pdf"
    pdf.page(
        line(72, 700, "mevrouw %s BBB" % NAME),
        FONT.replace(
            "/WinAnsiEncoding", "<</Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [66 /%s]>>" % name
        ),
    )
    source.write_bytes(pdf.bytes())
    status, said, _ = judge.lakwerk("redact", source, "-o", target, "--no-detect", "--term", NAME)
    tally.check(status == 4 and not target.exists(), "a glyph called", name, "is written", status, said)


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as folder:
        for name in (NAME, NAME.lower() + "_paraaf", "paraaf." + NAME):
            glyph_called(tally, pathlib.Path(folder), name)
        for case in CASES:
            for width in WIDTHS:
                check(tally, pathlib.Path(folder), case, width)
    tally.finish()


if __name__ == "__main__":
    main()
