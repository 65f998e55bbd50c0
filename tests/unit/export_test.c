#include "input/survey.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "record/columns.h"
#include "text_export.h"

/* ---- Survey ------------------------------------------------------------------------------------
 */

static void check_hash(struct slice content, const char *expected)
{
    unsigned char hash[HASH_SIZE];
    char text[2 * HASH_SIZE + 1];
    struct export export = text_export(content, NULL);
    ck_assert_int_eq(survey_file(&export, NULL, hash, NULL), CBEC_OK);
    for (size_t i = 0; i < HASH_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", hash[i]);
    ck_assert_str_eq(text, expected);
    close(export.file);
}

/* The examples of FIPS 180-2, and the empty text. */
START_TEST(hashes)
{
    check_hash(SLICE(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_hash(SLICE("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_hash(SLICE("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *million = malloc(1000000);
    memset(million, 'a', 1000000);
    check_hash((struct slice){million, 1000000},
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}
END_TEST

/* The bytes of the file are what is hashed, of a workbook too. */
START_TEST(hash_of_a_workbook)
{
    unsigned char text[HASH_SIZE], workbook[HASH_SIZE];
    struct export export = text_export(SLICE("abc"), NULL);
    ck_assert_int_eq(survey_file(&export, NULL, text, NULL), CBEC_OK);
    export.encoding = NULL;
    export.container = CONTAINER_XLSX;
    ck_assert_int_eq(survey_file(&export, NULL, workbook, NULL), CBEC_OK);
    ck_assert_mem_eq(text, workbook, HASH_SIZE);
    ck_assert_ptr_null(export.encoding);
    close(export.file);
}
END_TEST

/* NULL for `expected`: the file is refused, as none that can be read. */
static void check_encoding(struct slice content, const char *option, const char *expected)
{
    unsigned char hash[HASH_SIZE];
    struct cbec_error error = {.message = ""};
    struct export export = text_export(content, NULL);
    enum cbec_status status = survey_file(&export, option, hash, &error);
    ck_assert_msg(status == (expected ? CBEC_OK : CBEC_ERROR_INPUT), "%.20s: status %d: %s",
                  content.at, status, error.message);
    if (expected)
        ck_assert_str_eq(export.encoding, expected);
    else
        ck_assert_msg(strstr(error.message, "test.csv") && strstr(error.message, "--encoding"),
                      "%s", error.message);
    close(export.file);
}

START_TEST(encodings_by_mark)
{
    check_encoding(SLICE("\xef\xbb\xbf"
                         "a"),
                   NULL, "UTF-8");
    check_encoding(SLICE("\xff\xfe"
                         "a\0"),
                   NULL, "UTF-16LE");
    check_encoding(SLICE("\xfe\xff\0a"), NULL, "UTF-16BE");
    check_encoding(SLICE("\xff\xfe"), NULL, "UTF-16LE");
    /* A mark is believed: what does not keep to it is no text. */
    check_encoding(SLICE("\xef\xbb\xbf\xd6\xd0"), NULL, NULL);
    check_encoding(SLICE("\xff\xfe"
                         "abc"),
                   NULL, NULL);
    check_encoding(SLICE("\xfe\xff\xd8\x42\0a"), NULL, NULL);
}
END_TEST

START_TEST(encodings_by_content)
{
    check_encoding(SLICE("plain"), NULL, "UTF-8");
    check_encoding(SLICE(""), NULL, "UTF-8");
    check_encoding(SLICE("公司"), NULL, "UTF-8");
    check_encoding(SLICE("lost \xef\xbf\xbd"), NULL, "UTF-8");
    check_encoding(SLICE("\xb9\xab\xcb\xbe"), NULL, "GB18030");
    check_encoding(SLICE("\xb9\xab\xcb\xbe\x95\x34\xb2\x35"), NULL, "GB18030");
    check_encoding(SLICE("ab\xe4\xb8"), NULL, "GB18030"); /* a cut off 中, or a whole 涓 */
    check_encoding(SLICE("\xed\xa0\x80"
                         "a"),
                   NULL, NULL); /* a surrogate; no GB18030 either */
    check_encoding(SLICE("\xff\xff\xff"), NULL, NULL);
    check_encoding(SLICE("\xb9\xab\xcb"), NULL, NULL);
}
END_TEST

/* The whole file decides, also where characters lie across the pieces in which it is read. */
START_TEST(encodings_of_long_files)
{
    for (size_t length = 262138; length <= 262146; length++) {
        struct buffer text = {0};
        for (size_t i = 0; i < length; i++)
            buffer_append_byte(&text, i % 50 ? 'a' : '\n');
        size_t plain = text.length;
        buffer_append(&text, SLICE("中\xf0\xa0\xae\xb7 and more"));
        check_encoding(buffer_slice(&text), NULL, "UTF-8");
        text.length = plain;
        buffer_append(&text, SLICE("\xd6\xd0\x95\x34\xb2\x35"));
        check_encoding(buffer_slice(&text), NULL, "GB18030");
        text.length = plain;
        buffer_append(&text, SLICE("\xe4"));
        check_encoding(buffer_slice(&text), NULL, NULL);
        buffer_free(&text);
    }
}
END_TEST

START_TEST(encodings_by_option)
{
    check_encoding(SLICE("caf\xe9"), "ISO-8859-1", "ISO-8859-1");
    check_encoding(SLICE("a\0"), "UTF-16LE", "UTF-16LE");
    check_encoding(SLICE("\xd6\xd0"), "GB18030", "GB18030");
    check_encoding(SLICE("plain"), "UTF-8", "UTF-8");
    check_encoding(SLICE("plain"), "utf-8", "UTF-8");
    check_encoding(SLICE("\xd6\xd0"), "UTF-8", NULL);
    check_encoding(SLICE("\xff\xff"), "GB18030", NULL);
    unsigned char hash[HASH_SIZE];
    struct cbec_error error;
    struct export export = text_export(SLICE("a"), NULL);
    ck_assert_int_eq(survey_file(&export, "klingon", hash, &error), CBEC_ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "klingon"));
    close(export.file);
}
END_TEST

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

SUITE_MAIN("export", hashes, hash_of_a_workbook, encodings_by_mark, encodings_by_content,
           encodings_of_long_files, encodings_by_option, delimiters, header_within_20_rows,
           of_several_headers_the_first, containers_by_content, the_status_of_the_function, pipes,
           standard_input, files_that_are_none, files_that_are_missing, temporary_files)
