/* The log is taken over into the file at the commit: all of it, but waiting for nobody. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "opened.h"
#include "registry/registry.h"
#include "registry/statement.h"
#include "suite.h"

static const char db[] = "log.db";

/* More than is left in the log. */
enum { MUCH = 72 << 20 };

#define ADD_MUCH                                                                                   \
    "INSERT INTO t SELECT randomblob(1048576) FROM "                                               \
    "(WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 72) SELECT n FROM " \
    "n)"

static int64_t size_of_file(void)
{
    struct stat about;
    ck_assert_int_eq(stat(db, &about), 0);
    return (int64_t)about.st_size;
}

static int64_t rows_seen(struct cbec_registry *registry)
{
    int64_t rows = -1;
    ck_assert_int_eq(registry_integer(registry, "SELECT count(*) FROM t", &rows, NULL), CBEC_OK);
    return rows;
}

static bool fail_when_waiting(void *context, unsigned times)
{
    (void)context;
    (void)times;
    ck_abort_msg("waits for somebody");
    return false;
}

static void commit(struct cbec_registry *registry, const char *sql)
{
    cbec_on_wait(registry, fail_when_waiting, NULL);
    ck_assert_int_eq(registry_begin(registry, NULL), CBEC_OK);
    ck_assert_int_eq(registry_execute(registry, sql, NULL), CBEC_OK);
    ck_assert_int_eq(registry_commit(registry, NULL), CBEC_OK);
}

static struct cbec_registry *make_registry(void)
{
    remove_registry(db);
    struct cbec_registry *registry = open_registry(db);
    commit(registry, "CREATE TABLE t (bytes)");
    return registry;
}

START_TEST(is_taken_over_when_it_is_long)
{
    struct cbec_registry *registry = make_registry();
    int64_t small = size_of_file();
    commit(registry, "INSERT INTO t VALUES ('1')");
    ck_assert_int_eq(size_of_file(), small);
    commit(registry, ADD_MUCH);
    ck_assert_int_ge(size_of_file(), MUCH);
    cbec_close(registry);
    remove_registry(db);
}
END_TEST

/* What a reader is in the way of is taken over by a later commit. */
START_TEST(no_reader_is_waited_for)
{
    struct cbec_registry *registry = make_registry(), *reader = open_registry(db);
    ck_assert_int_eq(registry_execute(reader, "BEGIN", NULL), CBEC_OK);
    ck_assert_int_eq(rows_seen(reader), 0);
    commit(registry, ADD_MUCH);
    ck_assert_int_eq(rows_seen(reader), 0);
    ck_assert_int_lt(size_of_file(), MUCH);
    ck_assert_int_eq(registry_execute(reader, "COMMIT", NULL), CBEC_OK);
    ck_assert_int_eq(rows_seen(reader), 72);
    commit(registry, "INSERT INTO t VALUES ('1')");
    ck_assert_int_ge(size_of_file(), MUCH);
    cbec_close(reader);
    cbec_close(registry);
    remove_registry(db);
}
END_TEST

SUITE_MAIN("log", is_taken_over_when_it_is_long, no_reader_is_waited_for)
