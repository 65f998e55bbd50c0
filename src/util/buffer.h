/*
 * buffer.h: bytes that grow.
 *
 * A buffer starts as {0} and is given back with buffer_free. When memory runs out the buffer keeps
 * what it has, drops what does not fit and sets `failed`; callers look at `failed` once, at the
 * end.
 */
#ifndef CBEC_UTIL_BUFFER_H
#define CBEC_UTIL_BUFFER_H

#include <stdarg.h>

#include "util/slice.h"

struct buffer {
    char *data;
    size_t length;
    size_t capacity;
    bool failed;
};

void buffer_free(struct buffer *buffer);

/* Makes room for `more` bytes behind the content; false (and `failed`) when there is no memory. */
bool buffer_reserve(struct buffer *buffer, size_t more);

void buffer_append(struct buffer *buffer, struct slice text);
void buffer_append_byte(struct buffer *buffer, char byte);
void buffer_append_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
}

static inline struct slice buffer_slice(const struct buffer *buffer)
{
    return (struct slice){buffer->data, buffer->length};
}

/* The content as a string: a NUL stands behind it. "" when memory ran out before the first byte. */
const char *buffer_string(struct buffer *buffer);

#endif
