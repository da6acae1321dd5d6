"""makers.py - the documents of twins.py whose fonts number their letters as they first meet them: Type 1, CFF, Type 3
and Type 0, by Ghostscript, groff, cairo, pango and by hand.

Each maker yields what it is called and, by name, the file made around that name; without its tool it yields none.
"""
import pathlib
import re
import shutil
import struct
import subprocess

from writer import Pdf, pdf_string

OTHERS = ["Nog een regel van dit stuk.", "De commissie kwam bijeen op 3 maart.",
          "Zij besloot het verzoek toe te wijzen."]
TYPE1 = pathlib.Path("/usr/share/fonts/X11/Type1/NimbusRoman-Regular.pfb")
TRUETYPE = pathlib.Path("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf")


def lines_of(name):
    return ["Wij spraken %s, en daarna u" % name, "Aan: %s" % name, *OTHERS, "Was getekend, %s" % name]


# --- PostScript ---

def postscript(name, font):
    """Words shown one by one, with spaces between them that spread the line."""
    out = ["%!PS-Adobe-3.0", "/%s findfont 11 scalefont setfont" % font]
    for i, line in enumerate(lines_of(name)):
        out.append("72 %d moveto %.3f 0 32 (%s) widthshow" % (700 - 16 * i, (30 - len(line)) / 20, line))
    return "\n".join(out + ["showpage"]).encode("latin-1")


def distill(folder, path, source, *options):
    source_path = folder / (path.stem + ".ps")
    source_path.write_bytes(source)
    subprocess.run(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-dEmbedAllFonts=true",
                    *options, "-o", path, source_path], check=False, timeout=60)


def from_postscript(folder, names):
    if not shutil.which("gs"):
        return
    for kind, options in (("CFF", []), ("Type 1", ["-dCompatibilityLevel=1.1"])):
        out = {}
        for name in names:
            out[name] = folder / ("ps-%s-%s.pdf" % (kind.replace(" ", ""), name))
            distill(folder, out[name], postscript(name, "NimbusRoman-Regular"), *options)
        yield "postscript: " + kind, out


def from_groff(folder, names):
    if not shutil.which("groff") or not shutil.which("gs"):
        return
    out = {}
    for name in names:
        text = ".ad b\n.hy 0\n%s\n.sp\n.B %s\n" % ("\n.br\n".join(lines_of(name)), OTHERS[0])
        made = subprocess.run(["groff", "-Tps", "-"], input=text.encode(), capture_output=True, timeout=60).stdout
        out[name] = folder / ("groff-%s.pdf" % name)
        distill(folder, out[name], made)
    yield "groff", out


# --- cairo and pango ---

def from_cairo_fonts(folder, names):
    try:
        import cairo
    except ImportError:
        return
    for family, letters in (("Nimbus Roman", ""), ("Nimbus Roman", "Łódź "), ("Nimbus Sans", "Œuvre ẞ "),
                            ("DejaVu Sans", "Ωμέγα ")):
        out = {}
        for name in names:
            out[name] = folder / ("cairo-%s-%d-%s.pdf" % (family.replace(" ", ""), len(letters), name))
            surface = cairo.PDFSurface(str(out[name]), 595, 842)
            surface.set_metadata(cairo.PDF_METADATA_CREATE_DATE, "2024-01-01T00:00:00")
            context = cairo.Context(surface)
            context.select_font_face(family)
            context.set_font_size(11)
            for i, line in enumerate(lines_of(name)):
                context.move_to(72, 100 + 16 * i)
                context.show_text(line + (", " + letters if i == 1 or i == 3 else ""))
            surface.finish()
        yield "cairo: %s %s" % (family, letters), out


