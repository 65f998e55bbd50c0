/*
 * row.h: what every reader of a file hands on: rows of cells, one after the other.
 *
 * A reader pushes rows into a function. It keeps nothing of a row once that function has returned,
 * so memory does not grow with the file.
 */
#ifndef CBEC_RECORD_ROW_H
#define CBEC_RECORD_ROW_H

#include "cbec.h"
#include "record/date.h"
#include "util/slice.h"

struct cell {
    struct slice text;
    bool number; /* a workbook's number cell without a date format: may be a day serial */
};

struct row {
    uint64_t ordinal; /* 1 for the first row of the file, empty rows counted */
    uint64_t line;    /* text: the physical line on which the row begins; workbooks: the sheet's row
                         number */
    const struct cell *cells; /* an empty row has none, or only empty ones */
    size_t count;
    struct slice whole;       /* a text in which all cells lie, if there is one; else .at is NULL */
    enum cbec_refusal damage; /* CBEC_ACCEPTED, or one of the first three reasons */
    struct slice raw;         /* of a row damaged before it could be split: how it begins */
    enum date_system dates;   /* of number cells */
    bool from_text;           /* from a text file, where rows have a width of their own */
};

/* Takes one row; false stops the reading. The row is valid during the call. */
typedef bool (*row_function)(void *context, const struct row *row);

#endif
