/* xml_pieces.h: rows that are plain and rows that are not, for tests of how they are read. */
#ifndef CBEC_TESTS_XML_PIECES_H
#define CBEC_TESTS_XML_PIECES_H

#include "text_export.h"
#include "util/buffer.h"

/* What rows and strings are made of, and what keeps them from being plain. */
static const char *const xml_pieces[] = {
    "<row>",
    "</row>",
    "<row r=\"7\">",
    "<row/>",
    "<c>",
    "</c>",
    "<c t=\"s\">",
    "<c r=\"B2\"/>",
    "<c t=\"str\">",
    "<v>",
    "</v>",
    "<v>12</v>",
    "<t>",
    "</t>",
    "<si>",
    "</si>",
    "<is>",
    "</is>",
    "<x:v>",
    "</x:v>",
    "<row ",
    " r=\"3\"",
    " r='3'",
    " s=\"1\"",
    "/>",
    ">",
    "<",
    "&amp;",
    "&#xe9;",
    "&x;",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?a b?>",
    "杭州",
    "甲，乙（丙）",
    "𠮷",
    "\xef\xbf\xbe",
    "\xef\xbf",
    "\xed\xa0\x80",
    "\xc0\x80",
    "\xf4\x90\x80\x80",
    "\x7f",
    "\x01",
    "\r\n",
    "\n",
    "\t",
    "_x000D_",
    "a",
};

static inline const char *any_piece(uint64_t *random)
{
    return xml_pieces[next_random(random) % (sizeof xml_pieces / sizeof *xml_pieces)];
}

/* Whole rows, of which most are plain. */
static inline void append_row(uint64_t *random, struct buffer *out)
{
    static const char *const cells[] = {
        "<c><v>1</v></c>",
        "<c t=\"s\"><v>2</v></c>",
        "<c t=\"s\"><v>0</v></c>",
        "<c t=\"str\"><v>甲\n乙</v></c>",
        "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">甲，乙（丙）</t></is></c>",
        "<c t=\"str\"><f>A1</f><v>é，a_b</v></c>",
        "<c t=\"b\"><v>1</v></c>",
        "<c s=\"1\"><v>44259</v></c>",
        "<c s=\"1\" />",
        "<c r=\"D1\"/>",
    };
    static const char *const others[] = {
        "<c t=\"inlineStr\"><is><t>a</t><r><t xml:space=\"preserve\"> b</t></r></is></c>",
        "<c t=\"str\"><v>_x0041_</v></c>",
        "<c t=\"s\"><v>9999</v></c>",
        "<c><row><c><v>1</v></c></row></c>",
    };
    buffer_append(out, next_random(random) % 8 == 0 ? SLICE("<row r=\"9\">") : SLICE("<row>"));
    for (uint32_t count = next_random(random) % 6; count > 0; count--)
        buffer_append(out, slice_of(cells[next_random(random) % (sizeof cells / sizeof *cells)]));
    if (next_random(random) % 8 == 0)
        buffer_append_format(out, "<c t=\"str\"><v>%s</v></c>", any_piece(random));
    if (next_random(random) % 64 == 0)
        buffer_append(out,
                      slice_of(others[next_random(random) % (sizeof others / sizeof *others)]));
    buffer_append(out, SLICE("</row>"));
    if (next_random(random) % 8 == 0)
        buffer_append(out, SLICE("<!-- <row/> --><![CDATA[<row/>]]>\n<row><v>&lt;</v></row>"));
}

#endif
