#include "input/archive.h"
#include "input/limits.h"
#include "input/number.h"
#include "input/xlsx_strings.h"
#include "input/xlsx_styles.h"
#include "workbook_builder.h"

/* The rows of sheet 0 must come out so. */
static void check_book(const struct book *book, const char *expected)
{
    struct buffer bytes = {0};
    struct notes notes = {0};
    book_bytes(book, &bytes);
    read_notes(buffer_slice(&bytes), xlsx_read, 0, &notes);
    ck_assert_msg(notes.status == CBEC_OK, "%s", notes.error.message);
    ck_assert(notes.exists);
    ck_assert_str_eq(notes.sheet, "名单");
    assert_slice(buffer_slice(&notes.text), expected);
    notes_free(&notes);
    buffer_free(&bytes);
}

/* The workbook must be refused with a message that says `what`. */
static void check_refused(struct slice bytes, const char *what)
{
    struct notes notes = {0};
    read_notes(bytes, xlsx_read, 0, &notes);
    ck_assert_msg(notes.status == CBEC_ERROR_INPUT, "expected \"%s\", status %d", what,
                  (int)notes.status);
    ck_assert_msg(strncmp(notes.error.message, "book: ", 6) == 0 &&
                      strstr(notes.error.message, what),
                  "\"%s\" does not say \"%s\"", notes.error.message, what);
    notes_free(&notes);
}

static void check_book_refused(const struct book *book, const char *what)
{
    struct buffer bytes = {0};
    book_bytes(book, &bytes);
    check_refused(buffer_slice(&bytes), what);
    buffer_free(&bytes);
}

#define STYLES                                                                                     \
    "<numFmts count=\"2\"><numFmt numFmtId=\"176\" "                                               \
    "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"                                         \
    "<numFmt numFmtId=\"177\" formatCode=\"[h]:mm\"/></numFmts>"                                   \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"                                           \
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/><xf "                 \
    "numFmtId=\"177\"/>"                                                                           \
    "<xf numFmtId=\"31\"/></cellXfs>"

START_TEST(reads_every_type_of_cell)
{
    const struct book book = {
        .strings = "<si><t>甲</t></si><si><t xml:space=\"preserve\"> 乙 </t></si>",
        .styles = STYLES,
        .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                "<c r=\"C1\" t=\"inlineStr\"><is><t>丙&amp;</t></is></c>"
                "<c r=\"D1\" t=\"str\"><f>A1&amp;\"x\"</f><v>甲x</v></c>"
                "<c r=\"E1\" t=\"b\"><v>1</v></c><c r=\"F1\" t=\"b\"><v>0</v></c>"
                "<c r=\"G1\" t=\"e\"><v>#N/A</v></c><c r=\"H1\"><v>12.5</v></c>"
                "<c r=\"I1\" t=\"n\"><f>1+1</f><v>2</v></c>"
                "<c r=\"J1\" t=\"d\"><v>2021-03-04T00:00:00</v></c><c r=\"K1\" s=\"1\"/></row>"};
    check_book(&book, "1 甲| 乙 |丙&|甲x|TRUE|FALSE||#12.5|#2|2021-03-04T00:00:00|\n");
}
END_TEST

START_TEST(shows_dates_in_both_systems)
{
    struct book book = {
        .styles = STYLES,
        .rows = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44259</v></c><c r=\"B1\" "
                "s=\"2\"><v>44259.75</v></c>"
                "<c r=\"C1\" s=\"3\"><v>44259</v></c><c r=\"D1\" s=\"4\"><v>4.4259E4</v></c>"
                "<c r=\"E1\" s=\"0\"><v>44259</v></c><c r=\"F1\" s=\"1\"><v>-3</v></c>"
                "<c r=\"G1\" s=\"99\"><v>44259</v></c><c r=\"H1\" s=\"1\"><v>x</v></c></row>"};
    check_book(&book, "1 2021-03-04|2021-03-04|#44259|2021-03-04|#44259|#-3|#44259|x\n");
    book.date1904 = true;
    check_book(&book, "1 2025-03-05|2025-03-05|#44259|2025-03-05|#44259|#-3|#44259|x\n");
}
END_TEST

