/* A table like that of records, with small pages, few of them in memory. */
#include "registry/tail.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite.h"
#include "work.h"

enum { PAGE = 2048, FRAME = PAGE + 24, RECORDS = 12000 };

static const char db[] = "tail.db", log_of_db[] = "tail.db-wal";

static void run(struct cbec_registry *registry, const char *sql)
{
    ck_assert_int_eq(registry_execute(registry, sql, NULL), CBEC_OK);
}

/* An inner page leads to some 200 leaves, of six records each. */
static void open_small(struct cbec_registry *registry)
{
    unlink(db);
    unlink(log_of_db);
    *registry = (struct cbec_registry){.making = false};
    ck_assert_int_eq(sqlite3_open(db, &registry->db), SQLITE_OK);
    run(registry, "PRAGMA page_size = 2048; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
                  "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = 90;"
                  "CREATE TABLE record (id INTEGER PRIMARY KEY, text, enterprise AS (id));"
                  "CREATE INDEX record_by_enterprise ON record (enterprise) WHERE enterprise <> id;"
                  "CREATE TABLE refused_row (import, line);"
                  "CREATE TABLE source_set (id, names);"
                  "CREATE TABLE source_set_member (source_set, source)");
}

/* Adds records of 300 bytes in one transaction; returns how many pages were written twice. */
static int64_t written_twice(struct cbec_registry *registry, struct tail *tail, int64_t first)
{
    struct statement insert;
    struct stat before, behind;
    ck_assert_int_eq(statement_prepare_text(&insert, registry,
                                            "INSERT INTO record VALUES (?1, zeroblob(300))", NULL,
                                            NULL),
                     CBEC_OK);
    ck_assert_int_eq(stat(log_of_db, &before), 0);
    int64_t pages = work_pages_written(registry);
    run(registry, "BEGIN");
    for (int64_t place = first; place < first + RECORDS; place++) {
        statement_bind_integer(&insert, 1, place);
        ck_assert_int_eq(statement_run(&insert, NULL), CBEC_OK);
        ck_assert_int_eq(tail_add(tail, place, 250, NULL), CBEC_OK);
    }
    run(registry, "COMMIT");
    ck_assert_int_eq(stat(log_of_db, &behind), 0);
    pages = work_pages_written(registry) - pages;
    statement_finish(&insert);
    return pages - (behind.st_size - before.st_size) / FRAME;
}

/* Two imports, the second of which goes on in the inner pages of the first. */
static int64_t written_twice_with(uint64_t step, uint64_t pause)
{
    struct cbec_registry registry;
    int64_t twice = 0;
    open_small(&registry);
    for (int64_t import = 1; import <= 2; import++) {
        struct tail tail;
        tail_open(&tail, &registry);
        tail.step = step;
        tail.pause = pause;
        twice += written_twice(&registry, &tail, import << 32);
        tail_close(&tail);
    }
    sqlite3_close(registry.db);
    unlink(db);
    return twice;
}

START_TEST(no_page_is_written_twice)
{
    ck_assert_int_gt(written_twice_with(400, UINT64_MAX), 0);
    ck_assert_int_eq(written_twice_with(400, 18000), 0);
}
END_TEST

/* From the end of the last import back to the one before it. */
START_TEST(places_are_a_step_apart)
{
    struct cbec_registry registry;
    struct tail tail;
    open_small(&registry);
    run(&registry,
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 120000)"
        "INSERT INTO record SELECT (1 << 32) + n, NULL FROM n "
        "UNION ALL SELECT (2 << 32) + n, NULL FROM n WHERE n <= 60000");
    tail_open(&tail, &registry);
    ck_assert_int_eq(tail_add(&tail, ((int64_t)3 << 32) + 1, 250, NULL), CBEC_OK);
    const int64_t expected[] = {((int64_t)2 << 32) + 60000,  ((int64_t)2 << 32) + 10000,
                                ((int64_t)1 << 32) + 120000, ((int64_t)1 << 32) + 70000,
                                ((int64_t)1 << 32) + 20000,  0};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        ck_assert_int_eq(tail.places[i], expected[i]);
    for (int64_t n = 2; n <= TAIL_STEP; n++)
        ck_assert_int_eq(tail_add(&tail, ((int64_t)3 << 32) + n, 250, NULL), CBEC_OK);
    ck_assert_int_eq(tail.places[0], ((int64_t)3 << 32) + TAIL_STEP);
    ck_assert_int_eq(tail.places[5], expected[4]);
    tail_close(&tail);
    sqlite3_close(registry.db);
    unlink(db);
}
END_TEST

/* A first import has none; and the first records have nothing before them. */
START_TEST(nothing_is_looked_at_without_a_log)
{
    struct cbec_registry registry;
    struct tail tail;
    open_small(&registry);
    for (int making = 0; making < 2; making++) {
        registry.making = making;
        tail_open(&tail, &registry);
        tail.pause = 1;
        ck_assert_int_eq(tail_add(&tail, 1, 250, NULL), CBEC_OK);
        ck_assert_int_eq(tail.places[0], 0);
        ck_assert(!making == (tail.up_to.handle != NULL));
        tail_close(&tail);
    }
    sqlite3_close(registry.db);
    unlink(db);
}
END_TEST

SUITE_MAIN("tail", no_page_is_written_twice, places_are_a_step_apart,
           nothing_is_looked_at_without_a_log)
