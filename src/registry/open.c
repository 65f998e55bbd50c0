/* Opening a registry, and its transactions. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "registry/files.h"
#include "registry/parts.h"
#include "registry/recognise.h"
#include "registry/schema.h"
#include "registry/statement.h"
#include "util/buffer.h"
#include "util/error.h"
#include "util/paths.h"

/* Larger than SQLite's default: a record with its business scope takes most of a kilobyte. */
#define PAGE_SIZE "65536"

/* KiB, negative as SQLite wants them. An import writes tables at their ends: more would only be
 * written later, at the commit. */
#define CACHE_SIZE "-16384"

const char *cbec_version(void)
{
    return CBEC_VERSION_STRING;
}

/* ---- The schema --------------------------------------------------------------------------------
 */

/* The schema that a registry has: none newer than this program's. */
static enum cbec_status read_version(struct cbec_registry *registry, int64_t *version,
                                     struct cbec_error *error)
{
    enum cbec_status status = registry_integer(registry, "PRAGMA user_version", version, error);
    return status == CBEC_OK && *version > newest_version()
               ? refuse_version(registry->path, *version, error)
               : status;
}

/* Brings the schema up to date, inside a transaction. */
static enum cbec_status migrate(struct cbec_registry *registry, struct cbec_error *error)
{
    int64_t version;
    char pragmas[96];
    enum cbec_status status = read_version(registry, &version, error);
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
    enum cbec_status status = read_version(registry, &version, error);
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

/* ---- Waiting for others ------------------------------------------------------------------------
 */

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
        if (is_being_made(registry->file))
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

bool registry_has_changed(const struct cbec_registry *registry)
{
    const struct stat *was = &registry->was;
    struct stat is;
    return registry->as_it_is &&
           (stat(registry->file, &is) != 0 || is.st_size != was->st_size ||
            is.st_mtim.tv_sec != was->st_mtim.tv_sec || is.st_mtim.tv_nsec != was->st_mtim.tv_nsec);
}

/* Reads the file alone, and makes none beside it. Others may write to it meanwhile, which
 * registry_has_changed tells. */
static enum cbec_status connect_as_it_is(struct cbec_registry *registry, struct cbec_error *error)
{
    struct buffer uri = {0};
    registry->as_it_is = true;
    if (stat(registry->file, &registry->was) != 0)
        return error_system(error, "open", registry->path);
    buffer_append(&uri, SLICE("file:"));
    for (const char *at = registry->file; *at; at++)
        buffer_append_format(&uri, isalnum((unsigned char)*at) || *at == '/' ? "%c" : "%%%02X",
                             (unsigned char)*at);
    buffer_append(&uri, SLICE("?immutable=1"));
    enum cbec_status status = uri.failed
                                  ? error_no_memory(error)
                                  : connect_to(registry, buffer_string(&uri),
                                               SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
    buffer_free(&uri);
    return status;
}

/*
 * A registry that cannot be written can still be asked. SQLite would make files beside it even to
 * read it, which the registry's owner could not write, if it may make any: so it is read as it is,
 * unless somebody has it open.
 */
static enum cbec_status connect_to_file(struct cbec_registry *registry, bool read_only,
                                        struct cbec_error *error)
{
    if (read_only && !is_open(registry->file))
        return connect_as_it_is(registry, error);
    enum cbec_status status = connect_to(
        registry, registry->file, read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, error);
    /* Until it is known to be a registry, its log is nobody's to take over. */
    if (registry->db)
        sqlite3_db_config(registry->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return status;
}

static enum cbec_status open_file(struct cbec_registry *registry, enum cbec_open_mode mode,
                                  struct cbec_error *error)
{
    int64_t application = 0;
    bool read_only = mode == CBEC_OPEN_READ && !can_be_written(registry->file);
    enum cbec_status status = connect_to_file(registry, read_only, error);
    if (status == CBEC_OK)
        status = registry_integer(registry, "PRAGMA application_id", &application, error);
    /* An import that was cut off, or is under way, has left nothing in it. */
    if (status == CBEC_OK ? application == 0 : is_being_made(registry->file))
        return no_registry_yet(registry->path, error);
    if (status == CBEC_OK && application != APPLICATION_ID)
        return refuse_foreign(registry->path, "another program's database", error);
    int64_t version;
    if (status == CBEC_OK)
        status = read_only ? read_version(registry, &version, error) : update(registry, error);
    if (status == CBEC_OK && mode != CBEC_OPEN_READ)
        status = use_wal(registry, error);
    if (status == CBEC_OK)
        sqlite3_db_config(registry->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    return status;
}

enum cbec_status cbec_open(const char *path, enum cbec_open_mode mode,
                           struct cbec_registry **registry, struct cbec_error *error)
{
    bool filled;
    *registry = NULL;
    if (!*path)
        return error_set(error, CBEC_ERROR_USAGE,
                         "the name of the registry is empty: name a file with --db");
    struct cbec_registry *opened = calloc(1, sizeof *opened);
    if (opened) {
        opened->path = strdup(path);
        opened->file = path_whole(path);
    }
    if (!opened || !opened->path || !opened->file) {
        cbec_close(opened);
        return error_no_memory(error);
    }
    enum cbec_status status = recognise(opened, mode, &filled, error);
    opened->unmade = status == CBEC_OK && !filled && mode == CBEC_OPEN_CREATE;
    opened->opening = true;
    if (status == CBEC_OK)
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
    free(registry->file);
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
    bool created = access(registry->file, F_OK) != 0;
    registry->created = false;
    enum cbec_status status =
        connect_to(registry, registry->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
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

void registry_rollback(struct cbec_registry *registry)
{
    if (registry->making) {
        registry->making = false;
        /* Taken away while its lock is held: who waits for that will see it
         * (SQLITE_FCNTL_HAS_MOVED). */
        if (registry->created) {
            part_unlink(registry->file, "-journal");
            unlink(registry->file);
        }
        if (registry->db && !sqlite3_get_autocommit(registry->db))
            registry_execute(registry, "ROLLBACK", NULL);
        sqlite3_close(registry->db);
        registry->db = NULL;
        open_memory(registry, NULL);
    } else if (!sqlite3_get_autocommit(registry->db)) {
        registry_execute(registry, "ROLLBACK", NULL);
    }
}
