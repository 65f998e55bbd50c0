#include "registry/keys.h"

#include "draw.h"
#include "suite.h"
#include "work.h"

/* Enough for several runs and buckets, with few keys in memory at a time. */
enum { MOST = 6000, IMPORTS = 5, PENDING = 700 };

/* Before the imports there were so many others: places are long. */
enum { BEFORE = 20000 };

/* The place of a key that comes so late in an import; the last ones lie far behind the others. */
static int64_t place_of_key(int64_t import, size_t nth)
{
    return (BEFORE + import) << 32 | (int64_t)(nth + (nth > 1000 ? UINT32_MAX / 2 : 0));
}

struct naive {
    struct key at[MOST];
    bool dropped[MOST];
    size_t count;
};

static struct naive naive;

/* Hashes that often meet, spread over their whole range. */
static uint64_t some_hash(uint64_t *state)
{
    return draw(state) % 3000 * UINT64_C(0x5851f42d) & (((uint64_t)1 << KEY_BITS) - 1);
}

static struct cbec_registry *open_empty(void)
{
    struct cbec_registry *registry;
    struct cbec_error error;
    enum cbec_status status = cbec_open("none.db", CBEC_OPEN_TRIAL, &registry, &error);
    ck_assert_msg(status == CBEC_OK, "%s", error.message);
    return registry;
}

static void assert_found(struct keys *keys, uint64_t hash)
{
    size_t found = 0;
    ck_assert_int_eq(keys_find(keys, hash, NULL), CBEC_OK);
    for (size_t i = 0; i < naive.count; i++) {
        if (naive.dropped[i] || naive.at[i].hash != hash)
            continue;
        ck_assert_uint_lt(found, keys->found.count);
        ck_assert_int_eq(keys->found.at[found++], naive.at[i].place);
    }
    ck_assert_uint_eq(found, keys->found.count);
}

static void assert_all_found(struct keys *keys, uint64_t *state)
{
    for (int i = 0; i < 300; i++)
        assert_found(keys, naive.count && i % 2 ? naive.at[draw(state) % naive.count].hash
                                                : some_hash(state));
}

/* Whether what is on file is asked there, or soon read: into a filter, or into an index. */
enum reading { READS_NOTHING, READS_INTO_FILTER, READS_INTO_INDEX, READINGS };

static void open_keys(struct keys *keys, struct cbec_registry *registry, enum reading reading)
{
    ck_assert_int_eq(keys_open(keys, registry, MOST, NULL), CBEC_OK);
    keys->pending_most = PENDING;
    if (reading == READS_NOTHING)
        keys->read_per_question = 0;
    if (reading == READS_INTO_FILTER)
        keys->indexed_most = 0;
}

/* One import: keys come in the order of their places, and are asked for in between. What was asked
 * last is remembered: so the same is asked before and after all that may change the answer. */
static void take_in(struct cbec_registry *registry, int64_t import, enum reading reading,
                    uint64_t *state)
{
    struct keys keys;
    open_keys(&keys, registry, reading);
    for (size_t i = 0; i < MOST / IMPORTS; i++) {
        struct key key = {some_hash(state), place_of_key(import, i)};
        assert_found(&keys, key.hash);
        naive.at[naive.count++] = key;
        ck_assert_int_eq(keys_add(&keys, key.hash, key.place, NULL), CBEC_OK);
        assert_found(&keys, key.hash);
        if (i % 100 == 0)
            assert_all_found(&keys, state);
    }
    ck_assert(import == 1 || !keys.filter.blocks == (reading != READS_INTO_FILTER));
    ck_assert(import == 1 || !keys.index.keys == (reading != READS_INTO_INDEX));
    uint64_t asked = naive.at[naive.count - 1].hash;
    assert_found(&keys, asked);
    ck_assert_int_eq(keys_save(&keys, NULL), CBEC_OK);
    assert_found(&keys, asked);
    assert_all_found(&keys, state);
    keys_close(&keys);
}

static bool are_sorted(void *context, const struct key *keys, size_t count)
{
    struct key *last = context;
    ck_assert_uint_gt(count, 0);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_le(last->hash, keys[i].hash);
        last->hash = keys[i].hash;
        last->place++;
    }
    return true;
}

