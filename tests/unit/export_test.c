#include "input/export.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "record/columns.h"
#include "text_export.h"
#include "xls_builder.h"

/* ---- The table ---------------------------------------------------------------------------------
 */

struct looking {
    struct columns columns;
    size_t attempts; /* calls with NULL */
    uint64_t shown;  /* the last row shown in an attempt */
    uint64_t line;   /* of the header */
};

static bool look(void *context, const struct row *row)
{
    struct looking *looking = context;
    struct header_score score;
    if (!row) {
        looking->attempts++;
        looking->shown = 0;
        return false;
    }
    ck_assert_uint_gt(looking->attempts, 0);
    ck_assert_uint_eq(row->ordinal, looking->shown + 1);
    ck_assert_uint_le(row->ordinal, 20);
    looking->shown = row->ordinal;
    looking->line = row->line;
    return columns_read_header(&looking->columns, row, &score);
}

static bool is_header(void *context, const struct row *row)
{
    struct header_score score;
    return columns_read_header(context, row, &score);
}

/* `delimiter` 0: there is no header. */
static void check_table(struct slice content, char delimiter, uint64_t line)
{
    struct looking looking = {.attempts = 0};
    struct export export = text_export(content, "UTF-8");
    bool found = !delimiter;
    ck_assert_int_eq(export_find_table(&export, look, &looking, &found, NULL), CBEC_OK);
    ck_assert_msg(found == (delimiter != 0), "%.60s: %s", content.at,
                  found ? "found" : "not found");
    if (found) {
        ck_assert_int_eq(export.delimiter, delimiter);
        ck_assert_uint_eq(looking.line, line);
        struct row_log log = {.rows = 0};
        ck_assert_int_eq(export_read(&export, log_row, &log, NULL), CBEC_OK);
        ck_assert_uint_ge(log.rows, looking.shown);
        buffer_free(&log.text);
    } else {
        ck_assert_uint_eq(looking.attempts, 3);
    }
    columns_free(&looking.columns);
    close(export.file);
}

START_TEST(delimiters)
{
    check_table(SLICE("公司名称,成立日期\n甲,2020\n"), ',', 1);
    check_table(SLICE("公司名称;成立日期\n甲,乙;2020\n"), ';', 1);
    check_table(SLICE("公司名称\t成立日期\n甲,乙;丙\t2020\n"), '\t', 1);
    check_table(SLICE("公司名称|成立日期\n甲|2020\n"), 0, 0);
    check_table(SLICE("声明,本表,仅供参考\n\n公司名称;成立日期\n甲;2020\n"), ';', 3);
    check_table(SLICE("a;b;c\n公司名称\t成立日期\n"), '\t', 2);
    check_table(SLICE("=\"公司名称\",=\"成立日期\"\r\n"), ',', 1);
    check_table(SLICE("\"公司名称\";\"成立日期\"\r\n"), ';', 1);
    check_table(SLICE("公司名称,成立日期"), ',', 1);
    check_table(SLICE(""), 0, 0);
    check_table(SLICE("\n\n\n"), 0, 0);
}
END_TEST

/* The header in row `above` + 1, under rows of `filler`. */
static void check_depth(size_t above, const char *filler, char delimiter, bool found, uint64_t line)
{
    struct buffer content = {0};
    for (size_t i = 0; i < above; i++)
        buffer_append(&content, slice_of(filler));
    buffer_append_format(&content, "公司名称%c成立日期\n甲%c2020\n", delimiter, delimiter);
    check_table(buffer_slice(&content), found ? delimiter : 0, line);
    buffer_free(&content);
}

START_TEST(header_within_20_rows)
{
    check_depth(19, "x,y\n", ',', true, 20);
    check_depth(20, "x,y\n", ',', false, 0);
    check_depth(19, "x,y\n", ';', true, 20);
    check_depth(20, "x,y\n", ';', false, 0);
    check_depth(19, "x,y\n", '\t', true, 20);
    check_depth(20, "x,y\n", '\t', false, 0);
    check_depth(19, "\n", ',', true, 20); /* empty rows are rows */
    check_depth(20, "\n", ',', false, 0);
    check_depth(19, "\"x\ny\"\n", ',', true, 39); /* rows, not lines */
    check_depth(20, "\"x\ny\"\n", ',', false, 0);
    check_depth(19, "核准日期,电话\n", ',', true, 20);
}
END_TEST

START_TEST(of_several_headers_the_first)
{
    check_table(SLICE("企业名称,成立时间\n公司名称,成立日期\n"), ',', 1);
    check_table(SLICE("公司名称,电话\n成立日期,电话\n公司名称,成立日期\n"), ',', 3);
}
END_TEST

static void add_header(struct xls_builder *book, const char *sheet, const char *name)
{
    xls_sheet(book, sheet, false);
    xls_text(book, 0, 0, name);
    xls_text(book, 0, 1, "成立日期");
}

/* Sheets behind the one that is read are not left out in silence, if they are tables too. */
START_TEST(tables_in_other_sheets)
{
    struct looking looking = {.attempts = 0};
    struct xls_builder book;
    struct buffer bytes = {0}, names = {0};
    bool found;
    xls_begin(&book, false);
    add_header(&book, "说明", "未知");
    add_header(&book, "名单", "公司名称");
    add_header(&book, "附表", "企业名称");
    add_header(&book, "备注", "未知");
    add_header(&book, "旧", "公司名称");
    xls_bytes(&book, &bytes);
    struct export export = text_export(buffer_slice(&bytes), NULL);
    export.container = CONTAINER_XLS;
    ck_assert_int_eq(export_find_table(&export, look, &looking, &found, NULL), CBEC_OK);
    ck_assert(found);
    ck_assert_str_eq(export.sheet_name, "名单");
    export_other_tables(&export, is_header, &looking.columns, &names);
    assert_slice(buffer_slice(&names), "附表, 旧");
    columns_free(&looking.columns);
    free(export.sheet_name);
    close(export.file);
    buffer_free(&bytes);
    buffer_free(&names);
}
END_TEST

