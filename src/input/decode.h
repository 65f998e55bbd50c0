/* decode.h: the text of a file as UTF-8, and which encoding it is in. */
#ifndef CBEC_INPUT_DECODE_H
#define CBEC_INPUT_DECODE_H

#include <iconv.h>

#include "input/export.h"

/* The encoding that a byte order mark at the beginning of a file tells, and its length; NULL if
 * there is none. */
const char *decode_mark(const char *bytes, size_t length, size_t *mark_length);

/* The name that is used here of an encoding that somebody named, whatever its case: UTF-8, GB18030,
 * UTF-16LE or UTF-16BE; of others as it was named. */
const char *decode_name(const char *encoding);

/* Reads a text file in pieces and hands them out as UTF-8, without a byte order mark. */
struct decoder {
    const struct export *export;
    size_t read_size;  /* bytes asked of the file at a time */
    uint64_t offset;   /* in the file */
    iconv_t converter; /* (iconv_t)-1: the file is UTF-8 already */
    char *pending;     /* bytes read but not yet converted: a character may lie across two reads */
    size_t pending_length;
    bool at_end;
};

#define DECODER_READ_SIZE 65536

enum cbec_status decoder_open(struct decoder *decoder, const struct export *export,
                              size_t read_size, struct cbec_error *error);

/*
 * Writes the next piece of text, of at most `size` bytes (at least 16), to `text`. 0 at the end,
 * negative on failure: a byte that the encoding does not have.
 */
ssize_t decoder_read(struct decoder *decoder, char *text, size_t size, struct cbec_error *error);

void decoder_close(struct decoder *decoder);

#endif
