#!/usr/bin/env python3
"""images.py - pictures of every filter under a mark: inside nothing is left, outside every pixel is as it was.

Encoded by PIL (libjpeg, OpenJPEG, libtiff), zlib and the few lines here; judged by the decoders of Poppler and MuPDF,
which show each sample as a square of pixels, and by the decoded bytes of the output.
"""
import io
import pathlib
import random
import re
import sys
import tempfile
import zlib

import numpy
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import judge  # noqa: E402

sys.path.insert(0, str(judge.FIXTURES))
from writer import Pdf  # noqa: E402

WIDE, HIGH, SIZE = 64, 48, 4  # samples, and points of one
LEFT, TOP = 60, 100  # of the picture, from the top-left of the page
AREA = (LEFT + 24 * SIZE, TOP + 16 * SIZE, LEFT + 40 * SIZE, TOP + 32 * SIZE)  # samples 24 to 39 and 16 to 31
PAD = 3  # samples around the area that may go with it
BLOCK = 16  # samples of the largest block of a JPEG


def noise(channels, seed=7):
    lot = random.Random(seed)
    return bytes(lot.randrange(256) for _ in range(WIDE * HIGH * channels))


GREY, RGB, CMYK = noise(1), noise(3), noise(4)
BITS = Image.frombytes("L", (WIDE, HIGH), GREY).point(lambda v: 255 * (v > 127)).convert("1", dither=0)


def smooth(channels):
    """JPEG keeps it better than noise."""
    out = bytearray()
    for y in range(HIGH):
        for x in range(WIDE):
            out += bytes(((3 * x + 5 * y) * (c + 2)) % 200 + 20 for c in range(channels))
    return bytes(out)


def jpeg(mode, data, **options):
    out = io.BytesIO()
    Image.frombytes(mode, (WIDE, HIGH), data).save(out, "JPEG", quality=85, **options)
    return out.getvalue()


def jpx(mode, data):
    out = io.BytesIO()
    Image.frombytes(mode, (WIDE, HIGH), data).save(out, "JPEG2000", irreversible=False)
    return out.getvalue()


def fax(compression):
    """The strip of a TIFF."""
    out = io.BytesIO()
    BITS.save(out, "TIFF", compression=compression)
    image = Image.open(io.BytesIO(out.getvalue()))
    offset, count = image.tag_v2[273][0], image.tag_v2[279][0]
    return out.getvalue()[offset : offset + count]


def jbig2():
    """Page information and a generic region in MMR (ITU-T T.88), which is the fax code of group 4."""

    def number(value):
        return value.to_bytes(4, "big")

    page = number(WIDE) + number(HIGH) + number(0) * 2 + b"\x00\x00\x00"
    region = number(WIDE) + number(HIGH) + number(0) * 2 + b"\x00" + b"\x01" + fax("group4")
    return (
        number(0)
        + b"\x30\x00\x01"
        + number(len(page))
        + page
        + number(1)
        + b"\x26\x00\x01"
        + number(len(region))
        + region
    )


def predicted(data, channels):
    """PNG rows: each the difference to the one above."""
    row, out, above = WIDE * channels, bytearray(), bytes(WIDE * channels)
    for at in range(0, len(data), row):
        here = data[at : at + row]
        out += b"\2" + bytes((a - b) & 255 for a, b in zip(here, above))
        above = here
    return zlib.compress(bytes(out))


def lzw(data):
    """Codes of nine bits: the table is cleared before it grows."""
    bits, count = "", 0
    for i, byte in enumerate(data):
        if i % 200 == 0:
            bits += format(256, "09b")
        bits += format(byte, "09b")
    bits += format(257, "09b")
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big") if count == 0 else b""


def runs(data):
    out = bytearray()
    for at in range(0, len(data), 128):
        part = data[at : at + 128]
        out += bytes([len(part) - 1]) + part
    return bytes(out) + b"\x80"


