#include <stdint.h>

#include "text_export.h"

#define MIB ((size_t)1024 * 1024)

/* A longer text is not read one byte or two at a time, which takes a call each. */
#define MOST_BYTES_AT_EVERY_SIZE 500000

/* The first of the sizes at which this text is read. */
static size_t first_size(struct slice content)
{
    return content.length > MOST_BYTES_AT_EVERY_SIZE ? 2 : 0;
}

/* The rows, whatever the size of the reads. */
static void check_slices(struct slice content, char delimiter, struct slice expected)
{
    for (size_t i = first_size(content); i < READ_SIZE_COUNT; i++) {
        struct row_log log = {.rows = 0};
        read_rows(content, delimiter, READ_SIZES[i], &log);
        ck_assert_msg(
            slice_equal(buffer_slice(&log.text), expected),
            "read %zu bytes at a time, \"%.200s\" came out as\n%.400s\ninstead of\n%.400s",
            READ_SIZES[i], content.at, buffer_string(&log.text), expected.at);
        buffer_free(&log.text);
    }
}

#define check_delimited(content, delimiter, expected)                                              \
    check_slices(SLICE(content), delimiter, SLICE(expected))
#define check(content, expected) check_delimited(content, ',', expected)

static void check_buffers(struct buffer *content, struct buffer *expected)
{
    buffer_string(content);
    buffer_string(expected);
    check_slices(buffer_slice(content), ',', buffer_slice(expected));
    buffer_free(content);
    buffer_free(expected);
}

static void fill(struct buffer *out, char byte, size_t count)
{
    ck_assert(buffer_reserve(out, count));
    memset(out->data + out->length, byte, count);
    out->length += count;
}

/* ---- RFC 4180 ----------------------------------------------------------------------------------
 */

START_TEST(plain_cells)
{
    check("a,b,c\n1,2,3\n", "1[a][b][c]\n2[1][2][3]\n");
    check("a,,c\n,,\n", "1[a][][c]\n2[][][]\n");
    check("杭州,甲\n宁波,乙\n", "1[杭州][甲]\n2[宁波][乙]\n");
    check("a\n", "1[a]\n");
}
END_TEST

START_TEST(quoted_cells)
{
    check("\"a\",\"b\"\n\"c\",d\n", "1[a][b]\n2[c][d]\n");
    check("\"a,b\",c\n", "1[a,b][c]\n");
    check("\"\",x,\"\"\n", "1[][x][]\n");
    check("\"say \"\"yes\"\"\",x\n\"\"\"\",y\n\"\"\"\"\"\",z\n",
          "1[say \"yes\"][x]\n2[\"][y]\n3[\"\"][z]\n");
    check("\"\"\"a\",\"b\"\"\"\n", "1[\"a][b\"]\n");
    check("\" a \",b\n", "1[ a ][b]\n");
}
END_TEST

START_TEST(line_breaks_in_cells)
{
    check("\"a\nb\",c\nd,e\n", "1[a\\nb][c]\n3[d][e]\n");
    check("a,\"b\n\n\nc\"\nd,e\n", "1[a][b\\n\\n\\nc]\n5[d][e]\n");
    check("\"\n\",\"\n\"\nx,y\n", "1[\\n][\\n]\n4[x][y]\n");
    check("\"a\nb\",\"c\nd\",\"e\nf\"\nx,y\n", "1[a\\nb][c\\nd][e\\nf]\n5[x][y]\n");
    check("\"a,\nb\",c\n", "1[a,\\nb][c]\n");
    check("\"a\"\"\nb\"\"\",c\nd\n", "1[a\"\\nb\"][c]\n3[d]\n");
}
END_TEST

START_TEST(line_ends)
{
    check("a,b\r\nc,d\r\n", "1[a][b]\n2[c][d]\n");
    check("a,b\rc,d\r", "1[a][b]\n2[c][d]\n");
    check("a,b\nc,d", "1[a][b]\n2[c][d]\n");
    check("a,b\r\nc,d", "1[a][b]\n2[c][d]\n");
    check("a,b\rc,d", "1[a][b]\n2[c][d]\n");
    check("\"a\"\r\n\"b\"\r\n", "1[a]\n2[b]\n");
    check("\"a\"\r\"b\"", "1[a]\n2[b]\n");
    check("a,b\nc,\"d\"", "1[a][b]\n2[c][d]\n");
    check("a,b\nc,", "1[a][b]\n2[c][]\n");
    check("a,b\r\nc,d\ne,f\r\n", "1[a][b]\n2[c][d]\n3[e][f]\n");
    check("a\r\n\"b\r\n\"\r\nc\r\n", "1[a]\n2[b\\n]\n4[c]\n");
}
END_TEST

