#!/usr/bin/env python3
"""recognise.py - bad redactions that only the picture of a page gives away are caught by lakwerk verify.

Pages are made here: a box drawn half transparent, a box that is only an annotation, and a scan of which the text layer
was cleaned and the pixels were not. The last one is read by tesseract; without it that part is skipped. A good
redaction of each page passes. The oracle for "it can be read" is tesseract itself, run on a picture by pdftoppm.
"""
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402
import pikepdf  # noqa: E402
from PIL import Image, ImageDraw, ImageFont  # noqa: E402

SECRET = "Zonderland"
LINES = [
    "De aanvraag is ontvangen door de gemeente",
    "en behandeld door mevrouw Zonderland van de",
    "afdeling vergunningen en handhaving",
]
AREA = "1:200,105,300,125"
FONT = "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"


def document(content, image=None, **page):
    pdf = pikepdf.new()
    resources = {
        "/Font": {
            "/F1": {
                "/Type": pikepdf.Name.Font,
                "/Subtype": pikepdf.Name.Type1,
                "/BaseFont": pikepdf.Name.Helvetica,
                "/Encoding": pikepdf.Name.WinAnsiEncoding,
            }
        },
        "/ExtGState": {"/G": {"/Type": pikepdf.Name.ExtGState, "/ca": 0.6}},
    }
    pdf.add_blank_page(page_size=(595, 842))
    if image:
        data = io.BytesIO()
        image.save(data, "JPEG", quality=90)
        resources["/XObject"] = {
            "/I": pdf.make_indirect(
                pikepdf.Stream(
                    pdf,
                    data.getvalue(),
                    Type=pikepdf.Name.XObject,
                    Subtype=pikepdf.Name.Image,
                    Width=image.width,
                    Height=image.height,
                    ColorSpace=pikepdf.Name.DeviceGray,
                    BitsPerComponent=8,
                    Filter=pikepdf.Name.DCTDecode,
                )
            )
        }
    pdf.pages[0].Resources = pikepdf.Dictionary(**{k[1:]: v for k, v in resources.items()})
    pdf.pages[0].Contents = pikepdf.Stream(pdf, content.encode("latin-1"))
    for key, value in page.items():
        pdf.pages[0]["/" + key] = value(pdf)
    return pdf


def letter(mode=0):
    """Lines of text at known places, in points."""
    return "BT /F1 14 Tf %d Tr 60 745 Td " % mode + " 0 -22 Td ".join("(%s) Tj" % line for line in LINES) + " ET\n"


def scan():
    image = Image.new("L", (1240, 1754), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 29)
    for i, line in enumerate(LINES):
        draw.text((125, 178 + 46 * i), line, 0, font=font)
    return image


def square(pdf):
    box = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Square,
        Rect=[225, 715, 310, 740],
        C=[0, 0, 0],
        IC=[0, 0, 0],
        F=4,
    )
    look = pikepdf.Stream(
        pdf, b"0 g 0 0 85 25 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 85, 25]
    )
    box.AP = pikepdf.Dictionary(N=pdf.make_indirect(look))
    return pikepdf.Array([pdf.make_indirect(box)])


def verify(*arguments):
    status, said, told = judge.lakwerk("verify", *arguments, "--json")
    lines = [json.loads(line) for line in told.splitlines()]
    return status, [x for x in lines if x["type"] == "finding"], said


def leaks(findings):
    return {(x["channel"], x["code"]) for x in findings if x["weight"] == "leak"}


def can_read(path, folder):
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", path, folder / "page"], check=True)
    picture = next(folder.glob("page*.png"))
    text = subprocess.run(
        ["tesseract", picture, "-", "-l", "nld"],
        capture_output=True,
        text=True,
        env=dict(os.environ, OMP_THREAD_LIMIT="1"),
    ).stdout
    picture.unlink()
    return SECRET in text


def check_boxes(tally, folder):
    original, bad = folder / "brief.pdf", folder / "slecht.pdf"
    document(letter()).save(original)
    status, findings, _ = verify(original)
    tally.check(status == 0 and not leaks(findings), "a page without a box", findings)
    for name, made in {
        "half transparent": document(letter() + "q /G gs 0 g 225 715 85 25 re f Q\n"),
        "only an annotation": document(letter(), Annots=square),
    }.items():
        made.save(bad)
        for arguments in ((bad,), (bad, "--original", original)):
            status, findings, said = verify(*arguments)
            tally.check(
                status == 4 and ("glyph", "covered-text") in leaks(findings), name, status, leaks(findings), said
            )
    document(
        letter() + "0.8 0.9 1 rg 225 600 85 25 re f 0.2 0.2 0.5 rg 60 500 200 30 re f 1 g "
        "BT /F1 14 Tf 70 510 Td (Wit op blauw) Tj ET\n"
    ).save(bad)
    status, findings, said = verify(bad)
    tally.check(status == 0, "boxes of a layout", status, leaks(findings), said)


def check_scan(tally, folder):
    original, bad, good = folder / "scan.pdf", folder / "laag.pdf", folder / "goed.pdf"
    draw = "q 595 0 0 842 0 0 cm /I Do Q\n"
    document(draw + letter(3), scan()).save(original)
    document(draw + letter(3).replace(SECRET, ""), scan()).save(bad)
    tally.check(can_read(bad, folder), "the picture cannot be read")
    status, findings, said = verify(bad, "--original", original)
    tally.check(status == 4 and ("pixel", "recognised-text") in leaks(findings), "scan", status, findings, said)
    judge.lakwerk("redact", original, "-o", good, "--no-detect", "--term", SECRET)
    tally.check(good.exists() and not can_read(good, folder), "a good redaction can be read")
    status, findings, said = verify(good, "--original", original)
    tally.check(status == 0, "a good redaction", status, findings, said)


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as name:
        check_boxes(tally, pathlib.Path(name))
        if shutil.which("tesseract"):
            check_scan(tally, pathlib.Path(name))
        else:
            print("tesseract is not installed: scans are not judged")
    tally.finish()


if __name__ == "__main__":
    main()
