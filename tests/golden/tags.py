#!/usr/bin/env python3
"""tags.py - a tagged PDF stays tagged and as accessible as it was: no point of matterhorn.py fails that held before.

Each fixture loses names in headings, cells, list items, notes, links and descriptions. The checker itself is tried on
files that are broken in one place each: it has to find every one.
"""
import pathlib
import re
import sys
import tempfile

import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402
import matterhorn  # noqa: E402

TERMS = {
    "tagged/verslag-ua.pdf": ["Tepelenburg", "Oldenhuis"],
    "tagged/verslag-a2.pdf": ["Tepelenburg", "Oldenhuis"],
    "tagged/verslag-a1.pdf": ["Tepelenburg", "Oldenhuis"],
    "dossier/besluit.pdf": ["Oldenhuis", "dakkapel"],
}
SPOKEN = {"nl": "[gelakt: 5.1.2.e]", "en": "[redacted: 5.1.2.e]"}


def first(pdf, kind):
    """The first element of this type, or of one that stands for it."""
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one:
            if "/" + kind in (str(one.S), str(roles.get(str(one.S), ""))):
                return one
    raise KeyError(kind)


def replace_content(pdf, old, new):
    page = pdf.pages[0]
    page.contents_coalesce()
    data = page.Contents.read_bytes()
    assert re.search(old, data), old
    page.Contents = pdf.make_stream(re.sub(old, new, data, count=1))


def annotation(pdf):
    return next(one for page in pdf.pages for one in page.get("/Annots", []))


def font(pdf):
    return next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one)


def break_metadata(pdf, old, new):
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(old, new))


def add_group(pdf):
    pdf.pages[0].obj.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency)