def from_pango(folder, names):
    try:
        import cairo
        import gi
        gi.require_version("Pango", "1.0")
        gi.require_version("PangoCairo", "1.0")
        from gi.repository import Pango, PangoCairo
    except (ImportError, ValueError):
        return
    for family in ("Liberation Serif", "Nimbus Roman"):
        out = {}
        for name in names:
            out[name] = folder / ("pango-%s-%s.pdf" % (family.replace(" ", ""), name))
            surface = cairo.PDFSurface(str(out[name]), 595, 842)
            surface.set_metadata(cairo.PDF_METADATA_CREATE_DATE, "2024-01-01T00:00:00")
            context = cairo.Context(surface)
            layout = PangoCairo.create_layout(context)
            layout.set_font_description(Pango.FontDescription("%s 11" % family))
            layout.set_width(400 * Pango.SCALE)
            layout.set_justify(True)
            layout.set_text("\n".join(lines_of(name) + [" ".join(OTHERS * 3)]), -1)
            context.move_to(72, 80)
            PangoCairo.show_layout(context, layout)
            surface.finish()
        yield "pango: " + family, out


# --- by hand: a Type 1 subset as pdfTeX writes it ---

def crypt(data, key, encrypting):
    out = bytearray()
    for byte in data:
        other = byte ^ key >> 8
        out.append(other)
        key = ((other if encrypting else byte) + key) * 52845 + 22719 & 0xffff
    return bytes(out)


def segments(pfb):
    parts, at = [], 0
    while pfb[at] == 128 and pfb[at + 1] != 3:
        length = struct.unpack("<I", pfb[at + 2:at + 6])[0]
        parts.append((pfb[at + 1], pfb[at + 6:at + 6 + length]))
        at += 6 + length
    clear = b"".join(data for kind, data in parts[:[kind for kind, _ in parts].index(2)])
    return clear, b"".join(data for kind, data in parts if kind == 2)


GLYPH = {" ": "space", ",": "comma", ".": "period", ":": "colon", "3": "three", "(": "parenleft", ")": "parenright"}


def subset_type1(letters):
    """The glyphs of these letters only, in this order."""
    clear, private = segments(TYPE1.read_bytes())
    private = crypt(private, 55665, False)
    start = private.index(b"/CharStrings")
    entries = {}
    at = private.index(b"begin", start) + 5
    pattern = re.compile(rb"\s*/(\S+) (\d+) (\S+) ")
    tail = at
    while (found := pattern.match(private, at)):
        end = found.end() + int(found[2])
        stop = private.index(b"\n", end)
        entries[found[1].decode()] = private[found.start():stop]
        at = tail = stop
    used = [".notdef"] + [GLYPH.get(char, char) for char in letters]
    body = b"".join(entries[name] for name in used)
    head = private[start:private.index(b"begin", start) + 5]
    head = re.sub(rb"/CharStrings \d+", b"/CharStrings %d" % len(used), head)
    private = private[:start] + head + body + private[tail:]
    codes = "".join("dup %d /%s put\n" % (ord(char), GLYPH.get(char, char)) for char in sorted(letters))
    clear = re.sub(rb"/Encoding.*?def\n", ("/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n%sreadonly "
                                          "def\n" % codes).encode(), clear, flags=re.S)
    return clear, crypt(private, 55665, True)


def type1_widths(letters):
    codes = {ord(char): 400 + ord(char) % 9 * 20 for char in letters}
    first, last = min(codes), max(codes)
    return first, last, " ".join(str(codes.get(code, 0)) for code in range(first, last + 1))


def first_met(lines):
    return list(dict.fromkeys("".join(lines)))