START_TEST(joins_runs_and_leaves_out_how_they_are_read)
{
    const struct book book = {
        .strings =
            "<si><r><rPr><b/></rPr><t>杭州</t></r><r><t>甲</t></r>"
            "<rPh sb=\"0\" eb=\"2\"><t>hangzhou</t></rPh><phoneticPr fontId=\"1\"/></si>"
            "<si><t>_x4E59__x000D_\n_x005F_x000D_ _x00zz_ _xD842__xDFB7__x0000_</t></si><si/>",
        .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                "<c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"inlineStr\"><is><r><t>丙</t></r>"
                "<r><t>_x4E01_</t></r><rPh><t>x</t></rPh></is></c></row>"};
    check_book(&book, "1 杭州甲|乙\r\n_x000D_ _x00zz_ 𠮷\xef\xbf\xbd||丙丁\n");
}
END_TEST

START_TEST(places_cells_and_rows_without_references)
{
    const struct book book = {
        .rows =
            "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r=\"5\"><c r=\"C5\"><v>1</v></c>"
            "<c><v>2</v></c><c r=\"AA5\"><v>3</v></c></row><row/><row r=\"2\"><c><v>4</v></c></row>"
            "<row r=\"x\"><c r=\"B8\"><v>5</v></c><c r=\"A8\"><v>6</v></c></row>"};
    check_book(&book, "1 #1||#3\n5 ||#1|#2|||||||||||||||||||||||#3\n6 \n7 #4\n8 #6|#5\n");
}
END_TEST

START_TEST(reads_names_with_prefixes)
{
    const struct book prefixed = {
        .sheet_xml =
            "<x:worksheet xmlns:x=\"" BOOK_MAIN "\"><x:sheetData><x:row r=\"2\">"
            "<x:c r=\"A2\" t=\"str\"><x:v>甲</x:v></x:c></x:row></x:sheetData></x:worksheet>"};
    check_book(&prefixed, "2 甲\n");
}
END_TEST

START_TEST(stops_when_told)
{
    const struct book book = {.rows = "<row/><row/><row/>"};
    struct buffer bytes = {0};
    struct notes notes = {.stop_after = 2};
    book_bytes(&book, &bytes);
    read_notes(buffer_slice(&bytes), xlsx_read, 0, &notes);
    ck_assert_int_eq(notes.status, CBEC_OK);
    assert_slice(buffer_slice(&notes.text), "1 \n2 \n");
    notes_free(&notes);
    buffer_free(&bytes);
}
END_TEST

START_TEST(numbers_visible_sheets_first)
{
    const struct book book = {
        .rows = "<row><c><v>1</v></c></row>",
        .rows2 = "<row><c><v>2</v></c></row>",
        .sheets = "<sheet name=\"藏\" sheetId=\"1\" state=\"veryHidden\" r:id=\"rId1\"/>"
                  "<sheet name=\"图\" sheetId=\"3\" r:id=\"rId3\"/>"
                  "<sheet name=\"明\" sheetId=\"2\" state=\"visible\" r:id=\"rId2\"/>"
                  "<sheet name=\"无\" sheetId=\"4\" state=\"hidden\" r:id=\"rId9\"/>"};
    static const struct {
        const char *name;
        const char *text;
        enum cbec_status status;
    } EXPECTED[] = {
        {"明", "1 #2\n", CBEC_OK}, {"藏", "1 #1\n", CBEC_OK}, {"无", "", CBEC_ERROR_INPUT}};
    struct buffer bytes = {0};
    book_bytes(&book, &bytes);
    for (int i = 0; i < 4; i++) {
        struct notes notes = {0};
        read_notes(buffer_slice(&bytes), xlsx_read, i, &notes);
        ck_assert_int_eq(notes.exists, i < 3);
        if (i < 3) {
            ck_assert_int_eq(notes.status, EXPECTED[i].status);
            ck_assert_str_eq(notes.sheet, EXPECTED[i].name);
            assert_slice(buffer_slice(&notes.text), EXPECTED[i].text);
        } else {
            ck_assert_int_eq(notes.status, CBEC_OK);
            ck_assert_ptr_null(notes.sheet);
        }
        notes_free(&notes);
    }
    buffer_free(&bytes);
}
END_TEST

