/* Opening a registry: is it one, and is its schema this program's? */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "registry/registry.h"
#include "registry/schema.h"
#include "registry/statement.h"
#include "util/error.h"

/* Larger than SQLite's default: a record with its business scope takes most of a kilobyte. */
#define PAGE_SIZE "16384"

/* KiB, negative as SQLite wants them: keys come in no order, so that much of their index is used all the time. */
#define CACHE_SIZE "-32768"

const char *cbec_version(void)
{
    return CBEC_VERSION_STRING;
}

static int64_t newest_version(void)
{
    int64_t count = 0;
    while (schema_migrations[count].name)
        count++;
    return count;
}

static enum cbec_status refuse_version(const char *path, int64_t version, struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_REGISTRY,
                     "%s: made by a newer cbec (schema version %lld, this program knows %lld): use "
                     "that one",
                     path, (long long)version, (long long)newest_version());
}

static enum cbec_status refuse_foreign(const char *path, const char *what, struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_REGISTRY,
                     "%s: %s, not a registry: name another file with --db", path, what);
}

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Looks at the file's header before SQLite does, which might roll back a foreign journal. */
static enum cbec_status check_header(int file, const char *path, uint64_t size,
                                     struct cbec_error *error)
{
    unsigned char header[100]; /* https://www.sqlite.org/fileformat2.html, section 1.3 */
    if (size == 0)
        return CBEC_OK;
    ssize_t got = pread(file, header, sizeof header, 0);
    if (got < 0)
        return error_system(error, "read", path);
    if (got < (ssize_t)sizeof header || memcmp(header, "SQLite format 3", 16) != 0)
        return refuse_foreign(path, "no database", error);
    if (big_endian(header + 68) != APPLICATION_ID)
        return refuse_foreign(path, "another program's database", error);
    if (big_endian(header + 60) > (uint64_t)newest_version())
        return refuse_version(path, big_endian(header + 60), error);
    return CBEC_OK;
}

/* Whether the file may be opened; `*exists` is false if it is to be made. */
static enum cbec_status check_file(const char *path, enum cbec_open_mode mode, bool *exists,
                                   struct cbec_error *error)
{
    bool may_be_made = mode == CBEC_OPEN_CREATE || mode == CBEC_OPEN_TRIAL;
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *exists = file >= 0;
    if (file < 0 && errno == ENOENT)
        return may_be_made ? CBEC_OK
                           : error_set(error, CBEC_ERROR_REGISTRY,
                                       "%s: no registry there: make one with `cbec import`", path);
    if (file < 0 || fstat(file, &about) != 0) {
        if (file >= 0)
            close(file);
        return error_system(error, "open", path);
    }
    enum cbec_status status;
    if (!S_ISREG(about.st_mode))
        status = refuse_foreign(path, "no file", error);
    else
        status = check_header(file, path, (uint64_t)about.st_size, error);
    if (status == CBEC_OK && about.st_size == 0 && !may_be_made)
        status = error_set(error, CBEC_ERROR_REGISTRY,
                           "%s: empty, no registry yet: fill it with `cbec import`", path);
    close(file);
    return status;
}

static enum cbec_status migrate(struct cbec_registry *registry, struct cbec_error *error)
{
    int64_t version = 0;
    enum cbec_status status = registry_integer(registry, "PRAGMA user_version", &version, error);
    if (status == CBEC_OK && version > newest_version())
        return refuse_version(registry->path, version, error);
    if (status != CBEC_OK || version == newest_version())
        return status;

    if (version == 0)
        status = registry_execute(registry, "PRAGMA page_size = " PAGE_SIZE, error);
    if (status == CBEC_OK)
        status = registry_begin(registry, error);
    /* Another process may have been faster. */
    if (status == CBEC_OK)
        status = registry_integer(registry, "PRAGMA user_version", &version, error);
    for (; status == CBEC_OK && version < newest_version(); version++)
        status = registry_execute(registry, schema_migrations[version].text, error);
    char pragmas[96];
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %lld",
             APPLICATION_ID, (long long)newest_version());
    if (status == CBEC_OK)
        status = registry_execute(registry, pragmas, error);
    if (status == CBEC_OK)
        status = registry_commit(registry, error);
    registry_rollback(registry);
    return status;
}

static int wait_for_other(void *context, int times)
{
    struct cbec_registry *registry = context;
    if (registry->on_wait && !registry->on_wait(registry->wait_context, (unsigned)times)) {
        registry->gave_up_waiting = true;
        return 0;
    }
    sqlite3_sleep(100);
    return 1;
}

/* A registry that cannot be written can still be asked. */
static enum cbec_status open_database(struct cbec_registry *registry, const char *path,
                                      bool read_only, struct cbec_error *error)
{
    int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(path, &registry->db, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return registry->db ? registry_error(registry, error) : error_no_memory(error);
    sqlite3_busy_handler(registry->db, wait_for_other, registry);
    sqlite3_db_config(registry->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(registry->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    if (read_only)
        return CBEC_OK;
    enum cbec_status status = registry_execute(
        registry, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL", error);
    if (status == CBEC_OK)
        status = migrate(registry, error);
    /* Only now: the mode is written to the header, which must be a registry's by then. */
    if (status == CBEC_OK)
        status = registry_execute(registry, "PRAGMA journal_mode = WAL; PRAGMA cache_size = " CACHE_SIZE,
                                  error);
    return status;
}

enum cbec_status cbec_open(const char *path, enum cbec_open_mode mode,
                           struct cbec_registry **registry, struct cbec_error *error)
{
    bool exists;
    *registry = NULL;
    enum cbec_status status = check_file(path, mode, &exists, error);
    if (status != CBEC_OK)
        return status;
    struct cbec_registry *opened = calloc(1, sizeof *opened);
    if (opened)
        opened->path = strdup(path);
    if (!opened || !opened->path) {
        free(opened);
        return error_no_memory(error);
    }
    bool read_only = mode == CBEC_OPEN_READ && access(path, W_OK) != 0;
    const char *file = mode == CBEC_OPEN_TRIAL && !exists ? ":memory:" : path;
    status = open_database(opened, file, read_only, error);
    if (status == CBEC_OK && mode == CBEC_OPEN_READ)
        status = registry_execute(opened, "PRAGMA temp_store = MEMORY", error);
    if (status != CBEC_OK) {
        cbec_close(opened);
        return status;
    }
    *registry = opened;
    return CBEC_OK;
}

void cbec_close(struct cbec_registry *registry)
{
    if (!registry)
        return;
    sqlite3_close(registry->db);
    free(registry->path);
    free(registry);
}

void cbec_on_wait(struct cbec_registry *registry, bool (*function)(void *context, unsigned times),
                  void *context)
{
    registry->on_wait = function;
    registry->wait_context = context;
}

enum cbec_status registry_begin(struct cbec_registry *registry, struct cbec_error *error)
{
    registry->gave_up_waiting = false;
    return registry_execute(registry, "BEGIN IMMEDIATE", error);
}

enum cbec_status registry_commit(struct cbec_registry *registry, struct cbec_error *error)
{
    return registry_execute(registry, "COMMIT", error);
}

void registry_rollback(struct cbec_registry *registry)
{
    if (!sqlite3_get_autocommit(registry->db))
        registry_execute(registry, "ROLLBACK", NULL);
}