/* How many hashes were read, and what they come to. */
struct summed {
    int64_t count;
    uint64_t sum;
};

static void sum_up(void *context, const uint64_t *hashes, size_t count)
{
    struct summed *summed = context;
    for (size_t i = 0; i < count; i++)
        summed->sum += hashes[i] * hashes[i];
    summed->count += (int64_t)count;
}

static void drop(struct cbec_registry *registry, int64_t import, enum reading reading,
                 uint64_t *state)
{
    struct keys keys;
    struct key last = {0, 0};
    int64_t left = 0;
    struct summed read = {0, 0};
    uint64_t sum = 0;
    uint64_t asked = naive.at[(import - 1) * (MOST / IMPORTS)].hash; /* of what is dropped */
    open_keys(&keys, registry, reading);
    assert_all_found(&keys, state);
    assert_found(&keys, asked);
    int64_t first = place_of_key(import, 0);
    ck_assert_int_eq(keys_drop(&keys, first, first | UINT32_MAX, NULL), CBEC_OK);
    for (size_t i = 0; i < naive.count; i++) {
        naive.dropped[i] |= naive.at[i].place >> 32 == BEFORE + import;
        left += !naive.dropped[i];
        sum += naive.dropped[i] ? 0 : naive.at[i].hash * naive.at[i].hash;
    }
    assert_found(&keys, asked);
    assert_all_found(&keys, state);
    ck_assert_int_eq(key_runs_read(&keys.runs, are_sorted, &last, NULL), CBEC_OK);
    ck_assert_int_eq(last.place, left);
    ck_assert_int_eq(key_runs_read_hashes(&keys.runs, sum_up, &read, NULL), CBEC_OK);
    ck_assert_int_eq(read.count, left);
    ck_assert_uint_eq(read.sum, sum);
    ck_assert_uint_eq(key_runs_count(&keys.runs), (uint64_t)left);
    keys_close(&keys);
}

START_TEST(every_key_is_found_and_no_other)
{
    uint64_t state = (uint64_t)_i + 1;
    enum reading reading = (enum reading)(_i % READINGS);
    struct cbec_registry *registry = open_empty();
    naive.count = 0;
    memset(naive.dropped, 0, sizeof naive.dropped);
    for (int import = 1; import <= IMPORTS; import++)
        take_in(registry, import, reading, &state);
    for (int import = 0; import < IMPORTS; import++)
        drop(registry, 1 + (import + _i) % IMPORTS, reading, &state);
    cbec_close(registry);
}
END_TEST

/* Takes in one import of which so many hashes at a time are foreseen, but for some. */
static void take_in_foreseen(struct cbec_registry *registry, int64_t import, size_t load,
                             enum reading reading, uint64_t *state)
{
    struct keys keys;
    uint64_t hashes[300];
    open_keys(&keys, registry, reading);
    for (size_t i = 0; i < MOST / IMPORTS; i++) {
        for (size_t n = 0; i % load == 0 && n < load; n++) {
            hashes[n] = some_hash(state);
            if (n % 7 != 2)
                keys_foresee(&keys, hashes[n]);
        }
        struct key key = {hashes[i % load], place_of_key(import, i)};
        assert_found(&keys, key.hash);
        naive.at[naive.count++] = key;
        ck_assert_int_eq(keys_add(&keys, key.hash, key.place, NULL), CBEC_OK);
        assert_found(&keys, key.hash);
        assert_found(&keys, hashes[load - 1 - i % load]);
    }
    ck_assert_int_eq(keys_save(&keys, NULL), CBEC_OK);
    assert_all_found(&keys, state);
    keys_close(&keys);
}

/* So many that all buckets are gone through, and so few that they are looked up. */
START_TEST(what_is_foreseen_is_found)
{
    uint64_t state = (uint64_t)_i + 1;
    struct cbec_registry *registry = open_empty();
    naive.count = 0;
    memset(naive.dropped, 0, sizeof naive.dropped);
    for (int import = 1; import <= IMPORTS; import++)
        take_in_foreseen(registry, import, _i / READINGS % 2 ? 3 : 300,
                         (enum reading)(_i % READINGS), &state);
    cbec_close(registry);
}
END_TEST