/* A cell's line breaks may be kept as they are or made one kind, but not one so and the next
 * otherwise. */
START_TEST(crlf_in_cells_is_treated_alike)
{
    struct slice content = SLICE("1,\"a\r\nb\r\n\r\nc\"\r\n2,x\r\n");
    for (size_t i = 0; i < READ_SIZE_COUNT; i++) {
        struct row_log log = {.rows = 0};
        read_rows(content, ',', READ_SIZES[i], &log);
        const char *rows = buffer_string(&log.text);
        ck_assert_msg(strcmp(rows, "1[1][a\\nb\\n\\nc]\n5[2][x]\n") == 0 ||
                          strcmp(rows, "1[1][a\\r\\nb\\r\\n\\r\\nc]\n5[2][x]\n") == 0,
                      "got %s", rows);
        buffer_free(&log.text);
    }
}
END_TEST

START_TEST(lines_are_physical_lines)
{
    check("\n\na,b\n\nc,d\n", "1\n2\n3[a][b]\n4\n5[c][d]\n");
    check("\r\n\r\na,b\r\n", "1\n2\n3[a][b]\n");
    check("\r\ra,b\r\rc\r", "1\n2\n3[a][b]\n4\n5[c]\n");
    check("\"a\n\nb\",c\n\nd,e\n", "1[a\\n\\nb][c]\n4\n5[d][e]\n");
    check("a,\"b\r\nc\"\r\n\r\nd,e\r\n", "1[a][b\\nc]\n3\n4[d][e]\n");
}
END_TEST

START_TEST(files_without_cells)
{
    check("", "");
    check("\n", "1\n");
    check("\n\n\n", "1\n2\n3\n");
    check("\r\n\r\n", "1\n2\n");
    check("\r\r", "1\n2\n");
    check("  \n \n", "1\n2\n");
    check("\xef\xbb\xbf", "");
    check("\xef\xbb\xbf\n", "1\n");
}
END_TEST

START_TEST(delimiters)
{
    check_delimited("a;b,c;d\n\"e;f\";g\n", ';', "1[a][b,c][d]\n2[e;f][g]\n");
    check_delimited("a\tb,c\td;e\n\"f\tg\"\th\n", '\t', "1[a][b,c][d;e]\n2[f\tg][h]\n");
    check_delimited("a\t\tb\n\t\tc\n", '\t', "1[a][][b]\n2[][][c]\n");
    check_delimited("\t\t\nx\t\t\n", '\t', "1[][][]\n2[x][][]\n");
    check_delimited("a,b\tc\n", ',', "1[a][b\tc]\n");
    check_delimited(";;\n", ';', "1[][][]\n");
    check_delimited("=\"a;b\";=\"c\"\r\n", ';', "1[a;b][c]\n");
    check_delimited("=\"a\tb\"\t=\"c\"\n", '\t', "1[a\tb][c]\n");
}
END_TEST

START_TEST(mark_at_the_beginning)
{
    check("\xef\xbb\xbf"
          "a,b\n",
          "1[a][b]\n");
    check("\xef\xbb\xbf\"a\",b\n", "1[a][b]\n");
    check("\xef\xbb\xbf=\"a,b\",c\n", "1[a,b][c]\n");
}
END_TEST

/* ---- What vendors make of it -------------------------------------------------------------------
 */

START_TEST(wrapped_cells)
{
    check("=\"a\",=\"b\"\n=\"c\",=\"d\"\n", "1[a][b]\n2[c][d]\n");
    check("=\"a,b\",=\"c\"\n", "1[a,b][c]\n");
    check("=\"say \"\"yes\"\"\",=\"c\"\n", "1[say \"yes\"][c]\n");
    check("x,=\"a\nb\",=\"c\"\n=\"d\",y\n", "1[x][a\\nb][c]\n3[d][y]\n");
    check("=\"\",=\"-\",\n", "1[][-][]\n");
    check("=\"a\"\r\n=\"b\"\r\n", "1[a]\n2[b]\n");
    check("=\"a\"", "1[a]\n");
    check("a,\"1,000\",=\"b\",2\n", "1[a][1,000][b][2]\n");
}
END_TEST

START_TEST(equals_signs_that_wrap_nothing)
{
    check("=,=a,==\n", "1[=][=a][==]\n");
    check("a=\"b\",c\n", "1[a=\"b\"][c]\n");
    check("=a\"b\",c\n", "1[=a\"b\"][c]\n");
}
END_TEST

