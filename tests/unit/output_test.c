/* What the printers promise. */
#include "output/output.h"

#include <csv.h>
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <sqlite3.h>
#include <utf8proc.h>

#include "output/bars.h"
#include "output/cells.h"
#include "output/width.h"
#include "suite.h"

#define NOTHING                                                                                    \
    {                                                                                              \
        .type = CBEC_CELL_NULL                                                                     \
    }
#define INTEGER(value)                                                                             \
    {                                                                                              \
        .type = CBEC_CELL_INTEGER, .integer = (value)                                              \
    }
#define REAL(value)                                                                                \
    {                                                                                              \
        .type = CBEC_CELL_REAL, .real = (value)                                                    \
    }
#define TEXT(literal)                                                                              \
    {                                                                                              \
        .type = CBEC_CELL_TEXT, .text = (literal), .length = sizeof(literal) - 1                   \
    }

enum { MOST_COLUMNS = 6, MOST_ROWS = 4 };

struct print_case {
    struct output_options options;
    const char *columns[MOST_COLUMNS + 1];
    struct cbec_cell rows[MOST_ROWS][MOST_COLUMNS];
    size_t row_count;
    const char *expected;
};

static void assert_text(struct slice text, const char *expected)
{
    ck_assert_msg(slice_equal(text, slice_of(expected)), "got \"%.*s\", expected \"%s\"",
                  (int)text.length, text.at ? text.at : "", expected);
}

/* What a test prints into. */
struct sink {
    FILE *file;
    char *text;
    size_t length;
};

static void sink_open(struct sink *sink)
{
    *sink = (struct sink){0};
    sink->file = open_memstream(&sink->text, &sink->length);
    ck_assert_ptr_nonnull(sink->file);
}

static void sink_assert(struct sink *sink, const char *expected)
{
    fclose(sink->file);
    ck_assert_msg(strcmp(sink->text, expected) == 0, "got:\n%s\nexpected:\n%s", sink->text,
                  expected);
    ck_assert_uint_eq(sink->length, strlen(expected));
    free(sink->text);
}

static void print_cases(enum output_format format, const struct print_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct print_case *one = &cases[i];
        size_t columns = 0;
        while (one->columns[columns])
            columns++;
        struct sink sink;
        sink_open(&sink);
        struct output *output =
            output_begin(format, sink.file, &one->options, one->columns, columns);
        for (size_t row = 0; row < one->row_count; row++)
            ck_assert(output_row(output, one->rows[row]));
        ck_assert(output_end(output));
        sink_assert(&sink, one->expected);
    }
}

#define PRINT_CASES(format, cases) print_cases((format), (cases), sizeof(cases) / sizeof *(cases))

/* ---- Formats ----------------------------------------------------------------------------------
 */

START_TEST(formats_have_names)
{
    static const struct {
        const char *name;
        enum output_format format;
    } names[] = {{"table", OUTPUT_TABLE},
                 {"csv", OUTPUT_CSV},
                 {"json", OUTPUT_JSON},
                 {"markdown", OUTPUT_MARKDOWN}};
    ck_assert_uint_eq(sizeof names / sizeof *names, OUTPUT_FORMATS);
    for (size_t i = 0; i < OUTPUT_FORMATS; i++) {
        enum output_format format = OUTPUT_FORMATS;
        ck_assert(output_format_find(names[i].name, &format));
        ck_assert_int_eq(format, names[i].format);
    }
    enum output_format format;
    ck_assert(!output_format_find("CSV", &format));
    ck_assert(!output_format_find("", &format));
}
END_TEST

