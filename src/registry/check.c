/* Is the registry sound? What is derived is derived anew and compared. */
#include "registry/schema.h"
#include "registry/store.h"

/* So many records without their keys are named. */
#define KEY_PROBLEMS 20

struct checking {
    struct cbec_registry *registry;
    void (*problem)(void *context, const char *what);
    void *context;
    size_t problems;
};

static void report_problem(struct checking *checking, const char *what)
{
    checking->problems++;
    if (checking->problem)
        checking->problem(checking->context, what);
}

/* Runs SQL whose rows are problems, each a text in the first column; "ok" is none. */
static enum cbec_status report_rows(struct checking *checking, const char *sql,
                                    struct cbec_error *error)
{
    struct statement rows;
    enum cbec_status status = statement_prepare_text(&rows, checking->registry, sql, NULL, error);
    for (bool row = true; status == CBEC_OK;) {
        status = statement_step(&rows, &row, error);
        if (status != CBEC_OK || !row)
            break;
        struct slice what = statement_text(&rows, 0);
        if (slice_equal(what, SLICE("ok")))
            continue;
        char text[500];
        snprintf(text, sizeof text, "%.*s", (int)what.length, what.at);
        report_problem(checking, text);
    }
    statement_finish(&rows);
    return status;
}

static enum cbec_status run_checks(struct checking *checking, const struct sql_file *file,
                                   struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    for (; status == CBEC_OK && file->name; file++)
        status = report_rows(checking, file->text, error);
    return status;
}

struct looking_up {
    struct checking *checking;
    struct keys *keys;
    uint64_t found;
    uint64_t on_file;
    size_t problems;
    int64_t last; /* the record last complained of */
};

static enum cbec_status look_up(void *context, uint64_t hash, int64_t record,
                                struct cbec_error *error)
{
    struct looking_up *looking = context;
    const struct place_list *places = &looking->keys->found;
    enum cbec_status status = keys_find(looking->keys, hash, error);
    for (size_t i = 0; i < places->count && status == CBEC_OK; i++)
        if (places->at[i] == record) {
            looking->found++;
            return CBEC_OK;
        }
    if (status != CBEC_OK || record == looking->last || looking->problems == KEY_PROBLEMS)
        return status;
    looking->problems++;
    char text[100];
    snprintf(text, sizeof text, "record %lld has not the keys by which it is looked up",
             (long long)record);
    report_problem(looking->checking, text);
    looking->last = record;
    return CBEC_OK;
}

static void count_keys(void *context, const uint64_t *hashes, size_t count)
{
    (void)hashes;
    ((struct looking_up *)context)->on_file += count;
}

/* Every record is found by its keys, and there are no others. */
static enum cbec_status check_keys(struct checking *checking, struct store *store,
                                   struct cbec_error *error)
{
    struct keys *keys = &store->identity.on_file;
    struct looking_up looking = {.checking = checking, .keys = keys};
    enum cbec_status status = key_runs_read_hashes(&keys->runs, count_keys, &looking, error);
    if (status == CBEC_OK && looking.on_file != key_runs_count(&keys->runs)) {
        report_problem(checking, "there are not as many keys as the registry says");
        keys->read_per_question = 0; /* they would not be taken into memory */
    }
    if (status == CBEC_OK)
        status = store_each_key(store, "record_unplaced", 0, look_up, &looking, error);
    if (status == CBEC_OK && looking.on_file > looking.found)
        report_problem(checking, "there are keys of records that are not on file");
    return status;
}

/* No record has a print of something else: that would be taken for what it says. */
static enum cbec_status check_prints(struct checking *checking, struct prints *prints,
                                     struct cbec_error *error)
{
    struct statement rows;
    long long wrong = 0;
    enum cbec_status status = statement_prepare(&rows, checking->registry, "record_all", error);
    for (bool row = true; status == CBEC_OK;) {
        struct kept kept;
        uint64_t print = 0;
        status = statement_step(&rows, &row, error);
        if (status != CBEC_OK || !row)
            break;
        for (int field = 0; field < FIELD_COUNT; field++)
            kept.of[field] = statement_value(&rows, 2 + field);
        status = prints_find(prints, statement_integer(&rows, 0), &print, error);
        wrong += print && print != print_of(statement_integer(&rows, 1), &kept);
    }
    statement_finish(&rows);
    if (wrong > 0) {
        char text[100];
        snprintf(text, sizeof text, "the prints of %lld records are not of what they say", wrong);
        report_problem(checking, text);
    }
    return status;
}

enum step { STEP_COUNTS, STEP_ENTERPRISES };

/* Derives all enterprises from the records, inside a transaction that is taken back. */
static enum cbec_status derive_anew(struct checking *checking, struct cbec_error *error)
{
    struct cbec_registry *registry = checking->registry;
    struct store store;
    enum cbec_status status = registry_execute(registry, schema_derive[STEP_COUNTS].text, error);
    if (status != CBEC_OK)
        return status;
    status = store_open(&store, registry, 0, error);
    if (status == CBEC_OK)
        status = registry_execute(registry, schema_derive[STEP_ENTERPRISES].text, error);
    if (status == CBEC_OK)
        status = check_keys(checking, &store, error);
    if (status == CBEC_OK)
        status = check_prints(checking, &store.prints, error);
    if (status == CBEC_OK)
        status = store_replay(&store, error);
    if (status == CBEC_OK)
        status = store_settle(&store, error);
    store_close(&store);
    return status;
}

enum cbec_status cbec_check(struct cbec_registry *registry,
                            void (*problem)(void *context, const char *what), void *context,
                            size_t *problems, struct cbec_error *error)
{
    struct checking checking = {.registry = registry, .problem = problem, .context = context};
    enum cbec_status status = registry_begin(registry, error);
    if (status == CBEC_OK)
        status = run_checks(&checking, schema_checks_on_file, error);
    if (status == CBEC_OK)
        status = derive_anew(&checking, error);
    if (status == CBEC_OK)
        status = run_checks(&checking, schema_checks_derived, error);
    registry_rollback(registry);
    *problems = checking.problems;
    return status;
}