START_TEST(quotes_inside_unquoted_cells)
{
    check("a\"b,c\nd,e\n", "1[a\"b][c]\n2[d][e]\n");
    check("a \"b\" c,d\ne,f\n", "1[a \"b\" c][d]\n2[e][f]\n");
    check("a\",b\nc,d\n", "1[a\"][b]\n2[c][d]\n");
    check("a\"\"b,c\n", "1[a\"\"b][c]\n");
    check("5\" x 7\",\"ok\"\nx,y\n", "1[5\" x 7\"][ok]\n2[x][y]\n");
    check("a\"\nb\"\n", "1[a\"]\n2[b\"]\n");
}
END_TEST

START_TEST(text_after_a_closing_quote)
{
    check("\"甲\"公司,b\nc,d\n", "1[甲\"公司][b]\n2[c][d]\n");
    check("x,\"a\"b\ny,\"c\"\n", "1[x][a\"b]\n2[y][c]\n");
    check("\"a\"b,\"c\",\"d\ne\"\nf,g\n", "1[a\"b][c][d\\ne]\n3[f][g]\n");
    check("\"a\"b", "1[a\"b]\n");
}
END_TEST

/* ---- Unclosed quotes ---------------------------------------------------------------------------
 */

START_TEST(unclosed_before_the_end)
{
    check("a,b\n1,\"x\n2,y\n3,z\n", "1[a][b]\n2!unclosed_quote\n3[2][y]\n4[3][z]\n");
    check("a,b\n1,\"x", "1[a][b]\n2!unclosed_quote\n");
    check("a,b\n1,\"x\n", "1[a][b]\n2!unclosed_quote\n");
    check("a,b\n1,\"", "1[a][b]\n2!unclosed_quote\n");
    check("\"", "1!unclosed_quote\n");
    check("\"a\n\n\nb,c", "1!unclosed_quote\n2\n3\n4[b][c]\n");
    check("a,b\r\n1,\"x\r\n2,y\r\n", "1[a][b]\n2!unclosed_quote\n3[2][y]\n");
    check("a,b\r1,\"x\r2,y\r", "1[a][b]\n2!unclosed_quote\n3[2][y]\n");
    check("=\"a\",=\"b\n=c,d\n", "1!unclosed_quote\n2[=c][d]\n");
    check("1,\"x\"\"\n2,y\n", "1!unclosed_quote\n2[2][y]\n");
}
END_TEST

START_TEST(unclosed_before_another_cell_opens)
{
    check("1,\"x\n2,\"y\"\n3,z\n", "1!unclosed_quote\n2[2][y]\n3[3][z]\n");
    check("1,\"x\n2,y\n\n\"3\",\"z\"\n", "1!unclosed_quote\n2[2][y]\n3\n4[3][z]\n");
    check("1,\"x\n2,\"y\n3,\"z\"\n", "1!unclosed_quote\n2!unclosed_quote\n3[3][z]\n");
    check("1,\"x\n2,\"y\nz\",w\n3,v\n", "1!unclosed_quote\n2[2][y\\nz][w]\n4[3][v]\n");
    check("\"1\",\"x,y\n\"2\",\"z\"\n", "1!unclosed_quote\n2[2][z]\n");
    check("=\"1\",=\"x\n=\"2\",=\"y\"\n=\"3\",=\"z\"\n", "1!unclosed_quote\n2[2][y]\n3[3][z]\n");
    check("0,a\r\n1,\"x\r\n2,\"y\"\r\n3,z\r\n", "1[0][a]\n2!unclosed_quote\n3[2][y]\n4[3][z]\n");
}
END_TEST

/* The quoted cells that end properly before the one that does not are part of the damaged row. */
START_TEST(unclosed_after_a_cell_of_many_lines)
{
    struct slice content = SLICE("0,a\n1,\"x\ny\",\"z\n2,b\n3,\"c\"\n");
    for (size_t i = 0; i < READ_SIZE_COUNT; i++) {
        struct row_log log = {.rows = 0};
        read_rows(content, ',', READ_SIZES[i], &log);
        const char *rows = buffer_string(&log.text);
        const char *after = "!unclosed_quote\n4[2][b]\n5[3][c]\n";
        ck_assert_msg(strncmp(rows, "1[0][a]\n", 8) == 0 && strstr(rows, after) != NULL &&
                          log.rows == 4,
                      "got %s", rows);
        buffer_free(&log.text);
    }
}
END_TEST

/* `lines` lines of 1,000 bytes without a quote, as text and as the rows that they are. */
static void add_lines(struct buffer *content, struct buffer *expected, size_t first, size_t lines)
{
    for (size_t i = 0; i < lines; i++) {
        fill(content, 'f', 997);
        buffer_append(content, SLICE(",g\n"));
        buffer_append_format(expected, "%zu[#997 f][g]\n", first + i);
    }
}

