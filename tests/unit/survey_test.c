#include "input/survey.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/uio.h>

#include "text_export.h"

/* ---- Reading -----------------------------------------------------------------------------------
 */

static size_t reads_until_one_fails = SIZE_MAX;
static bool one_has_failed;

/* Stands in for the C library's. */
ssize_t pread(int file, void *bytes, size_t size, off_t offset)
{
    if (reads_until_one_fails-- == 0) {
        one_has_failed = true;
        errno = EIO;
        return -1;
    }
    return preadv(file, &(struct iovec){bytes, size}, 1, offset);
}

/* ---- At once -----------------------------------------------------------------------------------
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

/* ---- Piece by piece ----------------------------------------------------------------------------
 */

/* Takes so many steps, and leaves the rest to a thread or to survey_end. */
static void go(struct survey *survey, struct export *export, size_t steps, bool rest)
{
    export->encoding = NULL;
    ck_assert_int_eq(survey_begin(survey, export, NULL), CBEC_OK);
    while (steps > 0 && survey_step(survey))
        steps--;
    if (rest)
        survey_rest(survey);
}

static void give_up(struct survey *survey)
{
    survey_free(survey);
    ck_assert(!survey->running);
    ck_assert_ptr_null(survey->bytes);
}

static void check_pieces(struct export *export, const char *guess, bool right,
                         const unsigned char hash[HASH_SIZE])
{
    static const size_t steps[] = {0, 1, SIZE_MAX};
    for (size_t i = 0; i < 6; i++) {
        struct survey survey;
        go(&survey, export, steps[i / 2], i % 2);
        give_up(&survey);
        go(&survey, export, steps[i / 2], i % 2);
        ck_assert_int_eq(survey_end(&survey, NULL), CBEC_OK);
        ck_assert(!survey_step(&survey));
        ck_assert_pstr_eq(export->encoding, guess);
        ck_assert_int_eq(survey.was_right, right);
        ck_assert_mem_eq(survey.hash, hash, HASH_SIZE);
        survey_free(&survey);
    }
}

/*
 * At once and piece by piece: what is guessed, and what is found in the whole; NULL if the text is
 * refused. A guess is called wrong if it is UTF-8 and the whole is not: others are not checked.
 */
static void check_both(struct slice content, const char *guess, const char *found)
{
    unsigned char expected[HASH_SIZE], hash[HASH_SIZE];
    struct sha256_ctx sha;
    sha256_init(&sha);
    sha256_update(&sha, content.length, (const uint8_t *)content.at);
    sha256_digest(&sha, HASH_SIZE, expected);
    struct export export = text_export(content, NULL);
    enum cbec_status status = survey_file(&export, NULL, hash, NULL);
    ck_assert_mem_eq(hash, expected, HASH_SIZE);
    ck_assert_int_eq(status, found ? CBEC_OK : CBEC_ERROR_INPUT);
    if (found)
        ck_assert_str_eq(export.encoding, found);
    bool is_utf8 = found && strcmp(found, "UTF-8") == 0;
    check_pieces(&export, guess, is_utf8 || strcmp(guess, "UTF-8") != 0, expected);
    close(export.file);
}

START_TEST(both_ways)
{
    check_both(SLICE(""), "UTF-8", "UTF-8");
    check_both(SLICE("plain"), "UTF-8", "UTF-8");
    check_both(SLICE("公司\xf0\xa0\xae\xb7"), "UTF-8", "UTF-8");
    check_both(SLICE("\xef\xbb\xbf"), "UTF-8", "UTF-8");
    check_both(SLICE("\xef\xbb\xbf公司"), "UTF-8", "UTF-8");
    check_both(SLICE("\xef\xbb\xbf\xd6\xd0"), "UTF-8", NULL);
    check_both(SLICE("ab\xe4\xb8"), "UTF-8", "GB18030");
    check_both(SLICE("ab\xe4"), "UTF-8", NULL);
    check_both(SLICE("\xb9\xab\xcb\xbe"), "GB18030", "GB18030");
    check_both(SLICE("\xff\xff\xff"), "GB18030", NULL);
    check_both(SLICE("\xff\xfe\x2d\x4e"), "UTF-16LE", "UTF-16LE");
    check_both(SLICE("\xfe\xff\x4e\x2d"), "UTF-16BE", "UTF-16BE");
    check_both(SLICE("\xff\xfe\x2d"), "UTF-16LE", NULL);
}
END_TEST

