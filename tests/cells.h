/* cells.h: short ways to write down the cells of a table. */
#ifndef CBEC_TESTS_CELLS_H
#define CBEC_TESTS_CELLS_H

#include <string.h>

#include "cbec.h"

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

#endif
