/* Opening a registry: is it one, and is its schema this program's? */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "registry/files.h"
#include "registry/registry.h"
#include "registry/schema.h"
#include "registry/statement.h"
#include "util/error.h"

/* Larger than SQLite's default: a record with its business scope takes most of a kilobyte. */
#define PAGE_SIZE "65536"

/* KiB, negative as SQLite wants them. An import writes tables at their ends: more would only be
 * written later, at the commit. */
#define CACHE_SIZE "-16384"

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

static enum cbec_status no_registry_yet(const char *path, struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_REGISTRY,
                     "%s: empty, no registry yet: fill it with `cbec import`", path);
}

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/*
 * A first import writes to a rollback journal, all later ones to a write-ahead log: while there is
 * a journal the file is not yet what it will be.
 */
static char *journal_of(const char *path)
{
    char *journal;
    return asprintf(&journal, "%s-journal", path) < 0 ? NULL : journal;
}

static bool is_being_made(const char *path)
{
    char *journal = journal_of(path);
    bool exists = journal && access(journal, F_OK) == 0;
    free(journal);
    return exists;
}

/* Looks at the file's header before SQLite does, which might roll back a foreign journal. */
static enum cbec_status check_header(const char *path, int64_t size, struct cbec_error *error)
{
    unsigned char header[100]; /* https://www.sqlite.org/fileformat2.html, section 1.3 */
    enum cbec_status status = files_peek(path, header, sizeof header, error);
    if (status != CBEC_OK)
        return status;
    /* A first import may have written what lies behind its first page before that. */
    static const unsigned char nothing[sizeof header];
    if (memcmp(header, nothing, sizeof header) == 0 && is_being_made(path))
        return CBEC_OK;
    if (size < (int64_t)sizeof header || memcmp(header, "SQLite format 3", 16) != 0)
        return refuse_foreign(path, "no database", error);
    if (big_endian(header + 68) != APPLICATION_ID)
        return refuse_foreign(path, "another program's database", error);
    if (big_endian(header + 60) > (uint64_t)newest_version())
        return refuse_version(path, big_endian(header + 60), error);
    return CBEC_OK;
}

/* Whether the file may be opened; `*filled` is false if it is to be made. */
static enum cbec_status check_file(const char *path, enum cbec_open_mode mode, bool *filled,
                                   struct cbec_error *error)
{
    bool may_be_made = mode == CBEC_OPEN_CREATE || mode == CBEC_OPEN_TRIAL;
    struct stat about;
    *filled = false;
    bool is_there = stat(path, &about) == 0;
    if (!is_there && errno != ENOENT)
        return error_system(error, "open", path);
    if (!is_there && may_be_made)
        return CBEC_OK;
    if (!is_there)
        return error_set(error, CBEC_ERROR_REGISTRY,
                         "%s: no registry there: make one with `cbec import`", path);
    if (!S_ISREG(about.st_mode))
        return refuse_foreign(path, S_ISDIR(about.st_mode) ? "a folder" : "no file", error);
    *filled = about.st_size > 0 && !(may_be_made && is_being_made(path));
    enum cbec_status status = CBEC_OK;
    if (about.st_size > 0)
        status = check_header(path, about.st_size, error);
    return status == CBEC_OK && !*filled && !may_be_made ? no_registry_yet(path, error) : status;
}

/* Brings the schema up to date, inside a transaction. */
static enum cbec_status migrate(struct cbec_registry *registry, struct cbec_error *error)
{
    int64_t version;
    char pragmas[96];
    enum cbec_status status = registry_integer(registry, "PRAGMA user_version", &version, error);
    if (status == CBEC_OK && version > newest_version())
        return refuse_version(registry->path, version, error);
    if (status != CBEC_OK || version == newest_version())
        return status;
    for (; status == CBEC_OK && version < newest_version(); version++)
        status = registry_execute(registry, schema_migrations[version].text, error);
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %lld",
             APPLICATION_ID, (long long)newest_version());
    return status == CBEC_OK ? registry_execute(registry, pragmas, error) : status;
}

/* Brings an older registry up to date; does not touch one that is. */
static enum cbec_status update(struct cbec_registry *registry, struct cbec_error *error)
{
    int64_t version;
    enum cbec_status status = registry_integer(registry, "PRAGMA user_version", &version, error);
    if (status == CBEC_OK && version > newest_version())
        return refuse_version(registry->path, version, error);
    if (status != CBEC_OK || version == newest_version())
        return status;
    status = registry_execute(registry, "BEGIN IMMEDIATE", error);
    if (status == CBEC_OK)
        status = migrate(registry, error);
    if (status == CBEC_OK)
        status = registry_commit(registry, error);
    registry_rollback(registry);
    return status;
}

