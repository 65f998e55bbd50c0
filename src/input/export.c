#include "input/export.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/archive.h"
#include "input/csv.h"
#include "input/decode.h"
#include "input/file.h"
#include "input/workbook.h"
#include "util/paths.h"
#include "util/utf8.h"

static const workbook_reader workbook_readers[] = {
    [CONTAINER_XLSX] = xlsx_read,
    [CONTAINER_XLS] = xls_read,
};

enum cbec_status
export_each(const char *path, const struct file_patience *patience, export_function function,
            void (*unusable)(void *context, const char *path, const struct cbec_error *error),
            void *context, struct cbec_error *error)
{
    struct export export = {.path = path, .name = path_last_part(path)};
    bool archive;
    enum cbec_status status = file_open(path, patience, &export.file, &export.size, error);
    if (status != CBEC_OK)
        return status;
    status = container_of(export.file, path, &export.container, &archive, error);
    if (status == CBEC_OK && archive) {
        zip_t *zip;
        status = archive_open(export.file, path, &zip, error);
        if (status == CBEC_OK) {
            status = archive_each(zip, path, function, unusable, context, error);
            zip_discard(zip);
        }
    } else if (status == CBEC_OK) {
        status = function(context, &export, error);
    }
    free(export.sheet_name);
    close(export.file);
    return status;
}

/* ---- The table ---------------------------------------------------------------------------------
 */

struct search {
    row_function is_header;
    void *context;
    bool found;
};

static bool search_row(void *context, const struct row *row)
{
    struct search *search = context;
    if (row->ordinal > HEADER_ROWS)
        return false;
    search->found = search->is_header(search->context, row);
    return !search->found && row->ordinal < HEADER_ROWS;
}

static enum cbec_status find_delimiter(struct export *export, struct search *search,
                                       struct cbec_error *error)
{
    static const char delimiters[] = {',', ';', '\t'};
    enum cbec_status status = CBEC_OK;
    for (size_t i = 0; i < sizeof delimiters && status == CBEC_OK && !search->found; i++) {
        search->is_header(search->context, NULL);
        export->delimiter = delimiters[i];
        status = csv_read(export, delimiters[i], DECODER_READ_SIZE, search_row, search, error);
    }
    return status;
}

static enum cbec_status find_sheet(struct export *export, struct search *search,
                                   struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    bool exists = true;
    for (int sheet = 0; exists && status == CBEC_OK && !search->found; sheet++) {
        search->is_header(search->context, NULL);
        free(export->sheet_name);
        export->sheet_name = NULL;
        export->sheet = sheet;
        status = workbook_readers[export->container](export, sheet, &exists, &export->sheet_name,
                                                     search_row, search, error);
    }
    return status;
}

enum cbec_status export_find_table(struct export *export, row_function is_header, void *context,
                                   bool *found, struct cbec_error *error)
{
    struct search search = {.is_header = is_header, .context = context};
    enum cbec_status status = export->container == CONTAINER_TEXT
                                  ? find_delimiter(export, &search, error)
                                  : find_sheet(export, &search, error);
    *found = search.found;
    return status;
}

/* Each is opened anew. */
#define OTHER_SHEETS 16

void export_other_tables(const struct export *export, row_function is_header, void *context,
                         struct buffer *names)
{
    bool exists = export->container != CONTAINER_TEXT;
    for (int sheet = export->sheet + 1; exists && sheet <= export->sheet + OTHER_SHEETS; sheet++) {
        struct search search = {.is_header = is_header, .context = context};
        char *name = NULL;
        workbook_readers[export->container](export, sheet, &exists, &name, search_row, &search,
                                            NULL);
        if (search.found)
            buffer_append_format(names, "%s%s", names->length ? ", " : "", name);
        free(name);
    }
}

enum cbec_status export_read(const struct export *export, row_function function, void *context,
                             struct cbec_error *error)
{
    if (export->container == CONTAINER_TEXT)
        return csv_read(export, export->delimiter, DECODER_READ_SIZE, function, context, error);
    bool exists;
    return workbook_readers[export->container](export, export->sheet, &exists, NULL, function,
                                               context, error);
}
