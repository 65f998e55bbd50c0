#include "registry/connect.h"

#include <stdio.h>
#include <unistd.h>

#include "draw.h"
#include "suite.h"

/* Ever fewer rows, so that the keys of each list stay a run of their own. */
static const int ROWS[] = {400, 130, 40, 12, 4};
enum { LISTS = sizeof ROWS / sizeof *ROWS };

/* Few enough that records meet, and not so few that all hang together. */
static const char *const CODES[] = {
    "91310000775785552L", "91330100799655058B", "91440300708461136T", "9144030071526726XG",
    "914403001922038216", "91410105MA9G98K57A", "91310115591693856A", "91110000600037341L",
    "92360727L641612442", "91440300X18859593N", "91350100M000100Y43", "12440600MB2C07549J"};
enum { CODE_COUNT = sizeof CODES / sizeof *CODES, NAMES = 500, NUMBERS = 400 };

static unsigned draw_below(uint64_t *state, unsigned below)
{
    return (unsigned)draw(state) % below;
}

static void import_list(struct cbec_registry *registry, int rows, uint64_t *state)
{
    char path[] = "/tmp/cbec-connect-XXXXXX";
    const struct cbec_import_options options = {.source = "a", .data_date = "2024-01-01"};
    struct cbec_error error;
    FILE *list = fdopen(mkstemp(path), "w");
    ck_assert_ptr_nonnull(list);
    fprintf(list, "企业名称,统一社会信用代码,注册号,成立日期\n");
    for (int i = 0; i < rows; i++) {
        fprintf(list, "企业%u,%s,", draw_below(state, NAMES),
                draw_below(state, 3) ? "" : CODES[draw_below(state, CODE_COUNT)]);
        if (draw_below(state, 2))
            fprintf(list, "%u", 1000 + draw_below(state, NUMBERS));
        fprintf(list, ",2020-01-01\n");
    }
    ck_assert_int_eq(fclose(list), 0);
    enum cbec_status status = cbec_import(registry, path, &options, &error);
    unlink(path);
    ck_assert_msg(status == CBEC_OK, "%s", error.message);
}

static int64_t integer(struct cbec_registry *registry, const char *sql)
{
    int64_t value;
    ck_assert_int_eq(registry_integer(registry, sql, &value, NULL), CBEC_OK);
    return value;
}

/* Finds what is connected with the enterprises of an import, and keeps it in the table `into`. */
static void connect_import(struct cbec_registry *registry, int import, uint64_t read_per_question,
                           const char *into)
{
    struct store store;
    char sql[600];
    ck_assert_int_eq(store_open(&store, registry, 0, NULL), CBEC_OK);
    store.identity.on_file.read_per_question = read_per_question;
    snprintf(sql, sizeof sql,
             "DROP TABLE IF EXISTS temp.affected;"
             "CREATE TEMP TABLE affected (enterprise INTEGER PRIMARY KEY,"
             " round INTEGER NOT NULL DEFAULT 0);"
             "INSERT OR IGNORE INTO affected (enterprise)"
             " SELECT enterprise FROM record WHERE id >> 32 = %d",
             import);
    ck_assert_int_eq(registry_execute(registry, sql, NULL), CBEC_OK);
    ck_assert_int_eq(connect_affected(&store, NULL), CBEC_OK);
    snprintf(sql, sizeof sql,
             "DROP TABLE IF EXISTS temp.%s;"
             "CREATE TEMP TABLE %s AS SELECT * FROM affected",
             into, into);
    ck_assert_int_eq(registry_execute(registry, sql, NULL), CBEC_OK);
    store_close(&store);
}

/* Both found the same in the same rounds. */
static void assert_same(struct cbec_registry *registry)
{
    ck_assert_int_eq(integer(registry, "SELECT count(*) FROM (SELECT * FROM asked EXCEPT SELECT * "
                                       "FROM read)"),
                     0);
    ck_assert_int_eq(integer(registry, "SELECT count(*) FROM (SELECT * FROM read EXCEPT SELECT * "
                                       "FROM asked)"),
                     0);
}

static struct cbec_registry *random_registry(uint64_t state)
{
    struct cbec_registry *registry;
    ck_assert_int_eq(cbec_open("none.db", CBEC_OPEN_TRIAL, &registry, NULL), CBEC_OK);
    for (int list = 0; list < LISTS; list++)
        import_list(registry, ROWS[list], &state);
    return registry;
}

START_TEST(asking_and_reading_find_the_same)
{
    struct cbec_registry *registry = random_registry((uint64_t)_i + 1);
    int64_t rounds = 0, affected = 0, most = 0;
    ck_assert_int_gt(integer(registry, "SELECT count(*) FROM key_run"), 1);
    for (int import = 1; import <= LISTS; import++) {
        connect_import(registry, import, 0, "asked");
        connect_import(registry, import, UINT32_MAX, "read");
        assert_same(registry);
        rounds = integer(registry, "SELECT max(round) FROM asked");
        most = rounds > most ? rounds : most;
        affected += integer(registry, "SELECT count(*) FROM asked");
    }
    /* It takes several rounds, and does not end with everything. */
    ck_assert_int_ge(most, 2);
    ck_assert_int_lt(affected, LISTS * integer(registry, "SELECT count(*) FROM enterprise"));
    cbec_close(registry);
}
END_TEST

/* Places all records again, and compares whose they are with whose they were. */
static void place_again(struct cbec_registry *registry, uint64_t read_per_question)
{
    struct store store;
    ck_assert_int_eq(store_open(&store, registry, 0, NULL), CBEC_OK);
    store.identity.on_file.read_per_question = read_per_question;
    ck_assert_int_eq(registry_execute(registry,
                                      "DROP TABLE IF EXISTS temp.before;"
                                      "CREATE TEMP TABLE before AS"
                                      " SELECT id, enterprise, opened FROM record;"
                                      "INSERT INTO temp.unplaced SELECT id FROM record;"
                                      "DELETE FROM enterprise; UPDATE record SET joined = 0",
                                      NULL),
                     CBEC_OK);
    ck_assert_int_eq(store_replay(&store, NULL), CBEC_OK);
    ck_assert_int_eq(integer(registry, "SELECT count(*) FROM (SELECT * FROM before EXCEPT SELECT "
                                       "id, enterprise, opened FROM record)"),
                     0);
    ck_assert_int_eq(integer(registry, "SELECT count(*) FROM enterprise"),
                     integer(registry, "SELECT count(DISTINCT enterprise) FROM before"));
    store_close(&store);
}

START_TEST(asking_and_reading_place_the_same)
{
    struct cbec_registry *registry = random_registry((uint64_t)_i + 1);
    place_again(registry, 0);
    place_again(registry, UINT32_MAX);
    cbec_close(registry);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("connect");
    TCase *tests = tcase_create("connect");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, asking_and_reading_find_the_same, 0, 10);
    tcase_add_loop_test(tests, asking_and_reading_place_the_same, 0, 10);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
