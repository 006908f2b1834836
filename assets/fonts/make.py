#!/usr/bin/env python3
"""Makes the font files of this folder from the packages that README.md names.

    make.py ROOT OWN    # ROOT/usr/share/fonts is what the packages unpack to, OWN the floor's font

Each file has what the floor's own font lacks of one script. Outlines and shaping rules are the
designers'; hints, names and alternative forms are left out, and every file has the line metrics of
the floor's own font, so that words of two fonts stand on one line. Files are packed by brotli, as
browsers get them.
"""

import io
import sys
from pathlib import Path

import brotli
from fontTools import subset
from fontTools.ttLib import TTFont

# Line metrics of Ubuntu, per em: above the line, below it, between two.
ABOVE, BELOW, BETWEEN = 0.932, 0.189, 0.028
HERE = Path(__file__).parent
JOINERS = [0x200C, 0x200D, 0x25CC]

# File, font, and the ranges of characters that it is asked for. What the floor's own font has of
# them is left out: `latin` stands beside it.
SCRIPTS = [
    ("latin", "NotoSans-Regular", [(0x180, 0x36F), (0x370, 0x52F), (0x1E00, 0x1FFF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF)]),
    ("armenian", "NotoSansArmenian-Regular", [(0x530, 0x58F), (0xFB13, 0xFB17)]),
    ("hebrew", "NotoSansHebrew-Regular", [(0x590, 0x5FF), (0xFB1D, 0xFB4F)]),
    # Digits run the other way than letters: in a file of their own they are a run of their own.
    ("arabic", "NotoSansArabic-Regular", [(0x600, 0x65F), (0x66A, 0x6EF), (0x6FA, 0x77F), (0x8A0, 0x8FF), (0xFDF2, 0xFDF2)]),
    ("arabic-digits", "NotoSansArabic-Regular", [(0x660, 0x669), (0x6F0, 0x6F9)]),
    ("thaana", "NotoSansThaana-Regular", [(0x780, 0x7BF)]),
    ("devanagari", "NotoSansDevanagari-Regular", [(0x900, 0x97F), (0xA8E0, 0xA8FF), (0x1CD0, 0x1CFF)]),
    ("bengali", "NotoSansBengali-Regular", [(0x980, 0x9FF)]),
    ("gurmukhi", "NotoSansGurmukhi-Regular", [(0xA00, 0xA7F)]),
    ("gujarati", "NotoSansGujarati-Regular", [(0xA80, 0xAFF)]),
    ("oriya", "NotoSansOriya-Regular", [(0xB00, 0xB7F)]),
    ("tamil", "NotoSansTamil-Regular", [(0xB80, 0xBFF)]),
    ("telugu", "NotoSansTelugu-Regular", [(0xC00, 0xC7F)]),
    ("kannada", "NotoSansKannada-Regular", [(0xC80, 0xCFF)]),
    ("malayalam", "NotoSansMalayalam-Regular", [(0xD00, 0xD7F)]),
    ("sinhala", "NotoSansSinhala-Regular", [(0xD80, 0xDFF)]),
    ("thai", "NotoSansThai-Regular", [(0xE00, 0xE7F)]),
    ("lao", "NotoSansLao-Regular", [(0xE80, 0xEFF)]),
    ("tibetan", "NotoSerifTibetan-Regular", [(0xF00, 0xFFF)]),
    ("myanmar", "NotoSansMyanmar-Regular", [(0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)]),
    ("georgian", "NotoSansGeorgian-Regular", [(0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)]),
    ("ethiopic", "NotoSansEthiopic-Regular", [(0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)]),
    ("khmer", "NotoSansKhmer-Regular", [(0x1780, 0x17FF)]),
]
KANA = [(0x3001, 0x301F), (0x3031, 0x3035), (0x303B, 0x303C), (0x3041, 0x30FF), (0x3105, 0x312F), (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0xFF01, 0xFF5E)]
HAN = [(0x4E00, 0x9FFF)]
HANGUL = [(0xAC00, 0xD7A3)]
# Han characters of the first file, which most names do with.
HAN_USUAL = 2_500
DROID, CJK = "DroidSansFallbackFull.ttf", "NotoSansCJK-Regular.ttc"
CJK_KOREAN = 1


def spread(ranges):
    return [code for first, last in ranges for code in range(first, last + 1)]


def of_charset(name, rows=range(0x81, 0xFF)):
    """The characters of a national standard, or of some of its rows."""
    found = set()
    for row in rows:
        for cell in range(0x40, 0xFF):
            text = bytes([row, cell]).decode(name, "ignore")
            if len(text) == 1:
                found.add(ord(text))
    return found


def by_use():
    """Han characters, those first that more of the standards count among the usual ones."""
    usual = [
        of_charset("gb2312", range(0xB0, 0xD8)),
        of_charset("shift_jis", range(0x88, 0x99)),
        of_charset("big5", range(0xA4, 0xC7)),
        of_charset("euc_kr", range(0xCA, 0xFE)),
    ]
    known = [of_charset(name) for name in ("gb2312", "shift_jis", "big5", "euc_kr")]
    rank = lambda code: (-sum(code in some for some in usual), -sum(code in some for some in known), code)
    return sorted(spread(HAN), key=rank)


def source(root, name):
    name = name if "." in name else f"{name}.ttf"
    return next((root / "usr/share/fonts").rglob(name))


def write(name, path, codes, number=-1, shaped=True):
    font = TTFont(path, fontNumber=number) if number >= 0 else TTFont(path)
    options = subset.Options(
        hinting=False, glyph_names=False, notdef_outline=False, name_IDs=[], legacy_kern=False,
        drop_tables=[*subset.Options().drop_tables, "BASE", "VORG", "vhea", "vmtx", "DSIG", "meta"],
    )
    if not shaped:
        options.drop_tables += ["GDEF", "GPOS", "GSUB"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    metrics(font)
    file = io.BytesIO()
    font.save(file)
    packed = brotli.compress(file.getvalue(), quality=11, lgwin=24)
    (HERE / f"{name}.ttf.br").write_bytes(packed)
    print(f"{name:<16} {len(codes):>6} characters {len(packed):>9} bytes")


def metrics(font):
    em = font["head"].unitsPerEm
    above, below, between = (round(part * em) for part in (ABOVE, BELOW, BETWEEN))
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = above, -below, between
    about = font["OS/2"]
    about.sTypoAscender, about.sTypoDescender, about.sTypoLineGap = above, -below, between
    about.usWinAscent, about.usWinDescent = above, below


def main():
    root = Path(sys.argv[1])
    own = set(TTFont(sys.argv[2]).getBestCmap())
    for name, font, ranges in SCRIPTS:
        write(name, source(root, font), [*(set(spread(ranges)) - own), *JOINERS])
    write("kana", source(root, DROID), spread(KANA), shaped=False)
    usual = of_charset("euc_kr") & set(spread(HANGUL))
    write("hangul", source(root, CJK), usual, CJK_KOREAN, shaped=False)
    write("hangul-rare", source(root, CJK), set(spread(HANGUL)) - usual, CJK_KOREAN, shaped=False)
    han = by_use()
    write("han", source(root, DROID), han[:HAN_USUAL], shaped=False)
    write("han-rare", source(root, DROID), han[HAN_USUAL:], shaped=False)


main()
