#include "input/limits.h"
#include "input/plain_line.h"

#include "text_export.h"

#define MOST 8

/* The cells of a line as log_cell writes them; nothing if it has to be split otherwise. */
static void check(struct slice line, char delimiter, const char *expected)
{
    struct cell cells[MOST];
    struct buffer log = {0};
    size_t count = plain_line_split(line, delimiter, cells, MOST);
    for (size_t i = 0; i < count; i++) {
        ck_assert(!cells[i].number);
        log_cell(&log, cells[i].text);
    }
    ck_assert_msg(strcmp(buffer_string(&log), expected) == 0, "\"%s\" came out as %s", line.at,
                  buffer_string(&log));
    buffer_free(&log);
}

START_TEST(cells_between_delimiters)
{
    check(SLICE("a,b,杭州"), ',', "[a][b][杭州]");
    check(SLICE("a;b,c;d"), ';', "[a][b,c][d]");
    check(SLICE(",a,,"), ',', "[][a][][]");
    check(SLICE("a"), ',', "[a]");
    check(SLICE("=a,'b,=,a=b"), ',', "[=a]['b][=][a=b]");
    check(SLICE("a\rb,\r,c\r"), ',', "[a\\rb][\\r][c\\r]");
}
END_TEST

START_TEST(blanks_at_both_ends_are_no_part_of_a_cell)
{
    check(SLICE(" \ta b\t ,  ,c "), ',', "[a b][][c]");
    check(SLICE(" a\t\tb \t"), '\t', "[a][][b][]");
    check(SLICE("\v,\u00a0a,\u3000"), ',', "[\v][\u00a0a][\u3000]");
}
END_TEST

START_TEST(lines_that_have_to_be_split_otherwise)
{
    check(SLICE("a,\"b\""), ',', "");
    check(SLICE("a,b\""), ',', "");
    check(SLICE("a,b\0"), ',', "");
    check(SLICE("\0"), ',', "");
    check(SLICE("1,2,3,4,5,6,7,8"), ',', "[1][2][3][4][5][6][7][8]");
    check(SLICE("1,2,3,4,5,6,7,8,"), ',', "");
    ck_assert_uint_eq(plain_line_split(SLICE("a"), ',', NULL, 0), 0);
}
END_TEST

/* ---- Against libcsv ----------------------------------------------------------------------------
 *
 * The same rows twice: as they are, and with one more cell in quotes, which only libcsv splits.
 */

#define MARK "\xe2\x98\x92" /* in no other cell */

struct texts {
    uint64_t random;
    struct buffer as_is;
    struct buffer marked;
    size_t plain; /* lines without a quote */
};

static uint32_t below(struct texts *texts, uint32_t limit)
{
    return next_random(&texts->random) % limit;
}

static void append_both(struct texts *texts, struct slice text)
{
    buffer_append(&texts->as_is, text);
    buffer_append(&texts->marked, text);
}

static bool is_all(struct slice line, const char *bytes)
{
    for (size_t i = 0; i < line.length; i++)
        if (!memchr(bytes, line.at[i], strlen(bytes)))
            return false;
    return true;
}

/* A line of anything but quotes and line feeds; now and then a long one, or one longer than what is
 * read at once.
 */
