/*
 * xlsx_strings.h: the shared strings of a workbook (ISO/IEC 29500-1, 18.4), which its cells name by
 * number.
 *
 * They are read as far as cells ask for them, so that showing the first rows of a large workbook is
 * cheap. The text of the first ones stays in memory up to a limit; what comes beyond it goes to a
 * temporary file without a name.
 */
#ifndef CBEC_INPUT_XLSX_STRINGS_H
#define CBEC_INPUT_XLSX_STRINGS_H

#include "input/xlsx_parts.h"
#include "util/buffer.h"

#define XLSX_STRINGS_IN_MEMORY ((size_t)16 << 20)

struct xlsx_strings;

/*
 * Opens the strings in `part` (NULL: there are none), of which `in_memory` bytes stay in memory.
 * The package is used for nothing else until they are closed.
 */
enum cbec_status xlsx_strings_open(zip_t *package, const char *path, const char *part,
                                   size_t in_memory, struct xlsx_strings **strings,
                                   struct cbec_error *error);

/*
 * Appends string `number` (from 0) to `out`, at most `room` bytes of it; `*length` is all it has,
 * or LIMIT_CELL_BYTES + 1 if it has more. CBEC_ERROR_INPUT if there is no such string.
 */
enum cbec_status xlsx_strings_append(struct xlsx_strings *strings, unsigned number, size_t room,
                                     struct buffer *out, size_t *length, struct cbec_error *error);

/*
 * Reads the rest, if any string was asked for: damage in what was read may only show at the end,
 * where the archive has its check sum.
 */
enum cbec_status xlsx_strings_finish(struct xlsx_strings *strings, struct cbec_error *error);

/* NULL is allowed. */
void xlsx_strings_close(struct xlsx_strings *strings);

/*
 * Decodes _xHHHH_, which stands for a character that XML does not have (ISO/IEC
 * 29500-1, 22.9.2.19), in place from byte `start` of the buffer on.
 */
void xlsx_unescape(struct buffer *text, size_t start);

#endif
