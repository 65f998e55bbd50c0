/* xlsx_sheet.h: the rows of a worksheet part (ISO/IEC 29500-1, 18.3). */
#ifndef CBEC_INPUT_XLSX_SHEET_H
#define CBEC_INPUT_XLSX_SHEET_H

#include "input/xlsx_strings.h"
#include "input/xlsx_styles.h"
#include "record/row.h"

/* What a sheet is read with. */
struct xlsx_sheet_reading {
    zip_t *package; /* used for nothing else */
    const char *path;
    const char *part;
    enum date_system dates;
    const struct xlsx_styles *styles;
    struct xlsx_strings *strings;
    row_function function;
    void *context;
};

/* Pushes the rows that the part has into the function. */
enum cbec_status xlsx_sheet_read(const struct xlsx_sheet_reading *reading,
                                 struct cbec_error *error);

#endif
