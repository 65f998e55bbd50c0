/*
 * What imports cost: so many statements for each row, whatever there is on file. All bounds are
 * from above: an import that makes do with less is welcome, and may lower them.
 */
#include <sys/stat.h>

#include "work_list.h"

/* Lists of two lengths: the difference is what rows cost, without what every import does once. */
enum { SHORT = 2000, LONG = 12000, MORE = LONG - SHORT };

struct cost {
    int64_t added; /* rows, as the import tells them */
    int64_t updated;
    int64_t unchanged;
    int64_t runs;      /* of statements */
    int64_t buckets;   /* of keys, looked up */
    int64_t sweeps;    /* through all buckets of a run */
    int64_t settled;   /* enterprises, from all their records */
    int64_t sightings; /* written */
    int64_t pages;     /* written */
    int64_t pages_before;
    int64_t pages_behind; /* of the file */
};

static const char db[] = "import_work.db";

static int64_t number_of(struct cbec_registry *registry, const char *sql)
{
    int64_t number;
    ck_assert_int_eq(registry_integer(registry, sql, &number, NULL), CBEC_OK);
    return number;
}

/* Imports a list and closes the registry, which is made if it is not there. */
static struct cost take_in(const struct list *list)
{
    struct cbec_registry *registry;
    ck_assert_int_eq(cbec_open(db, CBEC_OPEN_CREATE, &registry, NULL), CBEC_OK);
    struct cost cost = {.pages_before = number_of(registry, "PRAGMA page_count")};
    work_begin();
    list_import(registry, list);
    cost.runs = work.runs;
    cost.buckets = work_runs_of("key_bucket_find");
    cost.sweeps = work_runs_of("key_buckets_read");
    cost.settled = work_runs_of("record_of_enterprise");
    cost.sightings = work_runs_of("sighting_insert");
    cost.pages = work_pages_written(registry);
    cost.pages_behind = number_of(registry, "PRAGMA page_count");
    cost.added = number_of(registry, "SELECT new FROM import ORDER BY id DESC LIMIT 1");
    cost.updated = number_of(registry, "SELECT updated FROM import ORDER BY id DESC LIMIT 1");
    cost.unchanged = number_of(registry, "SELECT unchanged FROM import ORDER BY id DESC LIMIT 1");
    ck_assert_int_gt(cost.runs, 0);
    cbec_close(registry);
    return cost;
}

static void begin(void)
{
    work_watch();
    remove_registry(db);
}

/* What the last of some lists costs in a registry of its own; all of them have `rows` rows. */
static struct cost cost_of_last(const struct list *lists, size_t count, int rows)
{
    struct cost cost = {0};
    remove_registry(db);
    for (size_t i = 0; i < count; i++) {
        struct list list = lists[i];
        list.rows = rows;
        cost = take_in(&list);
    }
    remove_registry(db);
    return cost;
}

static void assert_at_most(const char *what, int64_t count, int64_t most)
{
    ck_assert_msg(count <= most, "%s: %lld, more than %lld", what, (long long)count,
                  (long long)most);
}

/* The last of these lists, short and long. */
#define COSTS(lists, few, many)                                                                    \
    const struct cost few = cost_of_last(lists, sizeof lists / sizeof *lists, SHORT);              \
    const struct cost many = cost_of_last(lists, sizeof lists / sizeof *lists, LONG)

/* ---- New rows ----------------------------------------------------------------------------------
 */

/*
 * A row is a record and an enterprise, or one that is refused; keys are written hundreds in one.
 * Besides these each word and each kind of count is written once, which are few in such lists.
 */
START_TEST(a_new_row_takes_two_statements)
{
    static const struct list lists[] = {
        {.source = "a", .day = "2024-06-30", .step = 1, .refused_every = 10}};
    begin();
    COSTS(lists, few, many);
    ck_assert_int_eq(many.added, LONG);
    ck_assert_int_gt(many.pages, 0);
    assert_at_most("runs", many.runs - few.runs, 2 * MORE + MORE / 10 + MORE / 100);
    assert_at_most("runs besides rows", few.runs - 2 * SHORT - SHORT / 10, 400);
    /* An empty registry has no keys. */
    assert_at_most("buckets", many.buckets, 0);
    /* Each page once, and the first one again when the journal becomes a log. */
    assert_at_most("pages", many.pages, many.pages_behind + many.pages_behind / 10);
}
END_TEST

/* What every first import does: 98 statements at the time of writing, of which the tables of the
 * registry take 40. */
START_TEST(a_single_row_takes_few_statements)
{
    static const struct list lists[] = {{.source = "a", .day = "2024-06-30", .step = 1}};
    begin();
    assert_at_most("runs", cost_of_last(lists, 1, 1).runs, 110);
}
END_TEST

/* ---- The log -----------------------------------------------------------------------------------
 */

/* So many long rows that their pages do not all stay in memory. */
enum { LONG_ROWS = 30000, SCOPE_BYTES = 900 };