START_TEST(csv_is_rfc_4180)
{
    static const struct print_case cases[] = {
        {.columns = {"year", "new_registrations", "percent_of_prior_year", "change_percent"},
         .rows = {{INTEGER(2024), INTEGER(4715), REAL(81.0), REAL(-12.5)},
                  {INTEGER(-5), INTEGER(0), NOTHING, REAL(-0.0)},
                  {INTEGER(INT64_MIN), INTEGER(INT64_MAX), REAL(-0.0), REAL(INFINITY)}},
         .row_count = 3,
         .expected = "year,new_registrations,percent_of_prior_year,change_percent\n"
                     "2024,4715,81.0,-12.5\n"
                     "-5,0,,0.0\n"
                     "-9223372036854775808,9223372036854775807,0.0,\n"},
        {.options = {.bom = true},
         .columns = {"省份"},
         .rows = {{TEXT("浙江省")}},
         .row_count = 1,
         .expected = "\xef\xbb\xbf省份\n浙江省\n"},
        /* Quotes where they are needed. */
        {.columns = {"a", "b,c"},
         .rows = {{TEXT("say \"x\""), TEXT("a,b")},
                  {TEXT("two\nlines"), TEXT("cr\r")},
                  {TEXT(" blanks "), TEXT("in side")},
                  {TEXT(""), TEXT("\x1b\x01\xff")}},
         .row_count = 4,
         .expected = "a,\"b,c\"\n"
                     "\"say \"\"x\"\"\",\"a,b\"\n"
                     "\"two\nlines\",\"cr\r\"\n"
                     "\" blanks \",in side\n"
                     ",\x1b\x01\ufffd\n"},
        /* What a spreadsheet would run as a formula. */
        {.columns = {"=a", "b", "c"},
         .rows = {{TEXT("=1+1"), TEXT("+1"), TEXT("-1")},
                  {TEXT("@x"), TEXT("\tx"), TEXT("\rx")},
                  {TEXT("=a,\"b\""), TEXT("a=b"), INTEGER(-1)}},
         .row_count = 3,
         .expected = "'=a,b,c\n"
                     "'=1+1,'+1,'-1\n"
                     "'@x,\"'\tx\",\"'\rx\"\n"
                     "\"'=a,\"\"b\"\"\",a=b,-1\n"},
        /* An empty line would be no row. */
        {.columns = {"a"},
         .rows = {{NOTHING}, {TEXT("")}},
         .row_count = 2,
         .expected = "a\n\"\"\n\"\"\n"},
        {.columns = {"a", "b"}, .expected = "a,b\n"},
    };
    PRINT_CASES(OUTPUT_CSV, cases);
}
END_TEST

START_TEST(json_is_an_array_of_objects)
{
    static const struct print_case cases[] = {
        {.columns = {"year", "percent_of_prior_year", "change_percent", "province"},
         .rows = {{INTEGER(2024), REAL(81.0), REAL(-0.0), TEXT("浙江省")},
                  {INTEGER(-1), NOTHING, REAL(INFINITY), NOTHING}},
         .row_count = 2,
         .expected = "[\n"
                     "  {\"year\": 2024, \"percent_of_prior_year\": 81.0, \"change_percent\": 0.0, "
                     "\"province\": \"浙江省\"},\n"
                     "  {\"year\": -1, \"percent_of_prior_year\": null, \"change_percent\": null, "
                     "\"province\": null}\n"
                     "]\n"},
        {.columns = {"a\"b"},
         .rows = {{TEXT("=1\n")}},
         .row_count = 1,
         .expected = "[\n  {\"a\\\"b\": \"=1\\n\"}\n]\n"},
        {.columns = {"a"}, .expected = "[]\n"},
    };
    PRINT_CASES(OUTPUT_JSON, cases);
}
END_TEST

START_TEST(json_strings_are_valid_whatever_the_text)
{
    const struct {
        struct slice text;
        const char *json;
    } cases[] = {
        {SLICE(""), "\"\""},
        {SLICE("a\"b\\c/"), "\"a\\\"b\\\\c/\""},
        {SLICE("\b\f\n\r\t\v\x1b\x7f"), "\"\\b\\f\\n\\r\\t\\u000b\\u001b\\u007f\""},
        {SLICE("\0x"), "\"\\u0000x\""},
        {SLICE("\xc2\x85\u202e\U000e0001"), "\"\\u0085\\u202e\\udb40\\udc01\""},
        {SLICE("😀中"), "\"😀中\""},
        {SLICE("\xff中\xe4\xb8"), "\"\ufffd中\ufffd\ufffd\""},
        {SLICE("\xed\xa0\x80"), "\"\ufffd\ufffd\ufffd\""}, /* a surrogate */
        {SLICE("\xc0\xaf"), "\"\ufffd\ufffd\""},           /* a / that is too long */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        json_string(cases[i].text, &out);
        assert_text(buffer_slice(&out), cases[i].json);
        buffer_free(&out);
    }
}
END_TEST