BROKEN = [
    ("01-003", lambda pdf: replace_content(pdf, rb"(/MCID \d+\s*>>\s*BDC)", rb"\1 /Artifact BMC EMC")),
    ("01-004", lambda pdf: replace_content(pdf, rb"(/Artifact\b[^\n]*BDC|/Artifact BMC)",
                                           rb"\1 /P <</MCID 0>> BDC EMC")),
    ("01-005", lambda pdf: replace_content(pdf, rb"\A", b"0 0 5 5 re f\n")),
    ("01-marked", lambda pdf: pdf.Root.MarkInfo.__delitem__("/Marked")),
    ("02-001", lambda pdf: first(pdf, "P").__setitem__("/S", pikepdf.Name.Alinea)),
    ("02-003", lambda pdf: pdf.Root.StructTreeRoot.__setitem__(
        "/RoleMap", pikepdf.Dictionary({"/Standard": pikepdf.Name.Kring, "/Kring": pikepdf.Name.Standard}))),
    ("06-001", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    ("06-002", lambda pdf: break_metadata(pdf, b"pdfuaid:part", b"pdfuaid:deel")),
    ("06-003", lambda pdf: break_metadata(pdf, b"dc:title", b"dc:titel")),
    ("07-001", lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")),
    ("09-004", lambda pdf: first(pdf, "TR").__setitem__("/S", pikepdf.Name.Sect)),
    ("09-005", lambda pdf: first(pdf, "L").__setitem__("/S", pikepdf.Name.Sect)),
    ("11-006", lambda pdf: pdf.Root.__delitem__("/Lang")),
    ("13-004", lambda pdf: first(pdf, "Figure").__delitem__("/Alt")),
    ("14-003", lambda pdf: first(pdf, "H2").__setitem__("/S", pikepdf.Name.H4)),
    ("15-003", lambda pdf: first(pdf, "TH").__delitem__("/A")),
    ("19-003", lambda pdf: first(pdf, "Note").__delitem__("/ID")),
    ("28-008", lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs")),
    ("28-011", lambda pdf: first(pdf, "Link").__delitem__("/K")),
    ("28-012", lambda pdf: annotation(pdf).__delitem__("/Contents")),
    ("31-009", lambda pdf: font(pdf).__delitem__("/FontFile2")),
    ("31-027", lambda pdf: [one.__delitem__("/ToUnicode") for one in pdf.objects
                            if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one]),
    ("tree", lambda pdf: pdf.Root.StructTreeRoot.__delitem__("/ParentTree")),
    ("tree", lambda pdf: first(pdf, "P").__setitem__("/P", pdf.Root)),
    ("tree", lambda pdf: first(pdf, "H1").__setitem__("/K", 77)),
]
BROKEN_ARCHIVE = [
    ("a-identifier", "a2", lambda pdf: break_metadata(pdf, b"pdfaid:part", b"pdfaid:deel")),
    ("a-intent", "a2", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    ("a1-transparency", "a1", add_group),
    ("a1-version", "a1", lambda pdf: None),
]


def check_checker(tally, folder):
    path = folder / "broken.pdf"
    whole = judge.FIXTURES / "tagged" / "verslag-ua.pdf"
    tally.check(set(matterhorn.failures(whole)) == {"a-identifier"}, "the whole file fails", matterhorn.failures(whole))
    cases = [(condition, whole, spoil) for condition, spoil in BROKEN]
    cases += [(condition, judge.FIXTURES / "tagged" / ("verslag-%s.pdf" % kind), spoil)
              for condition, kind, spoil in BROKEN_ARCHIVE]
    for condition, source, spoil in cases:
        with pikepdf.open(source) as pdf:
            spoil(pdf)
            pdf.save(path, min_version="1.7" if condition == "a1-version" else "")
        tally.check(condition in matterhorn.failures(path), "the checker does not see", condition)


# ---- what the labels are to who hears the page ----

def labels_of(path, spoken):
    """Labels in the text, and how many of them stand in content that an element of the tree has."""
    found = placed = 0
    with pikepdf.open(path) as pdf:
        report = matterhorn.Report(pdf)
        tree = matterhorn.Tree(report, pdf.Root.StructTreeRoot)
        for page in pdf.pages:
            stack = []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("BDC", "BMC"):
                    own = matterhorn.properties_of(operands, page.get("/Resources", {}))
                    artifact = operands[0] == "/Artifact" or "artifact" in stack  # headers of pages
                    place = (matterhorn.key_of(page.obj), int(own.get("/MCID", -1)))
                    stack.append("artifact" if artifact else place)
                    if str(own.get("/ActualText", "")).strip() == spoken and not artifact:
                        found += 1
                        placed += any(place in tree.content for place in stack)
                elif str(operator) == "EMC" and stack:
                    stack.pop()
    return found, placed


def order_of(path):
    """The text of marked content in the order of the tree, as pieces."""
    with pikepdf.open(path) as pdf:
        tree = matterhorn.Tree(matterhorn.Report(pdf), pdf.Root.StructTreeRoot)
        numbers = {matterhorn.key_of(page.obj): number for number, page in enumerate(pdf.pages)}
        return [(numbers.get(holder), mcid) for holder, mcid in tree.order]


def identifiers(path):
    with pikepdf.open(path) as pdf:
        data = pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""
        return sorted(re.findall(r"pdf(?:a|ua)id:(?:part|conformance)(?:>|=\")(\w)", data))


def check_file(tally, folder, name, terms, language):
    source, out = judge.FIXTURES / name, folder / "out.pdf"
    policy = folder / "policy.ini"
    policy.write_text("[policy]\nlang=%s\n" % language, encoding="utf-8")
    options = [part for term in terms for part in ("--term", term)]
    status, said, _ = judge.lakwerk("redact", source, "-o", out, "--force", "--no-detect",
                                    "--width", "exact", "--policy", policy, *options)
    if not tally.check(out.exists(), name, "no output, exit", status, said):
        return
    before, after = matterhorn.failures(source), matterhorn.failures(out)
    for condition, where in after.items():
        tally.check(len(where) <= len(before.get(condition, ())), name, condition, "fails", where[:4])
    tally.check(identifiers(source) == identifiers(out), name, "identifiers", identifiers(source), identifiers(out))
    found, placed = labels_of(out, SPOKEN[language])
    tally.check(found and found == placed, name, placed, "of", found, "labels stand in the tree")
    kept = order_of(out)
    tally.check([place for place in order_of(source) if place in set(kept)] ==
                [place for place in kept if place in set(order_of(source))], name, "reading order changed")
    for term in terms:
        tally.check(not judge.search(out, term), name, "still has", term, judge.search(out, term))


def check_area(tally, folder):
    """A box over a picture is heard after the page that it stands on, before the next one."""
    name, out = "tagged/verslag-ua.pdf", folder / "area.pdf"
    status, said, _ = judge.lakwerk("redact", judge.FIXTURES / name, "-o", out, "--force", "--no-detect",
                                    "--width", "exact", "--area", "1:120,220,160,250")
    if not tally.check(out.exists(), name, "no output, exit", status, said):
        return
    new = set(order_of(out)) - set(order_of(judge.FIXTURES / name))
    order = order_of(out)
    tally.check(len(new) == 1, name, "the label of an area has no element", new)
    for place in new:
        after = order[order.index(place) + 1:]
        tally.check(after and all(page == 1 for page, _ in after), name, "the label of an area is out of order", order)
    tally.check(set(matterhorn.failures(out)) == {"a-identifier"}, name, matterhorn.failures(out))


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as place:
        check_checker(tally, pathlib.Path(place))
        for name, terms in TERMS.items():
            for language in SPOKEN:
                check_file(tally, pathlib.Path(place), name, terms, language)
        check_area(tally, pathlib.Path(place))
    tally.finish()


if __name__ == "__main__":
    main()