static void write_long_row(FILE *file, int nth)
{
    char code[CODE_LENGTH + 1];
    list_code(nth, code);
    fprintf(file, "第%d号公司,%s,存续,2020-01-01,,,,,,,%0*d,\n", nth, code, SCOPE_BYTES, nth);
}

/* New enterprises; but the first and the last row are refused, or of enterprises on file. */
static void import_long_rows(struct cbec_registry *registry, bool refused)
{
    static const char csv[] = "import_work.csv";
    const struct cbec_import_options options = {.source = "b", .data_date = "2024-06-30"};
    const struct list header = {.rows = 0};
    list_write(&header, csv);
    FILE *file = fopen(csv, "a");
    ck_assert_ptr_nonnull(file);
    for (int row = 0; row <= LONG_ROWS; row++) {
        if (row % LONG_ROWS != 0)
            write_long_row(file, LONG + row);
        else if (refused)
            fputs(",,存续,2020-01-01,,,,,,,,\n", file);
        else
            write_long_row(file, row / LONG_ROWS * (SHORT - 1));
    }
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(cbec_import(registry, csv, &options, NULL), CBEC_OK);
    unlink(csv);
}

static int64_t pages_in_log(void)
{
    struct stat about;
    char path[sizeof db + 4];
    snprintf(path, sizeof path, "%s-wal", db);
    ck_assert_int_eq(stat(path, &about), 0);
    return ((int64_t)about.st_size - 32) / (24 + 65536);
}

/* If a page is written to the log, and again later, SQLite sums up the log from there on again. */
static void pages_are_written_once(bool refused)
{
    struct cbec_registry *registry;
    begin();
    take_in(&(struct list){.source = "a", .day = "2024-06-30", .rows = LONG, .step = 1});
    ck_assert_int_eq(cbec_open(db, CBEC_OPEN_CREATE, &registry, NULL), CBEC_OK);
    int64_t before = work_pages_written(registry);
    import_long_rows(registry, refused);
    ck_assert_int_gt(pages_in_log(), 300);
    ck_assert_int_eq(work_pages_written(registry) - before, pages_in_log());
    cbec_close(registry);
    remove_registry(db);
}

START_TEST(pages_are_written_to_the_log_once)
{
    pages_are_written_once(false);
    pages_are_written_once(true);
}
END_TEST

/* ---- Rows of enterprises on file ---------------------------------------------------------------
 */

/* Rows have two keys each. A bucket holds hundreds, and all are read once where many are asked for:
 * there are few statements for all of them. */
enum { FEW_BUCKETS = 2 * LONG / 100 };

/*
 * Another source names each enterprise. At the time of writing a row takes six statements: two
 * looks at the record found, whether it says the same and whose it is; the record is written; what
 * is said of the enterprise and what it counted as is read, and it is written, without a look at
 * its other record, since the last says all.
 */
START_TEST(a_row_of_another_source)
{
    static const struct list lists[] = {
        {.source = "a", .day = "2024-06-30", .step = 1},
        {.source = "b", .day = "2024-07-31", .step = 1, .changed_every = 1}};
    begin();
    COSTS(lists, few, many);
    ck_assert_int_eq(many.updated, LONG);
    assert_at_most("runs", many.runs - few.runs, 6 * MORE + MORE / 2);
    assert_at_most("enterprises settled from all their records", many.settled, 0);
    assert_at_most("buckets", many.buckets, FEW_BUCKETS);
}
END_TEST

/* So it is where both have named it already; but each key finds both records, which are looked at.
 */
START_TEST(changed_rows_of_two_sources)
{
    static const struct list lists[] = {
        {.source = "a", .day = "2024-06-30", .step = 1, .changed_every = 1},
        {.source = "b", .day = "2024-07-31", .step = 1},
        {.source = "a", .day = "2024-08-20", .step = 1, .refused_every = SHORT}};
    begin();
    COSTS(lists, few, many);
    ck_assert_int_eq(many.updated, LONG);
    assert_at_most("runs", many.runs - few.runs, 10 * MORE + MORE / 2);
    assert_at_most("enterprises settled from all their records", many.settled, 0);
}
END_TEST

/*
 * In a registry with more keys than there is room for in memory the runs are asked for many rows
 * together: all buckets are read for some thousand rows, not two or more for each. Here the
 * registry only says that it has so many.
 */
static struct cost cost_in_large_registry(const struct list *second, int64_t *buckets)
{
    static const struct list first = {.source = "a", .day = "2024-06-30", .step = 1, .rows = LONG};
    struct cbec_registry *registry;
    begin();
    take_in(&first);
    ck_assert_int_eq(cbec_open(db, CBEC_OPEN_CREATE, &registry, NULL), CBEC_OK);
    ck_assert_int_eq(registry_execute(registry, "UPDATE key_run SET keys = keys + 3200000", NULL),
                     CBEC_OK);
    *buckets = number_of(registry, "SELECT sum(1 << bits) FROM key_run");
    cbec_close(registry);
    const struct cost cost = take_in(second);
    remove_registry(db);
    return cost;
}