def with_type1(name):
    pdf, lines = Pdf(), lines_of(name)
    letters = first_met(lines)
    clear, private = subset_type1(letters)
    program = pdf.add("/Length1 %d /Length2 %d /Length3 0" % (len(clear), len(private)), clear + private)
    first, last, widths = type1_widths(letters)
    names = "".join("/" + GLYPH.get(char, char) for char in sorted(letters))
    descriptor = pdf.add("<</Type /FontDescriptor /FontName /QWERTY+NimbusRoman /Flags 4 "
                         "/FontBBox [-168 -281 1000 924] /ItalicAngle 0 /Ascent 678 /Descent -216 /CapHeight 651 "
                         "/StemV 85 /XHeight 450 /CharSet %s /FontFile %s>>" % (pdf_string(names), program))
    font = pdf.add("<</Type /Font /Subtype /Type1 /BaseFont /QWERTY+NimbusRoman /FontDescriptor %s /FirstChar %d "
                   "/LastChar %d /Widths [%s]>>" % (descriptor, first, last, widths))
    pdf.page(show(lines, str), "/Font <</F8 %s>>" % font)
    return pdf.bytes()


def show(lines, code, font="F8"):
    """Words in TJ arrays, the space between them a number, as TeX does; but one line with glyphs for spaces."""
    out = ["BT", "/%s 10.9091 Tf" % font, "72 720 Td"]
    for i, line in enumerate(lines):
        words = line.split(" ") if i != 1 else [line]
        gap = "-%d" % (250 + 3 * len(line) % 50)
        out.append("[%s] TJ 0 -14 Td" % gap.join(string(word, code) for word in words))
    return "\n".join(out + ["ET"])


def string(text, code):
    if code is str:
        return pdf_string(text)
    return "<%s>" % "".join(code(char) for char in text)


# --- by hand: fonts whose codes are numbers of first use ---

def spelled(pdf, codes, digits):
    rows = "".join("<%0*x> <%04x>\n" % (digits, code, ord(char)) for char, code in codes.items())
    return pdf.add("", "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
                   "1 begincodespacerange <%s> <%s> endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end"
                   % ("0" * digits, "f" * digits, len(codes), rows))


def with_type3(name):
    """Letters as pictures, named and numbered as they come: dvips, scanners, pdf.js of old."""
    pdf, lines = Pdf(), lines_of(name)
    codes = {char: i + 1 for i, char in enumerate(first_met(lines))}
    procs, widths = [], []
    for char, code in codes.items():
        wide = 300 + ord(char) * 7 % 400
        box = "%d 0 d0 40 %d %d %d re f" % (wide, ord(char) % 50, wide - 80, 200 + ord(char) * 3)
        procs.append("/a%d %s" % (code, pdf.add("", "" if char == " " else box)))
        widths.append(str(wide))
    font = pdf.add("<</Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] "
                   "/FirstChar 1 /LastChar %d /Widths [%s] /CharProcs <<%s>> "
                   "/Encoding <</Type /Encoding /Differences [1 %s]>> /Resources <<>> /ToUnicode %s>>"
                   % (len(codes), " ".join(widths), " ".join(procs), " ".join("/a%d" % c for c in codes.values()),
                      spelled(pdf, codes, 2)))
    pdf.page(show(lines, lambda char: "%02x" % codes[char]), "/Font <</F8 %s>>" % font)
    return pdf.bytes()


def truetype():
    data = TRUETYPE.read_bytes()
    tables = {data[12 + 16 * i:16 + 16 * i]: struct.unpack(">II", data[20 + 16 * i:28 + 16 * i])
              for i in range(struct.unpack(">H", data[4:6])[0])}
    at = tables[b"cmap"][0]
    for i in range(struct.unpack(">H", data[at + 2:at + 4])[0]):
        platform, encoding, offset = struct.unpack(">HHI", data[at + 4 + 8 * i:at + 12 + 8 * i])
        if (platform, encoding) == (3, 1):
            return data, glyphs_of(data[at + offset:])
    return data, {}


