#include "input/decode.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "input/file.h"
#include "util/error.h"

#define NO_CONVERTER ((iconv_t)-1)

/* The mark that may stand in front of a text, and the encoding it tells. */
static const struct mark {
    const char *encoding;
    const char *bytes;
    size_t length;
} marks[] = {
    {"UTF-8", "\xef\xbb\xbf", 3},
    {"UTF-16LE", "\xff\xfe", 2},
    {"UTF-16BE", "\xfe\xff", 2},
};

const char *decode_mark(const char *bytes, size_t length, size_t *mark_length)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (length >= marks[i].length && memcmp(bytes, marks[i].bytes, marks[i].length) == 0) {
            *mark_length = marks[i].length;
            return marks[i].encoding;
        }
    *mark_length = 0;
    return NULL;
}

const char *decode_name(const char *encoding)
{
    static const struct {
        const char *typed, *name;
    } names[] = {{"UTF-8", "UTF-8"},      {"UTF8", "UTF-8"},        {"UTF-16LE", "UTF-16LE"},
                 {"UTF16LE", "UTF-16LE"}, {"UTF-16BE", "UTF-16BE"}, {"UTF16BE", "UTF-16BE"},
                 {"GB18030", "GB18030"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(encoding, names[i].typed) == 0)
            return names[i].name;
    return encoding;
}

enum cbec_status decoder_open(struct decoder *decoder, const struct export *export,
                              size_t read_size, struct cbec_error *error)
{
    *decoder =
        (struct decoder){.export = export, .read_size = read_size, .converter = NO_CONVERTER};
    char head[4];
    ssize_t got = file_read(export->file, export->path, head, sizeof head, 0, error);
    if (got < 0)
        return CBEC_ERROR_SYSTEM;
    size_t mark_length;
    const char *marked = decode_mark(head, (size_t)got, &mark_length);
    if (marked && strcasecmp(marked, export->encoding) == 0)
        decoder->offset = mark_length;
    if (strcasecmp(export->encoding, "UTF-8") == 0)
        return CBEC_OK;

    /* An empty name would mean the locale's encoding. */
    if (*export->encoding)
        decoder->converter = iconv_open("UTF-8", export->encoding);
    if (decoder->converter == NO_CONVERTER)
        return error_set(error, CBEC_ERROR_USAGE,
                         "encoding '%s' is not known: name one of `iconv --list`, such as GB18030",
                         export->encoding);
    decoder->pending = malloc(read_size + 16);
    return decoder->pending ? CBEC_OK : error_no_memory(error);
}

void decoder_close(struct decoder *decoder)
{
    if (decoder->converter && decoder->converter != NO_CONVERTER)
        iconv_close(decoder->converter);
    free(decoder->pending);
}

/* Reads the next bytes of the file. */
static ssize_t read_bytes(struct decoder *decoder, char *bytes, size_t size,
                          struct cbec_error *error)
{
    const struct export *export = decoder->export;
    ssize_t got = file_read(export->file, export->path, bytes, size, decoder->offset, error);
    if (got > 0)
        decoder->offset += (uint64_t)got;
    if (export->position)
        *export->position = decoder->offset;
    return got;
}

static enum cbec_status fill_pending(struct decoder *decoder, struct cbec_error *error)
{
    ssize_t got =
        read_bytes(decoder, decoder->pending + decoder->pending_length, decoder->read_size, error);
    if (got < 0)
        return CBEC_ERROR_SYSTEM;
    decoder->pending_length += (size_t)got;
    decoder->at_end = got == 0;
    return CBEC_OK;
}

static ssize_t cannot_decode(const struct decoder *decoder, struct cbec_error *error)
{
    error_set(error, CBEC_ERROR_INPUT, "%s: byte %llu is no %s: name the encoding with --encoding",
              decoder->export->path,
              (unsigned long long)(decoder->offset - decoder->pending_length + 1),
              decoder->export->encoding);
    return -1;
}

/* Converts what is pending. 0 if more bytes are needed for the next character. */
static ssize_t convert(struct decoder *decoder, char *text, size_t size, struct cbec_error *error)
{
    char *from = decoder->pending;
    size_t from_left = decoder->pending_length;
    char *to = text;
    size_t to_left = size;
    size_t result = iconv(decoder->converter, &from, &from_left, &to, &to_left);
    int reason = errno;
    memmove(decoder->pending, from, from_left);
    decoder->pending_length = from_left;
    if (result == (size_t)-1 && reason == EILSEQ && to == text)
        return cannot_decode(decoder, error);
    return to - text;
}

ssize_t decoder_read(struct decoder *decoder, char *text, size_t size, struct cbec_error *error)
{
    if (decoder->converter == NO_CONVERTER) {
        if (size > decoder->read_size)
            size = decoder->read_size;
        return read_bytes(decoder, text, size, error);
    }
    for (;;) {
        if (decoder->pending_length > 0) {
            ssize_t made = convert(decoder, text, size, error);
            if (made != 0)
                return made;
        }
        size_t before = decoder->pending_length;
        if (before < 16) {
            if (fill_pending(decoder, error) != CBEC_OK)
                return -1;
        }
        if (decoder->pending_length == 0)
            return 0;
        if (decoder->pending_length == before) /* a character that is cut off */
            return cannot_decode(decoder, error);
    }
}
