#include "util/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}

bool buffer_reserve(struct buffer *buffer, size_t more)
{
    if (more <= buffer->capacity - buffer->length)
        return true;
    if (more > SIZE_MAX / 4 || buffer->length > SIZE_MAX / 4) {
        buffer->failed = true;
        return false;
    }
    size_t capacity = buffer->capacity ? buffer->capacity * 2 : 64;
    while (capacity < buffer->length + more)
        capacity *= 2;
    char *data = realloc(buffer->data, capacity);
    if (!data) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void buffer_append(struct buffer *buffer, struct slice text)
{
    if (text.length == 0 || !buffer_reserve(buffer, text.length))
        return;
    memcpy(buffer->data + buffer->length, text.at, text.length);
    buffer->length += text.length;
}

void buffer_append_byte(struct buffer *buffer, char byte)
{
    buffer_append(buffer, (struct slice){&byte, 1});
}

void buffer_append_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length >= 0 && buffer_reserve(buffer, (size_t)length + 1)) {
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

const char *buffer_string(struct buffer *buffer)
{
    if (!buffer_reserve(buffer, 1))
        return "";
    buffer->data[buffer->length] = '\0';
    return buffer->data;
}