/* ---- Files -------------------------------------------------------------------------------------
 */

struct opened {
    size_t calls;
    enum cbec_status answer;
    enum container container;
    uint64_t size;
    char name[200];
    char begins[16];
};

static enum cbec_status note_export(void *context, struct export *export, struct cbec_error *error)
{
    struct opened *opened = context;
    opened->calls++;
    opened->container = export->container;
    opened->size = export->size;
    snprintf(opened->name, sizeof opened->name, "%s", export->name);
    ck_assert_ptr_null(export->archive);
    /* Readable from the start as often as needed. */
    for (int i = 0; i < 2; i++)
        ck_assert_int_ge(file_read(export->file, export->path, opened->begins,
                                   sizeof opened->begins - 1, 0, error),
                         0);
    return opened->answer;
}

static void no_member(void *context, const char *path, const struct cbec_error *error)
{
    (void)context;
    ck_abort_msg("%s: %s", path, error->message);
}

/* No signal ends the wait for input. */
static bool never(void *context)
{
    (void)context;
    return false;
}

static enum cbec_status each(const char *path, struct opened *opened, struct cbec_error *error)
{
    *error = (struct cbec_error){.status = CBEC_OK};
    const struct file_patience patience = {.is_over = never};
    return export_each(path, &patience, note_export, no_member, opened, error);
}

/* Opens a file by way of its descriptor, so that nothing with a name is made. */
static void check_container(struct slice content, enum container expected)
{
    struct export export = text_export(content, NULL);
    struct opened opened = {.calls = 0};
    struct cbec_error error;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", export.file);
    ck_assert_msg(each(path, &opened, &error) == CBEC_OK, "%s", error.message);
    ck_assert_uint_eq(opened.calls, 1);
    ck_assert_int_eq(opened.container, expected);
    ck_assert_uint_eq(opened.size, content.length);
    ck_assert_ptr_null(strchr(opened.name, '/'));
    close(export.file);
}

START_TEST(containers_by_content)
{
    check_container(SLICE("公司名称,成立日期\n"), CONTAINER_TEXT);
    check_container(SLICE(""), CONTAINER_TEXT);
    check_container(SLICE("P"), CONTAINER_TEXT);
    check_container(SLICE("PK,x\n"), CONTAINER_TEXT);
    check_container(SLICE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), CONTAINER_XLS);
    check_container(SLICE("\xd0\xcf\x11\xe0"), CONTAINER_TEXT);
}
END_TEST

START_TEST(the_status_of_the_function)
{
    struct export export = text_export(SLICE("x"), NULL);
    struct opened opened = {.answer = CBEC_ERROR_CANCELLED};
    struct cbec_error error;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", export.file);
    ck_assert_int_eq(each(path, &opened, &error), CBEC_ERROR_CANCELLED);
    close(export.file);
}
END_TEST

/* A pipe cannot be read twice; what comes through it can. */
START_TEST(pipes)
{
    int ends[2];
    struct opened opened = {.calls = 0};
    struct cbec_error error;
    char path[64];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], "a,b\nc,d\n", 8), 8);
    close(ends[1]);
    snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
    ck_assert_msg(each(path, &opened, &error) == CBEC_OK, "%s", error.message);
    ck_assert_uint_eq(opened.size, 8);
    ck_assert_str_eq(opened.begins, "a,b\nc,d\n");
    close(ends[0]);
}
END_TEST

START_TEST(standard_input)
{
    int ends[2];
    struct opened opened = {.calls = 0};
    struct cbec_error error;
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], "e,f\n", 4), 4);
    close(ends[1]);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    ck_assert_int_eq(each("-", &opened, &error), CBEC_OK);
    ck_assert_uint_eq(opened.calls, 1);
    ck_assert_str_eq(opened.begins, "e,f\n");
}
END_TEST

START_TEST(files_that_are_none)
{
    struct opened opened = {.calls = 0};
    struct cbec_error error;
    ck_assert_int_eq(each("/proc/self", &opened, &error), CBEC_ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "/proc/self"));
    ck_assert_uint_eq(opened.calls, 0);
}
END_TEST

/* cbec.h counts "no such file" among the exports that cannot be read. */
START_TEST(files_that_are_missing)
{
    struct opened opened = {.calls = 0};
    struct cbec_error error;
    ck_assert_int_eq(each("/nowhere/名录.csv", &opened, &error), CBEC_ERROR_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "/nowhere/名录.csv"));
    ck_assert_uint_eq(opened.calls, 0);
}
END_TEST

/* No name is left behind, and none is there while it is used. */
START_TEST(temporary_files)
{
    int file;
    struct stat about;
    ck_assert_int_eq(file_temporary(&file, NULL), CBEC_OK);
    ck_assert_int_eq(fstat(file, &about), 0);
    ck_assert_uint_eq(about.st_nlink, 0);
    ck_assert_int_eq(fcntl(file, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    close(file);
}
END_TEST

SUITE_MAIN("export", delimiters, header_within_20_rows, of_several_headers_the_first,
           tables_in_other_sheets, containers_by_content, the_status_of_the_function, pipes,
           standard_input, files_that_are_none, files_that_are_missing, temporary_files)
