#include "util/paths.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The path from the root, links not followed. */
static char *path_from_root(const char *path)
{
    if (path[0] == '/')
        return strdup(path);
    char *folder = getcwd(NULL, 0); /* NULL: it is there no more */
    char *whole;
    if (asprintf(&whole, "%s/%s", folder ? folder : ".", path) < 0)
        whole = NULL;
    free(folder);
    return whole;
}

char *path_whole(const char *path)
{
    char *whole = realpath(path, NULL);
    char link[4096];
    char *next = NULL;
    if (whole)
        return whole;
    if (errno != ENOENT) /* links that lead to each other, for instance */
        return path_from_root(path);
    char *copy = strdup(path);
    char *folder = copy ? realpath(dirname(copy), NULL) : NULL;
    free(copy);
    if (!folder)
        return path_from_root(path);
    ssize_t length = readlink(path, link, sizeof link - 1);
    if (length > 0) { /* a link that leads to nothing yet */
        link[length] = '\0';
        if (asprintf(&next, "%s%s%s", link[0] == '/' ? "" : folder, link[0] == '/' ? "" : "/",
                     link) < 0)
            next = NULL;
        whole = next ? path_whole(next) : NULL;
        free(next);
    } else {
        const char *slash = strrchr(path, '/');
        if (asprintf(&whole, "%s/%s", folder, slash ? slash + 1 : path) < 0)
            whole = NULL;
    }
    free(folder);
    return whole;
}

const char *path_last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *path_of_input(const char *named)
{
    return strcmp(named, "-") == 0 ? "/dev/stdin" : named;
}

bool path_same_file(const char *a, const char *b)
{
    struct stat of_a, of_b;
    return stat(a, &of_a) == 0 && stat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
           of_a.st_ino == of_b.st_ino;
}