START_TEST(unclosed_for_more_than_a_mebibyte)
{
    struct buffer content = {0}, expected = {0};
    buffer_append(&content, SLICE("a,b\n1,\"x\n"));
    buffer_append(&expected, SLICE("1[a][b]\n2!unclosed_quote\n"));
    add_lines(&content, &expected, 3, 1200);
    buffer_append(&content, SLICE("2\",y\n3,z\n"));
    buffer_append(&expected, SLICE("1203[2\"][y]\n1204[3][z]\n"));
    check_buffers(&content, &expected);
}
END_TEST

START_TEST(unclosed_for_more_than_a_mebibyte_in_one_line)
{
    struct buffer content = {0}, expected = {0};
    buffer_append(&content, SLICE("a,b\n1,\"x"));
    fill(&content, 'f', MIB + 140000);
    buffer_append(&content, SLICE("\n2,y\n\"3\",z\n"));
    buffer_append(&expected, SLICE("1[a][b]\n2!unclosed_quote\n3[2][y]\n4[3][z]\n"));
    check_buffers(&content, &expected);
}
END_TEST

/* Only the row in which the quote opened is damaged, also where an earlier cell of it spans lines.
 */
START_TEST(unclosed_in_a_long_line_after_a_cell_of_many_lines)
{
    struct buffer content = {0};
    buffer_append(&content, SLICE("0,a\n1,\"b\nc\",\"d"));
    fill(&content, 'f', MIB + 140000);
    buffer_append(&content, SLICE("\n2,y\n3,z\n"));
    for (size_t i = first_size(buffer_slice(&content)); i < READ_SIZE_COUNT; i++) {
        struct row_log log = {.rows = 0};
        read_rows(buffer_slice(&content), ',', READ_SIZES[i], &log);
        const char *rows = buffer_string(&log.text);
        ck_assert_msg(strstr(rows, "!unclosed_quote\n4[2][y]\n5[3][z]\n") && log.rows == 4,
                      "got %s", rows);
        buffer_free(&log.text);
    }
    buffer_free(&content);
}
END_TEST

/* ---- NUL bytes ---------------------------------------------------------------------------------
 */

START_TEST(nul_bytes)
{
    check("a,b\n1,x\0y\n2,z\n", "1[a][b]\n2!nul_byte\n3[2][z]\n");
    check("a,b\n\0\n2,z\n", "1[a][b]\n2!nul_byte\n3[2][z]\n");
    check("1,\"x\0\"\n2,z\n", "1!nul_byte\n2[2][z]\n");
    check("1,x\0\r\n2,z\r\n", "1!nul_byte\n2[2][z]\n");
    check("1,x\0\r2,z\r", "1!nul_byte\n2[2][z]\n");
    check("1,x\n2,z\0", "1[1][x]\n2!nul_byte\n");
    check("\0", "1!nul_byte\n");
}
END_TEST

START_TEST(nul_bytes_in_cells_of_many_lines)
{
    check("1,\"x\n\0y\nz\",w\n2,v\n", "1!nul_byte\n4[2][v]\n");
    check("1,\"x\0\ny\"\n2,v\n", "1!nul_byte\n3[2][v]\n");
    check("1,\"x\ny\",\0\n2,v\n", "1!nul_byte\n3[2][v]\n");
}
END_TEST

/* The reason that is tried first is the one that is named. */
START_TEST(nul_bytes_and_unclosed_quotes)
{
    check("1,\0,\"x\n2,\"y\"\n", "1!unclosed_quote\n2[2][y]\n");
    check("1,\"x\n2,\0\n3,\"y\"\n", "1!unclosed_quote\n2!nul_byte\n3[3][y]\n");
}
END_TEST

/* ---- Limits ------------------------------------------------------------------------------------
 */

/* A table whose rows hold a cell of 1 MiB, one of 1 byte more, and one far beyond. */
static void check_long_cells(const char *quote, const char *reason)
{
    static const size_t sizes[] = {MIB, MIB + 1, MIB + 140000};
    struct buffer content = {0}, expected = {0};
    for (size_t i = 0; i < 3; i++) {
        buffer_append_format(&content, "%sa%s,b\n1,%s", quote, quote, quote);
        fill(&content, 'f', sizes[i]);
        buffer_append_format(&content, "%s,2\n", quote);
        buffer_append_format(&expected, "%zu[a][b]\n%zu", 2 * i + 1, 2 * i + 2);
        if (sizes[i] > MIB)
            buffer_append_format(&expected, "!%s\n", reason);
        else
            buffer_append_format(&expected, "[1][#%zu f][2]\n", sizes[i]);
    }
    check_buffers(&content, &expected);
}

