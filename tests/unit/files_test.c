/* SQLite on files of a registry, and SQLite's own files beneath them, which can be made to fail. */
#include "registry/files.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "suite.h"

/* ---- Beneath -----------------------------------------------------------------------------------
 */

enum { REGISTRY, LOG, KINDS };

static sqlite3_vfs beneath;
static sqlite3_vfs *sqlites;
static const sqlite3_io_methods *sqlites_methods[KINDS];
static sqlite3_io_methods methods[KINDS];
static pthread_t writer;                /* the thread that calls SQLite */
static _Atomic int synced_aside[KINDS]; /* times, by other threads */
static atomic_bool fails_aside;
static bool waits_for_sync; /* before the registry is cut to its size, all of it being written */

static int sync_beneath(int kind, sqlite3_file *file, int flags)
{
    if (pthread_equal(pthread_self(), writer))
        return sqlites_methods[kind]->xSync(file, flags);
    int result = fails_aside ? SQLITE_IOERR_FSYNC : sqlites_methods[kind]->xSync(file, flags);
    synced_aside[kind]++;
    return result;
}

static int sync_registry(sqlite3_file *file, int flags)
{
    return sync_beneath(REGISTRY, file, flags);
}

static int sync_log(sqlite3_file *file, int flags)
{
    return sync_beneath(LOG, file, flags);
}

/* Whether another thread syncs the file soon. */
static bool is_synced_aside(int kind)
{
    for (int i = 0; i < 1000 && synced_aside[kind] == 0; i++)
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
    return synced_aside[kind] > 0;
}

static int truncate_registry(sqlite3_file *file, sqlite3_int64 size)
{
    if (waits_for_sync)
        is_synced_aside(REGISTRY);
    return sqlites_methods[REGISTRY]->xTruncate(file, size);
}

static int open_beneath(sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags,
                        int *got)
{
    (void)self;
    int result = sqlites->xOpen(sqlites, name, file, flags, got);
    if (result != SQLITE_OK || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
        return result;
    int kind = flags & SQLITE_OPEN_WAL ? LOG : REGISTRY;
    sqlites_methods[kind] = file->pMethods;
    methods[kind] = *file->pMethods;
    methods[kind].xSync = kind == LOG ? sync_log : sync_registry;
    if (kind == REGISTRY)
        methods[kind].xTruncate = truncate_registry;
    file->pMethods = &methods[kind];
    return result;
}

static void put_beneath(void)
{
    writer = pthread_self();
    synced_aside[REGISTRY] = synced_aside[LOG] = 0;
    fails_aside = waits_for_sync = false;
    if (sqlites)
        return;
    sqlites = sqlite3_vfs_find(NULL);
    beneath = *sqlites;
    beneath.zName = "beneath";
    beneath.xOpen = open_beneath;
    sqlite3_vfs_register(&beneath, 1);
}

/* ---- Above -------------------------------------------------------------------------------------
 */

static char folder[] = "/tmp/files.XXXXXX";
static char path[sizeof folder + 8], log_path[sizeof path + 4];

static void run(sqlite3 *db, const char *sql, int expected)
{
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == expected, "%s: %s", sql,
                  sqlite3_errmsg(db));
}

static sqlite3 *open_with(const char *vfs)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs),
                     SQLITE_OK);
    run(db, "PRAGMA synchronous = FULL; PRAGMA cache_size = -1024", SQLITE_OK);
    return db;
}

static int64_t ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    int64_t answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return answer;
}

/* Several pieces, of which the disk is told one by one. */
#define ADD_64_MB                                                                                  \
    "INSERT INTO t SELECT randomblob(65536) FROM "                                                 \
    "(WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1024) SELECT n "    \
    "FROM n)"

static void begin(void)
{
    put_beneath();
    strcpy(folder, "/tmp/files.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/r.db", folder);
    snprintf(log_path, sizeof log_path, "%s-wal", path);
}

static void end(void)
{
    unlink(log_path);
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0);
}