START_TEST(writes_numbers_as_spreadsheets_show_them)
{
    static const struct {
        const char *xml;
        const char *text;
    } NUMBERS[] = {
        {"330106000123456", "330106000123456"},
        {"3.30106000123456E14", "330106000123456"},
        {"9.1442010101010099E+17", "914420101010101000"},
        {"-1e15", "-1000000000000000"},
        {"999999999999999999999", "1e+21"},
        {"123456789012345678901", "123456789012346000000"},
        {"44561.0", "44561"},
        {"0.30000000000000004", "0.3"},
        {"1E-06", "1e-06"},
        {"-0.5", "-0.5"},
        {"0", "0"},
    };
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        char text[NUMBER_TEXT_SIZE];
        double number;
        ck_assert(number_parse(slice_of(NUMBERS[i].xml), &number));
        number_format(number, text);
        ck_assert_str_eq(text, NUMBERS[i].text);
    }
    static const char *const none[] = {"", "x", "1,5", "0x10", "nan", "inf", "1e999", "1 ", "1-1"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        double number;
        ck_assert_msg(!number_parse(slice_of(none[i]), &number), "\"%s\"", none[i]);
    }
}
END_TEST

START_TEST(tells_date_formats)
{
    static const char *const dates[] = {"yyyy-mm-dd",    "m/d/yy",     "yyyy\"年\"m\"月\"d\"日\"",
                                        "[$-804]yyyy年", "[Red]d-mmm", "h:mm:ss AM/PM",
                                        "yyyy\\-mm;@",   "0月"};
    static const char *const others[] = {
        "General",          "0.00",      "#,##0_);[Red]\\(#,##0\\)",
        "\"day\" 0",        "[h]:mm:ss", "[Magenta]0",
        "_d0\\m*y",         "@",         "",
        "0.00E+00",         "\"open",    "[$-409]general",
        "[>100]0;[Yellow]0"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        ck_assert_msg(xlsx_format_is_date(slice_of(dates[i])), "%s", dates[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(!xlsx_format_is_date(slice_of(others[i])), "%s", others[i]);
}
END_TEST

/* ---- Damage and limits
 * --------------------------------------------------------------------------- */

START_TEST(refuses_what_is_no_workbook)
{
    static const struct {
        int left_out;
        const char *what;
    } MISSING[] = {{BOOK_WORKBOOK, "xl/workbook.xml is missing"},
                   {BOOK_RELATIONS, "where its sheet \"名单\" lies"},
                   {BOOK_SHEET, "xl/worksheets/sheet1.xml is missing"},
                   {BOOK_STYLES, "Styles.xml is missing"}};
    const struct book book = {.rows = "<row><c t=\"s\"><v>0</v></c></row>"};
    for (size_t i = 0; i < sizeof MISSING / sizeof *MISSING; i++) {
        struct buffer bytes = {0};
        book_bytes_without(&book, MISSING[i].left_out, &bytes);
        check_refused(buffer_slice(&bytes), MISSING[i].what);
        buffer_free(&bytes);
    }
    check_refused(SLICE("PK\x03\x04 and nothing"), "a damaged zip archive or workbook");
    check_refused(SLICE("PK\x05\x06 and nothing"), "a damaged zip archive or workbook");
}
END_TEST

START_TEST(refuses_other_documents)
{
    static const struct {
        const char *target;
        const char *xml;
        const char *what;
    } OTHERS[] = {{"word/document.xml", "<document/>", "is no workbook"},
                  {"xl/workbook.bin", "x", "a binary workbook (.xlsb)"}};
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        struct archive_builder builder;
        struct buffer bytes = {0};
        struct buffer relations = {0};
        buffer_append(&relations, SLICE("<Relationships>"));
        book_relation(&relations, "rId1", "officeDocument", OTHERS[i].target);
        buffer_append(&relations, SLICE("</Relationships>"));
        archive_begin(&builder);
        archive_add(&builder, "[Content_Types].xml", SLICE("<Types/>"));
        archive_add(&builder, "_rels/.rels", buffer_slice(&relations));
        archive_add(&builder, OTHERS[i].target, slice_of(OTHERS[i].xml));
        archive_end(&builder, &bytes);
        check_refused(buffer_slice(&bytes), OTHERS[i].what);
        buffer_free(&relations);
        buffer_free(&bytes);
    }
}
END_TEST

START_TEST(refuses_damaged_xml)
{
    static const struct {
        struct book book;
        const char *what;
    } BOOKS[] = {
        {{.rows = "<row>\n<c>"}, "sheet1.xml, line 3: "},
        {{.sheet_xml = ""}, "sheet1.xml, line 1: no element found"},
        {{.sheet_xml = "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>"},
         "a document type declaration"},
        {{.rows = "<row><c t=\"s\"><v>1</v></c></row>", .strings = "<si><t>a</t></si>"},
         "shared string 1 of 1"},
        {{.rows = "<row><c t=\"s\"><v>-1</v></c></row>"}, "names no shared string"},
        {{.rows = "<row><c t=\"s\"><v>0</v></c></row>", .strings = "<si><t>a"},
         "sharedStrings.xml"},
        {{.rows = "<row><c><v>\x80</v></c></row>"}, "invalid token"},
    };
    for (size_t i = 0; i < sizeof BOOKS / sizeof *BOOKS; i++)
        check_book_refused(&BOOKS[i].book, BOOKS[i].what);
}
END_TEST

START_TEST(keeps_to_the_limits_of_a_sheet)
{
    const struct book rows = {.rows = "<row r=\"1048576\"/><row/>"};
    const struct book last = {.rows = "<row r=\"1048576\"><c r=\"XFD1048576\"/></row>"};
    const struct book columns = {.rows = "<row><c r=\"XFE1\"/></row>"};
    const struct book next = {.rows = "<row><c r=\"XFD1\"/><c/></row>"};
    const struct book letters = {.rows = "<row><c r=\"ZZZZZZZZZZZZZZZZZZ1\"/></row>"};
    struct buffer bytes = {0};
    struct notes notes = {0};
    check_book_refused(&rows, "more than 1048576 rows");
    check_book_refused(&columns, "more than 16384 columns");
    check_book_refused(&next, "more than 16384 columns");
    check_book_refused(&letters, "more than 16384 columns");
    book_bytes(&last, &bytes);
    read_notes(buffer_slice(&bytes), xlsx_read, 0, &notes);
    ck_assert_int_eq(notes.status, CBEC_OK);
    ck_assert_uint_eq(notes.rows, 1);
    ck_assert_uint_eq(notes.text.length, strlen("1048576 ") + 16383 + 1);
    notes_free(&notes);
    buffer_free(&bytes);
}
END_TEST

static void append_many(struct buffer *out, const char *piece, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_append(out, slice_of(piece));
}

START_TEST(refuses_tags_without_end_and_deep_ones)
{
    struct buffer xml = {0};
    append_many(&xml, "<a>", 1000);
    struct book book = {.sheet_xml = buffer_string(&xml)};
    check_book_refused(&book, "nested too deeply");
    buffer_clear(&xml);
    buffer_append(&xml, SLICE("<worksheet a=\""));
    append_many(&xml, "0123456789abcdef", (size_t)17 << 16);
    buffer_append(&xml, SLICE("\"/>"));
    book.sheet_xml = buffer_string(&xml);
    check_book_refused(&book, "a tag of more than 16 MiB");
    buffer_free(&xml);
}
END_TEST

/* A cell of one byte too many damages its row, not the others; one of exactly the limit is whole.
 */
START_TEST(refuses_rows_with_long_cells)
{
    struct buffer text = {0};
    struct buffer rows = {0};
    struct buffer strings = {0};
    append_many(&text, "a", LIMIT_CELL_BYTES);
    const char *whole = buffer_string(&text);
    buffer_append_format(&strings, "<si><t>%s</t></si><si><t>%sb</t></si>", whole, whole);
    buffer_append_format(
        &rows,
        "<row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>1</v></c></row>"
        "<row><c t=\"str\"><v>%s</v></c></row><row><c t=\"str\"><v>%s_x000D_</v></c>"
        "</row><row><c><v>1</v></c></row>",
        whole, whole);
    struct book book = {.rows = buffer_string(&rows), .strings = buffer_string(&strings)};
    struct buffer expected = {0};
    buffer_append_format(&expected, "1 %s\n2! %s\n3 %s\n4! %s\n5 #1\n", whole, whole, whole, whole);
    check_book(&book, buffer_string(&expected));
    buffer_free(&expected);
    buffer_free(&strings);
    buffer_free(&rows);
    buffer_free(&text);
}
END_TEST

/* 70 cells that share a string of 1 MiB: the row is refused, and never as a whole in memory. */
START_TEST(refuses_rows_that_are_too_long)
{
    struct buffer strings = {0};
    struct buffer rows = {0};
    struct buffer bytes = {0};
    struct notes notes = {0};
    buffer_append(&strings, SLICE("<si><t>"));
    append_many(&strings, "a", LIMIT_CELL_BYTES);
    buffer_append(&strings, SLICE("</t></si>"));
    buffer_append(&rows, SLICE("<row>"));
    append_many(&rows, "<c t=\"s\"><v>0</v></c>", 70);
    buffer_append(&rows, SLICE("</row><row/>"));
    struct book book = {.rows = buffer_string(&rows), .strings = buffer_string(&strings)};
    book_bytes(&book, &bytes);
    read_notes(buffer_slice(&bytes), xlsx_read, 0, &notes);
    ck_assert_int_eq(notes.status, CBEC_OK);
    ck_assert_uint_eq(notes.text.length, 3 + LIMIT_ROW_BYTES + 69 + 1 + 3);
    ck_assert(slice_starts_with(buffer_slice(&notes.text), SLICE("1! a")));
    notes_free(&notes);
    buffer_free(&bytes);
    buffer_free(&rows);
    buffer_free(&strings);
}
END_TEST

START_TEST(refuses_too_many_strings)
{
    struct buffer strings = {0};
    append_many(&strings, "<si/>", LIMIT_SHARED_STRINGS + 1);
    struct book book = {.rows = "<row><c t=\"s\"><v>10000000</v></c></row>",
                        .strings = buffer_string(&strings)};
    check_book_refused(&book, "more than 10000000 shared strings");
    buffer_free(&strings);
}
END_TEST

/* Strings read from the file that they spilled to are those that were read from the workbook. */
START_TEST(reads_spilled_strings)
{
    enum { COUNT = 20000 };
    struct buffer xml = {0};
    for (int i = 0; i < COUNT; i++)
        buffer_append_format(&xml, "<si><t>%0*d杭州甲</t></si>", i % 50 == 0 ? 40000 : 1 + i % 100,
                             i);
    struct book book = {.strings = buffer_string(&xml)};
    struct buffer bytes = {0};
    book_bytes(&book, &bytes);
    int file = file_of(buffer_slice(&bytes));
    zip_t *package;
    struct xlsx_strings *strings;
    ck_assert_int_eq(archive_open(file, "book", &package, NULL), CBEC_OK);
    ck_assert_int_eq(
        xlsx_strings_open(package, "book", "xl/sharedStrings.xml", 1000, &strings, NULL), CBEC_OK);
    struct buffer text = {0};
    struct buffer expected = {0};
    unsigned number = 1;
    for (int i = 0; i < 3 * COUNT; i++) {
        /* First near the end of what was read, then all over. */
        number = i < COUNT ? (unsigned)i : (number * 7919 + 13) % COUNT;
        size_t length;
        buffer_clear(&text);
        buffer_clear(&expected);
        buffer_append_format(&expected, "%0*u杭州甲",
                             number % 50 == 0 ? 40000 : 1 + (int)number % 100, number);
        ck_assert_int_eq(
            xlsx_strings_append(strings, number, LIMIT_CELL_BYTES, &text, &length, NULL), CBEC_OK);
        ck_assert_uint_eq(length, expected.length);
        ck_assert(slice_equal(buffer_slice(&text), buffer_slice(&expected)));
    }
    size_t length;
    ck_assert_int_eq(xlsx_strings_append(strings, COUNT, 1, &text, &length, NULL),
                     CBEC_ERROR_INPUT);
    xlsx_strings_close(strings);
    zip_discard(package);
    close(file);
    buffer_free(&text);
    buffer_free(&expected);
    buffer_free(&bytes);
    buffer_free(&xml);
}
END_TEST

/* Of a workbook that is cut off or has wrong bytes come whole rows or a message, and nothing worse.
 */
START_TEST(survives_damage)
{
    struct buffer rows = {0};
    struct buffer strings = {0};
    struct buffer bytes = {0};
    for (int i = 0; i < 200; i++) {
        buffer_append_format(&rows, "<row r=\"%d\"><c t=\"s\"><v>%d</v></c><c><v>%d</v></c></row>",
                             i + 1, i, i * i);
        buffer_append_format(&strings, "<si><t>公司%d</t></si>", i);
    }
    struct book book = {
        .rows = buffer_string(&rows), .strings = buffer_string(&strings), .styles = STYLES};
    book_bytes(&book, &bytes);
    struct notes whole = {0};
    read_notes(buffer_slice(&bytes), xlsx_read, 0, &whole);
    ck_assert_uint_eq(whole.rows, 200);
    for (size_t i = 0; i < 200; i++) {
        struct notes notes = {0};
        read_notes((struct slice){bytes.data, bytes.length * i / 200}, xlsx_read, 0, &notes);
        ck_assert_int_eq(notes.status, CBEC_ERROR_INPUT);
        notes_free(&notes);
    }
    for (size_t i = 0; i < 200; i++) {
        struct notes notes = {0};
        size_t at = bytes.length * i / 200;
        bytes.data[at] = (char)(bytes.data[at] ^ 0x55);
        read_notes(buffer_slice(&bytes), xlsx_read, 0, &notes);
        bytes.data[at] = (char)(bytes.data[at] ^ 0x55);
        if (notes.status == CBEC_OK)
            ck_assert(slice_equal(buffer_slice(&whole.text), buffer_slice(&notes.text)));
        else
            ck_assert_int_eq(notes.status, CBEC_ERROR_INPUT);
        notes_free(&notes);
    }
    notes_free(&whole);
    buffer_free(&bytes);
    buffer_free(&rows);
    buffer_free(&strings);
}
END_TEST

SUITE_MAIN("xlsx", reads_every_type_of_cell, shows_dates_in_both_systems,
           joins_runs_and_leaves_out_how_they_are_read, places_cells_and_rows_without_references,
           reads_names_with_prefixes, stops_when_told, numbers_visible_sheets_first,
           writes_numbers_as_spreadsheets_show_them, tells_date_formats,
           refuses_what_is_no_workbook, refuses_other_documents, refuses_damaged_xml,
           keeps_to_the_limits_of_a_sheet, refuses_tags_without_end_and_deep_ones,
           refuses_rows_with_long_cells, refuses_rows_that_are_too_long, refuses_too_many_strings,
           reads_spilled_strings, survives_damage)
