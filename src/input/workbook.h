/* workbook.h: the readers of workbooks. Sheets are numbered from 0, visible ones first, then hidden
 * ones. */
#ifndef CBEC_INPUT_WORKBOOK_H
#define CBEC_INPUT_WORKBOOK_H

#include "input/export.h"

/*
 * Pushes the rows of one sheet into `function`. Rows that the file leaves out are not pushed;
 * `ordinal` and `line` are the sheet's row number. Date cells come as YYYY-MM-DD, other numbers as
 * text with cell.number set. `*exists` is false if there is no sheet of this number. `*name`, if
 * not NULL, is set to the sheet's name, to be freed by the caller.
 */
typedef enum cbec_status (*workbook_reader)(const struct export *export, int sheet, bool *exists,
                                            char **name, row_function function, void *context,
                                            struct cbec_error *error);

/* Office Open XML (ISO/IEC 29500), through libzip and expat. */
enum cbec_status xlsx_read(const struct export *export, int sheet, bool *exists, char **name,
                           row_function function, void *context, struct cbec_error *error);

/* BIFF8 and older, through freexl. */
enum cbec_status xls_read(const struct export *export, int sheet, bool *exists, char **name,
                          row_function function, void *context, struct cbec_error *error);

#endif
