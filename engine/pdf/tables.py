#!/usr/bin/env python3
"""tables.py - makes glyphs.def, encodings.def, widths.def and strings.def; run by hand, the results are committed.

Usage: tables.py FOLDER, where FOLDER holds the Core 14 AFM files (Helvetica.afm and so on). Needs Debian's
python3-fonttools (for the Adobe Glyph List) and python3-reportlab (for the encodings of ISO 32000-1 annex D).
"""
import importlib
import os
import re
import sys

from fontTools import agl, cffLib

HERE = os.path.dirname(os.path.abspath(__file__))
LATIN = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic")
AGL_NOTICE = """ *
 * Values of the Adobe Glyph List, Copyright 2002-2019 Adobe (BSD-3-Clause)."""
AFM_NOTICE = """ *
 * Values of the Core 14 AFM files, Copyright (c) 1985, 1987, 1989, 1990, 1991, 1992, 1993, 1997 Adobe Systems
 * Incorporated. All Rights Reserved. They may be used, copied and distributed for any purpose and without charge,
 * with or without modification, provided that all copyright notices are retained."""


# Of the Computer Modern fonts, as TeX users know them; where the Adobe Glyph List is silent.
TEX = {
    "angbracketleft": 0x27E8, "angbracketright": 0x27E9, "approxequal": 0x2248, "arrownortheast": 0x2197,
    "arrownorthwest": 0x2196, "arrowsoutheast": 0x2198, "arrowsouthwest": 0x2199, "asteriskmath": 0x2217,
    "bardbl": 0x2016, "ceilingleft": 0x2308, "ceilingright": 0x2309, "circlecopyrt": 0x25CB, "circledivide": 0x2298,
    "circledot": 0x2299, "circleminus": 0x2296, "circlemultiply": 0x2297, "circleplus": 0x2295, "club": 0x2663,
    "coproduct": 0x2210, "diamond": 0x2666, "diamondmath": 0x22C4, "dotlessj": 0x0237, "element": 0x2208,
    "emptyset": 0x2205, "equivalence": 0x2261, "equivasymptotic": 0x224D, "existential": 0x2203, "floorleft": 0x230A,
    "floorright": 0x230B, "follows": 0x227B, "followsequal": 0x227D, "greaterequal": 0x2265, "greatermuch": 0x226B,
    "heart": 0x2665, "intersection": 0x2229, "intersectionsq": 0x2293, "latticetop": 0x22A4, "lessequal": 0x2264,
    "lessmuch": 0x226A, "logicaland": 0x2227, "logicalnot": 0x00AC, "logicalor": 0x2228, "mapsto": 0x21A6,
    "minus": 0x2212, "minusplus": 0x2213, "nabla": 0x2207, "negationslash": 0x0338, "openbullet": 0x25E6,
    "owner": 0x220B, "perpendicular": 0x22A5, "plusminus": 0x00B1, "precedes": 0x227A, "precedesequal": 0x227C,
    "prime": 0x2032, "propersubset": 0x2282, "propersuperset": 0x2283, "reflexsubset": 0x2286,
    "reflexsuperset": 0x2287, "similar": 0x223C, "similarequal": 0x2243, "spade": 0x2660, "subsetsqequal": 0x2291,
    "supersetsqequal": 0x2292, "suppress": 0x0337, "triangle": 0x25B3, "triangleinv": 0x25BD,
    "turnstileleft": 0x22A2, "turnstileright": 0x22A3, "union": 0x222A, "unionmulti": 0x228E, "unionsq": 0x2294,
    "universal": 0x2200, "visiblespace": 0x2423, "wreathproduct": 0x2240,
}


def metrics(folder, font):
    """(code, name, width) of every glyph in an AFM file."""
    with open(os.path.join(folder, font + ".afm"), encoding="latin-1") as afm:
        return [(int(code), name, int(width)) for code, width, name in
                re.findall(r"^C (-?\d+) ; WX (\d+) ; N (\S+) ;", afm.read(), re.M)]


def wrap(items, indent="\t", width=96):
    """Items with commas or blanks already on them, filled into lines."""
    lines, line = [], indent
    for item in items:
        if len(line.expandtabs(8)) + len(item) > width:
            lines.append(line.rstrip())
            line = indent
        line += item + " "
    lines.append(line.rstrip())
    return "\n".join(lines)


def plain(name, names):
    """Small capitals, old style digits and the like have private values in the list: take the plain character."""
    for end in ("oldstyle", "small", "superior", "inferior"):
        base = name[:-len(end)]
        if not name.endswith(end):
            continue
        if end == "small" and base in names:
            lower = base[0].lower() + base[1:]
            return names.get(lower if base not in ("AE", "OE") else base.lower())
        return names.get(base)
    return None