START_TEST(long_unquoted_cells)
{
    check_long_cells("", "cell_too_long");
}
END_TEST

/* A quote that does not close within 1 MiB is unclosed, and that is decided before the cell's
 * length. */
START_TEST(long_quoted_cells)
{
    check_long_cells("\"", "unclosed_quote");
}
END_TEST

/* With what stands before it in its line the cell, its quotes included, is a multiple of 65,536
 * bytes. */
START_TEST(long_quoted_cell_that_ends_where_a_read_ends)
{
    struct buffer content = {0}, expected = {0};
    fill(&content, 'e', 65533);
    buffer_append(&content, SLICE(",\""));
    fill(&content, 'f', MIB);
    buffer_append(&content, SLICE("\",2\n3,y\n"));
    buffer_append_format(&expected, "1[#65533 e][#%zu f][2]\n2[3][y]\n", MIB);
    check_buffers(&content, &expected);
}
END_TEST

/* The lines of a quoted cell that is too long are read again, for the quote may have been a slip.
 */
START_TEST(long_quoted_cells_of_many_lines)
{
    struct buffer content = {0}, expected = {0};
    buffer_append(&content, SLICE("1,\"x\n"));
    buffer_append(&expected, SLICE("1!unclosed_quote\n"));
    add_lines(&content, &expected, 2, 1048);
    fill(&content, 'h', 575);
    buffer_append(&content,
                  SLICE("\",y\n2,z\n")); /* the quote comes 1 byte too late: "x\n" + … + 1 */
    buffer_append(&expected, SLICE("1050[#576 h][y]\n1051[2][z]\n"));
    check_buffers(&content, &expected);
}
END_TEST

START_TEST(nul_byte_in_a_cell_that_is_too_long)
{
    struct buffer content = {0}, expected = {0};
    buffer_append(&content, SLICE("1,\0"));
    fill(&content, 'f', MIB + 140000);
    buffer_append(&content, SLICE(",2\n3,y\n"));
    buffer_append(&expected, SLICE("1!nul_byte\n2[3][y]\n"));
    check_buffers(&content, &expected);
}
END_TEST

/* Reads three rows, the second of `cells` cells; gives back how many cells it has. */
struct wide {
    size_t count[4];
    enum cbec_refusal damage[4];
    size_t rows;
};

static bool note_width(void *context, const struct row *row)
{
    struct wide *wide = context;
    ck_assert_uint_lt(wide->rows, 4);
    wide->count[wide->rows] = row->count;
    wide->damage[wide->rows++] = row->damage;
    return true;
}

static struct wide read_wide(size_t cells, size_t read_size)
{
    struct buffer content = {0};
    struct wide wide = {.rows = 0};
    buffer_append(&content, SLICE("a,b\n"));
    for (size_t i = 0; i < cells; i++)
        buffer_append(&content, i ? SLICE(",1") : SLICE("1"));
    buffer_append(&content, SLICE("\nc,d\n"));
    struct export export = text_export(buffer_slice(&content), "UTF-8");
    ck_assert_int_eq(csv_read(&export, ',', read_size, note_width, &wide, NULL), CBEC_OK);
    close(export.file);
    buffer_free(&content);
    return wide;
}

START_TEST(wide_rows)
{
    for (size_t i = 0; i < READ_SIZE_COUNT; i++) {
        struct wide wide = read_wide(16384, READ_SIZES[i]);
        ck_assert_uint_eq(wide.rows, 3);
        ck_assert_uint_eq(wide.count[1], 16384);
        ck_assert_int_eq(wide.damage[1], CBEC_ACCEPTED);
        wide = read_wide(50000, READ_SIZES[i]);
        ck_assert_uint_eq(wide.rows, 3);
        ck_assert(wide.count[1] > 16384 || wide.damage[1] != CBEC_ACCEPTED);
        ck_assert_uint_eq(wide.count[2], 2);
        ck_assert_int_eq(wide.damage[2], CBEC_ACCEPTED);
    }
}
END_TEST

