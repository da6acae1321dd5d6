#!/usr/bin/env python3
"""odf.py - OpenDocument texts: nothing left in any member, a package as the standard wants it, LibreOffice opens it.

The fixtures hold names in text, tracked changes, comments, metadata, style names, alternate texts and picture comments.
Without LibreOffice its part is skipped.
"""
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


def check_office(tally, name, path, folder, keep):
    if not shutil.which("soffice"):
        return
    subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % folder, "--headless", "--convert-to", "pdf",
                    "--outdir", str(folder), str(path)], capture_output=True, timeout=judge.TIMEOUT)
    made = folder / (path.stem + ".pdf")
    if tally.check(made.exists(), name, "LibreOffice does not open it"):
        text = " ".join(judge.text_of(made).split())
        for part in keep + ["gelakt"]:
            seen = part in text or part == "gelakt" and "5.1.2.e" in text
            tally.check(seen, name, "LibreOffice does not show", repr(part))


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
    tally.finish()


if __name__ == "__main__":
    main()