/* Hashes that do not meet, spread over their whole range. */
static uint64_t nth_hash(uint64_t nth)
{
    return nth * UINT64_C(0x9e3779b97f4a7c15) >> (64 - KEY_BITS);
}

/* Asks for so many hashes, of which one in so many is among the first PENDING. */
static void ask_for(struct keys *keys, uint64_t count, uint64_t known_every)
{
    for (uint64_t nth = 1; nth <= count; nth++)
        ck_assert_int_eq(
            keys_find(keys, nth_hash(nth % known_every == 0 ? nth : nth + PENDING), NULL), CBEC_OK);
}

/* It is worth while to look far where much is asked of runs, which are in no index. */
START_TEST(many_questions_are_put_together)
{
    static const struct {
        bool fits;
        uint64_t count, known_every;
        bool looks_far;
    } cases[] = {{true, PENDING, 1, false},      {true, 20, 1, false},
                 {false, PENDING, 1, true},      {false, PENDING, 10, true},
                 {false, PENDING, 50, false},    {false, PENDING, PENDING + 1, false},
                 {false, 20, PENDING + 1, false}}; /* of which a filter would spare all */
    struct cbec_registry *registry = open_empty();
    struct keys keys;
    open_keys(&keys, registry, READS_INTO_FILTER);
    for (uint64_t nth = 1; nth <= PENDING; nth++) {
        ck_assert_int_eq(keys_find(&keys, nth_hash(nth), NULL), CBEC_OK);
        ck_assert(!keys_look_far(&keys)); /* there is no run yet */
        ck_assert_int_eq(keys_add(&keys, nth_hash(nth), (int64_t)nth, NULL), CBEC_OK);
    }
    ck_assert_int_eq(keys_save(&keys, NULL), CBEC_OK);
    keys_close(&keys);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        open_keys(&keys, registry, cases[i].fits ? READS_INTO_INDEX : READS_INTO_FILTER);
        ck_assert(!keys_look_far(&keys));
        ask_for(&keys, cases[i].count, cases[i].known_every);
        ck_assert(keys_look_far(&keys) == cases[i].looks_far);
        keys_close(&keys);
    }
    /* A filter with too many members lets all through. */
    open_keys(&keys, registry, READS_INTO_FILTER);
    ask_for(&keys, PENDING, PENDING + 1);
    ck_assert_ptr_nonnull(keys.filter.blocks);
    memset(keys.filter.blocks, 0xff, sizeof *keys.filter.blocks << keys.filter.bits);
    ask_for(&keys, PENDING, PENDING + 1);
    ck_assert(keys_look_far(&keys));
    keys_close(&keys);
    cbec_close(registry);
}
END_TEST

/* Adds so many keys as a run of their own. */
static void add_run(struct keys *keys, int count, uint64_t *state)
{
    for (int64_t place = 1; place <= count; place++)
        ck_assert_int_eq(keys_add(keys, some_hash(state), place, NULL), CBEC_OK);
    ck_assert_int_eq(keys_save(keys, NULL), CBEC_OK);
}

/* Each bucket is looked up once for all that lie in it; where many are asked for, none is: they are
 * gone through in one statement. */