static void add_plain_line(struct texts *texts, char delimiter)
{
    static const struct slice pieces[] = {{",", 1},
                                          {";", 1},
                                          {"\t", 1},
                                          {",", 1},
                                          {";", 1},
                                          {"\t", 1},
                                          {" ", 1},
                                          {"  ", 2},
                                          {"\r", 1},
                                          {"=", 1},
                                          {"a", 1},
                                          {"\xe6\xb8\xaf", 3},
                                          {"\xef\xbc\x8c", 3},
                                          {"\0", 1},
                                          {"'", 1},
                                          {"\v", 1},
                                          {"\xff", 1}};
    size_t begin = texts->as_is.length;
    uint32_t length = below(texts, 12);
    for (uint32_t i = 0; i < length; i++) {
        struct slice piece = pieces[below(texts, sizeof pieces / sizeof *pieces)];
        if (piece.at[0] != '\0' || below(texts, 8) == 0)
            append_both(texts, piece);
    }
    uint32_t kind = below(texts, 400);
    uint32_t more = kind == 0  ? 60000 + below(texts, 80000)
                    : kind < 9 ? 900 + below(texts, 900)
                               : 0;
    for (; more > 0; more--)
        append_both(texts, SLICE("f"));
    struct slice line = slice_from(buffer_slice(&texts->as_is), begin);
    bool ends_in_return = line.length > 0 && line.at[line.length - 1] == '\r';
    if (!is_all(line, delimiter == '\t' ? " \r" : " \t\r")) { /* an empty row stays one */
        buffer_append_byte(&texts->marked, delimiter);
        buffer_append(&texts->marked, SLICE("\"" MARK "\""));
        texts->plain++;
    }
    append_both(texts, ends_in_return || below(texts, 2) ? SLICE("\r\n") : SLICE("\n"));
}

static void add_quoted_line(struct texts *texts, char delimiter)
{
    static const char *const lines[] = {"\"a\"?b",     "=\"x?y\"?\"\"",   "\"a\nb\"?c",
                                        "a\"b?\"\n\"", "c?\"d\"\"\n\n\"", "\"?\""};
    struct slice line = slice_of(lines[below(texts, sizeof lines / sizeof *lines)]);
    for (size_t i = 0; i < line.length; i++)
        append_both(texts, line.at[i] == '?' ? (struct slice){&delimiter, 1}
                                             : (struct slice){line.at + i, 1});
    append_both(texts, SLICE("\n"));
}

static bool log_unmarked(void *context, const struct row *row)
{
    struct row_log *log = context;
    struct row unmarked = *row;
    if (row->count > 0 && slice_equal(row->cells[row->count - 1].text, SLICE(MARK)))
        unmarked.count--;
    struct slice mark = SLICE("?\"" MARK "\"");
    if (slice_ends_with(row->raw, slice_from(mark, 1)))
        unmarked.raw.length -= mark.length;
    bool goes_on = log_row(log, &unmarked);
    log->text.length--;
    buffer_append(&log->text, SLICE(" begins "));
    log_cell(&log->text, unmarked.raw);
    buffer_append_byte(&log->text, '\n');
    return goes_on;
}

static void read_text(struct slice text, char delimiter, size_t read_size, struct row_log *log)
{
    struct export export = text_export(text, "UTF-8");
    ck_assert_int_eq(csv_read(&export, delimiter, read_size, log_unmarked, log, NULL), CBEC_OK);
    close(export.file);
}

static void check_texts(struct texts *texts, char delimiter, size_t read_size)
{
    struct row_log as_is = {.rows = 0}, marked = {.rows = 0};
    read_text(buffer_slice(&texts->as_is), delimiter, read_size, &as_is);
    read_text(buffer_slice(&texts->marked), delimiter, read_size, &marked);
    ck_assert_msg(slice_equal(buffer_slice(&as_is.text), buffer_slice(&marked.text)),
                  "read %zu bytes at a time, \"%.300s\" came out as\n%.400s\nby libcsv as\n%.400s",
                  read_size, buffer_string(&texts->as_is), buffer_string(&as_is.text),
                  buffer_string(&marked.text));
    buffer_free(&as_is.text);
    buffer_free(&marked.text);
}

static void free_texts(struct texts *texts)
{
    buffer_free(&texts->as_is);
    buffer_free(&texts->marked);
}

