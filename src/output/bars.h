/* bars.h: a horizontal bar chart drawn in characters. */
#ifndef CBEC_OUTPUT_BARS_H
#define CBEC_OUTPUT_BARS_H

#include <stdint.h>
#include <stdio.h>

#include "util/slice.h"

struct bar {
    struct slice label;
    int64_t value; /* one below 0 is drawn as 0 */
    bool mark;     /* incomplete: drawn lighter, so that it is not taken for a fall */
};

/*
 * Prints one line for each bar: label, bar, value. No line is wider than `width` columns (80 if it
 * is 0), as long as there is room for labels, figures and bars at all. False when writing failed or
 * memory ran out; errno says which.
 */
bool bars_print(FILE *file, const struct bar *bars, size_t count, int width);

#endif
