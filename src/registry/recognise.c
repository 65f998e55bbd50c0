#include "registry/recognise.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "registry/files.h"
#include "registry/parts.h"
#include "registry/schema.h"
#include "util/error.h"

int64_t newest_version(void)
{
    int64_t count = 0;
    while (schema_migrations[count].name)
        count++;
    return count;
}

enum cbec_status refuse_version(const char *path, int64_t version, struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_REGISTRY,
                     "%s: made by a newer cbec (schema version %lld, this program knows %lld): use "
                     "that one",
                     path, (long long)version, (long long)newest_version());
}

enum cbec_status refuse_foreign(const char *path, const char *what, struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_REGISTRY,
                     "%s: %s, not a registry: name another file with --db", path, what);
}

enum cbec_status no_registry_yet(const char *path, struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_REGISTRY,
                     "%s: empty, no registry yet: fill it with `cbec import`", path);
}

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

bool is_being_made(const char *file)
{
    return part_size(file, "-journal") >= 0;
}

bool is_open(const char *file)
{
    return is_being_made(file) || part_size(file, "-wal") >= 0 || part_size(file, "-shm") >= 0;
}

bool can_be_written(const char *file)
{
    char *copy = strdup(file);
    bool can =
        copy && (access(file, W_OK) == 0 || errno == ENOENT) && access(dirname(copy), W_OK) == 0;
    free(copy);
    return can;
}

/* Looks at the file's header before SQLite does, which might roll back a foreign journal. */
static enum cbec_status check_header(const struct cbec_registry *registry, int64_t size,
                                     struct cbec_error *error)
{
    const char *path = registry->path;
    unsigned char header[100]; /* https://www.sqlite.org/fileformat2.html, section 1.3 */
    enum cbec_status status = files_peek(registry->file, path, header, sizeof header, error);
    if (status != CBEC_OK)
        return status;
    /* A first import may have written what lies behind its first page before that. */
    static const unsigned char nothing[sizeof header];
    if (memcmp(header, nothing, sizeof header) == 0 && is_being_made(registry->file))
        return CBEC_OK;
    if (size < (int64_t)sizeof header || memcmp(header, "SQLite format 3", 16) != 0)
        return refuse_foreign(path, "no database", error);
    if (big_endian(header + 68) != APPLICATION_ID)
        return refuse_foreign(path, "another program's database", error);
    if (big_endian(header + 60) > (uint64_t)newest_version())
        return refuse_version(path, big_endian(header + 60), error);
    return CBEC_OK;
}

enum cbec_status recognise(const struct cbec_registry *registry, enum cbec_open_mode mode,
                           bool *filled, struct cbec_error *error)
{
    const char *path = registry->path;
    bool may_be_made = mode == CBEC_OPEN_CREATE || mode == CBEC_OPEN_TRIAL;
    struct stat about;
    *filled = false;
    bool is_there = stat(registry->file, &about) == 0;
    if (!is_there && errno != ENOENT)
        return error_system(error, "open", path);
    if (!is_there && may_be_made)
        return CBEC_OK;
    if (!is_there)
        return error_set(error, CBEC_ERROR_REGISTRY,
                         "%s: no registry there: make one with `cbec import`", path);
    if (!S_ISREG(about.st_mode))
        return refuse_foreign(path, S_ISDIR(about.st_mode) ? "a folder" : "no file", error);
    *filled = about.st_size > 0 && !(may_be_made && is_being_made(registry->file));
    enum cbec_status status = CBEC_OK;
    if (about.st_size > 0)
        status = check_header(registry, about.st_size, error);
    return status == CBEC_OK && !*filled && !may_be_made ? no_registry_yet(path, error) : status;
}
