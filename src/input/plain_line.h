/* plain_line.h: lines of a text file that are split without libcsv, as it would split them. */
#ifndef CBEC_INPUT_PLAIN_LINE_H
#define CBEC_INPUT_PLAIN_LINE_H

#include "record/row.h"

/*
 * Splits a line that is a row by itself, without its line end: nearly all lines are. The cells
 * point into it. Returns how many there are; 0 if the line holds a quote or a NUL byte, or has more
 * than `most` cells.
 */
size_t plain_line_split(struct slice line, char delimiter, struct cell *cells, size_t most);

#endif
