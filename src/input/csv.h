/* csv.h: text files of cells between delimiters (RFC 4180 and what vendors make of it), through
 * libcsv where it takes more than splitting. */
#ifndef CBEC_INPUT_CSV_H
#define CBEC_INPUT_CSV_H

#include "input/export.h"

/*
 * Pushes the rows of a text file into `function`, with `delimiter` between the cells. The file is
 * read `read_size` bytes at a time (DECODER_READ_SIZE); rows do not depend on it.
 *
 * Beyond RFC 4180: a cell written ="…" is a quoted one; a quote inside an unquoted cell is a
 * character as any other, and so is one that is followed by something else than a delimiter in the
 * line in which its cell began. Damage stays in its row: a quoted cell that is not closed (before
 * the end of the file, within LIMIT_CELL_BYTES, or before another cell opens in a later line) is
 * CBEC_REFUSED_UNCLOSED_QUOTE, and reading goes on with the line after the one in which it opened.
 */
enum cbec_status csv_read(const struct export *export, char delimiter, size_t read_size,
                          row_function function, void *context, struct cbec_error *error);

#endif
