#!/usr/bin/env python3
"""odf.py - OpenDocument: nothing left in any member, a package as the standard wants it, LibreOffice opens it.

The letters hold names in text, tracked changes, comments, metadata, style names, alternate texts and picture comments;
fixtures/odf has a secret of its own for every channel of spreadsheets, presentations, flat files and packages. Without
LibreOffice its part is skipped.
"""
import base64
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.dom.minidom
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402

FIXTURES = {
    "odt/brief.odt": (["Zandstra", "Terpstra", "Elzinga", "123456782", "w.zandstra@voorbeeld.nl"],
                      ["Deze zin is later ingevoegd.", "Hoogachtend"]),
    "dossier/vergadering/nota.odt": (["Tepelenburg", "Oldenhuis", "Qvistgaard", "lastig"],
                                     ["De tellingen zijn verricht", "De burgemeester heeft kennisgenomen"]),
}
CHANNELS = judge.FIXTURES / "odf"
SHOWN = {
    "cijfers.fods": ["Naam", "Totaal", "Gemeente", "opmaak"],
    "cijfers.ods": ["Naam", "Totaal", "Gemeente", "opmaak"],
    "dia.fodp": ["Beleid van", "Functie", "inspecteur", "Sjabloon"],
    "dia.odp": ["Beleid van", "Functie", "inspecteur", "Sjabloon"],
    "brief.fodt": ["Geachte heer", "Ingebed", "Hoogachtend"],
    "planted.odt": ["a", "d"],
    "planted.ods": ["anders"],
}
HIDDEN = [b"text:tracked-changes", b"office:annotation", b"text:user-field-decl ", b"office:scripts", b"dc:creator",
          b"meta:initial-creator", b"meta:user-defined", b"officeooo:rsid"]


def check_package(tally, name, path):
    with zipfile.ZipFile(path) as package:
        infos = package.infolist()
        first = infos[0].filename == "mimetype" and infos[0].compress_type == zipfile.ZIP_STORED
        tally.check(first, name, "mimetype is not first and stored")
        spoken = package.comment or any(info.comment or info.extra for info in infos)
        tally.check(not spoken, name, "has comments or extra fields")
        tally.check(len({info.date_time for info in infos}) == 1, name, "members tell different times")
        for info in infos:
            data = package.read(info)
            tally.check(not any(word in data for word in HIDDEN), name, info.filename, "has",
                        [word.decode() for word in HIDDEN if word in data])
            if info.filename.endswith(".xml"):
                xml.dom.minidom.parseString(data)
        stray = [info.filename for info in infos if re.match("Thumbnail|Basic|Scripts|Versions", info.filename)]
        tally.check(not stray, name, "stray members", stray)
        manifest = package.read("META-INF/manifest.xml").decode()
        for info in infos[1:]:
            listed = 'full-path="%s"' % info.filename in manifest or info.filename.startswith("META-INF/")
            tally.check(listed, name, info.filename, "is not in the manifest")


def check_office(tally, name, path, folder, keep, labels=True):
    if not shutil.which("soffice"):
        return
    subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % folder, "--headless", "--convert-to", "pdf",
                    "--outdir", str(folder), str(path)], capture_output=True, timeout=judge.TIMEOUT)
    made = folder / (path.stem + ".pdf")
    if tally.check(made.exists(), name, "LibreOffice does not open it"):
        text = " ".join(judge.text_of(made).split())
        for part in keep + ["gelakt"] * labels:
            seen = part in text or part == "gelakt" and "5.1.2.e" in text
            tally.check(seen, name, "LibreOffice does not show", repr(part))


def strings_of(path):
    """Where something could stand, and the bytes there: the file, its members, pictures in flat files."""
    data = path.read_bytes()
    yield "file", data
    if data[:2] == b"PK":
        with zipfile.ZipFile(path) as package:
            for info in package.infolist():
                yield info.filename, package.read(info)
        return
    for number, text in enumerate(re.findall(rb"<office:binary-data>([^<]*)<", data)):
        yield "picture %d" % number, base64.b64decode(text)


def find(path, secret):
    needle = secret.lower().encode()
    found = []
    for where, data in strings_of(path):
        bare = re.sub(rb"<[^>]*>", b"", data)
        if any(needle in text.lower() for text in (data, bare)):
            found.append(where)
    return found