START_TEST(markdown_aligns_numbers_and_escapes_markup)
{
    static const struct print_case cases[] = {
        {.columns = {"year", "new_registrations", "change_percent", "province"},
         .rows = {{INTEGER(2023), INTEGER(5821), NOTHING, TEXT("广东省")},
                  {INTEGER(2024), INTEGER(4715), REAL(-12.5), NOTHING}},
         .row_count = 2,
         .expected = "| year | new registrations | change percent | province |\n"
                     "| ---: | ---: | ---: | --- |\n"
                     "| 2023 | 5,821 | – | 广东省 |\n"
                     "| 2024 | 4,715 | -12.5 | – |\n"},
        {.columns = {"a|b", "c", "d"},
         .rows = {{TEXT("x|y"), TEXT("\\|"), TEXT("two\nlines\r")},
                  {TEXT("<b>&lt;"), TEXT("*a* `b` [c](d)"), TEXT("\x1b[31m\u202e")},
                  {TEXT("_a_ b_c ~d~"), TEXT("C:\\dir\\"), TEXT("\xff")}},
         .row_count = 3,
         .expected = "| a\\|b | c | d |\n"
                     "| --- | --- | --- |\n"
                     "| x\\|y | \\\\\\| | two\\nlines\\r |\n"
                     "| \\<b>\\&lt; | \\*a\\* \\`b\\` \\[c](d) | \\x1b\\[31m\\u202e |\n"
                     "| \\_a\\_ b_c \\~d\\~ | C:\\dir\\ | \\xff |\n"},
        /* A column of both is one of text. */
        {.columns = {"a", "b"},
         .rows = {{INTEGER(1000), NOTHING}, {TEXT("x"), NOTHING}},
         .row_count = 2,
         .expected = "| a | b |\n| --- | --- |\n| 1,000 | – |\n| x | – |\n"},
        {.columns = {"a", "b"}, .expected = "| a | b |\n| --- | --- |\n"},
    };
    PRINT_CASES(OUTPUT_MARKDOWN, cases);
}
END_TEST

START_TEST(table_is_aligned_by_display_width)
{
    static const struct print_case cases[] = {
        {.columns = {"province", "new_registrations", "share_percent"},
         .rows = {{TEXT("广东省"), INTEGER(4715), REAL(81.0)},
                  {TEXT("unknown"), INTEGER(-1234567), NOTHING},
                  {NOTHING, INTEGER(999), REAL(-0.0)}},
         .row_count = 3,
         .expected = "province  new registrations  share percent\n"
                     "──────────────────────────────────────────\n"
                     "广东省                4,715           81.0\n"
                     "unknown          -1,234,567              –\n"
                     "–                       999            0.0\n"},
        /* Numbers that are names. */
        {.columns = {"year", "import", "line", "header_row", "number", "rows"},
         .rows = {{INTEGER(2024), INTEGER(1000), INTEGER(21000), INTEGER(1000), INTEGER(1000),
                   INTEGER(1000)}},
         .row_count = 1,
         .expected = "year  import   line  header row  number   rows\n"
                     "──────────────────────────────────────────────\n"
                     "2024    1000  21000        1000    1000  1,000\n"},
        /* Nothing in the data reaches the terminal as a command; no blanks end a line. */
        {.columns = {"name", "e\x1b"},
         .rows = {{TEXT("a\n\t\x1b[2J"), TEXT("x")},
                  {TEXT("\u202e\u200b中\xff\x7f"), TEXT("")},
                  {TEXT("e\u0301"), TEXT("y  ")}},
         .row_count = 3,
         .expected = "name                    e\\x1b\n"
                     "─────────────────────────────\n"
                     "a\\n\\t\\x1b[2J            x\n"
                     "\\u202e\\u200b中\\xff\\x7f\n"
                     "e\u0301                       y\n"},
        {.options = {.color = true},
         .columns = {"a", "b_c"},
         .rows = {{INTEGER(1), NOTHING}},
         .row_count = 1,
         .expected = "\x1b[1ma  b c\x1b[0m\n──────\n1  –\n"},
        {.columns = {"a", "b"}, .expected = "a  b\n────\n"},
    };
    PRINT_CASES(OUTPUT_TABLE, cases);
}
END_TEST

