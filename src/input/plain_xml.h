/*
 * plain_xml.h: rows and shared strings in UTF-8 that are read without expat, as it would read them.
 *
 * An element is plain if it is written as programs write it: tags without line breaks, attributes
 * in ASCII, text without references or escapes, and in it no elements but those named here. Whether
 * it is shows while it is read; of one that is not, nothing is used.
 */
#ifndef CBEC_INPUT_PLAIN_XML_H
#define CBEC_INPUT_PLAIN_XML_H

#include "util/slice.h"

/* Of elements inside one another: row, c, is, t. */
enum { PLAIN_XML_DEPTH = 4 };

/* Slices of the XML; empty ones for what it does not have. */
struct plain_cell {
    struct slice reference; /* r */
    struct slice style;     /* s */
    struct slice type;      /* t */
    struct slice value;     /* of v, or of is with a single t */
};

/* Starts as {0}, is used for one row after the other. */
struct plain_row {
    struct slice number; /* r */
    struct plain_cell *cells;
    size_t count;
    size_t capacity;
};

/*
 * Reads the row that `text` begins with; returns the length of it. 0 if it is not plain, or goes on
 * behind the text. A NUL must stand behind the text.
 */
size_t plain_row_read(struct slice text, struct plain_row *row);
void plain_row_free(struct plain_row *row);

/* The same for a shared string: si with a single t. */
size_t plain_string_read(struct slice text, struct slice *string);

#endif