def glyphs_of(cmap):
    count = struct.unpack(">H", cmap[6:8])[0] // 2
    parts = struct.unpack(">%dH" % (4 * count + 1), cmap[14:16 + 8 * count])
    ends, starts, deltas = parts[:count], parts[count + 1:2 * count + 1], parts[2 * count + 1:3 * count + 1]
    out = {}
    for i in range(count):
        offset = struct.unpack(">H", cmap[16 + 6 * count + 2 * i:18 + 6 * count + 2 * i])[0]
        for char in range(starts[i], min(ends[i], 0x17f) + 1):
            place = 16 + 6 * count + 2 * i + offset + 2 * (char - starts[i])
            glyph = struct.unpack(">H", cmap[place:place + 2])[0] if offset else char
            out[chr(char)] = glyph + deltas[i] & 0xffff
    return out


def with_own_map(name):
    """Type 0: codes of one byte by first use, through a map of its own to the numbers of a whole program."""
    pdf, lines = Pdf(), lines_of(name)
    codes = {char: i + 1 for i, char in enumerate(first_met(lines))}
    data, glyphs = truetype()
    program = pdf.add("/Length1 %d" % len(data), data)
    descriptor = pdf.add("<</Type /FontDescriptor /FontName /QWERTY+LiberationSerif /Flags 4 "
                         "/FontBBox [-543 -303 1277 981] /ItalicAngle 0 /Ascent 891 /Descent -216 /CapHeight 981 "
                         "/StemV 80 /FontFile2 %s>>" % program)
    widths = " ".join("%d [%d]" % (glyphs[char], 400 + ord(char) % 9 * 20) for char in codes)
    child = pdf.add("<</Type /Font /Subtype /CIDFontType2 /BaseFont /QWERTY+LiberationSerif /CIDSystemInfo "
                    "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /DW 0 /W [%s] /CIDToGIDMap /Identity "
                    "/FontDescriptor %s>>" % (widths, descriptor))
    rows = "".join("<%02x> %d\n" % (code, glyphs[char]) for char, code in codes.items())
    own = pdf.add("/Type /CMap /CMapName /Own /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
                  "begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n%d begincidchar\n%sendcidchar endcmap"
                  % (len(codes), rows))
    font = pdf.add("<</Type /Font /Subtype /Type0 /BaseFont /QWERTY+LiberationSerif /Encoding %s /DescendantFonts [%s] "
                   "/ToUnicode %s>>" % (own, child, spelled(pdf, codes, 2)))
    pdf.page(show(lines, lambda char: "%02x" % codes[char]), "/Font <</F8 %s>>" % font)
    return pdf.bytes()


def with_vertical(name):
    """Lines from top to bottom, beside one another."""
    pdf, lines = Pdf(), lines_of(name)
    data, glyphs = truetype()
    program = pdf.add("/Length1 %d" % len(data), data)
    descriptor = pdf.add("<</Type /FontDescriptor /FontName /LiberationSerif /Flags 4 /FontBBox [-543 -303 1277 981] "
                         "/ItalicAngle 0 /Ascent 500 /Descent -50 /CapHeight 981 /StemV 80 /FontFile2 %s>>" % program)
    metrics = " ".join("%d [-%d 500 450]" % (glyphs[char], 560 + ord(char) % 9 * 4) for char in first_met(lines))
    child = pdf.add("<</Type /Font /Subtype /CIDFontType2 /BaseFont /LiberationSerif /CIDSystemInfo "
                    "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /DW 1000 /W2 [%s] /CIDToGIDMap /Identity "
                    "/FontDescriptor %s>>" % (metrics, descriptor))
    codes = {char: glyphs[char] for char in first_met(lines)}
    font = pdf.add("<</Type /Font /Subtype /Type0 /BaseFont /LiberationSerif /Encoding /Identity-V "
                   "/DescendantFonts [%s] /ToUnicode %s>>" % (child, spelled(pdf, codes, 4)))
    shown = ["BT /F8 11 Tf %d 760 Td %s Tj ET" % (400 - 30 * i, string(line, lambda char: "%04x" % glyphs[char]))
             for i, line in enumerate(lines)]
    pdf.page("\n".join(shown), "/Font <</F8 %s>>" % font)
    return pdf.bytes()