/* Tries so often for each time that somebody is told: between two files of one import others have
 * little time to begin. */
#define TRIES 10

static int wait_for_other(void *context, int times)
{
    struct cbec_registry *registry = context;
    if (registry->waits_for_nobody)
        return 0;
    /* While it is opened nobody has said what to do meanwhile; only a first import can be in the
     * way. */
    if (registry->opening) {
        if (is_being_made(registry->path))
            return 0;
        sqlite3_sleep(20);
        return times < 100;
    }
    if (registry->on_wait && times % TRIES == 0 &&
        !registry->on_wait(registry->wait_context, (unsigned)(times / TRIES))) {
        registry->gave_up_waiting = true;
        return 0;
    }
    sqlite3_sleep(100 / TRIES);
    return 1;
}

/* Pages of the log, from which on they are taken over into the file at a commit; as SQLite has it.
 */
#define LOG_PAGES 1000

/*
 * SQLite itself would let others add to the log meanwhile, and might leave a part of it: only where
 * it takes over the whole can the disk be told before the end (files.c). Waits for nobody: what
 * readers are in the way of is left to the next commit, or the last close; and so is, as with
 * SQLite's own hook, what failed. The commit has succeeded, and the log still has all of it.
 */
static int take_log_over(void *context, sqlite3 *db, const char *schema, int pages)
{
    struct cbec_registry *registry = context;
    if (pages < LOG_PAGES)
        return SQLITE_OK;
    registry->waits_for_nobody = true;
    sqlite3_wal_checkpoint_v2(db, schema, SQLITE_CHECKPOINT_FULL, NULL, NULL);
    registry->waits_for_nobody = false;
    return SQLITE_OK;
}

