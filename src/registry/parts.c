#include "registry/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/paths.h"

bool registry_has_part(const char *registry, const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char *whole = path_whole(path);
    char *whole_registry = path_whole(registry);
    bool is = !whole || !whole_registry;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes && !is; i++) {
        char *part;
        if (asprintf(&part, "%s%s", whole_registry, suffixes[i]) < 0)
            part = NULL;
        is = !part || strcmp(whole, part) == 0 || path_same_file(path, part);
        free(part);
    }
    free(whole);
    free(whole_registry);
    return is;
}
