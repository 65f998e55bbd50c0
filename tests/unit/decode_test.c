#include "input/decode.h"

#include "text_export.h"

/* 中文𠮷a in each encoding: characters of one, two, three and four bytes. */
#define IN_UTF8                                                                                    \
    "中文\xf0\xa0\xae\xb7"                                                                       \
    "a"
#define IN_GB18030                                                                                 \
    "\xd6\xd0\xce\xc4\x95\x34\xb2\x35"                                                             \
    "a"
#define IN_UTF16LE                                                                                 \
    "\x2d\x4e\x87\x65\x42\xd8\xb7\xdf"                                                             \
    "a\0"
#define IN_UTF16BE "\x4e\x2d\x65\x87\xd8\x42\xdf\xb7\0a"

/* The text of a file, in pieces of at most `size` bytes; the status that ended it. */
static enum cbec_status decode(struct slice content, const char *encoding, size_t read_size,
                               size_t size, struct buffer *out, struct cbec_error *error)
{
    struct export export = text_export(content, encoding);
    struct decoder decoder;
    char text[256];
    ssize_t got = 0;
    *error = (struct cbec_error){.status = CBEC_OK};
    enum cbec_status status = decoder_open(&decoder, &export, read_size, error);
    while (status == CBEC_OK && (got = decoder_read(&decoder, text, size, error)) > 0) {
        ck_assert_uint_le((size_t)got, size);
        buffer_append(out, (struct slice){text, (size_t)got});
    }
    decoder_close(&decoder);
    close(export.file);
    return error->status;
}

/* What is read at a time, and how much is asked for, make no difference. */
static void check_text(struct slice content, const char *encoding, struct slice expected)
{
    static const size_t sizes[] = {16, 17, 31, 256};
    for (size_t i = 0; i < READ_SIZE_COUNT * 4; i++) {
        struct buffer out = {0};
        struct cbec_error error;
        enum cbec_status status =
            decode(content, encoding, READ_SIZES[i / 4], sizes[i % 4], &out, &error);
        ck_assert_msg(status == CBEC_OK, "%s", error.message);
        ck_assert_msg(slice_equal(buffer_slice(&out), expected), "%s, %zu bytes at a time: got %s",
                      encoding, READ_SIZES[i / 4], buffer_string(&out));
        buffer_free(&out);
    }
}

static void check_fails(struct slice content, const char *encoding, enum cbec_status expected)
{
    for (size_t i = 0; i < READ_SIZE_COUNT; i++) {
        struct buffer out = {0};
        struct cbec_error error;
        ck_assert_int_eq(decode(content, encoding, READ_SIZES[i], 64, &out, &error), expected);
        ck_assert_ptr_nonnull(strstr(error.message, encoding));
        ck_assert(expected != CBEC_ERROR_INPUT || strstr(error.message, "test.csv"));
        buffer_free(&out);
    }
}

START_TEST(marks_at_the_beginning)
{
    static const struct {
        struct slice bytes;
        const char *encoding;
        size_t length;
    } marks[] = {
        {{"\xef\xbb\xbf", 3}, "UTF-8", 3},
        {{"\xef\xbb\xbfx", 4}, "UTF-8", 3},
        {{"\xff\xfe", 2}, "UTF-16LE", 2},
        {{"\xff\xfe"
          "a\0",
          4},
         "UTF-16LE",
         2},
        {{"\xfe\xff\0a", 4}, "UTF-16BE", 2},
        {{"\xef\xbb", 2}, NULL, 0},
        {{"\xff", 1}, NULL, 0},
        {{"", 0}, NULL, 0},
        {{"abc", 3}, NULL, 0},
        {{"x\xef\xbb\xbf", 4}, NULL, 0},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = 99;
        const char *encoding = decode_mark(marks[i].bytes.at, marks[i].bytes.length, &length);
        if (marks[i].encoding)
            ck_assert_str_eq(encoding, marks[i].encoding);
        else
            ck_assert_ptr_null(encoding);
        ck_assert_uint_eq(length, marks[i].length);
    }
}
END_TEST

