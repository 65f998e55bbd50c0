#include "input/plain_xml.h"

#include <expat.h>

#include "text_export.h"
#include "workbook_builder.h"

/* How much of a text is a plain element. */
static void check(const char *text, size_t expected)
{
    size_t length = plain_xml_length(text);
    ck_assert_msg(length == expected, "%zu bytes of \"%s\", expected %zu", length, text, expected);
}

START_TEST(tells_plain_elements)
{
    static const char *const plain[] = {
        "<row/>",
        "<row />",
        "<row></row>",
        "<x:row r=\"1\" x14ac:dyDescent=\"0.15\"/>",
        "<row r=\"2\" spans=\"1:26\" ht=\"14.25\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" "
        "s=\"1\" /></row>",
        "<si><t xml:space=\"preserve\"> 杭州，𠮷\t\n \xee\xbf\xbf\x7f</t></si>",
        "<si a=\"b>'c\"/>",
        "<a><b><c><d><e><f><g><h></h></g></f></e></d></c></b></a>",
    };
    static const char *const others[] = {
        "",
        "x",
        "<",
        "<row",
        "<row>",
        "<row></row",
        "<row></rows>",
        "<row></ro>",
        "<row></row >",
        "<row/ >",
        "<row ></row>",
        "<row  r=\"1\"/>",
        "<row\nr=\"1\"/>",
        "<row r='1'/>",
        "<row r = \"1\"/>",
        "<row r=\"1\"s=\"1\"/>",
        "<row r=\"1\" s=\"2\" r=\"1\"/>",
        "<row r=\"&#49;\"/>",
        "<row r=\"<\"/>",
        "<row r=\"甲\"/>",
        "<row r=\"1\n\"/>",
        "<行/>",
        "<row><c></row></c>",
        "<row>&amp;</row>",
        "<row>]]></row>",
        "<row>a\rb</row>",
        "<row>\x01</row>",
        "<row>\x80</row>",
        "<row>\xe6\x9d</row>",
        "<row>\xed\xa0\x80</row>",
        "<row>\xef\xbf\xbe</row>",
        "<row>\xef\xbf\xbf</row>",
        "<row><!-- --></row>",
        "<row><?x?></row>",
        "<row><![CDATA[]]></row>",
        "</row>",
        "<!-- -->",
        "<a><b><c><d><e><f><g><h><i></i></h></g></f></e></d></c></b></a>",
        "<row a=\"\" b=\"\" c=\"\" d=\"\" e=\"\" f=\"\" g=\"\" h=\"\" i=\"\" j=\"\" k=\"\" "
        "l=\"\" m=\"\"/>",
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        check(plain[i], strlen(plain[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        check(others[i], 0);
    check("<row><c/></row>&", 15);
    check("<row/><row/>", 6);
}
END_TEST

/* ---- Against expat -----------------------------------------------------------------------------
 */

static void note_start(void *context, const char *element, const char **attributes)
{
    struct buffer *notes = context;
    buffer_append_format(notes, "<%s", element);
    for (; *attributes; attributes += 2)
        buffer_append_format(notes, " %s=[%s]", attributes[0], attributes[1]);
    buffer_append_byte(notes, '>');
}

static void note_end(void *context, const char *element)
{
    buffer_append_format(context, "</%s>", element);
}

static void note_text(void *context, const char *text, int length)
{
    buffer_append(context, (struct slice){text, (size_t)length});
}

static bool read_by_expat(struct slice text, struct buffer *notes)
{
    XML_Parser parser = XML_ParserCreate(NULL);
    XML_SetUserData(parser, notes);
    XML_SetElementHandler(parser, note_start, note_end);
    XML_SetCharacterDataHandler(parser, note_text);
    bool is_sound = XML_Parse(parser, text.at, (int)text.length, XML_TRUE) == XML_STATUS_OK;
    XML_ParserFree(parser);
    return is_sound;
}

/* What rows and strings are made of, and what keeps them from being plain. */
static const char *const pieces[] = {
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

static const char *any_piece(uint64_t *random)
{
    return pieces[next_random(random) % (sizeof pieces / sizeof *pieces)];
}

/* Whole rows, of which most are plain. */
static void append_row(uint64_t *random, struct buffer *out)
{
    static const char *const cells[] = {
        "<c><v>1</v></c>",
        "<c t=\"s\"><v>2</v></c>",
        "<c t=\"s\"><v>0</v></c>",
        "<c t=\"str\"><v>甲\n乙</v></c>",
        "<c t=\"inlineStr\"><is><t>a</t><r><t xml:space=\"preserve\"> b</t></r></is></c>",
        "<c s=\"1\" />",
        "<c r=\"D1\"/>",
    };
    buffer_append(out, SLICE("<row>"));
    for (uint32_t count = next_random(random) % 6; count > 0; count--)
        buffer_append(out, slice_of(cells[next_random(random) % (sizeof cells / sizeof *cells)]));
    if (next_random(random) % 8 == 0)
        buffer_append_format(out, "<c t=\"str\"><v>%s</v></c>", any_piece(random));
    buffer_append(out, SLICE("</row>"));
    if (next_random(random) % 8 == 0)
        buffer_append(out, SLICE("<!-- <row/> --><![CDATA[<row/>]]>\n<row><v>&lt;</v></row>"));
}

START_TEST(reads_elements_as_expat_does)
{
    uint64_t random = 5;
    size_t plain = 0;
    for (int run = 0; run < 200000; run++) {
        struct buffer text = {0};
        struct buffer notes = {0};
        struct buffer expected = {0};
        if (run % 2 == 0)
            append_row(&random, &text);
        for (uint32_t count = next_random(&random) % 7; run % 2 == 1 && count > 0; count--)
            buffer_append(&text, slice_of(any_piece(&random)));
        buffer_string(&text);
        if (text.length > 0 && next_random(&random) % 4 == 0)
            text.data[next_random(&random) % text.length] = (char)next_random(&random);
        size_t length = plain_xml_length(text.data);
        ck_assert_uint_le(length, text.length);
        if (length > 0) {
            const struct xml_handler handler = {note_start, note_end, note_text, NULL};
            ck_assert_msg(read_by_expat((struct slice){text.data, length}, &expected), "%s",
                          text.data);
            plain_xml_read(text.data, length, &handler, &notes);
            assert_slice(buffer_slice(&notes), buffer_string(&expected));
            plain++;
        }
        buffer_free(&text);
        buffer_free(&notes);
        buffer_free(&expected);
    }
    ck_assert_uint_gt(plain, 50000);
}
END_TEST

static void append_many(struct buffer *out, const char *piece, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_append(out, slice_of(piece));
}

/* Reads the rows with these strings. Behind a blank nothing of a part is plain. */
static void read_book(const struct buffer *rows, const struct buffer *strings, const char *blank,
                      struct notes *notes)
{
    struct buffer sheet_part = {0};
    struct buffer strings_part = {0};
    struct buffer bytes = {0};
    buffer_append_format(&sheet_part, "%s<worksheet>\n<sheetData>", blank);
    buffer_append(&sheet_part, buffer_slice(rows));
    buffer_append(&sheet_part, SLICE("</sheetData>\n</worksheet>"));
    buffer_append_format(&strings_part, "%s<sst>\n", blank);
    buffer_append(&strings_part, buffer_slice(strings));
    buffer_append(&strings_part, SLICE("</sst>"));
    const struct book book = {.sheet_xml = buffer_string(&sheet_part),
                              .strings_xml = buffer_string(&strings_part)};
    book_bytes(&book, &bytes);
    read_notes(buffer_slice(&bytes), xlsx_read, 0, notes);
    buffer_free(&bytes);
    buffer_free(&sheet_part);
    buffer_free(&strings_part);
}

/* Damage is found in the same line and for the same reason, and the rows before it are the same. */
START_TEST(reads_workbooks_as_expat_alone_does)
{
    uint64_t random = 3;
    int sound = 0;
    int large = 0;
    for (int run = 0; run < 400; run++) {
        struct buffer rows = {0};
        struct buffer strings = {0};
        struct notes mixed = {0};
        struct notes alone = {0};
        for (uint32_t count = 1 + next_random(&random) % (run % 8 == 0 ? 2000 : 12); count > 0;
             count--)
            append_row(&random, &rows);
        append_many(&strings, "<si><t>甲</t></si><si><r><t>乙\n</t></r></si>", 1);
        append_many(&strings, "<si><t>丙&amp;</t></si><si><t>丁</t></si>",
                    1 + next_random(&random) % (run % 8 == 4 ? 3000 : 4));
        struct buffer *changed = run % 3 == 0 ? &strings : &rows;
        if (run % 2 == 0)
            changed->data[next_random(&random) % changed->length] = *any_piece(&random);
        large += rows.length > 70000 || strings.length > 70000;
        struct buffer nested = {0}; /* up to the depth that is refused, and beyond it */
        uint32_t depth = run % 5 == 1 ? 240 + next_random(&random) % 16 : 0;
        append_many(&nested, "<a>", depth);
        buffer_append(&nested, buffer_slice(&rows));
        append_many(&nested, "</a>", depth);
        read_book(&nested, &strings, "", &mixed);
        read_book(&nested, &strings, " ", &alone);
        assert_slice(buffer_slice(&mixed.text), buffer_string(&alone.text));
        ck_assert_int_eq(mixed.status, alone.status);
        ck_assert_str_eq(mixed.error.message, alone.error.message);
        sound += mixed.status == CBEC_OK;
        notes_free(&mixed);
        notes_free(&alone);
        buffer_free(&nested);
        buffer_free(&rows);
        buffer_free(&strings);
    }
    ck_assert_int_gt(sound, 50);
    ck_assert_int_lt(sound, 350);
    ck_assert_int_gt(large, 20);
}
END_TEST

/* What is left of the piece before must not complete the last row: rows lie alike in both pieces,
 * as their length divides that of a piece, and in the first one they are a comment, which is kept.
 */
START_TEST(ends_where_the_part_ends)
{
    const char *row = "<row><c><v>1234567</v></c></row>";
    struct buffer xml = {0};
    struct buffer bytes = {0};
    struct notes notes = {0};
    buffer_append(&xml, SLICE("<worksheet><!--"));
    append_many(&xml, row, 65536 / strlen(row));
    buffer_append_format(&xml, "%-*s", (int)strlen(row), "-->");
    append_many(&xml, row, 100);
    xml.length -= strlen("67</v></c></row>");
    const struct book book = {.sheet_xml = buffer_string(&xml)};
    book_bytes(&book, &bytes);
    read_notes(buffer_slice(&bytes), xlsx_read, 0, &notes);
    ck_assert_int_eq(notes.status, CBEC_ERROR_INPUT);
    ck_assert_uint_eq(notes.rows, 99);
    notes_free(&notes);
    buffer_free(&bytes);
    buffer_free(&xml);
}
END_TEST

/* In other encodings the same bytes are other characters. */
START_TEST(leaves_other_encodings_to_expat)
{
    static const char *const encodings[][2] = {
        {"", "1 é\n"},
        {" encoding=\"utf-8\"", "1 é\n"},
        {" encoding=\"ISO-8859-1\"", "1 Ã©\n"},
    };
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        for (int marked = 0; marked < (i < 2 ? 2 : 1); marked++) {
            struct buffer xml = {0};
            struct buffer bytes = {0};
            struct notes notes = {0};
            buffer_append_format(&xml,
                                 "%s<?xml version=\"1.0\"%s?><worksheet><row><c t=\"str\"><v>é"
                                 "</v></c></row></worksheet>",
                                 marked ? "\xef\xbb\xbf" : "", encodings[i][0]);
            const struct book book = {.sheet_xml = buffer_string(&xml)};
            book_bytes(&book, &bytes);
            read_notes(buffer_slice(&bytes), xlsx_read, 0, &notes);
            ck_assert_msg(notes.status == CBEC_OK, "%s", notes.error.message);
            assert_slice(buffer_slice(&notes.text), encodings[i][1]);
            notes_free(&notes);
            buffer_free(&bytes);
            buffer_free(&xml);
        }
    }
}
END_TEST

SUITE_MAIN("plain_xml", tells_plain_elements, reads_elements_as_expat_does,
           reads_workbooks_as_expat_alone_does, ends_where_the_part_ends,
           leaves_other_encodings_to_expat)