def with_forms(name):
    """Each line a form of its own, one of them in another; scaled type."""
    pdf = Pdf()
    font = pdf.add("<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding>>")
    forms = []
    for i, line in enumerate(lines_of(name)):
        inside = "BT /F8 11 Tf 93 Tz 0 0 Td %s Tj ET" % pdf_string(line)
        form = pdf.add("/Type /XObject /Subtype /Form /BBox [-2 -4 %d 14] /Resources <</Font <</F8 %s>>>>"
                       % (len(line) * 6, font), inside)
        if i == 1:
            form = pdf.add("/Type /XObject /Subtype /Form /BBox [-2 -4 400 14] "
                           "/Resources <</XObject <</X %s>>>>" % form, "q 1 0 0 1 5 0 cm /X Do Q")
        forms.append(form)
    content = "\n".join("q 1 0 0 1 72 %d cm /X%d Do Q" % (700 - 16 * i, i) for i in range(len(forms)))
    pdf.page(content, "/XObject <<%s>>" % " ".join("/X%d %s" % pair for pair in enumerate(forms)))
    return pdf.bytes()


# Widths that are not 500 of Times.
TIMES = {" ": 250, "f": 333, "i": 278, "j": 278, "l": 278, "m": 778, "r": 333, "s": 389, "t": 278, "a": 444, "c": 444,
         "e": 444, "k": 500, "w": 722, "z": 444, "O": 722, "B": 667, "Q": 722, "X": 722}


def with_pieces(name):
    """Every piece of a line is a form that stands where the one before it ends: moved, scaled, with a matrix of its
    own, inside another form, and with a rule under its words."""
    pdf = Pdf()
    font = pdf.add("<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding>>")
    content, forms, x = [], [], 72.0
    for i, part in enumerate(["Op verzoek van ", name, " is dit ", "zo ", "besloten ", "en geregeld"]):
        wide = sum(TIMES.get(char, 500) for char in part) * 0.011
        rule = "0 -2 %.2f .5 re f" % wide if i == 3 else ""
        inside = "%s BT /F8 11 Tf 0 0 Td %s Tj ET" % (rule, pdf_string(part))
        matrix = "/Matrix [2 0 0 2 5 0]" if i == 4 else ""
        form = pdf.add("/Type /XObject /Subtype /Form /BBox [-9 -9 400 14] %s /Resources <</Font <</F8 %s>>>>"
                       % (matrix, font), inside)
        if i == 5:
            form = pdf.add("/Type /XObject /Subtype /Form /BBox [-9 -9 400 9] /Resources <</XObject <</X %s>>>>" % form,
                           "q 1 0 0 1 3 0 cm /X Do Q")
        place = ".5 0 0 .5 %.2f 700" % (x - 2.5) if i == 4 else "1 0 0 1 %.2f 700" % (x - 3 * (i == 5))
        content.append("q %s cm /X%d Do Q" % (place, i))
        forms.append(form)
        x += wide
    content.append("BT /F8 11 Tf 72 660 Td (Nog een regel) Tj 0 -14 Td (en nog een) Tj 0 -14 Td (een derde) Tj ET")
    pdf.page("\n".join(content), "/Font <</F8 %s>> /XObject <<%s>>"
             % (font, " ".join("/X%d %s" % pair for pair in enumerate(forms))))
    return pdf.bytes()


def by_bytes(folder, names):
    recipes = [with_type3, with_forms, with_pieces]
    recipes += [with_type1] if TYPE1.exists() else []
    recipes += [with_own_map, with_vertical] if TRUETYPE.exists() else []
    for recipe in recipes:
        out = {}
        for name in names:
            out[name] = folder / ("%s-%s.pdf" % (recipe.__name__, name))
            out[name].write_bytes(recipe(name))
        yield "by hand: " + recipe.__name__, out


ALL = [by_bytes, from_postscript, from_groff, from_cairo_fonts, from_pango]
