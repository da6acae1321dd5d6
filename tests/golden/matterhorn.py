"""matterhorn.py - failure conditions of the Matterhorn Protocol 1.1 that writing a PDF anew can cause, by pikepdf.

    tests/golden/matterhorn.py FILE...      prints what fails in each file, one condition a line

`failures` gives {condition: places}. Conditions are numbered as in the protocol; those of ISO 32000 that it builds on
("tree": ParentTree, P, K; "id": trailer /ID) and of PDF/A ("a-…") have names.
"""
import collections
import re
import sys
import warnings

import pikepdf

warnings.filterwarnings("ignore", module="pikepdf")
STANDARD = set("""Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6
L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu
WT WP Figure Formula Form""".split())
PARENTS = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"},
           "TBody": {"Table"}, "TFoot": {"Table"}, "LI": {"L"}, "LBody": {"LI"}, "TOCI": {"TOC"}, "RB": {"Ruby"},
           "RT": {"Ruby"}, "RP": {"Ruby"}, "WT": {"Warichu"}, "WP": {"Warichu"}}
PAINT = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}


class Report:
    def __init__(self, pdf):
        self.pdf = pdf
        self.found = collections.defaultdict(list)

    def fail(self, condition, place=""):
        self.found[condition].append(str(place))


def items(value):
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def text(value):
    return str(value) if isinstance(value, pikepdf.String) else ""


def key_of(value):
    return value.objgen if getattr(value, "is_indirect", False) else None


def number_tree(node, depth=0):
    """Keys and values of a number tree."""
    if node is None or depth > 50:
        return
    pairs = node.get("/Nums", [])
    for index in range(0, len(pairs) - 1, 2):
        yield int(pairs[index]), pairs[index + 1]
    for kid in node.get("/Kids", []):
        yield from number_tree(kid, depth + 1)


# ---- the structure tree ----

class Tree:
    def __init__(self, report, root):
        self.report, self.root = report, root
        roles = {str(name): str(role) for name, role in (root.get("/RoleMap") or {}).items()}
        self.roles = {name: role for name, role in roles.items() if name != role}
        self.elements = []                      # (element, type, ancestors' types)
        self.content = {}                       # (page or stream, MCID) -> element
        self.objects = {}                       # annotation -> (element, type)
        self.order = []                         # of (page or stream, MCID)
        self.seen = set()
        for kid in items(root.get("/K")):
            self.walk(kid, root, [], None)

    def type_of(self, element):
        name, steps = str(element.get("/S", "/")), 0
        while name in self.roles and steps < 50:
            if name[1:] in STANDARD and not steps:
                self.report.fail("02-004", name)
            name, steps = self.roles[name], steps + 1
        if steps == 50:
            self.report.fail("02-003", name)
        elif name[1:] not in STANDARD:
            self.report.fail("02-001", name)
        return name[1:]

    def walk(self, element, parent, above, page):
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            self.report.fail("tree", "a child of the root is no element")
            return
        key = key_of(element)
        if key in self.seen or len(above) > 200:
            self.report.fail("tree", "an element hangs twice")
            return
        self.seen.add(key)
        if key_of(element.get("/P")) != key_of(parent):
            self.report.fail("tree", "P of %s" % element.S)
        kind, page = self.type_of(element), element.get("/Pg", page)
        self.elements.append((element, kind, above))
        for kid in items(element.get("/K")):
            self.kid(kid, element, kind, above, page)

    def kid(self, kid, element, kind, above, page):
        if isinstance(kid, int):
            self.mark(page, int(kid), element)
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            self.mark(kid.get("/Stm", kid.get("/Pg", page)), int(kid.MCID), element)
        elif isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
            self.objects[key_of(kid.Obj)] = (element, kind)
        else:
            self.walk(kid, element, above + [kind], page)

    def mark(self, holder, mcid, element):
        place = (key_of(holder) if holder is not None else None, mcid)
        if place in self.content:
            self.report.fail("tree", "content %d belongs to two elements" % mcid)
        self.content[place] = element
        self.order.append(place)


def attribute(element, name):
    for one in items(element.get("/A")):
        if isinstance(one, pikepdf.Dictionary) and name in one:
            return one[name]
    return None


