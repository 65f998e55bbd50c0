/* paths.h: which file a path leads to. */
#ifndef CBEC_UTIL_PATHS_H
#define CBEC_UTIL_PATHS_H

#include <stdbool.h>

/* The path from the root by which a file is, or would be, found: links followed, also where it is
 * not there yet, unless a folder is not there. To be freed; NULL: no memory. */
char *path_whole(const char *path);

/* The path of what an import is to read: "-" is standard input. */
const char *path_of_input(const char *named);

/* What stands behind the last slash. */
const char *path_last_part(const char *path);

/* Both paths lead to one file that is there. */
bool path_same_file(const char *a, const char *b);

#endif