START_TEST(another_source_asks_for_many_rows_together)
{
    static const struct list second = {
        .source = "b", .day = "2024-07-31", .step = 1, .rows = LONG, .changed_every = 1};
    int64_t buckets;
    const struct cost cost = cost_in_large_registry(&second, &buckets);
    ck_assert_int_eq(cost.updated, LONG);
    /* The first rows are asked for alone; then there are at most as many times some thousand. */
    assert_at_most("buckets", cost.buckets, 1000 + LONG / 1000 * buckets);
}
END_TEST

/* But not for rows that mostly say nothing new: those that do ask alone, twice each. */
START_TEST(a_list_that_comes_again_asks_for_few_rows)
{
    static const struct list second = {
        .source = "a", .day = "2024-07-31", .step = 1, .rows = LONG, .changed_every = 20};
    int64_t buckets;
    const struct cost cost = cost_in_large_registry(&second, &buckets);
    ck_assert_int_eq(cost.updated, LONG / 20);
    assert_at_most("buckets", cost.buckets, 2 * LONG / 20 + LONG / 200);
    assert_at_most("sweeps", cost.sweeps, 0);
}
END_TEST

/*
 * Rows of a list that comes again are found in the order on file, without their keys, and are put
 * down 32 in one; the refused rows make it another file. Hardly a page is written.
 */
START_TEST(unchanged_rows)
{
    static const struct list lists[] = {
        {.source = "a", .day = "2024-06-30", .step = 1},
        {.source = "a", .day = "2024-07-31", .step = 1, .refused_every = SHORT}};
    begin();
    COSTS(lists, few, many);
    ck_assert_int_eq(many.unchanged, LONG);
    assert_at_most("runs", many.runs - few.runs, MORE / 32 + MORE / 50);
    assert_at_most("sightings", many.sightings - few.sightings, MORE / 32 + MORE / 100);
    assert_at_most("buckets", many.buckets, FEW_BUCKETS);
    assert_at_most("pages", many.pages, many.pages_before / 4);
}
END_TEST

/*
 * One row in twenty says something new, and takes six statements: a look at the record found, whose
 * it is; the record is written; what its source said of the enterprise and what that counted as is
 * read; it is written, without a look at its other records, since the last says all; and a run ends
 * of rows that say nothing new. The records, which are most of the file, stay as they are.
 */
START_TEST(some_changed_rows)
{
    enum { CHANGED = MORE / 20 };
    static const struct list lists[] = {
        {.source = "a", .day = "2024-06-30", .step = 1},
        {.source = "a", .day = "2024-07-31", .step = 1, .changed_every = 20}};
    begin();
    COSTS(lists, few, many);
    ck_assert_int_eq(many.updated, LONG / 20);
    ck_assert_int_eq(many.unchanged, LONG - LONG / 20);
    assert_at_most("runs", many.runs - few.runs, 6 * CHANGED + CHANGED / 2);
    assert_at_most("enterprises settled from all their records", many.settled, 0);
    assert_at_most("sightings", many.sightings - few.sightings, CHANGED + CHANGED / 10);
    assert_at_most("buckets", many.buckets, FEW_BUCKETS);
    assert_at_most("pages", many.pages, many.pages_before / 2);
}
END_TEST

/* The last word of an enterprise of two sources may be another one by a list that comes again: that
 * takes the five statements that settle it. */
START_TEST(unchanged_rows_of_two_sources)
{
    static const struct list lists[] = {
        {.source = "a", .day = "2024-06-30", .step = 1},
        {.source = "b", .day = "2024-07-31", .step = 1, .changed_every = 1},
        {.source = "a", .day = "2024-08-20", .step = 1, .refused_every = SHORT}};
    begin();
    COSTS(lists, few, many);
    ck_assert_int_eq(many.unchanged, LONG);
    assert_at_most("runs", many.runs - few.runs, 5 * MORE + MORE / 16);
    assert_at_most("buckets", many.buckets, FEW_BUCKETS);
}
END_TEST

/* A file that was taken in is known by its hash, whatever it holds. */
START_TEST(the_same_file)
{
    static const struct list lists[] = {{.source = "a", .day = "2024-06-30", .step = 1},
                                        {.source = "a", .day = "2024-06-30", .step = 1}};
    begin();
    COSTS(lists, few, many);
    assert_at_most("runs", many.runs, 10);
    ck_assert_int_eq(many.runs, few.runs);
    assert_at_most("pages", many.pages, 0);
}
END_TEST

SUITE_MAIN("import_work", a_new_row_takes_two_statements, a_single_row_takes_few_statements,
           pages_are_written_to_the_log_once, a_row_of_another_source, changed_rows_of_two_sources,
           another_source_asks_for_many_rows_together, a_list_that_comes_again_asks_for_few_rows,
           unchanged_rows, some_changed_rows, unchanged_rows_of_two_sources, the_same_file)