def wanted(value):
    """Latin, Greek, Cyrillic, punctuation, signs and Latin ligatures."""
    return value < 0x530 or 0x1E00 <= value < 0x2800 or 0xFB00 <= value < 0xFB07


def glyphs():
    names = {}
    for name, value in agl.LEGACY_AGL2UV.items():
        values = (value,) if isinstance(value, int) else value
        if len(values) == 1:
            names[name] = values[0]
    rows = {}
    for name, value in names.items():
        if 0xE000 <= value < 0xF900:
            value = plain(name, names)
        if value and wanted(value):
            rows[name] = value
    known = {"TEX_" * (name not in names) + 'GLYPH("%s", 0x%04X)' % (name, value): name
             for name, value in {**TEX, **rows}.items()}
    body = "\n".join("LW_" + row for row in sorted(known, key=known.get))
    return ("/* glyphs.def - names of glyphs and their Unicode: LW_GLYPH(name, code point), sorted by name; made by"
            " tables.py.\n * LW_TEX_GLYPH: of the fonts of TeX, and not in the Adobe Glyph List.\n"
            + AGL_NOTICE + " */\n" + body + "\n")


def table(identifier, names):
    items, expected = [], None
    for code, name in sorted(names.items()):
        items.append(('"%s",' if code == expected else "[%d] =" % code + ' "%s",') % name)
        expected = code + 1
    items[-1] = items[-1].rstrip(",") + ")"
    return "LW_ENCODING(%s,\n%s\n" % (identifier, wrap(items))


def annex_d(module):
    found = importlib.import_module("reportlab.pdfbase._fontdata_enc_" + module)
    names = next(getattr(found, name) for name in dir(found) if name.endswith("Encoding"))
    return {code: name for code, name in enumerate(names) if name}


def encodings(folder):
    built_in = {font: {code: name for code, name, _ in metrics(folder, font) if code >= 0}
                for font in ("Helvetica", "Symbol", "ZapfDingbats")}
    return ("/* encodings.def - glyph names by code (ISO 32000-1 annex D): LW_ENCODING(id, initialisers); made by"
            " tables.py. */\n"
            + table("LW_PDF_ENCODING_STANDARD", built_in["Helvetica"])
            + table("LW_PDF_ENCODING_WIN_ANSI", annex_d("winansi"))
            + table("LW_PDF_ENCODING_MAC_ROMAN", annex_d("macroman"))
            + table("LW_PDF_ENCODING_MAC_EXPERT", annex_d("macexpert"))
            + table("LW_PDF_ENCODING_PDF_DOC", annex_d("pdfdoc"))
            + table("LW_PDF_ENCODING_SYMBOL", built_in["Symbol"])
            + table("LW_PDF_ENCODING_DINGBATS", built_in["ZapfDingbats"]))


def widths(folder):
    columns = [{name: width for _, name, width in metrics(folder, font)} for font in LATIN]
    rows = ["LW_LATIN_WIDTHS(" + ", ".join(['"%s"' % name] + [str(column[name]) for column in columns]) + ")"
            for name in sorted(columns[0])]
    for macro, font in (("SYMBOL", "Symbol"), ("DINGBAT", "ZapfDingbats")):
        rows += ['LW_%s_WIDTH("%s", %d)' % (macro, name, width)
                 for name, width in sorted((name, width) for _, name, width in metrics(folder, font))]
    return ("/* widths.def - widths of the standard fonts by glyph name, sorted; made by tables.py. "
            "LW_LATIN_WIDTHS(name,"
            "\n * " + ", ".join(LATIN) + "),\n * LW_SYMBOL_WIDTH, LW_DINGBAT_WIDTH(name, width).\n"
            + AFM_NOTICE + " */\n" + "\n".join(rows) + "\n")


def strings():
    return ("/* strings.def - the standard strings of CFF fonts, by number: LW_STRING(name); made by tables.py. */\n"
            + wrap(['LW_STRING("%s")' % name for name in cffLib.cffStandardStrings], "", 100) + "\n")


def main():
    folder = sys.argv[1]
    for name, text in (("glyphs.def", glyphs()), ("encodings.def", encodings(folder)), ("widths.def", widths(folder)),
                       ("strings.def", strings())):
        with open(os.path.join(HERE, name), "w", encoding="ascii") as out:
            out.write(text)


if __name__ == "__main__":
    main()
