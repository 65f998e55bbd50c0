/*
 * A registry in a place where nobody may write: on a shared drive, say, or in an archive. The
 * parts that root would be allowed run as nobody.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "opened.h"

#define NOBODY 65534

/* Where nobody can look for it; with characters that mean something in a URI. */
static char folder[60], db[80], csv[80];

static struct cbec_error error;

static void remove_all(void)
{
    chmod(folder, 0755);
    remove_registry(db);
    unlink(csv);
    rmdir(folder);
}

static void name_all(void)
{
    snprintf(folder, sizeof folder, "/tmp/cbec read%%20only?#%ld", (long)getppid());
    snprintf(db, sizeof db, "%s/a.db", folder);
    snprintf(csv, sizeof csv, "%s/a.csv", folder);
}

static void make_registry(void)
{
    name_all();
    remove_all();
    ck_assert_int_eq(mkdir(folder, 0755), 0);
    FILE *file = fopen(csv, "w");
    ck_assert_ptr_nonnull(file);
    fputs("企业名称,成立日期\n甲公司,2024-01-01\n", file);
    fclose(file);
    const struct cbec_import_options options = {.source = "a", .data_date = "2024-06-30"};
    struct cbec_registry *registry = open_registry(db);
    ck_assert_int_eq(cbec_import(registry, csv, &options, NULL), CBEC_OK);
    cbec_close(registry);
}

static void allow_reading_only(void)
{
    ck_assert_int_eq(chmod(db, 0444), 0);
    ck_assert_int_eq(chmod(folder, 0555), 0);
    if (geteuid() == 0)
        ck_assert_int_eq(setuid(NOBODY), 0);
}

static int64_t enterprises(struct cbec_registry *registry)
{
    struct cbec_catalogue *catalogue;
    struct cbec_result *result;
    const struct cbec_cell *cells;
    ck_assert_int_eq(cbec_catalogue_open(NULL, 0, &catalogue, NULL), CBEC_OK);
    const struct cbec_query *query;
    ck_assert_int_eq(cbec_catalogue_find(catalogue, "by_source", &query, &error), CBEC_OK);
    ck_assert_int_eq(cbec_query_run(registry, query, NULL, &result, &error), CBEC_OK);
    ck_assert_int_eq(cbec_result_next(result, &cells, &error), CBEC_OK);
    ck_assert_ptr_nonnull(cells);
    int64_t count = cells[1].integer;
    cbec_result_close(result);
    cbec_catalogue_close(catalogue);
    return count;
}

START_TEST(it_can_be_asked)
{
    struct cbec_registry *registry;
    make_registry();
    allow_reading_only();
    ck_assert_msg(cbec_open(db, CBEC_OPEN_READ, &registry, &error) == CBEC_OK, "%s", error.message);
    ck_assert_int_eq(enterprises(registry), 1);
    cbec_close(registry);
}
END_TEST

START_TEST(what_would_write_says_why_not)
{
    static const enum cbec_open_mode modes[] = {CBEC_OPEN_WRITE, CBEC_OPEN_CREATE, CBEC_OPEN_TRIAL};
    struct cbec_registry *registry;
    make_registry();
    allow_reading_only();
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        ck_assert_int_eq(cbec_open(db, modes[i], &registry, &error), CBEC_ERROR_SYSTEM);
        ck_assert_msg(strstr(error.message, "a.db: Permission denied") != NULL, "%s",
                      error.message);
    }
}
END_TEST

/* What an import has left in the log would be missing from the counts. */
START_TEST(with_a_log_that_cannot_be_read_it_cannot)
{
    struct cbec_registry *registry;
    char log[100];
    make_registry();
    snprintf(log, sizeof log, "%s-wal", db);
    FILE *file = fopen(log, "w");
    ck_assert_ptr_nonnull(file);
    fputs("frames", file);
    fclose(file);
    allow_reading_only();
    ck_assert_int_eq(cbec_open(db, CBEC_OPEN_READ, &registry, &error), CBEC_ERROR_SYSTEM);
    ck_assert_msg(strstr(error.message, "a.db: Permission denied") != NULL, "%s", error.message);
}
END_TEST

START_TEST(remove_what_was_made)
{
    name_all();
    remove_all();
    ck_assert_int_ne(access(folder, F_OK), 0);
}
END_TEST

SUITE_MAIN("read_only", it_can_be_asked, what_would_write_says_why_not,
           with_a_log_that_cannot_be_read_it_cannot, remove_what_was_made)
