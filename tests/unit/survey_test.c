#include "input/survey.h"

#include <errno.h>
#include <sys/uio.h>

#include "text_export.h"

/* ---- Reading -----------------------------------------------------------------------------------
 */

static size_t reads_until_one_fails = SIZE_MAX;

/* Stands in for the C library's. */
ssize_t pread(int file, void *bytes, size_t size, off_t offset)
{
    if (reads_until_one_fails == 0) {
        errno = EIO;
        return -1;
    }
    reads_until_one_fails--;
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

/* The whole file decides, also where characters lie across the pieces in which it is read. */
START_TEST(encodings_of_long_files)
{
    for (size_t length = SURVEY_PIECE_BYTES - 6; length <= SURVEY_PIECE_BYTES + 2; length++) {
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

/* Whichever of the reads it is that fails: nothing is said of an encoding. */
START_TEST(reads_that_fail)
{
    unsigned char hash[HASH_SIZE];
    enum cbec_status status = CBEC_ERROR_SYSTEM;
    struct export export = text_export(SLICE("\xb9\xab\xcb\xbe"), NULL);
    for (size_t reads = 0; status != CBEC_OK; reads++) {
        struct cbec_error error = {.message = ""};
        reads_until_one_fails = reads;
        status = survey_file(&export, NULL, hash, &error);
        ck_assert(status == CBEC_OK || reads_until_one_fails == 0);
        ck_assert(status != CBEC_OK || reads > 0);
        if (status == CBEC_OK)
            continue;
        ck_assert_int_eq(status, CBEC_ERROR_SYSTEM);
        ck_assert_int_eq(error.status, CBEC_ERROR_SYSTEM);
        ck_assert_ptr_nonnull(strstr(error.message, "cannot read test.csv"));
        reads_until_one_fails = reads;
        ck_assert_int_eq(survey_file(&export, NULL, hash, NULL), CBEC_ERROR_SYSTEM);
    }
    ck_assert_str_eq(export.encoding, "GB18030");
    close(export.file);
}
END_TEST

SUITE_MAIN("survey", hashes, hash_of_a_workbook, encodings_by_mark, encodings_by_content,
           encodings_of_long_files, encodings_by_option, reads_that_fail)
