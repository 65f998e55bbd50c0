/*
 * export.h: one export, as a file or as a member of an archive: what it is, and its rows.
 */
#ifndef CBEC_INPUT_EXPORT_H
#define CBEC_INPUT_EXPORT_H

#include "input/file.h"
#include "record/row.h"
#include "util/buffer.h"

enum container { CONTAINER_TEXT, CONTAINER_XLSX, CONTAINER_XLS };

struct export
{
    int file;            /* readable from the start as often as needed */
    uint64_t size;       /* bytes */
    uint64_t *position;  /* where readers note how far they have come, in bytes; or NULL */
    const char *path;    /* as messages show it: archive.zip/member.csv for a member */
    const char *name;    /* the last part of the path, of a member its own */
    const char *archive; /* the archive's name, for a member; else NULL */
    enum container container;
    const char *encoding; /* of a text file; NULL for workbooks */
    char delimiter;       /* of a text file, once the header is found */
    int sheet;            /* of a workbook, once the header is found: its place, from 0 */
    char *sheet_name;     /* owned */
};

/* Takes one export, which it does not keep. */
typedef enum cbec_status (*export_function)(void *context, struct export *export,
                                            struct cbec_error *error);

/*
 * Opens `path` ("-": standard input) and calls `function` for the export it is, or for each one
 * that the archive holds, in the archive's order; what a member's call returns does not keep the
 * others from being read. Members that cannot be unpacked (encrypted or damaged ones, archives) are
 * passed to `unusable` with the reason. Returns the first status that was not CBEC_OK.
 */
enum cbec_status
export_each(const char *path, const struct file_patience *patience, export_function function,
            void (*unusable)(void *context, const char *path, const struct cbec_error *error),
            void *context, struct cbec_error *error);

/*
 * Finds the table: the delimiter or the sheet with which `is_header` accepts a row. It is called
 * with NULL before each attempt, then with the rows of the beginning until it returns true or
 * HEADER_ROWS rows have been shown. `*found` says whether there is one.
 */
#define HEADER_ROWS 20
enum cbec_status export_find_table(struct export *export, row_function is_header, void *context,
                                   bool *found, struct cbec_error *error);

/*
 * Appends the names of sheets that are not read although they have a table of their own: those
 * (up to 16) behind the sheet that is, with a row that `is_header` accepts. What is wrong with one
 * of them is nobody's concern.
 */
void export_other_tables(const struct export *export, row_function is_header, void *context,
                         struct buffer *names);

/* Pushes all rows of the table into `function`, from the first row of the file or sheet on. */
enum cbec_status export_read(const struct export *export, row_function function, void *context,
                             struct cbec_error *error);

#endif
