#include "workbook_builder.h"
#include "xls_builder.h"

/* The bytes of the workbook, which is given back. */
static struct buffer bytes_of(struct xls_builder *book)
{
    struct buffer bytes = {0};
    xls_bytes(book, &bytes);
    return bytes;
}

/* Sheet `sheet` must come out so. */
static void check_bytes(struct slice bytes, int sheet, const char *name, const char *expected)
{
    struct notes notes = {0};
    read_notes(bytes, xls_read, sheet, &notes);
    ck_assert_msg(notes.status == CBEC_OK, "%s", notes.error.message);
    ck_assert(notes.exists);
    ck_assert_str_eq(notes.sheet, name);
    assert_slice(buffer_slice(&notes.text), expected);
    notes_free(&notes);
}

static void check_book(struct xls_builder *book, const char *expected)
{
    struct buffer bytes = bytes_of(book);
    check_bytes(buffer_slice(&bytes), 0, book->sheets[0].name, expected);
    buffer_free(&bytes);
}

static void check_refused(struct slice bytes, const char *what)
{
    struct notes notes = {0};
    read_notes(bytes, xls_read, 0, &notes);
    ck_assert_msg(notes.status == CBEC_ERROR_INPUT, "expected \"%s\", status %d", what,
                  (int)notes.status);
    ck_assert_msg(strncmp(notes.error.message, "book: ", 6) == 0 &&
                      strstr(notes.error.message, what),
                  "\"%s\" does not say \"%s\"", notes.error.message, what);
    notes_free(&notes);
}

static void check_book_refused(struct xls_builder *book, const char *what)
{
    struct buffer bytes = bytes_of(book);
    check_refused(buffer_slice(&bytes), what);
    buffer_free(&bytes);
}

/* Adds a record with a cell's row and column, a format, and so many zeros. */
static void add_record(struct xls_builder *book, unsigned type, unsigned row, unsigned column,
                       size_t zeros)
{
    struct buffer body = {0};
    struct buffer *records = xls_cell(book, &body, row, column, XLS_XF_PLAIN);
    xls_zeros(&body, zeros);
    xls_record(records, type, &body);
    buffer_free(&body);
}

START_TEST(reads_text_and_numbers)
{
    struct xls_builder book;
    xls_begin(&book, false);
    xls_sheet(&book, "名单", false);
    xls_text(&book, 0, 0, "公司名称");
    xls_text(&book, 0, 1, "a\n𠮷");
    xls_number(&book, 2, 0, 330106000123456);
    xls_number(&book, 2, 2, -12.5);
    xls_number(&book, 3, 1, 44259);
    check_book(&book, "1 公司名称|a\n𠮷\n3 #330106000123456||#-12.5\n4 |#44259\n");
}
END_TEST

static bool note_dates(void *context, const struct row *row)
{
    *(enum date_system *)context = row->dates;
    return false;
}

START_TEST(shows_dates_in_both_systems)
{
    for (int date1904 = 0; date1904 < 2; date1904++) {
        struct xls_builder book;
        xls_begin(&book, date1904);
        xls_sheet(&book, "s", false);
        xls_date(&book, 0, 0, 44259);
        xls_date(&book, 0, 1, 44259.75);
        xls_number(&book, 0, 2, 44259);
        struct buffer bytes = bytes_of(&book);
        check_bytes(buffer_slice(&bytes), 0, "s",
                    date1904 ? "1 2025-03-05|2025-03-05|#44259\n"
                             : "1 2021-03-04|2021-03-04|#44259\n");
        struct export export = {
            .file = file_of(buffer_slice(&bytes)), .size = bytes.length, .path = "book"};
        enum date_system dates;
        bool exists;
        ck_assert_int_eq(xls_read(&export, 0, &exists, NULL, note_dates, &dates, NULL), CBEC_OK);
        ck_assert_int_eq(dates, date1904 ? DATE_SYSTEM_1904 : DATE_SYSTEM_1900);
        close(export.file);
        buffer_free(&bytes);
    }
}
END_TEST

