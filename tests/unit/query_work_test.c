/*
 * What queries cost: a registry with ten times the enterprises, of the same kinds, is asked with
 * the same work, for queries read the counts that are kept. Every query of the catalogue is asked
 * every question, so that a new one is held to it too.
 */
#include "query/catalogue.h"
#include "work_list.h"

enum { SMALL = 2000, LARGE = 20000, DOUBTED = 40 };

static const char small_db[] = "query_work_small.db";
static const char large_db[] = "query_work_large.db";
static const char doubted_db[] = "query_work_doubted.db"; /* small, with ten times the conflicts */

static void fill(const char *db, int enterprises, int doubted)
{
    const struct list lists[] = {
        {.source = "a", .day = "2024-06-30", .rows = enterprises, .step = 1, .refused_every = 5},
        {.source = "b",
         .day = "2024-07-31",
         .rows = enterprises / 2,
         .step = 2,
         .refused_every = 50,
         .doubted = doubted},
        {.source = "a", .day = "2024-08-20", .rows = enterprises, .step = 1},
    };
    struct cbec_registry *registry;
    remove_registry(db);
    ck_assert_int_eq(cbec_open(db, CBEC_OPEN_CREATE, &registry, NULL), CBEC_OK);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        list_import(registry, &lists[i]);
    cbec_close(registry);
}

static void make_registries(void)
{
    work_watch();
    fill(small_db, SMALL, DOUBTED);
    fill(large_db, LARGE, DOUBTED);
    fill(doubted_db, SMALL, 10 * DOUBTED);
}

static void remove_registries(void)
{
    remove_registry(small_db);
    remove_registry(large_db);
    remove_registry(doubted_db);
}

/* ---- Questions ---------------------------------------------------------------------------------
 */

static const struct asking {
    const char *options;
    struct cbec_question question;
    bool cuts_year; /* the as-of date is within a year that has later enterprises */
} askings[] = {
    {"no options", {0}, false},
    {"--province 浙江", {.province = "浙江"}, false},
    {"--province unknown", {.province = "unknown"}, false},
    {"--definition narrow", {.definition = "narrow"}, false},
    {"--definition wide", {.definition = "wide"}, false},
    {"--source a", {.source = "a"}, false},
    {"--source b", {.source = "b"}, false},
    {"--since 2018 --until 2022-06", {.since = "2018", .until = "2022-06"}, false},
    {"--as-of 2020-12-31", {.as_of = "2020-12-31"}, false},
    {"--as-of 2019-03-15", {.as_of = "2019-03-15"}, true},
    {"all options but --as-of",
     {.province = "浙江",
      .definition = "narrow",
      .source = "b",
      .since = "2018-01-01",
      .until = "2024"},
     false},
    {"all options",
     {.as_of = "2021-12-31",
      .province = "广东",
      .definition = "wide",
      .source = "a",
      .since = "2016",
      .until = "2020"},
     false},
};

enum { ASKINGS = sizeof askings / sizeof *askings };

/*
 * Of these the counts that are kept know years as wholes. Where the as-of date cuts one they are
 * answered from the enterprises, as schema/README.md says: once through all of them, no more.
 */
static bool looks_at_enterprises(const struct asking *asking, const char *query)
{
    static const char *const of_whole_years[] = {"new_by_city", "new_by_industry", "new_by_type",
                                                 "new_by_capital"};
    for (size_t i = 0; i < sizeof of_whole_years / sizeof *of_whole_years; i++)
        if (strcmp(of_whole_years[i], query) == 0)
            return asking->cuts_year;
    return false;
}

/* ---- Asking ------------------------------------------------------------------------------------
 */

static struct cbec_registry *open_to_ask(const char *db)
{
    struct cbec_registry *registry;
    ck_assert_int_eq(cbec_open(db, CBEC_OPEN_READ, &registry, NULL), CBEC_OK);
    ck_assert_int_eq(cbec_snapshot_begin(registry, NULL), CBEC_OK);
    return registry;
}

static void close_asked(struct cbec_registry *registry)
{
    cbec_snapshot_end(registry);
    cbec_close(registry);
}

