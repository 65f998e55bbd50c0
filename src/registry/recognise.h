/* recognise.h: whether a file is a registry of this program's, before anything is done to it. */
#ifndef CBEC_REGISTRY_RECOGNISE_H
#define CBEC_REGISTRY_RECOGNISE_H

#include "registry/registry.h"

/* The schema version of this program. */
int64_t newest_version(void);

/* Whether the registry's file may be opened; `*filled` is false if it is to be made. Not a byte of
 * the file changes, nor of its journal or log. */
enum cbec_status recognise(const struct cbec_registry *registry, enum cbec_open_mode mode,
                           bool *filled, struct cbec_error *error);

/*
 * A first import writes to a rollback journal, all later ones to a write-ahead log: while there is
 * a journal the file is not yet what it will be.
 */
bool is_being_made(const char *file);

/* Whether somebody has it open, or was cut off: it then has a log, or a part of memory that all
 * share. */
bool is_open(const char *file);

/* Whether this process may write to the file, or make it, and make others beside it, as SQLite has
 * to; else errno says why not. */
bool can_be_written(const char *file);

/* What is said of files that are none. `path` is as the user gave it. */
enum cbec_status refuse_version(const char *path, int64_t version, struct cbec_error *error);
enum cbec_status refuse_foreign(const char *path, const char *what, struct cbec_error *error);
enum cbec_status no_registry_yet(const char *path, struct cbec_error *error);

#endif
