#!/usr/bin/env python3
"""label_font.py - makes label_font.c: the font of the box labels.

Outlines of Liberation Sans (Debian fonts-liberation, SIL Open Font License 1.1), cut down to the characters of
grounds and renamed, as the licence asks of a changed version; plus one glyph of our own, a filled unit square: the box.
Usage: label_font.py LiberationSans-Regular.ttf > label_font.c
"""
import io
import sys

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

CHARACTERS = " ./:-[]()0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
source = TTFont(sys.argv[1])
scale = 1000 / source["head"].unitsPerEm
cmap, outlines, metrics = source.getBestCmap(), source.getGlyphSet(), source["hmtx"]

order, glyphs, widths, mapping = [".notdef", "box"], {}, {}, {}
empty = TTGlyphPen(None)
glyphs[".notdef"] = empty.glyph()
widths[".notdef"] = (0, 0)
pen = TTGlyphPen(None)
pen.moveTo((0, 0)), pen.lineTo((0, 1000)), pen.lineTo((1000, 1000)), pen.lineTo((1000, 0)), pen.closePath()
glyphs["box"] = pen.glyph()
widths["box"] = (1000, 0)
for c in CHARACTERS:
    name = cmap[ord(c)]
    pen = TTGlyphPen(None)
    outlines[name].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    glyph = pen.glyph()
    glyph.recalcBounds(None)
    order.append(name)
    glyphs[name] = glyph
    widths[name] = (round(metrics[name][0] * scale), getattr(glyph, "xMin", 0) or 0)
    mapping[ord(c)] = name

fb = FontBuilder(1000, isTTF=True)
fb.setupGlyphOrder(order)
fb.setupCharacterMap(mapping)
fb.setupGlyf(glyphs)
fb.setupHorizontalMetrics(widths)
fb.setupHorizontalHeader(ascent=905, descent=-212)
fb.setupNameTable({"familyName": "Lakwerk Label", "styleName": "Regular", "psName": "LakwerkLabel",
                   "licenseDescription": "SIL Open Font License 1.1"})
fb.setupOS2()
fb.setupPost(keepGlyphNames=False)
fb.font["head"].created = fb.font["head"].modified = 0
fb.font.recalcTimestamp = False
out = io.BytesIO()
fb.save(out)
data = out.getvalue()

print("/* label_font.c - the font of the box labels; made by label_font.py, not by hand.\n *\n"
      " * Outlines: Liberation Sans, Copyright (c) 2012 Red Hat, Inc., SIL Open Font License 1.1, "
      "cut down and renamed. */")
print('#include "engine/render/pdf/label_font.h"\n')
print("const LwLabelGlyph lw_label_glyphs[] = {")
for c in CHARACTERS:
    name = cmap[ord(c)]
    print("\t{%d, %d, %d}," % (ord(c), order.index(name), widths[name][0]))
print("};\nconst guint lw_label_glyph_count = G_N_ELEMENTS(lw_label_glyphs);\n")
print("/* clang-format off */\nconst guint8 lw_label_font[] = {")
for i in range(0, len(data), 20):
    print("\t" + ",".join(str(b) for b in data[i:i + 20]) + ",")
print("};\nconst gsize lw_label_font_size = sizeof lw_label_font;")