START_TEST(numbers_visible_sheets_first)
{
    struct xls_builder book;
    xls_begin(&book, false);
    xls_sheet(&book, "藏", true);
    xls_text(&book, 0, 0, "甲");
    xls_sheet(&book, "明", false);
    xls_text(&book, 0, 0, "乙");
    xls_sheet(&book, "空", false);
    struct buffer bytes = bytes_of(&book);
    check_bytes(buffer_slice(&bytes), 0, "明", "1 乙\n");
    check_bytes(buffer_slice(&bytes), 1, "空", "");
    check_bytes(buffer_slice(&bytes), 2, "藏", "1 甲\n");
    struct notes notes = {0};
    read_notes(buffer_slice(&bytes), xls_read, 3, &notes);
    ck_assert_int_eq(notes.status, CBEC_OK);
    ck_assert(!notes.exists);
    ck_assert_ptr_null(notes.sheet);
    buffer_free(&bytes);
}
END_TEST

/* Texts of every length, so that the borders of records fall on all places of a string. */
START_TEST(reads_strings_over_record_borders)
{
    struct xls_builder book;
    struct buffer expected = {0};
    struct buffer text = {0};
    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    for (unsigned i = 0; i < 3000; i++) {
        buffer_clear(&text);
        buffer_append_format(&text, "公司%0*u", 1 + (int)(i * 7 % 97), i);
        xls_text(&book, i, 0, buffer_string(&text));
        buffer_append_format(&expected, "%u %s\n", i + 1, buffer_string(&text));
    }
    check_book(&book, buffer_string(&expected));
    buffer_free(&text);
    buffer_free(&expected);
}
END_TEST

START_TEST(stops_when_told)
{
    struct xls_builder book;
    struct notes notes = {.stop_after = 1};
    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    xls_number(&book, 0, 0, 1);
    xls_number(&book, 1, 0, 2);
    struct buffer bytes = bytes_of(&book);
    read_notes(buffer_slice(&bytes), xls_read, 0, &notes);
    ck_assert_int_eq(notes.status, CBEC_OK);
    assert_slice(buffer_slice(&notes.text), "1 #1\n");
    notes_free(&notes);
    buffer_free(&bytes);
}
END_TEST

START_TEST(refuses_encrypted_workbooks)
{
    struct xls_builder book;
    xls_begin(&book, false);
    book.encrypted = true;
    xls_sheet(&book, "s", false);
    check_book_refused(&book, "is encrypted: save it without a password");

    struct buffer package = {0};
    struct buffer bytes = {0};
    xls_zeros(&package, 8192);
    xls_compound(&bytes, "EncryptedPackage", &package); /* an .xlsx with a password */
    check_refused(buffer_slice(&bytes), "is encrypted: save it without a password");
    buffer_clear(&bytes);
    xls_compound(&bytes, "WordDocument", &package);
    check_refused(buffer_slice(&bytes), "holds no .xls workbook");
    buffer_clear(&bytes);
    xls_compound(&bytes, "Workbook", &package);
    check_refused(buffer_slice(&bytes), "it has no sheets");
    buffer_free(&package);
    buffer_free(&bytes);
}
END_TEST

/* LABEL: a cell with a text of its own, of so many characters of one byte. */
static void add_label(struct xls_builder *book, const char *text, size_t length)
{
    struct buffer body = {0};
    struct buffer *records = xls_cell(book, &body, 0, 0, XLS_XF_PLAIN);
    xls_u16(&body, (unsigned)length);
    xls_u8(&body, 0);
    buffer_append(&body, (struct slice){text, length});
    xls_record(records, 0x0204, &body);
    buffer_free(&body);
}

/* What freexl would leave out or get wrong. */
START_TEST(refuses_what_cannot_be_read)
{
    struct xls_builder book;
    struct buffer text = {0};
    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    add_record(&book, 0x0006, 0, 0, 16);
    check_book_refused(&book, "a cell with a formula");

    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    xls_text(&book, 0, 0, "");
    check_book_refused(&book, "a cell with an empty text");

    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    xls_text(&book, 0, 0, "甲乙");
    memset(book.strings.data + 3, 0, 2); /* behind the length and the width, the first character */
    check_book_refused(&book, "a text with a NUL");

    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    add_label(&book, "a\0b", 3);
    check_book_refused(&book, "a text with a NUL");

    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    for (int i = 0; i < 9000; i++)
        buffer_append(&text, SLICE("甲"));
    xls_text(&book, 0, 0, buffer_string(&text));
    check_book_refused(&book, "a cell with a very long text");
    buffer_free(&text);

    for (unsigned i = 0; i < XLS_SHEETS; i++) {
        if (i == 0)
            xls_begin(&book, false);
        xls_sheet(&book, "s", false);
        xls_number(&book, 65535, 250, 1);
    }
    check_book_refused(&book, "more than 16 million cells");
}
END_TEST

