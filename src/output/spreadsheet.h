/* spreadsheet.h: a document as a workbook (.xlsx): an overview, a sheet for each table, the method.
 */
#ifndef CBEC_OUTPUT_SPREADSHEET_H
#define CBEC_OUTPUT_SPREADSHEET_H

#include "output/document.h"

/*
 * Writes the workbook to `file`, which stays open. The same document gives the same bytes. False
 * when writing failed, memory ran out or libxlsxwriter is not there; errno says which.
 */
bool spreadsheet_print(FILE *file, const struct document *document);

#endif