/* The whole file decides, also where characters lie across what is read at a time. */
START_TEST(both_ways_around_an_edge)
{
    static const size_t edges[] = {SURVEY_GUESS_BYTES, SURVEY_PIECE_BYTES, 2 * SURVEY_PIECE_BYTES};
    struct buffer text = {0};
    ck_assert(buffer_reserve(&text, 3 * (size_t)SURVEY_PIECE_BYTES));
    for (size_t i = 0; i < 3 * 9; i++) {
        size_t plain = edges[i / 9] - 6 + i % 9;
        memset(text.data, 'a', plain);
        text.length = plain;
        buffer_append(&text, SLICE("中\xf0\xa0\xae\xb7 and more"));
        check_both(buffer_slice(&text), "UTF-8", "UTF-8");
        text.length = plain;
        buffer_append(&text, SLICE("\xd6\xd0\x95\x34\xb2\x35 and more"));
        check_both(buffer_slice(&text), plain + 2 <= SURVEY_GUESS_BYTES ? "GB18030" : "UTF-8",
                   "GB18030");
        text.length = plain;
        buffer_append(&text, SLICE("\xe4"));
        check_both(buffer_slice(&text), "UTF-8", NULL);
    }
    buffer_free(&text);
}
END_TEST

/* Each piece ends within a character, and so may the file: its bytes in pairs are GB18030. */
START_TEST(both_ways_of_chinese_throughout)
{
    struct buffer text = {0};
    for (size_t i = 0; i < SURVEY_PIECE_BYTES; i++)
        buffer_append(&text, SLICE("中"));
    check_both(buffer_slice(&text), "UTF-8", "UTF-8");
    text.length--;
    check_both(buffer_slice(&text), "UTF-8", NULL);
    text.length--;
    check_both(buffer_slice(&text), "UTF-8", "GB18030");
    buffer_free(&text);
}
END_TEST

/* A workbook has no encoding that could be wrong. */
START_TEST(both_ways_of_a_workbook)
{
    unsigned char hash[HASH_SIZE];
    struct export export = text_export(SLICE("PK\3\4\xff\xff"), NULL);
    export.container = CONTAINER_XLSX;
    ck_assert_int_eq(survey_file(&export, NULL, hash, NULL), CBEC_OK);
    ck_assert_ptr_null(export.encoding);
    check_pieces(&export, NULL, true, hash);
    close(export.file);
}
END_TEST

/* A file without end is given up as well, and what was never begun. */
START_TEST(given_up)
{
    struct survey survey = {.export = NULL};
    give_up(&survey);
    struct export export = {.path = "/dev/zero", .container = CONTAINER_TEXT};
    export.file = open(export.path, O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(export.file, 0);
    for (size_t i = 0; i < 4; i++) {
        go(&survey, &export, i / 2, i % 2);
        give_up(&survey);
    }
    close(export.file);
}
END_TEST

/* ---- Reads that fail ---------------------------------------------------------------------------
 */

static enum cbec_status at_once(struct export *export, struct cbec_error *error)
{
    unsigned char hash[HASH_SIZE];
    return survey_file(export, NULL, hash, error);
}

static enum cbec_status in_pieces(struct export *export, struct cbec_error *error)
{
    struct survey survey;
    enum cbec_status status = survey_begin(&survey, export, error);
    if (status == CBEC_OK)
        status = survey_end(&survey, error);
    survey_free(&survey);
    return status;
}

/* Whichever of the reads it is that fails, and it alone: nothing is said of an encoding. */
static void check_failures(enum cbec_status (*survey)(struct export *, struct cbec_error *))
{
    enum cbec_status status = CBEC_ERROR_SYSTEM;
    struct export export = text_export(SLICE("\xb9\xab\xcb\xbe"), NULL);
    for (size_t reads = 0; status != CBEC_OK; reads++) {
        struct cbec_error error = {.message = ""};
        reads_until_one_fails = reads;
        one_has_failed = false;
        status = survey(&export, &error);
        ck_assert_int_eq(one_has_failed, status != CBEC_OK);
        ck_assert(one_has_failed || reads > 0);
        if (status == CBEC_OK)
            continue;
        ck_assert_int_eq(status, CBEC_ERROR_SYSTEM);
        ck_assert_int_eq(error.status, CBEC_ERROR_SYSTEM);
        ck_assert_ptr_nonnull(strstr(error.message, "cannot read test.csv"));
        reads_until_one_fails = reads;
        ck_assert_int_eq(survey(&export, NULL), CBEC_ERROR_SYSTEM);
    }
    reads_until_one_fails = SIZE_MAX;
    ck_assert_str_eq(export.encoding, "GB18030");
    close(export.file);
}

START_TEST(reads_that_fail)
{
    check_failures(at_once);
    check_failures(in_pieces);
}
END_TEST

SUITE_MAIN("survey", hashes, hash_of_a_workbook, encodings_by_mark, encodings_by_content,
           encodings_by_option, both_ways, both_ways_around_an_edge,
           both_ways_of_chinese_throughout, both_ways_of_a_workbook, given_up, reads_that_fail)