START_TEST(table_fits_the_terminal)
{
    static const struct print_case cases[] = {
        /* First headings are broken, */
        {.options = {.terminal_width = 22},
         .columns = {"year", "percent_of_prior_year"},
         .rows = {{INTEGER(2024), REAL(81.0)}},
         .row_count = 1,
         .expected = "      percent of prior\n"
                     "year              year\n"
                     "──────────────────────\n"
                     "2024              81.0\n"},
        {.options = {.terminal_width = 23},
         .columns = {"name", "new_registrations"},
         .rows = {{TEXT("abcdefgh"), INTEGER(1)}},
         .row_count = 1,
         .expected = "                    new\n"
                     "name      registrations\n"
                     "───────────────────────\n"
                     "abcdefgh              1\n"},
        /* then the widest text is cut, */
        {.options = {.terminal_width = 20},
         .columns = {"name", "city", "rows"},
         .rows = {{TEXT("杭州跨境电子商务"), TEXT("杭州市"), INTEGER(1)},
                  {TEXT("abc"), TEXT("深圳"), INTEGER(2)}},
         .row_count = 2,
         .expected = "name    city    rows\n"
                     "────────────────────\n"
                     "杭州…   杭州市     1\n"
                     "abc     深圳       2\n"},
        {.options = {.terminal_width = 16},
         .columns = {"name", "registrations"},
         .rows = {{TEXT("abcd"), INTEGER(1)}},
         .row_count = 1,
         .expected = "…  registrations\n"
                     "────────────────\n"
                     "…              1\n"},
        /* at last the headings of figures; never figures. */
        {.options = {.terminal_width = 5},
         .columns = {"name", "rows"},
         .rows = {{TEXT("abc"), INTEGER(1234567)}},
         .row_count = 1,
         .expected = "…       rows\n"
                     "────────────\n"
                     "…  1,234,567\n"},
        {.options = {.terminal_width = 5},
         .columns = {"registrations", "b"},
         .rows = {{INTEGER(12), INTEGER(3)}},
         .row_count = 1,
         .expected = "r…  b\n"
                     "─────\n"
                     "12  3\n"},
    };
    PRINT_CASES(OUTPUT_TABLE, cases);
}
END_TEST

/* ---- More rows than are held ------------------------------------------------------------------
 */

static char *print_many(enum output_format format, size_t rows)
{
    static const char *const columns[] = {"line", "rows", "text"};
    struct sink sink;
    sink_open(&sink);
    struct output *output = output_begin(format, sink.file, NULL, columns, 3);
    for (size_t i = 0; i < rows; i++) {
        struct cbec_cell cells[] = {INTEGER((int64_t)i + 1), INTEGER(7), TEXT("ab")};
        if (i == 10000) {
            cells[0].integer = 1000000;
            cells[1].integer = 12345678;
            cells[2] = (struct cbec_cell)TEXT("中文ab\n");
        }
        ck_assert(output_row(output, cells));
    }
    ck_assert(output_end(output));
    fclose(sink.file);
    return sink.text;
}

START_TEST(later_rows_keep_the_widths_of_the_first)
{
    char *text = print_many(OUTPUT_TABLE, 10002);
    const char *tail = "10000     7  ab\n"
                       "1000000  12,345,678  中…\n"
                       "10002     7  ab\n";
    ck_assert_msg(slice_ends_with(slice_of(text), slice_of(tail)), "got %s",
                  text + strlen(text) - 60);
    free(text);
    text = print_many(OUTPUT_MARKDOWN, 10002);
    tail = "| 10000 | 7 | ab |\n| 1000000 | 12,345,678 | 中文ab\\n |\n| 10002 | 7 | ab |\n";
    ck_assert(slice_ends_with(slice_of(text), slice_of(tail)));
    ck_assert(slice_starts_with(slice_of(text),
                                SLICE("| line | rows | text |\n| ---: | ---: | --- |\n| 1 | 7")));
    free(text);
}
END_TEST

/* ---- Failures ---------------------------------------------------------------------------------
 */

START_TEST(a_full_disk_is_reported_at_the_end)
{
    static const char *const columns[] = {"a"};
    for (int format = 0; format < OUTPUT_FORMATS; format++) {
        FILE *full = fopen("/dev/full", "w");
        ck_assert_ptr_nonnull(full);
        struct output *output = output_begin((enum output_format)format, full, NULL, columns, 1);
        errno = 0;
        ck_assert(!output_end(output));
        ck_assert_int_eq(errno, ENOSPC);

        /* A failure in between is kept, and told to who would go on. */
        setvbuf(full, NULL, _IONBF, 0);
        clearerr(full);
        output = output_begin((enum output_format)format, full, NULL, columns, 1);
        bool going_on = true;
        for (int i = 0; i < 20000 && going_on; i++)
            going_on = output_row(output, &(struct cbec_cell)TEXT("x"));
        ck_assert(!going_on);
        errno = 0;
        ck_assert(!output_end(output));
        ck_assert_int_eq(errno, ENOSPC);
        fclose(full);
    }
    FILE *full = fopen("/dev/full", "w");
    setvbuf(full, NULL, _IONBF, 0);
    errno = 0;
    ck_assert(!bars_print(full, &(struct bar){SLICE("a"), 1, false}, 1, 20));
    ck_assert_int_eq(errno, ENOSPC);
    fclose(full);
}
END_TEST

