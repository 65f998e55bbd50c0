#include "util/buffer.h"

#include <stdint.h>

#include "suite.h"

START_TEST(grows)
{
    struct buffer buffer = {0};
    for (size_t i = 0; i < 100000; i++)
        buffer_append_byte(&buffer, (char)('a' + i % 26));
    ck_assert_uint_eq(buffer.length, 100000);
    ck_assert_uint_ge(buffer.capacity, buffer.length);
    for (size_t i = 0; i < buffer.length; i++)
        ck_assert_int_eq(buffer.data[i], 'a' + (int)(i % 26));
    ck_assert(!buffer.failed);
    buffer_free(&buffer);
    ck_assert_ptr_null(buffer.data);
    ck_assert_uint_eq(buffer.length, 0);
}
END_TEST

START_TEST(appends)
{
    struct buffer buffer = {0};
    buffer_append(&buffer, (struct slice){0});
    assert_slice(buffer_slice(&buffer), "");
    buffer_append(&buffer, SLICE("one"));
    buffer_append(&buffer, SLICE(""));
    buffer_append(&buffer, SLICE(" two"));
    buffer_append_format(&buffer, " %d %s", 3, "four");
    assert_slice(buffer_slice(&buffer), "one two 3 four");
    buffer_append(&buffer, (struct slice){"\0x", 2});
    ck_assert(slice_equal(buffer_slice(&buffer), SLICE("one two 3 four\0x")));
    buffer_free(&buffer);
}
END_TEST

/* Texts of every length around the sizes at which a buffer grows. */
START_TEST(formats_of_any_length)
{
    char text[300];
    memset(text, 'x', sizeof text);
    for (int length = 0; length < 300; length++) {
        struct buffer buffer = {0};
        buffer_append(&buffer, SLICE("ab"));
        buffer_append_format(&buffer, "%.*s", length, text);
        ck_assert_uint_eq(buffer.length, (size_t)length + 2);
        ck_assert_int_eq(memcmp(buffer.data + 2, text, (size_t)length), 0);
        ck_assert_uint_eq(strlen(buffer_string(&buffer)), (size_t)length + 2);
        buffer_free(&buffer);
    }
}
END_TEST

START_TEST(strings)
{
    struct buffer buffer = {0};
    ck_assert_str_eq(buffer_string(&buffer), "");
    ck_assert_uint_eq(buffer.length, 0);
    for (size_t i = 0; i < 64; i++) /* full to the last byte */
        buffer_append_byte(&buffer, 'x');
    ck_assert_uint_eq(strlen(buffer_string(&buffer)), 64);
    ck_assert_uint_eq(buffer.length, 64);
    buffer_append_byte(&buffer, 'y');
    ck_assert_uint_eq(strlen(buffer_string(&buffer)), 65);
    buffer_clear(&buffer);
    ck_assert_str_eq(buffer_string(&buffer), "");
    buffer_append(&buffer, SLICE("z"));
    ck_assert_str_eq(buffer_string(&buffer), "z");
    buffer_free(&buffer);
}
END_TEST

/* Without memory a buffer keeps what it has, drops what does not fit, and says so. */
START_TEST(no_memory)
{
    struct buffer buffer = {0};
    buffer_append(&buffer, SLICE("kept"));
    ck_assert(!buffer_reserve(&buffer, SIZE_MAX));
    ck_assert(buffer.failed);
    ck_assert(!buffer_reserve(&buffer, SIZE_MAX / 2));
    ck_assert(!buffer_reserve(&buffer, SIZE_MAX - 4));
    assert_slice(buffer_slice(&buffer), "kept");
    buffer_append(&buffer, SLICE(", and more"));
    assert_slice(buffer_slice(&buffer), "kept, and more");
    ck_assert(buffer.failed);
    buffer_free(&buffer);
    ck_assert(!buffer.failed);
}
END_TEST

START_TEST(reserves)
{
    struct buffer buffer = {0};
    ck_assert(buffer_reserve(&buffer, 1000));
    ck_assert_uint_ge(buffer.capacity, 1000);
    const char *data = buffer.data;
    for (size_t i = 0; i < 1000; i++)
        buffer_append_byte(&buffer, 'x');
    ck_assert_ptr_eq(buffer.data, data);
    ck_assert(buffer_reserve(&buffer, 0));
    buffer_free(&buffer);
    for (size_t more = 1; more < 400; more++) {
        for (size_t i = 0; i < 60; i++)
            buffer_append_byte(&buffer, 'x');
        ck_assert(buffer_reserve(&buffer, more));
        ck_assert_uint_ge(buffer.capacity, 60 + more);
        buffer_free(&buffer);
    }
}
END_TEST

SUITE_MAIN("buffer", grows, appends, formats_of_any_length, strings, no_memory, reserves)