/* 64 MiB a row. Read in large pieces only: in single bytes it would take half a minute. */
START_TEST(rows_of_more_than_64_mebibytes)
{
    struct buffer content = {0};
    struct wide wide = {.rows = 0};
    buffer_append(&content, SLICE("a,b\n"));
    for (size_t i = 0; i < 66; i++) {
        fill(&content, 'f', MIB - 1);
        buffer_append_byte(&content, ',');
    }
    buffer_append(&content, SLICE("x\nc,d\n"));
    struct export export = text_export(buffer_slice(&content), "UTF-8");
    ck_assert_int_eq(csv_read(&export, ',', 65536, note_width, &wide, NULL), CBEC_OK);
    ck_assert_uint_eq(wide.rows, 3);
    ck_assert_int_ne(wide.damage[1], CBEC_ACCEPTED);
    ck_assert_uint_eq(wide.count[2], 2);
    ck_assert_int_eq(wide.damage[2], CBEC_ACCEPTED);
    close(export.file);
    buffer_free(&content);
}
END_TEST

START_TEST(lines_longer_than_the_window)
{
    struct buffer content = {0}, expected = {0};
    for (size_t row = 1; row <= 3; row++) {
        buffer_append_format(&content, "%zu", row);
        buffer_append_format(&expected, "%zu[%zu]", row, row);
        for (size_t i = 0; i < 16000; i++) {
            buffer_append_format(&content, i % 3 ? ",\"cell %zu\"" : ",cell %zu", i);
            buffer_append_format(&expected, "[cell %zu]", i);
        }
        buffer_append(&content, row < 3 ? SLICE("\r\n") : SLICE(""));
        buffer_append_byte(&expected, '\n');
    }
    check_buffers(&content, &expected);
}
END_TEST

/* Quotes, doubled quotes and line ends at and around the place where the first 65,536 bytes end. */
START_TEST(cells_at_the_edge_of_the_window)
{
    for (size_t length = 65525; length <= 65540; length++) {
        struct buffer content = {0}, expected = {0};
        fill(&content, 'f', length);
        buffer_append(&content, SLICE(",\"q\"\"q\",=\"e\"\r\n2,\"b\r\nb\"\r\n"));
        buffer_append_format(&expected, "1[#%zu f][q\"q][e]\n2[2][b\\nb]\n", length);
        check_buffers(&content, &expected);
    }
}
END_TEST

/* In a file of lines that end in LF a carriage return is a character as any other, wherever reads
 * end. */
START_TEST(carriage_return_at_the_edge_of_the_window)
{
    for (size_t length = 65533; length <= 65537; length++) {
        struct buffer content = {0}, expected = {0};
        buffer_append(&content, SLICE("a,b\n"));
        fill(&content, 'f', length);
        buffer_append(&content, SLICE("\rg,c\rd\n2,b\n"));
        buffer_append_format(&expected, "1[a][b]\n2[#%zu f][c\\rd]\n3[2][b]\n", length + 2);
        check_buffers(&content, &expected);
    }
}
END_TEST

/* What ends a line must not depend on where a read ends: here CR and LF are cut apart. */
START_TEST(first_line_end_at_the_edge_of_the_window)
{
    for (size_t length = 65532; length <= 65538; length++) {
        struct buffer content = {0}, expected = {0};
        fill(&content, 'f', length);
        buffer_append(&content, SLICE("\r\n2,b\r\n"));
        buffer_append_format(&expected, "1[#%zu f]\n2[2][b]\n", length);
        check_buffers(&content, &expected);
    }
}
END_TEST

START_TEST(stopping_early)
{
    for (size_t i = 0; i < READ_SIZE_COUNT; i++) {
        struct row_log log = {.stop_at = 2};
        read_rows(SLICE("a,b\nc,\"d\ne\"\nf,g\nh,\"i\n"), ',', READ_SIZES[i], &log);
        ck_assert_str_eq(buffer_string(&log.text), "1[a][b]\n2[c][d\\ne]\n");
        buffer_free(&log.text);
    }
    struct row_log log = {.stop_at = 1};
    read_rows(SLICE("a,\"b\nc,d\n"), ',', 7, &log);
    ck_assert_str_eq(buffer_string(&log.text), "1!unclosed_quote\n");
    buffer_free(&log.text);
}
END_TEST

/* ---- What a damaged row shows of itself --------------------------------------------------------
 */

struct shown {
    uint64_t line;
    struct buffer raw;
};

static bool keep_raw(void *context, const struct row *row)
{
    struct shown *shown = context;
    if (row->line == shown->line) {
        buffer_clear(&shown->raw);
        buffer_append(&shown->raw, row->raw);
    }
    return true;
}

static void check_raw(struct slice content, uint64_t line, const char *begins)
{
    for (size_t i = first_size(content); i < READ_SIZE_COUNT; i++) {
        struct shown shown = {.line = line};
        struct export export = text_export(content, "UTF-8");
        ck_assert_int_eq(csv_read(&export, ',', READ_SIZES[i], keep_raw, &shown, NULL), CBEC_OK);
        ck_assert_msg(slice_starts_with(buffer_slice(&shown.raw), slice_of(begins)),
                      "got %s, expected %s", buffer_string(&shown.raw), begins);
        close(export.file);
        buffer_free(&shown.raw);
    }
}