START_TEST(lines_are_split_as_by_libcsv)
{
    size_t plain = 0;
    for (uint64_t seed = 1; seed <= 1200; seed++) {
        struct texts texts = {.random = seed * 2654435761u + 1};
        char delimiter = ",;\t"[seed % 3];
        for (uint32_t lines = 1 + below(&texts, 15); lines > 0; lines--)
            if (below(&texts, 5) == 0)
                add_quoted_line(&texts, delimiter);
            else
                add_plain_line(&texts, delimiter);
        for (size_t i = texts.as_is.length > 50000 ? 3 : 0; i < READ_SIZE_COUNT; i++)
            check_texts(&texts, delimiter, READ_SIZES[i]);
        plain += texts.plain;
        free_texts(&texts);
    }
    ck_assert_uint_gt(plain, 5000);
}
END_TEST

/* A line feed is noticed too late to be what ends lines. */
START_TEST(line_feeds_where_carriage_returns_end_lines)
{
    struct texts texts = {.random = 1};
    for (size_t i = 0; i < 70000; i++)
        append_both(&texts, i % 1000 ? SLICE("f") : SLICE("\r"));
    buffer_append(&texts.as_is, SLICE("\ra\nb,c\r\nd,e\rf,g"));
    buffer_append(&texts.marked,
                  SLICE("\ra\nb,c,\"" MARK "\"\r\nd,e,\"" MARK "\"\rf,g,\"" MARK "\""));
    check_texts(&texts, ',', 65536);
    free_texts(&texts);
}
END_TEST

/* ---- Limits ------------------------------------------------------------------------------------
 */

struct ends {
    size_t rows;
    size_t count[3];
    size_t last_bytes[3];
};

static bool note_end(void *context, const struct row *row)
{
    struct ends *ends = context;
    ck_assert_uint_lt(ends->rows, 3);
    ends->count[ends->rows] = row->count;
    ends->last_bytes[ends->rows++] = row->cells[row->count - 1].text.length;
    return true;
}

/* Beyond the width of any sheet one more cell holds all the rest. */
START_TEST(lines_wider_than_any_sheet)
{
    for (size_t more = 0; more <= 3; more++) {
        struct ends ends = {.rows = 0};
        struct buffer content = {0};
        for (size_t line = 0; line < 3; line++) {
            for (size_t i = 1; i < LIMIT_COLUMNS + more; i++)
                buffer_append(&content, SLICE("1,"));
            buffer_append(&content, SLICE("1\n"));
        }
        struct export export = text_export(buffer_slice(&content), "UTF-8");
        ck_assert_int_eq(csv_read(&export, ',', 65536, note_end, &ends, NULL), CBEC_OK);
        close(export.file);
        buffer_free(&content);
        ck_assert_uint_eq(ends.rows, 3);
        for (size_t line = 0; line < 3; line++) {
            ck_assert_uint_eq(ends.count[line], LIMIT_COLUMNS + (more > 0));
            ck_assert_uint_eq(ends.last_bytes[line], more > 1 ? more : 1);
        }
    }
}
END_TEST

/* Its end is known when it is read, as it was read before as part of a cell that was never closed.
 */
START_TEST(a_cell_that_is_too_long_in_a_line_read_twice)
{
    struct buffer content = {0};
    struct row_log log = {.rows = 0};
    buffer_append(&content, SLICE("a,b,c\n1,\"x\n"));
    for (size_t i = 0; i < LIMIT_CELL_BYTES + 10; i++)
        buffer_append_byte(&content, 'f');
    buffer_append(&content, SLICE(",g\n2,y\n"));
    read_rows(buffer_slice(&content), ',', 65536, &log);
    ck_assert_str_eq(buffer_string(&log.text),
                     "1[a][b][c]\n2!unclosed_quote\n3!cell_too_long\n4[2][y]\n");
    buffer_free(&log.text);
    buffer_free(&content);
}
END_TEST

SUITE_MAIN("plain_line", cells_between_delimiters, blanks_at_both_ends_are_no_part_of_a_cell,
           lines_that_have_to_be_split_otherwise, lines_are_split_as_by_libcsv,
           line_feeds_where_carriage_returns_end_lines, lines_wider_than_any_sheet,
           a_cell_that_is_too_long_in_a_line_read_twice)
