/* parts.h: the files of a registry. */
#ifndef CBEC_REGISTRY_PARTS_H
#define CBEC_REGISTRY_PARTS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Whether a path leads to the registry, or to what lies beside it, where its last changes may
 * stand; also while they are not there. Nobody but SQLite may so much as open these: when a
 * process closes a file, its locks on that file are gone (POSIX).
 */
bool registry_has_part(const char *registry, const char *path);

/* Of what lies beside a registry's file under its name and "-journal", say. The size in bytes, -1
 * if it is not there. */
int64_t part_size(const char *file, const char *suffix);
void part_unlink(const char *file, const char *suffix);

#endif