def packed(bits):
    """Samples of few bits, rows of whole bytes."""
    out = bytearray()
    for y in range(HIGH):
        row = "".join(format(GREY[y * WIDE + x] >> (8 - bits), "0%db" % bits) for x in range(WIDE))
        out += int(row, 2).to_bytes(len(row) // 8, "big")
    return bytes(out)


def head(space="/DeviceGray", bits=8, more=""):
    return "/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent %d %s %s" % (
        WIDE,
        HIGH,
        bits,
        "/ColorSpace %s" % space if space else "",
        more,
    )


def cases():
    """Name, dictionary, data, dictionary and data of a mask (or None), samples that go with a block of it."""
    flate = "/Filter /FlateDecode "
    yield "flate grey", head(more=flate), zlib.compress(GREY), None, PAD
    yield "flate rgb predicted", head(
        "/DeviceRGB", more=flate + "/DecodeParms <</Predictor 15 /Colors 3 /Columns %d>>" % WIDE
    ), predicted(RGB, 3), None, PAD
    yield "flate cmyk", head("/DeviceCMYK", more=flate), zlib.compress(CMYK), None, PAD
    yield "lzw", head(more="/Filter /LZWDecode"), lzw(GREY), None, PAD
    yield "run length", head("/DeviceRGB", more="/Filter /RunLengthDecode"), runs(RGB), None, PAD
    yield "ascii", head(more="/Filter [/ASCII85Decode /FlateDecode]"), ascii85(zlib.compress(GREY)), None, PAD
    for bits in (1, 2, 4):
        yield "%d bits" % bits, head(bits=bits, more=flate), zlib.compress(packed(bits)), None, PAD
    yield "16 bits", head(bits=16, more=flate), zlib.compress(bytes(x for v in GREY for x in (v, 255 - v))), None, PAD
    yield "inverted", head(more=flate + "/Decode [1 0]"), zlib.compress(GREY), None, PAD
    yield "indexed", head("[/Indexed /DeviceRGB 255 <%s>]" % RGB[:768].hex(), more=flate), zlib.compress(
        GREY
    ), None, PAD
    yield "colour key", head(more=flate + "/Mask [0 40]"), zlib.compress(GREY), None, PAD
    yield "stencil", head("", 1, flate + "/ImageMask true"), zlib.compress(packed(1)), None, PAD
    yield "stencil inverted", head("", 1, flate + "/ImageMask true /Decode [1 0]"), zlib.compress(
        packed(1)
    ), None, PAD
    yield "soft mask", head("/DeviceRGB", more=flate), zlib.compress(RGB), (
        "SMask",
        head(more=flate),
        zlib.compress(noise(1, 3)),
    ), PAD
    yield "matte", head("/DeviceRGB", more=flate), zlib.compress(RGB), (
        "SMask",
        head(more=flate + "/Matte [.2 .4 .6]"),
        zlib.compress(bytes(max(60, v) for v in noise(1, 3))),
    ), PAD
    yield "stencil as mask", head("/DeviceRGB", more=flate), zlib.compress(RGB), (
        "Mask",
        head("", 1, flate + "/ImageMask true"),
        zlib.compress(packed(1)),
    ), PAD
    dct = "/Filter /DCTDecode"
    yield "dct grey", head(more=dct), jpeg("L", smooth(1)), None, BLOCK
    yield "dct rgb", head("/DeviceRGB", more=dct), jpeg("RGB", smooth(3)), None, BLOCK
    yield "dct rgb 4:4:4", head("/DeviceRGB", more=dct), jpeg("RGB", smooth(3), subsampling=0), None, BLOCK
    yield "dct progressive", head("/DeviceRGB", more=dct), jpeg("RGB", smooth(3), progressive=True), None, BLOCK
    yield "dct cmyk", head("/DeviceCMYK", more=dct + " /Decode [1 0 1 0 1 0 1 0]"), jpeg(
        "CMYK", smooth(4)
    ), None, BLOCK
    yield "dct in flate", head("/DeviceRGB", more="/Filter [/FlateDecode /DCTDecode]"), zlib.compress(
        jpeg("RGB", smooth(3))
    ), None, BLOCK
    yield "dct with mask", head("/DeviceRGB", more=dct), jpeg("RGB", smooth(3)), (
        "SMask",
        head(more=dct),
        jpeg("L", smooth(1)),
    ), BLOCK
    yield "jpx grey", head(more="/Filter /JPXDecode"), jpx("L", GREY), None, PAD
    yield "jpx rgb", head("/DeviceRGB", more="/Filter /JPXDecode"), jpx("RGB", RGB), None, PAD
    yield "ccitt group 4", head(
        bits=1, more="/Filter /CCITTFaxDecode /DecodeParms <</K -1 /Columns %d /Rows %d>>" % (WIDE, HIGH)
    ), fax("group4"), None, PAD
    yield "ccitt stencil", head(
        "", 1, "/ImageMask true /Filter /CCITTFaxDecode /DecodeParms <</K -1 /Columns %d /Rows %d>>" % (WIDE, HIGH)
    ), fax("group4"), None, PAD
    yield "ccitt group 3", head(
        bits=1,
        more="/Filter /CCITTFaxDecode /DecodeParms <</K 0 /Columns %d /Rows %d /EndOfLine true>>" % (WIDE, HIGH),
    ), fax("group3"), None, PAD
    yield "jbig2", head(bits=1, more="/Filter /JBIG2Decode"), jbig2(), None, PAD


def ascii85(data):
    import base64

    return base64.a85encode(data) + b"~>"


def write(path, body, data, mask, inline=False):
    pdf = Pdf()
    place = "q .9 .3 .1 rg %d 0 0 %d %d %d cm " % (WIDE * SIZE, HIGH * SIZE, LEFT, 842 - TOP - HIGH * SIZE)
    ground = "q .8 .9 1 rg 0 0 595 842 re f Q\n"
    if inline:
        keys = re.sub(r"/Type /XObject /Subtype /Image", "", body)
        pdf.page((ground + place + "BI %s ID " % keys).encode("latin-1") + data + b"\nEI Q\n")
    else:
        extra = " /%s %s" % (mask[0], pdf.add(mask[1], mask[2])) if mask else ""
        pdf.page(ground + place + "/I0 Do Q\n", "/XObject <</I0 %s>>" % pdf.add(body + extra, data))
    path.write_bytes(pdf.bytes())


def shown(path, reader):
    if reader == "poppler":
        data = judge.tool("pdftoppm", "-r", 72, path)
    else:
        data = judge.tool("mutool", "draw", "-q", "-r", 72, "-F", "ppm", "-o", "-", path)
    match = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    width, height = int(match[1]), int(match[2])
    return numpy.frombuffer(data[match.end() :], dtype=numpy.uint8).reshape(height, width, 3).astype(int)


def middles(picture):
    """The pixel in the middle of each sample."""
    return picture[TOP + SIZE // 2 : TOP + HIGH * SIZE : SIZE, LEFT + SIZE // 2 : LEFT + WIDE * SIZE : SIZE]


def check(tally, name, source, out, pad):
    # MuPDF smooths JPEG 2000, but not what we write of it.
    for reader in ("poppler",) if name.startswith("jpx") else ("poppler", "mupdf"):
        before, after = middles(shown(source, reader)), middles(shown(out, reader))
        tally.check(len(numpy.unique(before.reshape(-1, 3), axis=0)) > 1, name, reader, "the source shows nothing")
        inside = after[16:32, 24:40].reshape(-1, 3)
        tally.check(
            len(numpy.unique(before[17:31, 25:39].reshape(-1, 3), axis=0)) > 1, name, reader, "nothing to hide"
        )
        apart = after.astype(int) - before
        apart[max(0, 16 - pad) : 32 + pad, max(0, 24 - pad) : 40 + pad] = 0
        tally.check(
            abs(apart).max() <= 1,
            name,
            reader,
            "outside changed by",
            abs(apart).max(),
            "in",
            int((abs(apart).max(axis=2) > 1).sum()),
            "samples",
        )
        label = inside.max(axis=1) - inside.min(axis=1)
        tally.check((label < 60).mean() > 0.9, name, reader, "colours shine through the box")


def main():
    tally = judge.Tally()
    with tempfile.TemporaryDirectory() as folder:
        source, out = pathlib.Path(folder) / "in.pdf", pathlib.Path(folder) / "out.pdf"
        for name, body, data, mask, pad in cases():
            for inline in (False, True):
                if inline and (mask or "JPX" in body or "JBIG2" in body or "/Mask [" in body or "Indexed" in body):
                    continue
                what = name + (" inline" if inline else "")
                write(source, body, data, mask, inline)
                out.unlink(missing_ok=True)
                status, said, _ = judge.lakwerk(
                    "redact",
                    source,
                    "-o",
                    out,
                    "-v",
                    "--no-detect",
                    "--width",
                    "exact",
                    "--accept",
                    "unread",
                    "--area",
                    "1:%g,%g,%g,%g" % AREA,
                )
                if tally.check(status == 0 and out.exists(), what, "exit", status, said):
                    tally.check(
                        "image-dropped" not in said and "taken out" not in said and "weggehaald" not in said,
                        what,
                        said,
                    )
                    check(tally, what, source, out, pad)
    tally.finish()


if __name__ == "__main__":
    main()
