/* pages.h: short ways to put documents together. */
#ifndef CBEC_TESTS_PAGES_H
#define CBEC_TESTS_PAGES_H

#include "output/document.h"

#define INTEGER(value)                                                                             \
    (struct cbec_cell)                                                                             \
    {                                                                                              \
        .type = CBEC_CELL_INTEGER, .integer = (value)                                              \
    }
#define REAL(value)                                                                                \
    (struct cbec_cell)                                                                             \
    {                                                                                              \
        .type = CBEC_CELL_REAL, .real = (value)                                                    \
    }
#define TEXT(string)                                                                               \
    (struct cbec_cell)                                                                             \
    {                                                                                              \
        .type = CBEC_CELL_TEXT, .text = (string), .length = strlen(string)                         \
    }
#define NOTHING                                                                                    \
    (struct cbec_cell)                                                                             \
    {                                                                                              \
        .type = CBEC_CELL_NULL                                                                     \
    }
#define COLUMNS(...) ((const char *const[]){__VA_ARGS__})
#define CELLS(...) ((const struct cbec_cell[]){__VA_ARGS__})

/* A part of a whole in percent, as queries round it; nothing if there is no whole. */
struct cbec_cell percent_of(int64_t part, int64_t whole);

/* A document with everything that a report must never stumble over. */
void fill_nasty(struct document *document);

#endif