static void write_before_the_commit(const char *mode, int kind)
{
    begin();
    sqlite3 *db = open_with(files_vfs());
    run(db, mode, SQLITE_OK);
    run(db, "CREATE TABLE t (bytes); BEGIN", SQLITE_OK);
    ck_assert_int_eq(synced_aside[REGISTRY] + synced_aside[LOG], 0);
    run(db, ADD_64_MB, SQLITE_OK);
    ck_assert(is_synced_aside(kind));
    run(db, "COMMIT", SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    ck_assert_int_ne(access(log_path, F_OK), 0);

    db = open_with("unix");
    ck_assert_int_eq(ask(db, "SELECT sum(length(bytes)) FROM t"), 1024 * 65536);
    ck_assert_int_eq(ask(db, "SELECT count(*) FROM pragma_integrity_check "
                             "WHERE integrity_check = 'ok'"),
                     1);
    sqlite3_close(db);
    end();
}

START_TEST(are_written_before_the_commit)
{
    write_before_the_commit("PRAGMA journal_mode = DELETE", REGISTRY);
    write_before_the_commit("PRAGMA journal_mode = WAL", LOG);
}
END_TEST

/* The system tells of what it could not write once, to whoever syncs first. */
START_TEST(say_what_was_not_written)
{
    begin();
    sqlite3 *db = open_with(files_vfs());
    run(db, "PRAGMA journal_mode = WAL; CREATE TABLE t (bytes); BEGIN", SQLITE_OK);
    fails_aside = true;
    run(db, ADD_64_MB, SQLITE_OK);
    ck_assert(is_synced_aside(LOG));
    fails_aside = false;
    run(db, "COMMIT", SQLITE_IOERR);
    ck_assert_int_eq(sqlite3_extended_errcode(db), SQLITE_IOERR_FSYNC);
    ck_assert_int_ne(sqlite3_get_autocommit(db), 0);
    ck_assert_int_eq(ask(db, "SELECT count(*) FROM t"), 0);
    run(db, "INSERT INTO t VALUES ('1')", SQLITE_OK);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);

    db = open_with("unix");
    ck_assert_int_eq(ask(db, "SELECT count(*) FROM t"), 1);
    sqlite3_close(db);
    end();
}
END_TEST

static sqlite3 *open_with_log(void)
{
    begin();
    sqlite3 *db = open_with(files_vfs());
    run(db, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (bytes)",
        SQLITE_OK);
    run(db, ADD_64_MB, SQLITE_OK);
    ck_assert_int_eq(synced_aside[REGISTRY], 0);
    return db;
}

static void close_with_log(sqlite3 *db, int64_t bytes)
{
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    ck_assert_int_ne(access(log_path, F_OK), 0);
    db = open_with("unix");
    ck_assert_int_eq(ask(db, "SELECT sum(length(bytes)) FROM t"), bytes);
    sqlite3_close(db);
    end();
}

START_TEST(are_written_while_the_log_is_taken_over)
{
    sqlite3 *db = open_with_log();
    waits_for_sync = true;
    run(db, "PRAGMA wal_checkpoint(FULL)", SQLITE_OK);
    ck_assert_int_gt(synced_aside[REGISTRY], 0);
    close_with_log(db, 1024 * 65536);
}
END_TEST

/* What was not written still counts as in the log alone, and is taken over once more. */
START_TEST(say_what_was_not_taken_over)
{
    sqlite3 *db = open_with_log();
    waits_for_sync = fails_aside = true;
    run(db, "PRAGMA wal_checkpoint(FULL)", SQLITE_IOERR);
    ck_assert_int_eq(sqlite3_extended_errcode(db), SQLITE_IOERR_FSYNC);
    ck_assert_int_gt(synced_aside[REGISTRY], 0);
    synced_aside[REGISTRY] = 0;
    fails_aside = false;
    run(db, "PRAGMA wal_checkpoint(FULL)", SQLITE_OK);
    ck_assert_int_gt(synced_aside[REGISTRY], 0);
    close_with_log(db, 1024 * 65536);
}
END_TEST

