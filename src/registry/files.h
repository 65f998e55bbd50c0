/*
 * files.h: the files of a registry, which SQLite reads and writes as it always does, except that
 *
 *   - what it has written of a large transaction goes on to the disk while more is being written,
 *     so that the commit has little left to wait for; and so does what it copies out of the log,
 *     where that is sure to be synced at the end;
 *   - what it has copied out of the log leaves memory, which the copy needs, and so does the
 *     beginning of a long registry while the rest is written (forget.h).
 *
 * Nothing depends on any of it: SQLite syncs what it would sync, and is told of errors. That it
 * will sync what is copied out of the log follows from the locks it holds (files.c).
 */
#ifndef CBEC_REGISTRY_FILES_H
#define CBEC_REGISTRY_FILES_H

#include <stdbool.h>

#include "util/error.h"

/* Whether an errno says that there is no room: no disk, quota or permitted size is left. */
bool files_are_full(int reason);

/* The name of the VFS by which to open a registry, for sqlite3_open_v2. */
const char *files_vfs(void);

/*
 * Reads how a file, named from the root, begins, and fills up with zeros what it is too short for.
 * Where this process has it open already it keeps its locks: SQLite closes the file when these are
 * gone. `path` is what the user calls it.
 */
enum cbec_status files_peek(const char *file, const char *path, void *bytes, int count,
                            struct cbec_error *error);

#endif