START_TEST(encodings)
{
    check_text(SLICE(IN_UTF8), "UTF-8", SLICE(IN_UTF8));
    check_text(SLICE(IN_GB18030), "GB18030", SLICE(IN_UTF8));
    check_text(SLICE(IN_UTF16LE), "UTF-16LE", SLICE(IN_UTF8));
    check_text(SLICE(IN_UTF16BE), "UTF-16BE", SLICE(IN_UTF8));
    check_text(SLICE("caf\xe9"), "ISO-8859-1", SLICE("café"));
    check_text(SLICE("\xd6\xd0"), "gb18030", SLICE("中"));
    check_text(SLICE(""), "GB18030", SLICE(""));
    check_text(SLICE(""), "UTF-8", SLICE(""));
    check_text(SLICE("a\0b"), "UTF-8", SLICE("a\0b"));
    check_text(SLICE("a\0b"), "GB18030", SLICE("a\0b"));
}
END_TEST

START_TEST(marks_are_no_text)
{
    check_text(SLICE("\xef\xbb\xbf" IN_UTF8), "UTF-8", SLICE(IN_UTF8));
    check_text(SLICE("\xff\xfe" IN_UTF16LE), "UTF-16LE", SLICE(IN_UTF8));
    check_text(SLICE("\xfe\xff" IN_UTF16BE), "UTF-16BE", SLICE(IN_UTF8));
    check_text(SLICE("\xef\xbb\xbf" IN_UTF8), "utf-8", SLICE(IN_UTF8));
    check_text(SLICE("\xff\xfe"), "UTF-16LE", SLICE(""));
    check_text(SLICE("\xef\xbb\xbf"), "UTF-8", SLICE(""));
}
END_TEST

/* Texts longer than any piece, so that characters lie across all of them. */
START_TEST(characters_across_reads)
{
    struct buffer utf8 = {0}, gb18030 = {0}, utf16 = {0};
    for (size_t i = 0; i < 3000; i++) {
        bool shift = i % 7 == 0; /* moves what follows by one byte */
        buffer_append(&utf8, shift ? SLICE("x" IN_UTF8) : SLICE(IN_UTF8));
        buffer_append(&gb18030, shift ? SLICE("x" IN_GB18030) : SLICE(IN_GB18030));
        buffer_append(&utf16, shift ? SLICE("x\0" IN_UTF16LE) : SLICE(IN_UTF16LE));
    }
    check_text(buffer_slice(&utf8), "UTF-8", buffer_slice(&utf8));
    check_text(buffer_slice(&gb18030), "GB18030", buffer_slice(&utf8));
    check_text(buffer_slice(&utf16), "UTF-16LE", buffer_slice(&utf8));
    buffer_free(&utf8);
    buffer_free(&gb18030);
    buffer_free(&utf16);
}
END_TEST

START_TEST(bytes_that_are_no_text)
{
    check_fails(SLICE("ab\xff\xff"
                      "cd"),
                "GB18030", CBEC_ERROR_INPUT);
    check_fails(SLICE("\xff"), "GB18030", CBEC_ERROR_INPUT);
    check_fails(SLICE("\xd6\xd0\xce"), "GB18030", CBEC_ERROR_INPUT); /* cut off */
    check_fails(SLICE("\x95\x34\xb2"), "GB18030", CBEC_ERROR_INPUT); /* cut off */
    check_fails(SLICE("a\0b"), "UTF-16LE", CBEC_ERROR_INPUT);        /* half a unit */
    check_fails(SLICE("\x42\xd8"
                      "a\0"),
                "UTF-16LE", CBEC_ERROR_INPUT);                       /* half a pair */
    check_fails(SLICE("a\0\x42\xd8"), "UTF-16LE", CBEC_ERROR_INPUT); /* half a pair */
    check_fails(SLICE("\xb7\xdf"
                      "a\0"),
                "UTF-16LE", CBEC_ERROR_INPUT); /* the other half */
    check_fails(SLICE("a"), "no such encoding", CBEC_ERROR_USAGE);
}
END_TEST

/* What stands before a bad byte is handed out, and where that byte is can be looked up. */
START_TEST(place_of_a_bad_byte)
{
    for (size_t i = 0; i < READ_SIZE_COUNT; i++) {
        struct buffer out = {0};
        struct cbec_error error;
        ck_assert_int_eq(decode(SLICE(IN_GB18030 "bc\xff"
                                                 "d"),
                                "GB18030", READ_SIZES[i], 64, &out, &error),
                         CBEC_ERROR_INPUT);
        assert_slice(buffer_slice(&out), IN_UTF8 "bc");
        ck_assert_msg(strstr(error.message, "byte 12 "), "%s", error.message);
        buffer_free(&out);
    }
}
END_TEST

SUITE_MAIN("decode", marks_at_the_beginning, encodings, marks_are_no_text, characters_across_reads,
           bytes_that_are_no_text, place_of_a_bad_byte)