def check_elements(report, tree):
    levels, kinds, ids = 0, set(), collections.Counter()
    for element, kind, above in tree.elements:
        named = text(element.get("/Alt")) or text(element.get("/ActualText"))
        if kind == "Figure" and not named:
            report.fail("13-004", kind)
        if kind == "Formula" and not named:
            report.fail("17-002", kind)
        parent = next((one for one in reversed(above) if one not in ("NonStruct", "Private")), None)
        if kind in PARENTS and parent not in PARENTS[kind]:
            report.fail("09-004" if kind[0] == "T" and kind != "TOCI" else "09-005", "%s in %s" % (kind, parent))
        if kind == "Note":
            ids[str(element.get("/ID", ""))] += 1
        if re.fullmatch("H[1-6]", kind):
            level = int(kind[1])
            if level > levels + 1:
                report.fail("14-003", kind)
            levels = level
        if kind in ("H",) or re.fullmatch("H[1-6]", kind):
            kinds.add(kind == "H")
    if len(kinds) > 1:
        report.fail("14-007")
    for value, count in ids.items():
        if not value:
            report.fail("19-003")
        elif count > 1:
            report.fail("19-004", value)
    check_tables(report, tree)


def check_tables(report, tree):
    known = {str(element.ID) for element, _, _ in tree.elements if "/ID" in element}
    by_headers = False
    for element, kind, _ in tree.elements:
        if kind in ("TD", "TH"):
            for header in items(attribute(element, "/Headers")):
                by_headers = True
                if str(header) not in known:
                    report.fail("15-003", "Headers of a cell lead nowhere")
    for element, kind, _ in tree.elements:
        if kind == "TH" and not by_headers and attribute(element, "/Scope") is None:
            report.fail("15-003", "TH without Scope")


# ---- content ----

def properties_of(operands, resources):
    if len(operands) < 2:
        return {}
    value = operands[1]
    if isinstance(value, pikepdf.Name):
        value = resources.get("/Properties", {}).get(str(value), {})
    return value if isinstance(value, pikepdf.Dictionary) else {}


class Content:
    """What one page paints: every piece is tagged or an artifact, and every tag is in the tree."""

    def __init__(self, report, tree, page, number):
        self.report, self.tree, self.number = report, tree, number
        self.page, self.mcids = page, set()
        self.texts = collections.defaultdict(str)
        self.stream(page.obj, page.get("/Resources", pikepdf.Dictionary()), key_of(page.obj), [], 0, page)

    def stream(self, holder, resources, key, outside, depth, source):
        try:
            operations = pikepdf.parse_content_stream(source)
        except Exception:
            self.report.fail("content", "page %d" % self.number)
            return
        stack = []
        for operands, operator in operations:
            name = str(operator)
            if name in ("BDC", "BMC"):
                self.open(stack, outside, operands, resources, key)
            elif name == "EMC" and stack:
                stack.pop()
            elif name == "EMC":
                self.report.fail("content", "EMC without BDC, page %d" % self.number)
            elif name in PAINT:
                self.paint(name, operands, resources, outside + stack, depth, key)
        if stack:
            self.report.fail("content", "BDC without EMC, page %d" % self.number)

    def open(self, stack, outside, operands, resources, key):
        properties = properties_of(operands, resources)
        kind = "artifact" if str(operands[0]) == "/Artifact" else "span"
        if "/MCID" in properties:
            kind, mcid = "tagged", int(properties.MCID)
            if (key, mcid) in self.mcids:
                self.report.fail("tree", "MCID %d twice, page %d" % (mcid, self.number))
            self.mcids.add((key, mcid))
            if self.tree and (key, mcid) not in self.tree.content:
                self.report.fail("01-005", "MCID %d, page %d is in no element" % (mcid, self.number))
        around = outside + stack
        if kind == "artifact" and "tagged" in around:
            self.report.fail("01-003", "page %d" % self.number)
        if kind == "tagged" and "artifact" in around:
            self.report.fail("01-004", "page %d" % self.number)
        stack.append(kind)

    def paint(self, name, operands, resources, around, depth, key):
        if name == "Do":
            form = resources.get("/XObject", {}).get(str(operands[0]))
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form" and depth < 12:
                inner = form.get("/Resources", resources)
                self.stream(form, inner, key_of(form), around, depth + 1, form)
                return
        if self.tree and "tagged" not in around and "artifact" not in around:
            self.report.fail("01-005", "%s on page %d" % (name, self.number))


