#include <stdlib.h>

#include "input/archive.h"
#include "input/workbook.h"
#include "input/xlsx_sheet.h"
#include "util/error.h"

struct opened {
    zip_t *package;
    zip_t *package_of_sheet; /* the same once more, for a thread that unpacks the sheet */
    struct xlsx_parts parts;
    struct xlsx_styles styles;
    struct xlsx_strings *strings;
};

/* Reads one sheet of an opened workbook. */
static enum cbec_status read_sheet(const struct export *export, struct opened *opened,
                                   const struct xlsx_sheet *sheet, row_function function,
                                   void *context, struct cbec_error *error)
{
    if (!sheet->part)
        return error_set(error, CBEC_ERROR_INPUT,
                         "%s: a damaged workbook: it does not say where its sheet \"%s\" lies",
                         export->path, sheet->name);
    enum cbec_status status = xlsx_styles_read(opened->package, export->path, opened->parts.styles,
                                               &opened->styles, error);
    if (status == CBEC_OK)
        status = xlsx_strings_open(opened->package, export->path, opened->parts.strings,
                                   XLSX_STRINGS_IN_MEMORY, &opened->strings, error);
    if (status == CBEC_OK)
        status = archive_open(export->file, export->path, &opened->package_of_sheet, error);
    if (status != CBEC_OK)
        return status;
    struct xlsx_sheet_reading reading = {.package = opened->package_of_sheet,
                                         .path = export->path,
                                         .part = sheet->part,
                                         .dates = opened->parts.dates,
                                         .styles = &opened->styles,
                                         .strings = opened->strings,
                                         .function = function,
                                         .context = context};
    return xlsx_sheet_read(&reading, error);
}

enum cbec_status xlsx_read(const struct export *export, int sheet, bool *exists, char **name,
                           row_function function, void *context, struct cbec_error *error)
{
    struct opened opened = {0};
    *exists = false;
    enum cbec_status status = archive_open(export->file, export->path, &opened.package, error);
    if (status == CBEC_OK)
        status = xlsx_parts_read(opened.package, export->path, &opened.parts, error);
    if (status != CBEC_OK)
        goto done;
    *exists = sheet >= 0 && (size_t)sheet < opened.parts.sheet_count;
    if (!*exists)
        goto done;
    const struct xlsx_sheet *wanted = &opened.parts.sheets[sheet];
    if (name) {
        *name = strdup(wanted->name);
        if (!*name) {
            status = error_no_memory(error);
            goto done;
        }
    }
    status = read_sheet(export, &opened, wanted, function, context, error);

done:
    xlsx_strings_close(opened.strings);
    xlsx_styles_free(&opened.styles);
    xlsx_parts_free(&opened.parts);
    if (opened.package_of_sheet)
        zip_discard(opened.package_of_sheet);
    if (opened.package)
        zip_discard(opened.package);
    return status;
}