/* BOOLERR: the value, and 1 for an error (42: #N/A) or 0 for a truth. */
static void add_error(struct xls_builder *book, unsigned value, unsigned is_error)
{
    struct buffer body = {0};
    struct buffer *records = xls_cell(book, &body, 0, 0, XLS_XF_PLAIN);
    xls_u8(&body, value);
    xls_u8(&body, is_error);
    xls_record(records, 0x0205, &body);
    buffer_free(&body);
}

START_TEST(refuses_errors)
{
    struct xls_builder book;
    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    add_error(&book, 42, 1);
    check_book_refused(&book, "a cell with an error (#N/A, say)");

    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    add_error(&book, 1, 0);
    check_book(&book, "1 #1\n");
}
END_TEST

/* A cell with its own text, in a record that ends before the text does. */
START_TEST(refuses_texts_beyond_their_record)
{
    struct xls_builder book;
    struct buffer body = {0};
    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    struct buffer *records = xls_cell(&book, &body, 0, 0, XLS_XF_PLAIN);
    xls_u16(&body, 30000);
    xls_zeros(&body, 8);
    xls_record(records, 0x0204, &body);
    buffer_free(&body);
    check_book_refused(&book, "a damaged .xls workbook (a text)");
}
END_TEST

START_TEST(refuses_large_files)
{
    struct export export = {.file = -1, .size = ((uint64_t)512 << 20) + 1, .path = "book"};
    struct cbec_error error;
    bool exists;
    ck_assert_int_eq(xls_read(&export, 0, &exists, NULL, note_dates, NULL, &error),
                     CBEC_ERROR_INPUT);
    ck_assert_str_eq(error.message,
                     "book: an .xls workbook of more than 512 MiB: save it as .xlsx");
}
END_TEST

/* The sectors of a stream that go round in a circle, which freexl would follow for ever. */
START_TEST(refuses_circles_of_sectors)
{
    struct xls_builder book;
    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    struct buffer bytes = bytes_of(&book);
    xls_patch(&bytes, XLS_SECTOR_BYTES + 4 * 5, 3); /* sector 5 before 3 */
    check_refused(buffer_slice(&bytes), "go round in a circle");
    xls_patch(&bytes, XLS_SECTOR_BYTES + 4 * 5, 0xffff);
    check_refused(buffer_slice(&bytes), "it ends early");
    xls_patch(&bytes, XLS_SECTOR_BYTES + 4 * 5, 0xfffffffe);
    check_refused(buffer_slice(&bytes), "sectors are missing");
    xls_patch(&bytes, 2 * XLS_SECTOR_BYTES + 64, 0x0105ffff); /* the length of an entry's name */
    check_refused(buffer_slice(&bytes), "its directory");
    buffer_free(&bytes);
}
END_TEST

/* A workbook that is cut off is refused. */
START_TEST(survives_being_cut_off)
{
    struct xls_builder book;
    xls_begin(&book, false);
    xls_sheet(&book, "s", false);
    for (unsigned i = 0; i < 500; i++) {
        xls_text(&book, i, 0, "公司");
        xls_number(&book, i, 1, i);
    }
    struct buffer bytes = bytes_of(&book);
    for (size_t i = 0; i < 200; i++) {
        struct notes notes = {0};
        read_notes((struct slice){bytes.data, bytes.length * i / 200}, xls_read, 0, &notes);
        ck_assert_int_eq(notes.status, CBEC_ERROR_INPUT);
        ck_assert_uint_eq(notes.rows, 0);
        notes_free(&notes);
    }
    buffer_free(&bytes);
}
END_TEST

SUITE_MAIN("xls", reads_text_and_numbers, shows_dates_in_both_systems, numbers_visible_sheets_first,
           reads_strings_over_record_borders, stops_when_told, refuses_encrypted_workbooks,
           refuses_what_cannot_be_read, refuses_errors, refuses_texts_beyond_their_record,
           refuses_large_files, refuses_circles_of_sectors, survives_being_cut_off)