START_TEST(damaged_rows_show_how_they_begin)
{
    check_raw(SLICE("a,b\n1,\"甲公司\n2,y\n"), 2, "1,\"甲公司");
    check_raw(SLICE("a,b\n\"0\",\"x\n1,\"y\"\n"), 2, "\"0\",\"x");
    struct buffer content = {0};
    buffer_append(&content, SLICE("a,b\n1,乙"));
    fill(&content, 'f', MIB + 140000);
    char begins[201] = "1,乙";
    memset(begins + strlen(begins), 'f', 195);
    check_raw(buffer_slice(&content), 2, begins);
    buffer_free(&content);
}
END_TEST

/* ---- Random tables -----------------------------------------------------------------------------
 */

enum { MOST_ROWS = 12, MOST_COLUMNS = 6 };

struct table {
    uint64_t random;
    struct buffer text; /* as RFC 4180 has it */
    struct buffer rows; /* as log_row writes them */
    size_t row_count;
    size_t begin[MOST_ROWS + 1];      /* of each row in `text` */
    size_t rows_begin[MOST_ROWS + 1]; /* and in `rows` */
    uint64_t lines[MOST_ROWS + 1];    /* where it begins */
};

static uint32_t below(struct table *table, uint32_t limit)
{
    return next_random(&table->random) % limit;
}

/*
 * A cell that begins with a letter, or is empty. (Were it to begin with a delimiter, the quote that
 * opens it could as well close one that a damaged row had left open.)
 */
static void make_cell(struct table *table, struct buffer *cell)
{
    static const struct slice pieces[] = {{"a", 1},  {"=", 1},
                                          {",", 1},  {";", 1},
                                          {"\n", 1}, {"\"", 1},
                                          {" b", 2}, {"\xe6\xb8\xaf", 3},
                                          {"7", 1},  {"\xf0\xa0\xae\xb7", 4}};
    buffer_clear(cell);
    uint32_t length = below(table, 8);
    if (length > 0)
        buffer_append_byte(cell, 'x');
    for (uint32_t i = 1; i < length; i++)
        buffer_append(cell, pieces[below(table, sizeof pieces / sizeof *pieces)]);
}

static uint64_t write_cell(struct table *table, struct slice cell, bool quoted)
{
    uint64_t lines = 0;
    for (size_t i = 0; i < cell.length; i++) {
        quoted = quoted || memchr(",\"\n", cell.at[i], 3);
        lines += cell.at[i] == '\n';
    }
    if (quoted)
        buffer_append_byte(&table->text, '"');
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.at[i] == '"')
            buffer_append_byte(&table->text, '"');
        buffer_append_byte(&table->text, cell.at[i]);
    }
    if (quoted)
        buffer_append_byte(&table->text, '"');
    return lines;
}

static void make_table(struct table *table, uint64_t seed)
{
    *table = (struct table){.random = seed * 2654435761u + 1, .lines = {1}};
    struct slice line_end = below(table, 2) ? SLICE("\r\n") : SLICE("\n");
    size_t columns = 2 + below(table, MOST_COLUMNS - 1);
    struct buffer cell = {0};
    table->row_count = 1 + below(table, MOST_ROWS);
    for (size_t row = 0; row < table->row_count; row++) {
        buffer_append_format(&table->rows, "%llu", (unsigned long long)table->lines[row]);
        table->lines[row + 1] = table->lines[row] + 1;
        for (size_t i = 0; i < columns; i++) {
            make_cell(table, &cell);
            if (i)
                buffer_append_byte(&table->text, ',');
            table->lines[row + 1] += write_cell(table, buffer_slice(&cell), below(table, 2));
            log_cell(&table->rows, buffer_slice(&cell));
        }
        buffer_append(&table->text, line_end);
        buffer_append_byte(&table->rows, '\n');
        table->begin[row + 1] = table->text.length;
        table->rows_begin[row + 1] = table->rows.length;
    }
    buffer_free(&cell);
}

static void free_table(struct table *table)
{
    buffer_free(&table->text);
    buffer_free(&table->rows);
}

