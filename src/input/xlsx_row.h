/* xlsx_row.h: a row of a worksheet, put together from its cells (ISO/IEC 29500-1, 18.3.1). */
#ifndef CBEC_INPUT_XLSX_ROW_H
#define CBEC_INPUT_XLSX_ROW_H

#include "input/xlsx_sheet.h"

enum xlsx_cell_type { /* the commonest first */
                      CELL_SHARED,
                      CELL_INLINE,
                      CELL_TEXT,
                      CELL_NUMBER,
                      CELL_DATE,
                      CELL_BOOLEAN,
                      CELL_ERROR
};

/* Where a cell's text lies: in the XML, or in the row's text, of which it becomes a slice when the
 * row is whole and moves no more. */
struct xlsx_place {
    const char *in_xml; /* NULL: in the row's text, from start on */
    size_t start;
    size_t length;
    bool number;
};

/* Starts with `reading` and `error`, is used for one row after the other. */
struct xlsx_row {
    const struct xlsx_sheet_reading *reading;
    struct cbec_error *error;

    unsigned number; /* from 1; 0 before the first */
    struct xlsx_place *places;
    struct cell *cells;
    size_t count;    /* of cells */
    size_t capacity; /* of both arrays */
    struct buffer text;
    size_t length; /* of the text of all cells */
    enum cbec_refusal damage;
    bool values_stay;

    size_t column; /* of the cell, from 0 */
    enum xlsx_cell_type type;
    unsigned style;
};

/*
 * A row that says this of its number (r). Values stay if they are where they are until the row was
 * used; of those that do, none has escapes.
 */
enum cbec_status xlsx_row_start(struct xlsx_row *row, struct slice said, bool values_stay);

/* A cell that says this of its place (r), style (s) and type (t). */
enum cbec_status xlsx_row_start_cell(struct xlsx_row *row, struct slice reference,
                                     struct slice style, struct slice type);
enum cbec_status xlsx_row_end_cell(struct xlsx_row *row, struct slice value);

/* `*whole` is valid until the next row. */
enum cbec_status xlsx_row_end(struct xlsx_row *row, struct row *whole);

void xlsx_row_free(struct xlsx_row *row);

#endif