static ssize_t write_third_fails(void *context, const char *bytes, size_t length)
{
    (void)bytes;
    if (++*(int *)context != 3)
        return (ssize_t)length;
    errno = EDQUOT;
    return 0;
}

/* Otherwise rows would be missing in the middle, with nothing to show it. */
START_TEST(nothing_is_written_after_a_failure)
{
    int writes = 0;
    FILE *file = fopencookie(&writes, "w", (cookie_io_functions_t){.write = write_third_fails});
    ck_assert_ptr_nonnull(file);
    setvbuf(file, NULL, _IONBF, 0);
    const char *column = "a";
    struct cbec_cell cell = TEXT("x");
    struct output *output = output_begin(OUTPUT_CSV, file, NULL, &column, 1);
    ck_assert(output_row(output, &cell));
    ck_assert(!output_row(output, &cell));
    ck_assert(!output_row(output, &cell));
    errno = 0;
    ck_assert(!output_end(output));
    ck_assert_int_eq(errno, EDQUOT);
    ck_assert_int_eq(writes, 3);
    fclose(file);
}
END_TEST

START_TEST(without_an_output_the_end_says_no_memory)
{
    ck_assert(!output_row(NULL, NULL));
    errno = 0;
    ck_assert(!output_end(NULL));
    ck_assert_int_eq(errno, ENOMEM);
    output_abandon(NULL);
}
END_TEST

START_TEST(an_abandoned_table_is_not_printed)
{
    struct sink sink;
    sink_open(&sink);
    const char *column = "a";
    struct output *output = output_begin(OUTPUT_TABLE, sink.file, NULL, &column, 1);
    ck_assert(output_row(output, &(struct cbec_cell)TEXT("x")));
    output_abandon(output);
    sink_assert(&sink, "");
}
END_TEST

/* ---- Text and figures -------------------------------------------------------------------------
 */

START_TEST(hidden_characters_become_visible)
{
    const struct {
        struct slice text;
        const char *visible;
        size_t width;
    } cases[] = {
        {SLICE(""), "", 0},
        {SLICE("abc"), "abc", 3},
        {SLICE("浙江省"), "浙江省", 6},
        {SLICE("ＡＢ（）"), "ＡＢ（）", 8},
        {SLICE("ｱ"), "ｱ", 1}, /* half width */
        {SLICE("e\u0301"), "e\u0301", 1},
        {SLICE("😀"), "😀", 2},
        {SLICE("–…█░"), "–…█░", 4},
        {SLICE("\n\t\r\b\x1b\x7f"), "\\n\\t\\r\\x08\\x1b\\x7f", 18},
        {SLICE("a\0b"), "a\\x00b", 6},
        {SLICE("\xc2\x85\xc2\x9b"), "\\u0085\\u009b", 12},
        {SLICE("\u200b\u200f"), "\\u200b\\u200f", 12},
        {SLICE("\u202a\u202e\u2066\u2069"), "\\u202a\\u202e\\u2066\\u2069", 24},
        {SLICE("\u2028\u2029\ufeff"), "\\u2028\\u2029\\ufeff", 18},
        {SLICE("\U000e0041"), "\\U000e0041", 10},
        {SLICE("\xff\xc3(\xe4\xb8"), "\\xff\\xc3(\\xe4\\xb8", 17},
        {SLICE("\xed\xa0\x80\xc0\x8a"), "\\xed\\xa0\\x80\\xc0\\x8a", 20},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        text_visible(cases[i].text, &out);
        assert_text(buffer_slice(&out), cases[i].visible);
        ck_assert_uint_eq(text_width(cases[i].text), cases[i].width);
        ck_assert_uint_eq(text_width(buffer_slice(&out)), cases[i].width);
        buffer_free(&out);
    }
}
END_TEST