/* Reads the answer of a query, or of a listing if `query` is NULL; how many rows it has. */
static int64_t read_answer(struct cbec_registry *registry, const struct cbec_query *query,
                           const char *listing, const struct cbec_question *question)
{
    struct cbec_result *result;
    struct cbec_error error;
    const struct cbec_cell *cells;
    int64_t rows = 0;
    enum cbec_status status = query ? cbec_query_run(registry, query, question, &result, &error)
                                    : cbec_list_run(registry, listing, question, &result, &error);
    ck_assert_msg(status == CBEC_OK, "%s", error.message);
    while ((status = cbec_result_next(result, &cells, &error)) == CBEC_OK && cells)
        rows++;
    ck_assert_msg(status == CBEC_OK, "%s", error.message);
    cbec_result_close(result);
    return rows;
}

struct cost {
    int64_t rows; /* of the answer */
    int64_t steps;
    int64_t scanned;
    int64_t pages;
    uint64_t looks; /* through all enterprises, because counts were not enough */
};

/* What it costs to open a registry and to ask it. */
static struct cost cost_of(const char *db, const struct cbec_query *query, const char *listing,
                           const struct cbec_question *question)
{
    work_begin();
    struct cbec_registry *registry = open_to_ask(db);
    struct cost cost = {.rows = read_answer(registry, query, listing, question)};
    cost.steps = work.steps;
    cost.scanned = work.scanned;
    cost.pages = work_pages_read(registry);
    cost.looks = registry->looks;
    ck_assert_int_gt(cost.steps, 0);
    ck_assert_int_gt(cost.pages, 0);
    close_asked(registry);
    return cost;
}

/* ---- Work that does not grow -------------------------------------------------------------------
 */

/*
 * The same rows with the same work. In truth it is the same to the step; a tenth more is allowed,
 * since lists might lie a little differently in runs and pages, where a scan would be ten times as
 * much. A scan of enterprises reads 14 pages more, one of records 45; 4 are allowed, since an index
 * may be a level deeper, and what a query looks up may lie in pages of its own.
 */
static void assert_same_work(const char *name, const char *options, const struct cost *few,
                             const struct cost *many)
{
    ck_assert_msg(many->rows == few->rows, "%s, %s: %lld and %lld rows", name, options,
                  (long long)few->rows, (long long)many->rows);
    ck_assert_msg(many->looks == 0, "%s, %s: looks at enterprises", name, options);
    ck_assert_msg(many->steps <= few->steps + few->steps / 10, "%s, %s: %lld and %lld steps", name,
                  options, (long long)few->steps, (long long)many->steps);
    ck_assert_msg(many->scanned <= few->scanned + few->scanned / 10,
                  "%s, %s: %lld and %lld rows scanned", name, options, (long long)few->scanned,
                  (long long)many->scanned);
    ck_assert_msg(many->pages <= few->pages + 4, "%s, %s: %lld and %lld pages read", name, options,
                  (long long)few->pages, (long long)many->pages);
}

static void assert_one_look(const char *name, const struct cost *few, const struct cost *many)
{
    ck_assert_int_eq(many->rows, few->rows);
    ck_assert_uint_le(many->looks, 1);
    ck_assert_msg(many->scanned <= few->scanned + (LARGE - SMALL), "%s: %lld and %lld rows scanned",
                  name, (long long)few->scanned, (long long)many->scanned);
}

START_TEST(queries_cost_the_same_in_a_larger_registry)
{
    struct cbec_catalogue *catalogue;
    const struct cbec_query *query;
    ck_assert_int_eq(cbec_catalogue_open(NULL, 0, &catalogue, NULL), CBEC_OK);
    for (size_t i = 0; (query = cbec_catalogue_at(catalogue, i)) != NULL; i++)
        for (int asked = 0; asked < ASKINGS; asked++) {
            const struct asking *asking = &askings[asked];
            struct cost few = cost_of(small_db, query, NULL, &asking->question);
            struct cost many = cost_of(large_db, query, NULL, &asking->question);
            /* An answer without rows would prove little. */
            ck_assert_msg(few.rows > 0 || asked > 0, "%s: no rows", query->name);
            if (looks_at_enterprises(asking, query->name))
                assert_one_look(query->name, &few, &many);
            else
                assert_same_work(query->name, asking->options, &few, &many);
        }
    cbec_catalogue_close(catalogue);
}
END_TEST

