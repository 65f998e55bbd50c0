/*
 * xls_survey.h: a look through the records of an .xls workbook ([MS-XLS] 2.1) before freexl reads
 * it.
 *
 * freexl does not tell which sheets are hidden, and reads some things wrongly without saying so:
 * formula cells are left out, errors become the number 1, texts end at a NUL, long and rich strings
 * can go wrong where they cross the border of a record, damaged files can make it run for ever.
 * Such workbooks are refused here, with what to do about them.
 */
#ifndef CBEC_INPUT_XLS_SURVEY_H
#define CBEC_INPUT_XLS_SURVEY_H

#include "cbec.h"

#define XLS_LIMIT_SHEETS 1024

struct xls_sheets {
    unsigned short order[XLS_LIMIT_SHEETS]; /* numbers of freexl's: visible ones first */
    size_t count;                           /* worksheets; charts and macros left out */
};

enum cbec_status xls_survey(int file, const char *path, struct xls_sheets *sheets,
                            struct cbec_error *error);

#endif