static enum cbec_status connect_to(struct cbec_registry *registry, const char *file, int flags,
                                   struct cbec_error *error)
{
    flags |= SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(file, &registry->db, flags, files_vfs()) != SQLITE_OK)
        return registry->db ? registry_error(registry, error) : error_no_memory(error);
    sqlite3_busy_handler(registry->db, wait_for_other, registry);
    sqlite3_wal_hook(registry->db, take_log_over, registry);
    sqlite3_db_config(registry->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(registry->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    /* SQLite would keep a second journal of rows that others may refer to while it deletes them, as
     * large as they are; and vintages are worked out in temporary tables, which cannot refer to
     * those of the file. cbec_check looks at all references at once. */
    return registry_execute(
        registry,
        "PRAGMA foreign_keys = OFF; PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF", error);
}

static enum cbec_status use_wal(struct cbec_registry *registry, struct cbec_error *error)
{
    return registry_execute(registry, "PRAGMA journal_mode = WAL; PRAGMA cache_size = " CACHE_SIZE,
                            error);
}

static enum cbec_status open_memory(struct cbec_registry *registry, struct cbec_error *error)
{
    enum cbec_status status =
        connect_to(registry, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
    return status == CBEC_OK ? update(registry, error) : status;
}

static enum cbec_status open_file(struct cbec_registry *registry, enum cbec_open_mode mode,
                                  struct cbec_error *error)
{
    /* A registry that cannot be written can still be asked. */
    bool read_only = mode == CBEC_OPEN_READ && access(registry->path, W_OK) != 0;
    enum cbec_status status = connect_to(
        registry, registry->path, read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, error);
    int64_t application = 0;
    if (status == CBEC_OK)
        status = registry_integer(registry, "PRAGMA application_id", &application, error);
    /* An import that was cut off, or is under way, has left nothing in it. */
    if (status == CBEC_OK ? application == 0 : is_being_made(registry->path))
        return no_registry_yet(registry->path, error);
    if (status == CBEC_OK && application != APPLICATION_ID)
        return refuse_foreign(registry->path, "another program's database", error);
    if (status == CBEC_OK && !read_only)
        status = update(registry, error);
    if (status == CBEC_OK && mode == CBEC_OPEN_READ)
        return status;
    return status == CBEC_OK ? use_wal(registry, error) : status;
}

enum cbec_status cbec_open(const char *path, enum cbec_open_mode mode,
                           struct cbec_registry **registry, struct cbec_error *error)
{
    bool filled;
    *registry = NULL;
    if (!*path)
        return error_set(error, CBEC_ERROR_USAGE,
                         "the name of the registry is empty: name a file with --db");
    enum cbec_status status = check_file(path, mode, &filled, error);
    if (status != CBEC_OK)
        return status;
    struct cbec_registry *opened = calloc(1, sizeof *opened);
    if (opened)
        opened->path = strdup(path);
    if (!opened || !opened->path) {
        free(opened);
        return error_no_memory(error);
    }
    opened->unmade = !filled && mode == CBEC_OPEN_CREATE;
    opened->opening = true;
    status = filled ? open_file(opened, mode, error) : open_memory(opened, error);
    if (status != CBEC_OK) {
        cbec_close(opened);
        return status;
    }
    opened->opening = false;
    *registry = opened;
    return CBEC_OK;
}

enum cbec_status registry_open_memory(struct cbec_registry **registry, struct cbec_error *error)
{
    *registry = calloc(1, sizeof **registry);
    if (!*registry)
        return error_no_memory(error);
    enum cbec_status status = open_memory(*registry, error);
    if (status != CBEC_OK) {
        cbec_close(*registry);
        *registry = NULL;
    }
    return status;
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

/* Steps of SQLite's machine between two calls: some thousand calls a second. */
#define PROGRESS_STEPS 100000

static int tell_progress(void *context)
{
    struct cbec_registry *registry = context;
    return !registry->on_progress(registry->progress_context, registry->done, registry->total);
}

void cbec_on_progress(struct cbec_registry *registry,
                      bool (*function)(void *context, uint64_t done, uint64_t total), void *context)
{
    registry->on_progress = function;
    registry->progress_context = context;
    sqlite3_progress_handler(registry->db, PROGRESS_STEPS, function ? tell_progress : NULL,
                             registry);
}

/* ---- Transactions ------------------------------------------------------------------------------
 */

/* Opens the file that is to be made, and begins the transaction that makes it. */
static enum cbec_status begin_making(struct cbec_registry *registry, struct cbec_error *error)
{
    int moved = 0;
    int64_t version = 0, tables = 0;
    bool created = access(registry->path, F_OK) != 0;
    registry->created = false;
    enum cbec_status status =
        connect_to(registry, registry->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
    if (status == CBEC_OK)
        status = registry_execute(registry,
                                  "PRAGMA page_size = " PAGE_SIZE
                                  "; PRAGMA cache_size = " CACHE_SIZE "; BEGIN IMMEDIATE",
                                  error);
    if (status != CBEC_OK)
        return status;
    /* Another process that was making it may have failed, and have taken the file away with it. */
    sqlite3_file_control(registry->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved) {
        sqlite3_close(registry->db);
        registry->db = NULL;
        return begin_making(registry, error);
    }
    /* Or it may have been faster, and the registry is there. */
    status = registry_integer(registry, "PRAGMA user_version", &version, error);
    registry->created = created && version == 0;
    if (status == CBEC_OK && version == 0)
        status = registry_integer(registry, "SELECT count(*) FROM sqlite_schema", &tables, error);
    if (status == CBEC_OK && tables > 0)
        return refuse_foreign(registry->path, "another program's database", error);
    return status == CBEC_OK ? migrate(registry, error) : status;
}

enum cbec_status registry_begin(struct cbec_registry *registry, struct cbec_error *error)
{
    registry->gave_up_waiting = false;
    if (!registry->unmade)
        return registry_execute(registry, "BEGIN IMMEDIATE", error);
    sqlite3_close(registry->db);
    registry->db = NULL;
    registry->making = true;
    enum cbec_status status = begin_making(registry, error);
    if (status != CBEC_OK)
        registry_rollback(registry);
    return status;
}

enum cbec_status registry_commit(struct cbec_registry *registry, struct cbec_error *error)
{
    enum cbec_status status = registry_execute(registry, "COMMIT", error);
    if (status != CBEC_OK || !registry->making)
        return status;
    registry->making = registry->unmade = false;
    /* While others look at it, it stays as it is until it is next opened. */
    use_wal(registry, NULL);
    return CBEC_OK;
}

static void unlink_made(const char *path)
{
    char *journal = journal_of(path);
    if (journal)
        unlink(journal);
    free(journal);
    unlink(path);
}

void registry_rollback(struct cbec_registry *registry)
{
    if (registry->making) {
        registry->making = false;
        /* Taken away while its lock is held: who waits for that will see it
         * (SQLITE_FCNTL_HAS_MOVED). */
        if (registry->created)
            unlink_made(registry->path);
        if (registry->db && !sqlite3_get_autocommit(registry->db))
            registry_execute(registry, "ROLLBACK", NULL);
        sqlite3_close(registry->db);
        registry->db = NULL;
        open_memory(registry, NULL);
    } else if (!sqlite3_get_autocommit(registry->db)) {
        registry_execute(registry, "ROLLBACK", NULL);
    }
}