/* SQLite would not sync what it takes over, and nobody be told of a failure. */
START_TEST(are_not_written_aside_where_a_reader_is_in_the_way)
{
    sqlite3 *db = open_with_log(), *reader = open_with("unix");
    run(reader, "BEGIN; SELECT count(*) FROM t", SQLITE_OK);
    run(db, ADD_64_MB, SQLITE_OK);
    run(db, "PRAGMA wal_checkpoint(FULL)", SQLITE_OK);
    ck_assert_int_eq(ask(reader, "SELECT count(*) FROM t"), 1024);
    ck_assert_int_eq(synced_aside[REGISTRY], 0);
    sqlite3_close(reader);

    waits_for_sync = true;
    run(db, "PRAGMA wal_checkpoint(FULL)", SQLITE_OK);
    ck_assert_int_gt(synced_aside[REGISTRY], 0);
    close_with_log(db, 2 * 1024 * 65536);
}
END_TEST

START_TEST(are_not_written_aside_where_another_may_add_to_the_log)
{
    sqlite3 *db = open_with_log(), *other = open_with("unix");
    run(other, "BEGIN IMMEDIATE", SQLITE_OK);
    run(db, "PRAGMA wal_checkpoint(FULL)", SQLITE_OK);
    run(other, "INSERT INTO t VALUES ('1'); COMMIT", SQLITE_OK);
    ck_assert_int_eq(synced_aside[REGISTRY], 0);
    sqlite3_close(other);
    close_with_log(db, 1024 * 65536 + 1);
}
END_TEST

/* Pages of a file that are in memory. */
static size_t pages_in_memory(int file)
{
    struct stat about;
    ck_assert_int_eq(fstat(file, &about), 0);
    size_t size = (size_t)about.st_size, page = (size_t)sysconf(_SC_PAGESIZE), count = 0;
    size_t pages = (size + page - 1) / page;
    unsigned char *is_there = malloc(pages);
    void *at = mmap(NULL, size, PROT_READ, MAP_SHARED, file, 0);
    ck_assert(at != MAP_FAILED && is_there);
    ck_assert_int_eq(mincore(at, size, is_there), 0);
    for (size_t i = 0; i < pages; i++)
        count += is_there[i] & 1;
    munmap(at, size);
    free(is_there);
    return count;
}

/* Files are forgotten only where the system does as it is told. */
static bool system_forgets(int file, size_t before)
{
    ck_assert_int_eq(fdatasync(file), 0);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    return pages_in_memory(file) < before / 16;
}

START_TEST(forget_the_log_that_was_copied)
{
    begin();
    sqlite3 *db = open_with(files_vfs());
    run(db, "PRAGMA page_size = 65536; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0",
        SQLITE_OK);
    run(db, "CREATE TABLE t (bytes); " ADD_64_MB, SQLITE_OK);
    int file = open(log_path, O_RDONLY);
    ck_assert_int_ge(file, 0);
    size_t before = pages_in_memory(file);
    run(db, "PRAGMA wal_checkpoint(PASSIVE)", SQLITE_OK);
    size_t after = pages_in_memory(file);
    ck_assert_int_eq(synced_aside[REGISTRY], 0); /* nobody would be told of a failure */
    if (system_forgets(file, before))
        ck_assert_uint_lt(after, before / 8);
    close(file);
    ck_assert_int_eq(ask(db, "SELECT sum(length(bytes)) FROM t"), 1024 * 65536);
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
    end();
}
END_TEST

SUITE_MAIN("files", are_written_before_the_commit, say_what_was_not_written,
           are_written_while_the_log_is_taken_over, say_what_was_not_taken_over,
           are_not_written_aside_where_a_reader_is_in_the_way,
           are_not_written_aside_where_another_may_add_to_the_log, forget_the_log_that_was_copied)
