/* archive.h: zip files that hold exports, or are workbooks. */
#ifndef CBEC_INPUT_ARCHIVE_H
#define CBEC_INPUT_ARCHIVE_H

#include "late/zip.h"

#include "input/export.h"

/* Opens the zip archive in `file`, which stays open; closed with zip_discard. */
enum cbec_status archive_open(int file, const char *path, zip_t **archive,
                              struct cbec_error *error);

/* What a file is by its content; `*archive` says whether it is a zip that is no Office document. */
enum cbec_status container_of(int file, const char *path, enum container *container, bool *archive,
                              struct cbec_error *error);

/*
 * Copies each member that is no folder to a temporary file without a name and hands it on as in
 * export_each.
 */
enum cbec_status archive_each(zip_t *archive, const char *path, export_function function,
                              void (*unusable)(void *context, const char *path,
                                               const struct cbec_error *error),
                              void *context, struct cbec_error *error);

#endif