def check_parents(report, tree, pdf):
    parents = dict(number_tree(tree.root.get("/ParentTree")))
    holders = {}
    for page in pdf.pages:
        holders[key_of(page.obj)] = page.get("/StructParents")
    for value in pdf.objects:
        if isinstance(value, pikepdf.Stream) and value.get("/Subtype") == "/Form":
            holders[key_of(value)] = value.get("/StructParents")
    for (holder, mcid), element in tree.content.items():
        key = holders.get(holder)
        row = parents.get(int(key)) if key is not None else None
        if not isinstance(row, pikepdf.Array) or mcid >= len(row) or key_of(row[mcid]) != key_of(element):
            report.fail("tree", "ParentTree of content %d" % mcid)
    return parents


# ---- annotations, document, fonts ----

def check_annotations(report, tree, pdf, parents):
    for number, page in enumerate(pdf.pages, 1):
        annotations = [one for one in items(page.get("/Annots")) if isinstance(one, pikepdf.Dictionary)]
        shown = [one for one in annotations if one.get("/Subtype") != "/Popup" and not int(one.get("/F", 0)) & 2]
        if shown and page.get("/Tabs") != "/S":
            report.fail("28-008", "page %d" % number)
        for one in shown:
            subtype, (element, kind) = str(one.get("/Subtype")), tree.objects.get(key_of(one), ({}, None))
            wanted = {"/Widget": "Form", "/Link": "Link"}.get(subtype, "Annot")
            condition = {"Form": "28-010", "Link": "28-011", "Annot": "28-002"}[wanted]
            if kind != wanted and not (kind and wanted == "Annot"):
                report.fail(condition, "%s on page %d in %s" % (subtype, number, kind))
            elif key_of(parents.get(int(one.get("/StructParent", -1)))) != key_of(element):
                report.fail("tree", "StructParent of an annotation on page %d" % number)
            described = text(one.get("/Contents")) or text(element.get("/Alt") if kind else None)
            if subtype == "/Widget":
                field = one
                while "/TU" not in field and "/Parent" in field:
                    field = field.Parent
                if not text(field.get("/TU")) and not described:
                    report.fail("28-005", "page %d" % number)
            elif not described:
                report.fail("28-012" if subtype == "/Link" else "28-004", "page %d" % number)


def check_document(report, pdf):
    root = pdf.Root
    metadata = root.get("/Metadata")
    xmp = metadata.read_bytes().decode("utf-8", "replace") if isinstance(metadata, pikepdf.Stream) else ""
    if not xmp:
        report.fail("06-001")
    if not re.search(r"pdfuaid:part(?:>|=\")1", xmp):
        report.fail("06-002")
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]+<", xmp, re.S):
        report.fail("06-003")
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        report.fail("07-001")
    if not text(root.get("/Lang")):
        report.fail("11-006")
    if root.get("/MarkInfo", {}).get("/Marked") is not True:
        report.fail("01-marked")
    if root.get("/MarkInfo", {}).get("/Suspects") is True:
        report.fail("01-007")
    if pdf.is_encrypted:
        report.fail("26-001")
    if "/ID" not in pdf.trailer or len(pdf.trailer.ID) != 2:
        report.fail("id")
    layers = root.get("/OCProperties")
    if layers is not None:
        for one in [layers.get("/D", {})] + items(layers.get("/Configs")):
            if not text(one.get("/Name")):
                report.fail("20-001")
            if "/AS" in one:
                report.fail("20-003")
    check_archive(report, pdf, xmp)