/* The headline of the report, and what is printed with every answer. */
START_TEST(figures_cost_the_same_in_a_larger_registry)
{
    static const char *const listings[] = {"headline", "words", "sources"};
    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++)
        for (int asked = 0; asked < ASKINGS; asked++) {
            const struct cbec_question *question = &askings[asked].question;
            struct cost few = cost_of(small_db, NULL, listings[i], question);
            struct cost many = cost_of(large_db, NULL, listings[i], question);
            assert_same_work(listings[i], askings[asked].options, &few, &many);
        }
}
END_TEST

/* Conflicts are looked for among enterprises in dispute, and cost as much for each of ten times as
 * many: at the most a tenth more. */
START_TEST(conflicts_cost_what_they_are)
{
    struct cbec_catalogue *catalogue;
    const struct cbec_query *query;
    ck_assert_int_eq(cbec_catalogue_open(NULL, 0, &catalogue, NULL), CBEC_OK);
    ck_assert_int_eq(cbec_catalogue_find(catalogue, "conflicts", &query, NULL), CBEC_OK);
    struct cost few = cost_of(small_db, query, NULL, &askings[0].question);
    struct cost many = cost_of(doubted_db, query, NULL, &askings[0].question);
    ck_assert_int_eq(few.rows, DOUBTED);
    ck_assert_int_eq(many.rows, 10 * DOUBTED);
    ck_assert_int_le(many.steps, 11 * few.steps);
    cbec_catalogue_close(catalogue);
}
END_TEST

/* ---- Plans -------------------------------------------------------------------------------------
 */

enum { TABLES_MOST = 50 };

/* Tables that have more rows the more enterprises there are. */
struct growing {
    char names[TABLES_MOST][40];
    size_t count;
};

static int64_t rows_of(struct cbec_registry *registry, const char *table)
{
    char sql[100];
    int64_t rows;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM main.%s", table);
    ck_assert_int_eq(registry_integer(registry, sql, &rows, NULL), CBEC_OK);
    return rows;
}

static void find_growing(struct cbec_registry *few, struct cbec_registry *many,
                         struct growing *growing)
{
    struct statement tables;
    bool row;
    growing->count = 0;
    ck_assert_int_eq(statement_prepare_text(&tables, many,
                                            "SELECT name FROM sqlite_schema WHERE type = 'table'",
                                            NULL, NULL),
                     CBEC_OK);
    while (statement_step(&tables, &row, NULL) == CBEC_OK && row) {
        char *name = growing->names[growing->count];
        struct slice text = statement_text(&tables, 0);
        ck_assert_uint_lt(growing->count, TABLES_MOST);
        snprintf(name, sizeof *growing->names, "%.*s", (int)text.length, text.at);
        growing->count += rows_of(many, name) > 2 * rows_of(few, name);
    }
    statement_finish(&tables);
}

static bool is_growing(const struct growing *growing, struct slice table)
{
    for (size_t i = 0; i < growing->count; i++)
        if (slice_equal(slice_of(growing->names[i]), table))
            return true;
    return false;
}

/* "SCAN enterprise", "SCAN record USING INDEX …", however much more of a line there is. */
static bool scans(const struct growing *growing, struct slice step)
{
    if (!slice_starts_with(step, SLICE("SCAN ")))
        return false;
    struct slice table = slice_from(step, 5);
    const char *blank = memchr(table.at, ' ', table.length);
    if (blank)
        table.length = (size_t)(blank - table.at);
    return is_growing(growing, table);
}

static void assert_no_scan(struct cbec_registry *registry, const struct growing *growing,
                           const char *sql, const char *name, const char *options)
{
    struct statement plan;
    struct buffer text = {0};
    buffer_append_format(&text, "EXPLAIN QUERY PLAN %s", sql);
    ck_assert_int_eq(statement_prepare_text(&plan, registry, buffer_string(&text), NULL, NULL),
                     CBEC_OK);
    for (bool row = true; row;) {
        ck_assert_int_eq(statement_step(&plan, &row, NULL), CBEC_OK);
        struct slice step = row ? statement_text(&plan, 3) : SLICE("");
        ck_assert_msg(!scans(growing, step), "%s, %s: %.*s in\n%s", name, options, (int)step.length,
                      step.at, sql);
    }
    statement_finish(&plan);
    buffer_free(&text);
}

