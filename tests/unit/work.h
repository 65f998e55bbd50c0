/*
 * work.h: counts the work that the library has SQLite do, so that tests can hold it to a bound
 * without a clock. Every connection opened after work_watch tells what it runs, also one that the
 * library opens in the place of another; nothing in the library knows of it.
 */
#ifndef CBEC_TESTS_WORK_H
#define CBEC_TESTS_WORK_H

#include "registry/schema.h"
#include "registry/statement.h"
#include "suite.h"

enum { WORK_STATEMENTS = 200 };

/* What was run since work_begin. */
static struct {
    int64_t runs;    /* of statements, each from its first step to its last */
    int64_t steps;   /* of SQLite's machine */
    int64_t scanned; /* steps from row to row where a whole table is gone through */
    /* The different statements. */
    struct {
        char *sql;
        int64_t runs;
    } of[WORK_STATEMENTS];
    size_t count;
} work;

static inline size_t work_place(const char *sql)
{
    for (size_t i = 0; i < work.count; i++)
        if (strcmp(work.of[i].sql, sql) == 0)
            return i;
    ck_assert_uint_lt(work.count, WORK_STATEMENTS);
    work.of[work.count].sql = strdup(sql);
    return work.count++;
}

/* Called when a run of a statement has ended, by itself or by a reset. */
static inline int work_add(unsigned event, void *context, void *of, void *time)
{
    sqlite3_stmt *statement = of;
    (void)event;
    (void)context;
    (void)time;
    work.runs++;
    work.steps += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
    work.scanned += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
    work.of[work_place(sqlite3_sql(statement))].runs++;
    return 0;
}

static inline int work_connect(sqlite3 *db)
{
    return sqlite3_trace_v2(db, SQLITE_TRACE_PROFILE, work_add, NULL);
}

static inline void work_watch(void)
{
    ck_assert_int_eq(sqlite3_auto_extension((void (*)(void))work_connect), SQLITE_OK);
}

static inline void work_begin(void)
{
    for (size_t i = 0; i < work.count; i++)
        free(work.of[i].sql);
    memset(&work, 0, sizeof work);
}

/* How often schema/statements/<name>.sql was run. */
static inline int64_t work_runs_of(const char *name)
{
    const struct sql_file *file = schema_statements;
    while (file->name && strcmp(file->name, name) != 0)
        file++;
    ck_assert_msg(file->name != NULL, "there is no statement %s", name);
    for (size_t i = 0; i < work.count; i++)
        if (strcmp(work.of[i].sql, file->text) == 0)
            return work.of[i].runs;
    return 0;
}

/* Pages that a connection read from files, or wrote to them, since it was opened. */
static inline int64_t work_pages_read(struct cbec_registry *registry)
{
    int pages, most;
    ck_assert_int_eq(sqlite3_db_status(registry->db, SQLITE_DBSTATUS_CACHE_MISS, &pages, &most, 0),
                     SQLITE_OK);
    return pages;
}

static inline int64_t work_pages_written(struct cbec_registry *registry)
{
    int pages, most;
    ck_assert_int_eq(sqlite3_db_status(registry->db, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &most, 0),
                     SQLITE_OK);
    return pages;
}

#endif