START_TEST(random_tables_come_back)
{
    for (uint64_t seed = 1; seed <= 1500; seed++) {
        struct table table;
        make_table(&table, seed);
        if (seed % 4 == 0) /* no line end at the end */
            while (table.text.data[table.text.length - 1] == '\n' ||
                   table.text.data[table.text.length - 1] == '\r')
                table.text.length--;
        buffer_string(&table.text);
        buffer_string(&table.rows);
        check_slices(buffer_slice(&table.text), ',', buffer_slice(&table.rows));
        free_table(&table);
    }
}
END_TEST

/* Does one thing to one row that may break it: a quote too many or too few, a NUL byte, a text cut
 * off. */
static void damage_row(struct table *table, size_t row, struct buffer *out)
{
    size_t begin = table->begin[row], end = table->begin[row + 1];
    while (end > begin && strchr("\r\n", table->text.data[end - 1]))
        end--;
    size_t at = begin + below(table, (uint32_t)(end - begin + 1));
    uint32_t kind = below(table, 4);
    const char *quote = memchr(table->text.data + at, '"', end - at);
    size_t from = at;
    if (kind == 0 && quote) {
        at = (size_t)(quote - table->text.data);
        from = at + 1;
    } else if (kind == 1) {
        from = at + below(table, (uint32_t)(end - at + 1));
    }
    buffer_append(out, (struct slice){table->text.data, at});
    if (kind >= 2)
        buffer_append_byte(out, kind == 2 ? '"' : '\0');
    buffer_append(out, slice_from(buffer_slice(&table->text), from));
}

static void check_damaged(struct table *table, size_t row, struct buffer *damaged)
{
    struct slice before = {table->rows.data, table->rows_begin[row]};
    struct slice after = slice_from(buffer_slice(&table->rows), table->rows_begin[row + 1]);
    struct buffer first = {0};
    for (size_t i = 0; i < READ_SIZE_COUNT; i++) {
        struct row_log log = {.rows = 0};
        read_rows(buffer_slice(damaged), ',', READ_SIZES[i], &log);
        struct slice rows = buffer_slice(&log.text);
        ck_assert_msg(slice_starts_with(rows, before) && slice_ends_with(rows, after),
                      "row %zu of\n%s\ndamaged, read %zu bytes at a time, gave\n%s\nfor\n%s",
                      row + 1, buffer_string(damaged), READ_SIZES[i], buffer_string(&log.text),
                      buffer_string(&table->rows));
        if (i == 0)
            buffer_append(&first, rows);
        ck_assert(slice_equal(buffer_slice(&first), rows));
        buffer_free(&log.text);
    }
    buffer_free(&first);
}

START_TEST(damage_stays_in_its_row)
{
    size_t seen = 0;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        struct table table;
        make_table(&table, seed);
        size_t row = below(&table, (uint32_t)table.row_count);
        struct buffer damaged = {0};
        damage_row(&table, row, &damaged);
        /* Text cut out of a row may take line ends of its cells along: the lines behind it then
         * move up. */
        size_t lines = 0, lines_left = 0;
        for (size_t i = 0; i < table.text.length; i++)
            lines += table.text.data[i] == '\n';
        for (size_t i = 0; i < damaged.length; i++)
            lines_left += damaged.data[i] == '\n';
        if (lines == lines_left) {
            check_damaged(&table, row, &damaged);
            seen++;
        }
        buffer_free(&damaged);
        free_table(&table);
    }
    ck_assert_uint_gt(seen, 2000);
}
END_TEST

SUITE_MAIN("csv", plain_cells, quoted_cells, line_breaks_in_cells, line_ends,
           crlf_in_cells_is_treated_alike, lines_are_physical_lines, files_without_cells,
           delimiters, mark_at_the_beginning, wrapped_cells, equals_signs_that_wrap_nothing,
           quotes_inside_unquoted_cells, text_after_a_closing_quote, unclosed_before_the_end,
           unclosed_before_another_cell_opens, unclosed_after_a_cell_of_many_lines,
           unclosed_for_more_than_a_mebibyte, unclosed_for_more_than_a_mebibyte_in_one_line,
           unclosed_in_a_long_line_after_a_cell_of_many_lines, nul_bytes,
           nul_bytes_in_cells_of_many_lines, nul_bytes_and_unclosed_quotes, long_unquoted_cells,
           long_quoted_cells, long_quoted_cell_that_ends_where_a_read_ends,
           long_quoted_cells_of_many_lines, nul_byte_in_a_cell_that_is_too_long, wide_rows,
           rows_of_more_than_64_mebibytes, lines_longer_than_the_window,
           cells_at_the_edge_of_the_window, first_line_end_at_the_edge_of_the_window,
           carriage_return_at_the_edge_of_the_window, stopping_early,
           damaged_rows_show_how_they_begin, random_tables_come_back, damage_stays_in_its_row)