/*
 * No plan goes through a table that grows: not that of a query, nor those of the statements that
 * are run to answer it. What a plan does not say, as it may name a table otherwise, shows in the
 * steps of the tests above.
 */
static void assert_plans(const struct growing *growing, const struct cbec_query *query,
                         const struct asking *asking)
{
    char *run[WORK_STATEMENTS];
    size_t count = 0;
    struct cbec_registry *registry = open_to_ask(large_db);
    /* The first answer makes the tables of a question, which cannot be made, nor planned, twice. */
    read_answer(registry, query, NULL, &asking->question);
    work_begin();
    read_answer(registry, query, NULL, &asking->question);
    /* Explaining is work too. */
    while (count < work.count) {
        run[count] = strdup(work.of[count].sql);
        count++;
    }
    ck_assert_uint_gt(count, 1);
    for (size_t i = 0; i < count; i++) {
        assert_no_scan(registry, growing, run[i], query->name, asking->options);
        free(run[i]);
    }
    close_asked(registry);
}

START_TEST(no_plan_goes_through_what_grows)
{
    static const char *const known[] = {"enterprise", "record", "sighting", "record_key",
                                        "refused_row"};
    struct growing growing;
    struct cbec_catalogue *catalogue;
    const struct cbec_query *query;
    struct cbec_registry *few = open_to_ask(small_db), *many = open_to_ask(large_db);
    find_growing(few, many, &growing);
    close_asked(few);
    close_asked(many);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        ck_assert_msg(is_growing(&growing, slice_of(known[i])), "%s", known[i]);
    ck_assert_int_eq(cbec_catalogue_open(NULL, 0, &catalogue, NULL), CBEC_OK);
    for (size_t i = 0; (query = cbec_catalogue_at(catalogue, i)) != NULL; i++)
        for (int asked = 0; asked < ASKINGS; asked++)
            if (!looks_at_enterprises(&askings[asked], query->name))
                assert_plans(&growing, query, &askings[asked]);
    cbec_catalogue_close(catalogue);
}
END_TEST

/* ---- Beginning ---------------------------------------------------------------------------------
 */

/* What `cbec query new_by_year` does, from opening the registry to closing it. */
static void answer_once(int64_t *pages)
{
    static const char *const listings[] = {"headline", "words", "sources"};
    struct cbec_catalogue *catalogue;
    const struct cbec_query *query;
    ck_assert_int_eq(cbec_catalogue_open(NULL, 0, &catalogue, NULL), CBEC_OK);
    ck_assert_int_eq(cbec_catalogue_find(catalogue, "new_by_year", &query, NULL), CBEC_OK);
    struct cbec_registry *registry = open_to_ask(large_db);
    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++)
        read_answer(registry, NULL, listings[i], &askings[0].question);
    read_answer(registry, query, NULL, &askings[0].question);
    *pages = work_pages_read(registry);
    close_asked(registry);
    cbec_catalogue_close(catalogue);
}

/*
 * Most of an answer's time goes into getting ready for it, so that must not grow unnoticed. At the
 * time of writing these are 45 runs of statements with 3,721 steps, and 10 pages: the file's
 * header and schema, and one page of each table that is asked.
 */
START_TEST(an_answer_takes_few_statements)
{
    int64_t pages;
    work_begin();
    answer_once(&pages);
    ck_assert_int_gt(work.runs, 0);
    ck_assert_int_le(work.runs, 50);
    ck_assert_int_le(work.steps, 5000);
    ck_assert_int_le(pages, 12);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("query_work");
    TCase *tests = tcase_create("query_work");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, make_registries, remove_registries);
    tcase_add_test(tests, queries_cost_the_same_in_a_larger_registry);
    tcase_add_test(tests, figures_cost_the_same_in_a_larger_registry);
    tcase_add_test(tests, conflicts_cost_what_they_are);
    tcase_add_test(tests, no_plan_goes_through_what_grows);
    tcase_add_test(tests, an_answer_takes_few_statements);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
