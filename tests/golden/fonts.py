#!/usr/bin/env python3
"""fonts.py - after redaction no font spells a letter that the text does not show, and what stays looks the same.

Judged by pikepdf (ToUnicode, Widths, Differences, CharProcs, tags), by FreeType's outlines through Poppler (pixels)
and by pdftotext. Input: the PDFs of the dossier with a surname taken out, and the channel fixtures.
"""
import pathlib
import re
import sys
import tempfile

import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402

LABEL = "LAKWRK+LakwerkLabel"
BLOCK = re.compile(r"beginbfchar(.*?)endbfchar", re.S)
PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def fonts(pdf):
    for value in pdf.objects:
        if isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/Font":
            if str(value.get("/BaseFont", ""))[1:] != LABEL:
                yield value


def spelled(font):
    """The map of a font: code to characters; what is not written as single codes is a mistake of ours."""
    stream = font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        return {}
    text = stream.read_bytes().decode("latin-1")
    if "beginbfrange" in text:
        return {0: "\ufffd"}
    pairs = [pair for block in BLOCK.findall(text) for pair in PAIR.findall(block)]
    return {int(code, 16): bytes.fromhex(to).decode("utf-16-be", "replace") for code, to in pairs}


def check_simple(tally, name, font, used):
    first = int(font.get("/FirstChar", 0))
    for index, width in enumerate(font.get("/Widths", [])):
        embedded = any("/FontFile" + n in font.get("/FontDescriptor", {}) for n in ("", "2", "3"))
        tally.check(not width or first + index in used or not embedded, name, "width of an unused code", first + index)
    encoding = font.get("/Encoding")
    code = 0
    for item in encoding.get("/Differences", []) if isinstance(encoding, pikepdf.Dictionary) else []:
        if isinstance(item, pikepdf.Name):
            tally.check(code in used, name, "a name for unused code", code)
            code += 1
        else:
            code = int(item)


def check_tag(tally, name, font):
    for key, holder in (("/BaseFont", font), ("/FontName", font.get("/FontDescriptor", {}))):
        tag = re.match(r"/([A-Z]{6})\+", str(holder.get(key, "")))
        tally.check(not tag or tag[1] == "AAAAAA", name, "the producer's tag", key)


def codes_shown(pdf):
    """Simple fonts on pages: name in the resources -> codes, per page. Enough for fixtures without forms."""
    used = {}
    for page in pdf.pages:
        font, saved = None, []
        table = page.get("/Resources", {}).get("/Font", {})
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font = table.get(str(operands[0]))
            elif str(operator) == "q":
                saved.append(font)
            elif str(operator) == "Q":
                font = saved.pop() if saved else None
            elif str(operator) in ("Tj", "TJ", "'", '"') and font is not None:
                last = operands[-1]
                for part in last if isinstance(last, pikepdf.Array) else [last]:
                    if isinstance(part, pikepdf.String):
                        used.setdefault(font.objgen, set()).update(bytes(part))
    return used


def check_file(tally, name, out):
    seen = set(judge.tool("pdftotext", out, "-").decode("utf-8", "replace")) | {" ", "\u00a0", "\u00ad"}
    with pikepdf.open(out) as pdf:
        shown = codes_shown(pdf)
        for font in fonts(pdf):
            extra = {c for text in spelled(font).values() for c in text if not c.isspace()} - seen
            tally.check(not extra, name, font.get("/BaseFont"), "spells", "".join(sorted(extra)))
            check_tag(tally, name, font)
            if font.objgen in shown and font.get("/Subtype") in ("/TrueType", "/Type1"):
                check_simple(tally, name, font, shown[font.objgen])


def compare(tally, name, before, after):
    """Pages on which nothing was marked look the same to the pixel."""
    for page in range(1, len(pikepdf.open(before).pages) + 1):
        one, two = judge.pixels(before, page, 100), judge.pixels(after, page, 100)
        same = one is not None and two is not None and one.shape == two.shape
        tally.check(same and int((abs(one - two) > 8).sum()) == 0, name, "page", page, "looks different")


def dossier(tally, folder):
    for file in sorted((judge.FIXTURES / "dossier").rglob("*.pdf")):
        out, same = folder / ("d-" + file.name), folder / ("s-" + file.name)
        status, said, _ = judge.lakwerk("redact", file, "-o", out)
        if not tally.check(out.exists(), file.name, "no output, exit", status, said):
            continue
        check_file(tally, file.name, out)
        judge.lakwerk("redact", file, "-o", same, "--no-detect")
        if same.exists():
            check_file(tally, file.name, same)
            compare(tally, file.name, file, same)


def channels(tally, folder):
    for name, file, page, area, _, _ in judge.channels():
        out = folder / (name + ".pdf")
        judge.lakwerk("redact", file, "-o", out, "--no-detect", "--area", "%d:%s" % (page, ",".join(area)))
        if out.exists():
            check_file(tally, name, out)


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as name:
        dossier(tally, pathlib.Path(name))
        channels(tally, pathlib.Path(name))
    tally.finish()


if __name__ == "__main__":
    main()