def rows():
    for line in (CHANNELS / "channels.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def check_channels(tally, folder):
    """Every channel of every fixture: it stands in the input, and nowhere in the output."""
    for name in SHOWN:
        source, out = CHANNELS / name, folder / name
        status, said, _ = judge.lakwerk("redact", source, "-o", out, "--no-detect", "--regex", "Zebulon[0-9]+",
                                        "--term", "111222333")
        if not tally.check(out.exists(), name, "no output, exit", status, said):
            continue
        for file, secret, about in rows():
            if file == name and find(source, secret):
                left = find(out, secret)
                tally.check(not left, name, about, "is still in", left)
        if name.startswith(("planted", "cijfers.ods", "dia.odp")):
            check_package(tally, name, out)
        check_again(tally, name, out, folder)
        check_office(tally, name, out, folder, SHOWN[name], name != "planted.odt" and name != "planted.ods")
    missed = {about for _, _, about in rows()}
    missed -= {about for file, secret, about in rows() if file in SHOWN and find(CHANNELS / file, secret)}
    tally.check(not missed, "channels that no fixture has", missed)


def check_again(tally, name, out, folder):
    """Once redacted, there is nothing more to do."""
    twin = folder / ("again-" + name)
    judge.lakwerk("redact", out, "-o", twin, "--regex", "Zebulon[0-9]+", "--no-detect")
    tally.check(twin.exists() and twin.read_bytes() == out.read_bytes(), name, "a second run changes it")


def check_words_of_the_format(tally, folder):
    """Somebody may be called like a word of the format itself: that is no leak."""
    out = folder / "words.ods"
    status, said, _ = judge.lakwerk("redact", CHANNELS / "cijfers.ods", "-o", out, "--no-detect", "--term", "Naam",
                                    "--term", "Object", "--term", "Chart", "--term", "Spreadsheet")
    tally.check(out.exists(), "words of the format", status, said)


def check_cells(tally, folder):
    """Numbers stay numbers as they are printed; what was marked, computed or hidden is words or nothing."""
    content = (folder / "cijfers.fods").read_text(encoding="utf-8") if (folder / "cijfers.fods").exists() else ""
    for part in ('office:value="1234.57"', 'office:date-value="1980-03-01"', 'office:value="0.33"',
                 'office:time-value="PT09H30M00S"', 'office:currency="EUR"', 'table:name="lakwerk'):
        tally.check(part in content, "cells lost", part)
    for part in ("table:formula", "table:content-validation", "table:named-", "table:database-range", "style:map"):
        tally.check(part not in content, "cells still have", part)


def check_detection(tally, folder):
    """Headings of columns say what a number or a date is."""
    out = folder / "found.fods"
    judge.lakwerk("redact", CHANNELS / "cijfers.fods", "-o", out)
    for secret in ("111222333", "1 maart 1980", "1980-03-01"):
        tally.check(out.exists() and not find(out, secret), "cijfers.fods", secret, "was not found")


def crop_of(data):
    from PIL import Image
    return Image.open(io.BytesIO(data)).convert("RGB")


def check_crops(tally, folder):
    """The lower half of each picture, which is red, was cut off; the upper half, which is not, stayed."""
    for name in ("brief.fodt", "dia.fodp", "dia.odp"):
        out = folder / name
        pictures = [crop_of(data) for where, data in (strings_of(out) if out.exists() else [])
                    if data[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0")]
        tally.check(pictures, name, "lost its pictures")
        for picture in pictures:
            colors = picture.getcolors(1 << 20)
            red = sum(count for count, (r, g, b) in colors if r > 150 and g < 60 and b < 60)
            green = sum(count for count, (r, g, b) in colors if r < 60 and g > 90)
            tally.check(not red and green > 500, name, "a cropped picture has", red, "red and", green, "green samples")


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        for name, (gone, kept) in FIXTURES.items():
            out = folder / pathlib.Path(name).name
            status, said, _ = judge.lakwerk("redact", judge.FIXTURES / name, "-o", out, "--term", gone[0])
            if not tally.check(out.exists(), name, "no output, exit", status, said):
                continue
            for secret in gone:
                left = judge.search_odt(out, secret)
                tally.check(not left, name, "still has", repr(secret), "in", ", ".join(left))
            check_package(tally, name, out)
            check_office(tally, name, out, folder, kept)
            twin = folder / "twin.odt"
            judge.lakwerk("redact", judge.FIXTURES / name, "-o", twin, "--term", gone[0])
            tally.check(twin.exists() and twin.read_bytes() == out.read_bytes(), name, "two runs differ")
            twin.unlink(missing_ok=True)
        check_channels(tally, folder)
        check_cells(tally, folder)
        check_detection(tally, folder)
        check_words_of_the_format(tally, folder)
        check_crops(tally, folder)
    tally.finish()


if __name__ == "__main__":
    main()
