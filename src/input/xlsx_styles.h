/* xlsx_styles.h: which styles of a workbook show a number as a date (ISO/IEC 29500-1, 18.8). */
#ifndef CBEC_INPUT_XLSX_STYLES_H
#define CBEC_INPUT_XLSX_STYLES_H

#include "input/xlsx_parts.h"
#include "util/buffer.h"
#include "util/slice.h"

struct xlsx_styles {
    struct buffer is_date; /* a byte for each cell style */
};

/* Reads the styles part, which may be NULL; given back with xlsx_styles_free, also on failure. */
enum cbec_status xlsx_styles_read(zip_t *package, const char *path, const char *part,
                                  struct xlsx_styles *styles, struct cbec_error *error);
void xlsx_styles_free(struct xlsx_styles *styles);

static inline bool xlsx_style_is_date(const struct xlsx_styles *styles, unsigned style)
{
    return style < styles->is_date.length && styles->is_date.data[style];
}

/* True if a number format (yyyy-mm-dd;@) shows a number as a date or time; elapsed time ([h]:mm) is
 * none. */
bool xlsx_format_is_date(struct slice code);

#endif