START_TEST(foreseen_questions_share_buckets)
{
    uint64_t state = 1;
    work_watch();
    struct cbec_registry *registry = open_empty();
    struct keys keys;
    open_keys(&keys, registry, READS_NOTHING);
    keys.pending_most = MOST;
    add_run(&keys, MOST, &state);
    ck_assert_uint_eq(keys.runs.count, 1);
    ck_assert_int_gt(keys.runs.at[0].bits, 2);
    work_begin();
    for (uint64_t hash = 0; hash < 3; hash++)
        keys_foresee(&keys, hash);
    ck_assert_int_eq(keys_find(&keys, 1, NULL), CBEC_OK);
    ck_assert_int_eq(work_runs_of("key_bucket_find"), 1);
    ck_assert_int_eq(work_runs_of("key_buckets_read"), 0);
    work_begin();
    for (int i = 0; i < MOST; i++)
        keys_foresee(&keys, some_hash(&state));
    uint64_t last = some_hash(&state);
    keys_foresee(&keys, last);
    ck_assert_int_eq(keys_find(&keys, last, NULL), CBEC_OK);
    ck_assert_int_eq(work_runs_of("key_bucket_find"), 0);
    ck_assert_int_eq(work_runs_of("key_buckets_read"), 1);
    /* What was answered is not asked again. */
    work_begin();
    keys_foresee(&keys, 1);
    ck_assert_int_eq(keys_find(&keys, 1, NULL), CBEC_OK);
    ck_assert_int_eq(work_runs_of("key_bucket_find"), 1);
    ck_assert_int_eq(work_runs_of("key_buckets_read"), 0);
    keys_close(&keys);
    cbec_close(registry);
}
END_TEST

/* Rows may be foreseen that need no keys in the end. */
START_TEST(what_is_foreseen_in_vain_is_given_up)
{
    uint64_t state = 1;
    struct cbec_registry *registry = open_empty();
    struct keys keys;
    open_keys(&keys, registry, READS_NOTHING);
    add_run(&keys, 10, &state);
    for (uint64_t hash = 0; hash < 3 * KEY_ANSWERS_MOST; hash++)
        keys_foresee(&keys, hash);
    ck_assert_uint_le(keys.answers.capacity, KEY_ANSWERS_MOST);
    keys_close(&keys);
    cbec_close(registry);
}
END_TEST

/* A table of those that are pending takes no more: it becomes a run. */
START_TEST(places_of_many_imports)
{
    enum { MANY = 2 * KEY_TABLE_STRETCHES + 5 };
    struct cbec_registry *registry = open_empty();
    struct keys keys;
    ck_assert_int_eq(keys_open(&keys, registry, 0, NULL), CBEC_OK);
    for (uint64_t import = 1; import <= MANY; import++)
        ck_assert_int_eq(keys_add(&keys, import * 977, (int64_t)(import << 32 | 7), NULL), CBEC_OK);
    ck_assert_uint_eq(key_runs_count(&keys.runs), 2 * KEY_TABLE_STRETCHES);
    ck_assert_int_eq(keys_save(&keys, NULL), CBEC_OK);
    for (uint64_t import = 1; import <= MANY; import++) {
        ck_assert_int_eq(keys_find(&keys, import * 977, NULL), CBEC_OK);
        ck_assert_uint_eq(keys.found.count, 1);
        ck_assert_int_eq(keys.found.at[0], (int64_t)(import << 32 | 7));
    }
    keys_close(&keys);
    cbec_close(registry);
}
END_TEST

START_TEST(runs_stay_few)
{
    uint64_t state = 1;
    struct cbec_registry *registry = open_empty();
    struct keys keys;
    open_keys(&keys, registry, READS_NOTHING);
    for (int i = 0; i < 300; i++) {
        add_run(&keys, 10, &state);
        ck_assert_uint_le(keys.runs.count, 9); /* each has half as many keys as the one before */
    }
    /* Each is smaller than the one before: none would ever be merged. */
    for (int count = 100; count > 0; count--) {
        add_run(&keys, count, &state);
        ck_assert_uint_le(keys.runs.count, KEY_RUNS_MOST);
    }
    ck_assert_uint_eq(key_runs_count(&keys.runs), 300 * 10 + 5050);
    keys_close(&keys);
    cbec_close(registry);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("keys");
    TCase *tests = tcase_create("keys");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, every_key_is_found_and_no_other, 0, 9);
    tcase_add_loop_test(tests, what_is_foreseen_is_found, 0, 9);
    tcase_add_test(tests, many_questions_are_put_together);
    tcase_add_test(tests, foreseen_questions_share_buckets);
    tcase_add_test(tests, what_is_foreseen_in_vain_is_given_up);
    tcase_add_test(tests, places_of_many_imports);
    tcase_add_test(tests, runs_stay_few);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
