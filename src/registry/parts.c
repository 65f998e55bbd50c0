#include "registry/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/paths.h"

/* To be freed; NULL: no memory. */
static char *name_part(const char *file, const char *suffix)
{
    char *part;
    return asprintf(&part, "%s%s", file, suffix) < 0 ? NULL : part;
}

int64_t part_size(const char *file, const char *suffix)
{
    struct stat about;
    char *part = name_part(file, suffix);
    bool is_there = part && stat(part, &about) == 0;
    free(part);
    return is_there ? about.st_size : -1;
}

void part_unlink(const char *file, const char *suffix)
{
    char *part = name_part(file, suffix);
    if (part)
        unlink(part);
    free(part);
}

bool registry_has_part(const char *registry, const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char *whole = path_whole(path);
    char *whole_registry = path_whole(registry);
    bool is = !whole || !whole_registry;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes && !is; i++) {
        char *part = name_part(whole_registry, suffixes[i]);
        is = !part || strcmp(whole, part) == 0 || path_same_file(path, part);
        free(part);
    }
    free(whole);
    free(whole_registry);
    return is;
}