START_TEST(every_hidden_range_is_known)
{
    static const int ranges[][2] = {{0, 0x1f},        {0x7f, 0x9f},     {0x200b, 0x200f},
                                    {0x2028, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        for (int code = ranges[i][0]; code <= ranges[i][1]; code++)
            ck_assert_msg(character_is_hidden(code), "U+%04x", (unsigned)code);
    for (int code = 0x20; code < 0x7f; code++)
        ck_assert(!character_is_hidden(code));
    ck_assert(!character_is_hidden(0x3000) && !character_is_hidden(0x4e2d));
}
END_TEST

START_TEST(text_is_cut_to_its_width)
{
    static const struct {
        const char *text;
        size_t width;
        const char *cut;
        size_t used;
    } cases[] = {
        {"abc", 3, "abc", 3},
        {"abcd", 3, "ab…", 3},
        {"浙江省", 6, "浙江省", 6},
        {"浙江省", 5, "浙江…", 5},
        {"浙江省", 4, "浙…", 3},
        {"浙江省", 1, "…", 1},
        {"a", 0, "", 0},
        {"", 0, "", 0},
        {"ab\u0301c", 3, "ab\u0301c", 3},
        {"ab\u0301cd", 3, "ab\u0301…", 3},
        {"ab\n", 3, "ab…", 3},
        {"ab\n", 4, "ab\\n", 4},
        {"a\x1b[2J", 4, "a…", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        buffer_append(&out, SLICE(">"));
        ck_assert_uint_eq(text_cut(slice_of(cases[i].text), cases[i].width, &out), cases[i].used);
        assert_text(slice_from(buffer_slice(&out), 1), cases[i].cut);
        buffer_free(&out);
    }
}
END_TEST

START_TEST(counts_have_thousands_separators)
{
    static const struct {
        int64_t count;
        const char *text;
    } cases[] = {
        {0, "0"},
        {7, "7"},
        {999, "999"},
        {1000, "1,000"},
        {4715, "4,715"},
        {21000, "21,000"},
        {100000, "100,000"},
        {1234567, "1,234,567"},
        {-999, "-999"},
        {-1000, "-1,000"},
        {INT64_MAX, "9,223,372,036,854,775,807"},
        {INT64_MIN, "-9,223,372,036,854,775,808"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        format_count(cases[i].count, text);
        ck_assert_str_eq(text, cases[i].text);
    }
}
END_TEST

/* A number with more decimals is none of ours, and keeps them. */
START_TEST(percentages_have_one_decimal_in_every_locale)
{
    static const struct {
        double percent;
        const char *text;
    } cases[] = {
        {81.0, "81.0"},
        {-12.5, "-12.5"},
        {0, "0.0"},
        {-0.0, "0.0"},
        {0.1, "0.1"},
        {99.9, "99.9"},
        {99.96, "99.96"},
        {-0.1, "-0.1"},
        {-0.04, "-0.04"},
        {1234567.8, "1234567.8"},
        {1234.5678, "1234.5678"},
        {1e-10, "1e-10"},
        {1e15, "1000000000000000.0"},
        {-1e20, "-100000000000000000000.0"},
    };
    static const char *const locales[] = {"C", "de_DE.UTF-8", "de_DE.utf8", "zh_CN.UTF-8"};
    for (size_t at = 0; at < sizeof locales / sizeof *locales; at++) {
        setlocale(LC_ALL, locales[at]); /* one that is not installed changes nothing */
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct buffer out = {0};
            format_percent(cases[i].percent, &out);
            assert_text(buffer_slice(&out), cases[i].text);
            buffer_free(&out);
        }
    }
    setlocale(LC_ALL, "C");
}
END_TEST

/* ---- Bars -------------------------------------------------------------------------------------
 */

START_TEST(bars_are_in_proportion)
{
    const struct {
        int width;
        struct bar bars[4];
        size_t count;
        const char *expected;
    } cases[] = {
        {23, /* room for eleven columns of bar */
         {{SLICE("2022"), 6000, false}, {SLICE("2023"), 3000, false}, {SLICE("2024"), 4800, true}},
         3,
         "2022  ███████████ 6,000\n2023  █████▌ 3,000\n2024  ░░░░░░░░░ 4,800\n"},
        {15,
         {{SLICE("广东"), 64, false},
          {SLICE("a"), 1, false},
          {SLICE("b"), 0, false},
          {SLICE("c"), 9, false}},
         4,
         "广东  ██████ 64\na     ▏ 1\nb     0\nc     ▉ 9\n"},
        {20, {{SLICE("a"), 0, false}, {SLICE("b"), 0, true}}, 2, "a  0\nb  0\n"},
        {12,
         {{SLICE("广东省"), 8, false}, {SLICE("x\n"), 1, true}},
         2,
         "广…   ████ 8\nx\\n   ░ 1\n"},
        /* Whatever is more than nothing is seen. */
        {20,
         {{SLICE("a"), 9000, false}, {SLICE("b"), 1, false}, {SLICE("c"), 1, true}},
         3,
         "a  ███████████ 9,000\nb  ▏ 1\nc  ░ 1\n"},
        {3, {{SLICE("abc"), 5, false}}, 1, "…  █ 5\n"},
        {12,
         {{SLICE("a"), INT64_MAX, false}, {SLICE("b"), -5, false}},
         2,
         "a  █ 9,223,372,036,854,775,807\nb  0\n"},
        {0, {{SLICE("a"), 0, false}}, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sink sink;
        sink_open(&sink);
        ck_assert(bars_print(sink.file, cases[i].bars, cases[i].count, cases[i].width));
        sink_assert(&sink, cases[i].expected);
    }
}
END_TEST

START_TEST(bars_are_80_columns_wide_unless_told)
{
    struct sink sink;
    sink_open(&sink);
    ck_assert(bars_print(sink.file, &(struct bar){SLICE("a"), 1, false}, 1, 0));
    fclose(sink.file);
    ck_assert_uint_eq(text_width((struct slice){sink.text, sink.length - 1}), 80);
    free(sink.text);
}
END_TEST

/* ---- Any text ---------------------------------------------------------------------------------
 */

enum { TRIALS = 3000, TRIAL_COLUMNS = 3, TRIAL_BYTES = 12 };

struct trial {
    char bytes[TRIAL_COLUMNS][TRIAL_BYTES];
    struct cbec_cell cells[TRIAL_COLUMNS];
    size_t read; /* fields that the reader gave back */
    size_t rows;
};

static uint32_t random_state = 20240821;

static unsigned random_below(unsigned limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % limit;
}

static void trial_make(struct trial *trial)
{
    static const char bytes[] = "=+-@\t\r\n\",\" 'ab|\\\x1b\xe4\xb8\xad\xff\x80\0";
    *trial = (struct trial){0};
    for (size_t i = 0; i < TRIAL_COLUMNS; i++) {
        size_t length = random_below(TRIAL_BYTES);
        for (size_t at = 0; at < length; at++)
            trial->bytes[i][at] = bytes[random_below(sizeof bytes - 1)];
        trial->cells[i].type = CBEC_CELL_TEXT;
        trial->cells[i].text = trial->bytes[i];
        trial->cells[i].length = length;
    }
}

static void trial_print(struct trial *trial, enum output_format format,
                        const struct output_options *options, struct sink *sink)
{
    static const char *const columns[] = {"a", "b", "c"};
    sink_open(sink);
    struct output *output = output_begin(format, sink->file, options, columns, TRIAL_COLUMNS);
    ck_assert(output_row(output, trial->cells));
    ck_assert(output_end(output));
    fclose(sink->file);
}

/* The text with U+FFFD for each byte that is no part of a character. */
static struct buffer with_replacements(struct slice text)
{
    struct buffer whole = {0};
    while (text.length) {
        utf8proc_int32_t character;
        utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text.at,
                                                   (utf8proc_ssize_t)text.length, &character);
        size_t taken = length > 0 ? (size_t)length : 1;
        buffer_append(&whole, length > 0 ? (struct slice){text.at, taken} : SLICE("\ufffd"));
        text = slice_from(text, taken);
    }
    return whole;
}

static void csv_field(void *data, size_t length, void *context)
{
    struct trial *trial = context;
    struct slice field = {data, length};
    if (trial->rows == 1) {
        ck_assert_uint_lt(trial->read, TRIAL_COLUMNS);
        struct slice text = cell_text(&trial->cells[trial->read++]);
        if (text.length && text.at[0] && strchr("=+-@\t\r", text.at[0])) {
            ck_assert(slice_starts_with(field, SLICE("'")));
            field = slice_from(field, 1);
        }
        struct buffer expected = with_replacements(text);
        ck_assert(slice_equal(field, buffer_slice(&expected)));
        buffer_free(&expected);
    }
}

static void csv_end_of_row(int separator, void *context)
{
    (void)separator;
    ((struct trial *)context)->rows++;
}

START_TEST(any_text_comes_back_from_csv)
{
    for (int i = 0; i < TRIALS; i++) {
        struct trial trial;
        struct sink sink;
        trial_make(&trial);
        trial_print(&trial, OUTPUT_CSV, NULL, &sink);
        struct csv_parser parser;
        csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
        ck_assert_uint_eq(
            csv_parse(&parser, sink.text, sink.length, csv_field, csv_end_of_row, &trial),
            sink.length);
        ck_assert_int_eq(csv_fini(&parser, csv_field, csv_end_of_row, &trial), 0);
        ck_assert_uint_eq(trial.rows, 2);
        ck_assert_uint_eq(trial.read, TRIAL_COLUMNS);
        csv_free(&parser);
        free(sink.text);
    }
}
END_TEST

/* Text that is UTF-8 without NUL comes back, other text is at least a valid JSON string. */
START_TEST(any_text_is_valid_json)
{
    sqlite3 *database;
    sqlite3_stmt *statement;
    ck_assert_int_eq(sqlite3_open(":memory:", &database), SQLITE_OK);
    const char *sql = "SELECT json_valid(?1), json_extract(?1, '$[0].a'), json_array_length(?1)";
    ck_assert_int_eq(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    unsigned compared = 0;
    for (int i = 0; i < TRIALS; i++) {
        struct trial trial;
        struct sink sink;
        trial_make(&trial);
        trial_print(&trial, OUTPUT_JSON, NULL, &sink);
        ck_assert_uint_eq(strlen(sink.text), sink.length);
        sqlite3_bind_text(statement, 1, sink.text, (int)sink.length, SQLITE_STATIC);
        ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
        ck_assert_msg(sqlite3_column_int(statement, 0), "%s", sink.text);
        ck_assert_int_eq(sqlite3_column_int(statement, 2), 1);
        struct buffer visible = {0}; /* it has \x only for what JSON cannot give back as it was */
        text_visible(cell_text(&trial.cells[0]), &visible);
        if (!strstr(buffer_string(&visible), "\\x")) {
            const char *back = (const char *)sqlite3_column_text(statement, 1);
            struct slice field = {back, (size_t)sqlite3_column_bytes(statement, 1)};
            ck_assert(slice_equal(field, cell_text(&trial.cells[0])));
            compared++;
        }
        ck_assert_ptr_null(memchr(sink.text, '\x1b', sink.length));
        buffer_free(&visible);
        sqlite3_reset(statement);
        free(sink.text);
    }
    ck_assert_uint_gt(compared, TRIALS / 10);
    sqlite3_finalize(statement);
    sqlite3_close(database);
}
END_TEST

START_TEST(any_text_is_harmless_and_fits_the_terminal)
{
    for (int i = 0; i < TRIALS; i++) {
        struct trial trial;
        struct sink sink;
        trial_make(&trial);
        int limit = 7 + (int)random_below(60);
        trial_print(&trial, i % 2 ? OUTPUT_TABLE : OUTPUT_MARKDOWN,
                    &(struct output_options){.terminal_width = limit}, &sink);
        size_t lines = 0;
        for (char *line = strtok(sink.text, "\n"); line; line = strtok(NULL, "\n"), lines++) {
            struct buffer visible = {0};
            text_visible(slice_of(line), &visible);
            assert_text(buffer_slice(&visible), line); /* nothing is left to be escaped */
            ck_assert(i % 2 == 0 || text_width(slice_of(line)) <= (size_t)limit);
            buffer_free(&visible);
        }
        ck_assert_uint_ge(lines, 2); /* a table's row of empty texts is an empty line */
        ck_assert_uint_le(lines, 3);
        free(sink.text);
    }
}
END_TEST

SUITE_MAIN("output", formats_have_names, csv_is_rfc_4180, json_is_an_array_of_objects,
           json_strings_are_valid_whatever_the_text, markdown_aligns_numbers_and_escapes_markup,
           table_is_aligned_by_display_width, table_fits_the_terminal,
           later_rows_keep_the_widths_of_the_first, a_full_disk_is_reported_at_the_end,
           nothing_is_written_after_a_failure, without_an_output_the_end_says_no_memory,
           an_abandoned_table_is_not_printed, hidden_characters_become_visible,
           every_hidden_range_is_known, text_is_cut_to_its_width, counts_have_thousands_separators,
           percentages_have_one_decimal_in_every_locale, bars_are_in_proportion,
           bars_are_80_columns_wide_unless_told, any_text_comes_back_from_csv,
           any_text_is_valid_json, any_text_is_harmless_and_fits_the_terminal)