def check_archive(report, pdf, xmp):
    """What PDF/A asks of the parts that redacting touches; only of a file that says it is one."""
    part = re.search(r"pdfaid:part(?:>|=\")(\d)", xmp)
    if not part:
        report.fail("a-identifier")
        return
    if part[1] == "1" and pdf.pdf_version > "1.4":
        report.fail("a1-version", pdf.pdf_version)
    if "/OutputIntents" not in pdf.Root:
        report.fail("a-intent")
    for value in pdf.objects:
        if not isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            continue
        filters = [str(one) for one in items(value.get("/Filter"))] if isinstance(value, pikepdf.Stream) else []
        if "/LZWDecode" in filters or "/F" in value and isinstance(value, pikepdf.Stream):
            report.fail("a-filter")
        if part[1] == "1":
            check_first_part(report, pdf, value)
        if value.get("/S") in ("/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData"):
            report.fail("a-action", value.S)
        if value.get("/Type") == "/Annot" and value.get("/Subtype") not in ("/Popup", "/Link"):
            flags = int(value.get("/F", 0))
            if not flags & 4 or flags & 0x23:
                report.fail("a-annotation", "flags of %s" % value.Subtype)
    info = pdf.trailer.get("/Info")
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>([^<]*)<", xmp, re.S)
    if info is not None and "/Title" in info and (not title or text(info.Title) != title[1]):
        report.fail("a-info")


def check_first_part(report, pdf, value):
    """PDF/A-1: no transparency, no layers, PDF 1.4 without object streams."""
    if value.get("/SMask", "/None") != "/None" and "/SMask" in value:
        report.fail("a1-transparency", "SMask")
    group = value.get("/Group")
    if isinstance(group, pikepdf.Dictionary) and group.get("/S") == "/Transparency":
        report.fail("a1-transparency", "Group")
    if value.get("/Type") == "/ExtGState" or "/ca" in value or "/CA" in value:
        for key in ("/ca", "/CA"):
            if float(value.get(key, 1)) != 1:
                report.fail("a1-transparency", key)
        if value.get("/BM", "/Normal") not in ("/Normal", "/Compatible"):
            report.fail("a1-transparency", "BM")
    if value.get("/Type") in ("/ObjStm", "/XRef"):
        report.fail("a1-streams", value.Type)
    if value.get("/Type") == "/OCG":
        report.fail("a1-layers")
    if value.get("/Type") == "/Metadata" and "/Filter" in value:
        report.fail("a1-metadata")


def fonts_in(pdf):
    for value in pdf.objects:
        if isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/Font" and "/Subtype" in value:
            if value.Subtype not in ("/CIDFontType0", "/CIDFontType2"):
                yield value


def check_fonts(report, pdf):
    for font in fonts_in(pdf):
        name, kind = str(font.get("/BaseFont", font.get("/Name", "?"))), str(font.Subtype)
        below = items(font.get("/DescendantFonts"))[:1]
        holder = below[0] if below else font
        descriptor = holder.get("/FontDescriptor", {})
        if kind != "/Type3" and not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            report.fail("31-009", name)
        if below:
            if holder.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in holder:
                report.fail("31-005", name)
            if "/CIDSystemInfo" not in holder:
                report.fail("31-003", name)
        if "/ToUnicode" in font:
            data = font.ToUnicode.read_bytes().decode("latin-1")
            if re.search(r"<(0000|FEFF|FFFE|feff|fffe)>\s*(?:\n|end)", data.split("endcodespacerange")[-1]):
                report.fail("31-028", name)
        elif below or kind == "/Type3" or int(descriptor.get("/Flags", 0)) & 4:
            report.fail("31-027", name)


def failures(path):
    with pikepdf.open(path) as pdf:
        report, tree, parents = Report(pdf), None, {}
        check_document(report, pdf)
        root = pdf.Root.get("/StructTreeRoot")
        if root is None:
            report.fail("01-006", "no structure tree")
        else:
            tree = Tree(report, root)
            check_elements(report, tree)
            parents = check_parents(report, tree, pdf)
            check_annotations(report, tree, pdf, parents)
        reached = set()
        for number, page in enumerate(pdf.pages, 1):
            reached |= Content(report, tree, page, number).mcids
        for place in set(tree.content if tree else ()) - reached:
            report.fail("tree", "content %d of an element is nowhere painted" % place[1])
        check_fonts(report, pdf)
        return dict(report.found)


if __name__ == "__main__":
    for file in sys.argv[1:]:
        for condition, where in sorted(failures(file).items()):
            print("%s\t%s\t%d\t%s" % (file, condition, len(where), "; ".join(sorted(set(where))[:3])))
