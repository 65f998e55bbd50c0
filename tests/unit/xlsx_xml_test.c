#include "input/workbook.h"
#include "input/xlsx_unpack.h"
#include "workbook_builder.h"
#include "xml_pieces.h"

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
    static const char *const beginnings[] = {
        "<si><t>甲</t></si><si><r><t>乙\n</t></r></si>",
        "<si><t>甲</t></si><si><r><si><t>a</t></si><t>b</t></r></si>",
        "<rPh><si><t>a</t></si></rPh>",
    };
    uint64_t random = 3;
    int sound = 0;
    int large = 0;
    for (int run = 0; run < 400; run++) {
        struct buffer rows = {0};
        struct buffer strings = {0};
        struct notes mixed = {0};
        struct notes alone = {0};
        if (run % 16 == 6)
            buffer_append(&rows,
                          SLICE("<row><c><is><rPh><row/></rPh></is></c></row><row><c/></row>"));
        for (uint32_t count = 1 + next_random(&random) % (run % 8 == 0 ? 10000 : 12); count > 0;
             count--)
            append_row(&random, &rows);
        append_many(&strings, beginnings[run / 2 % 3], 1);
        append_many(&strings, "<si><t>丙&amp;</t></si><si><t>丁</t></si>",
                    1 + next_random(&random) % (run % 8 == 4 ? 12000 : 4));
        struct buffer *changed = run % 3 == 0 ? &strings : &rows;
        if (run % 2 == 0)
            changed->data[next_random(&random) % changed->length] = *any_piece(&random);
        large += rows.length > UNPACK_PIECE_BYTES || strings.length > UNPACK_PIECE_BYTES;
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
    append_many(&xml, row, UNPACK_PIECE_BYTES / strlen(row));
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

SUITE_MAIN("xlsx_xml", reads_workbooks_as_expat_alone_does, ends_where_the_part_ends,
           leaves_other_encodings_to_expat)
