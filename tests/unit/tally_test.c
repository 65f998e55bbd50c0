/* Counts that are kept: what queries say from them is what they say of the enterprises themselves.
 */
#include "registry/tally.h"

#include <stdio.h>
#include <unistd.h>

#include "draw.h"
#include "query/catalogue.h"
#include "registry/tally_cells.h"
#include "suite.h"

/* ---- Cells -------------------------------------------------------------------------------------
 */

enum { KEYS = 40 };

/* Keys at distances of all sizes. */
static uint64_t key_of(uint64_t nth)
{
    return nth * nth * nth * nth * nth * 977;
}

/* Cells against an array that is indexed by key. */
START_TEST(changed_cells)
{
    static const uint64_t mask = ((uint64_t)1 << COUNTED_KEY_BITS) - 1;
    uint64_t state = 1;
    int64_t model[KEYS] = {0};
    struct buffer packed = {0}, before = {0};
    for (int round = 0; round < 300; round++) {
        struct cell_change changes[30];
        size_t count = 0;
        for (int64_t key = 0; key < KEYS && count < 20; key++) {
            /* Some numbers come to nothing; each key is named twice. */
            uint64_t number = key_of((uint64_t)key) | (uint64_t)7 << 61;
            if (draw(&state) % 3 != 0)
                continue;
            int64_t more = draw(&state) % 4 == 0 ? (int64_t)draw(&state) % 100000 : 1;
            int64_t change = draw(&state) % 2 ? -model[key] : more;
            changes[count++] = (struct cell_change){number, change};
            changes[count++] = (struct cell_change){number, 2};
            model[key] += change + 2;
        }
        struct buffer swap = before;
        before = packed;
        packed = swap;
        ck_assert(cells_change(buffer_slice(&before), changes, count, mask, &packed));
        struct cells read = {.bytes = buffer_slice(&packed)};
        for (int64_t key = 0; key < KEYS; key++) {
            if (model[key] == 0)
                continue;
            ck_assert(cells_next(&read));
            ck_assert_uint_eq(read.key, key_of((uint64_t)key));
            ck_assert_int_eq(read.number, model[key]);
        }
        ck_assert(!cells_next(&read));
    }
    const struct cell_change too_many = {1 << 20, -1};
    ck_assert(!cells_change(buffer_slice(&packed), &too_many, 1, mask, &before));
    buffer_free(&packed);
    buffer_free(&before);
}
END_TEST

/* Whatever is cut off, cells end with the last whole one. */
START_TEST(cut_cells)
{
    struct buffer packed = {0};
    const struct cell_change changes[] = {{5, 1}, {1000, 300}, {70000, 2}};
    ck_assert(cells_change((struct slice){0}, changes, 3, UINT64_MAX, &packed));
    for (size_t length = 0; length < packed.length; length++) {
        struct cells read = {.bytes = {packed.data, length}};
        int count = 0;
        while (cells_next(&read))
            ck_assert_int_eq(read.number, changes[count++].change);
        ck_assert_int_lt(count, 3);
    }
    buffer_free(&packed);
}
END_TEST

/* ---- Keys --------------------------------------------------------------------------------------
 */

START_TEST(keys_say_what_they_are_of)
{
    const struct counted counted = {.city = {.number = 65536},
                                    .industry = {.number = 0},
                                    .type = {.text = SLICE("a long one")},
                                    .founded = date_pack((struct date){9999, 12, 31}),
                                    .precision = BY_DAY,
                                    .status = STATUS_OTHER.number,
                                    .capital = CAPITAL_OVER_50_MILLION,
                                    .exit_year = 9999,
                                    .exit_from = date_pack((struct date){9999, 12, 31})};
    for (enum counted_kind kind = COUNTED_STATUS; kind < COUNTED_KINDS; kind++) {
        uint64_t key;
        struct counted read = {.exit_year = 0};
        ck_assert(counted_key(&counted, kind, &key));
        ck_assert_uint_lt(key, (uint64_t)1 << COUNTED_KEY_BITS);
        ck_assert_int_eq(counted_from_key(kind, key, &read), kind != COUNTED_TYPE);
        if (kind == COUNTED_CITY)
            ck_assert_int_eq(read.city.number, 65536);
        if (kind == COUNTED_INDUSTRY)
            ck_assert_int_eq(read.industry.number, 0);
        if (kind == COUNTED_CAPITAL)
            ck_assert_int_eq(read.capital, CAPITAL_OVER_50_MILLION);
        if (kind == COUNTED_EXIT)
            ck_assert_int_eq(read.exit_from, counted.exit_from);
        if (kind == COUNTED_EXIT)
            ck_assert_int_eq(read.exit_year, 9999);
        else
            ck_assert_int_eq(read.founded, counted.founded);
        if (kind == COUNTED_STATUS || kind == COUNTED_DAY || kind == COUNTED_EXIT)
            ck_assert_int_eq(read.status, STATUS_OTHER.number);
    }
}
END_TEST

/* ---- Queries -----------------------------------------------------------------------------------
 */

#define LONG_CITY "一个名字很长很长很长很长很长很长很长很长很长很长很长的城市"

/* Enterprises of many kinds, of which some cities are no words if `long_cities`. */
static void write_list(const char *path, int first, int count, bool long_cities)
{
    static const char *const statuses[] = {"存续", "注销", "吊销", "", "迁出"};
    static const char *const provinces[] = {"浙江", "广东", "", "北京"};
    static const char *const capitals[] = {"10万", "300万人民币", "9000万", "50万美元", ""};
    uint64_t state = 3;
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file,
            "企业名称,经营状态,注册资本,成立日期,注销日期,所属省份,所属城市,公司类型,所属行业,"
            "经营范围\n");
    for (int i = 0; i < first + count; i++) {
        int year = 2015 + (int)(draw(&state) % 10), month = 1 + (int)(draw(&state) % 12);
        int day = 1 + (int)(draw(&state) % 28);
        uint64_t many = draw(&state);
        char founded[12];
        snprintf(founded, sizeof founded,
                 many % 9   ? "%d-%02d-%02d"
                 : many % 2 ? "%d-%02d"
                            : "%d",
                 year, month, day);
        if (i < first)
            continue;
        fprintf(file, "第%d公司,%s,%s,%s,%s,%s,%s,类型%d,行业%d,%s\n", i, statuses[many % 5],
                capitals[many / 5 % 5], founded, many % 5 == 1 ? "2024-03-01" : "",
                provinces[many / 25 % 4],
                long_cities && many % 10 == 0 ? LONG_CITY
                : many % 3                    ? "杭州市"
                                              : "",
                (int)(many % 4), (int)(many / 100 % 6), many % 2 ? "跨境电商" : "跨境贸易");
    }
    fclose(file);
}

static void take_in(struct cbec_registry *registry, const char *path, const char *source,
                    const char *day)
{
    const struct cbec_import_options options = {.source = source, .data_date = day};
    struct cbec_error error;
    enum cbec_status status = cbec_import(registry, path, &options, &error);
    unlink(path);
    ck_assert_msg(status == CBEC_OK, "%s", error.message);
}

static struct cbec_registry *filled(bool long_cities)
{
    struct cbec_registry *registry;
    unlink("tally.db");
    ck_assert_int_eq(cbec_open("tally.db", CBEC_OPEN_CREATE, &registry, NULL), CBEC_OK);
    write_list("tally_a.csv", 0, 900, long_cities);
    take_in(registry, "tally_a.csv", "a", "2024-06-30");
    write_list("tally_b.csv", 600, 500, long_cities);
    take_in(registry, "tally_b.csv", "b", "2024-08-20");
    return registry;
}

static void done(struct cbec_registry *registry)
{
    cbec_close(registry);
    unlink("tally.db");
    unlink("tally.db-wal");
    unlink("tally.db-shm");
}

static const struct cbec_question questions[] = {
    {0},
    {.province = "浙江"},
    {.definition = "narrow"},
    {.source = "a"},
    {.province = "unknown", .definition = "wide", .source = "b"},
    {.as_of = "2020-12-31"},
    {.as_of = "2019-02-28"},
    {.as_of = "2020-02-29", .definition = "narrow"},
    {.as_of = "2000-01-01"},
};

static void write_answer(struct cbec_registry *registry, const struct cbec_query *query,
                         const struct cbec_question *question, struct buffer *out)
{
    struct cbec_result *result;
    struct cbec_error error;
    const struct cbec_cell *cells;
    enum cbec_status status = cbec_query_run(registry, query, question, &result, &error);
    ck_assert_msg(status == CBEC_OK, "%s: %s", query->name, error.message);
    buffer_append_format(out, "%s\n", query->name);
    while ((status = cbec_result_next(result, &cells, &error)) == CBEC_OK && cells) {
        for (size_t i = 0; i < cbec_result_columns(result); i++)
            buffer_append_format(out, "%lld %g %.*s|", (long long)cells[i].integer, cells[i].real,
                                 (int)cells[i].length, cells[i].text ? cells[i].text : "");
        buffer_append_byte(out, '\n');
    }
    ck_assert_msg(status == CBEC_OK, "%s: %s", query->name, error.message);
    cbec_result_close(result);
}

/* What every query says to every question; `looks`: how often enterprises were looked at for it. */
static char *answers(struct cbec_registry *registry, uint64_t *looks)
{
    struct buffer out = {0};
    struct cbec_catalogue *catalogue;
    const struct cbec_query *query;
    registry->looks = 0;
    ck_assert_int_eq(cbec_catalogue_open(NULL, 0, &catalogue, NULL), CBEC_OK);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        for (size_t j = 0; (query = cbec_catalogue_at(catalogue, j)) != NULL; j++)
            write_answer(registry, query, &questions[i], &out);
    cbec_catalogue_close(catalogue);
    *looks = registry->looks;
    ck_assert(!out.failed);
    return (char *)buffer_string(&out);
}

static void keep_no_counts(struct cbec_registry *registry)
{
    ck_assert_int_eq(
        registry_execute(registry, "DELETE FROM tally; INSERT INTO tally VALUES (0, x'')", NULL),
        CBEC_OK);
}

/* Queries say the same whether they count or look; they look only where a year that is counted as a
 * whole is cut by the as-of date, or a city is no word. */
START_TEST(counts_are_those_of_the_enterprises)
{
    static const uint64_t cut =
        2 * 4; /* as-of dates within years, by city, industry, type, capital */
    for (int long_cities = 0; long_cities < 2; long_cities++) {
        uint64_t looks, looks_without;
        struct cbec_registry *registry = filled(long_cities);
        char *counted = answers(registry, &looks);
        keep_no_counts(registry);
        char *looked_at = answers(registry, &looks_without);
        ck_assert_str_eq(counted, looked_at);
        ck_assert_uint_gt(looks_without, 100);
        if (long_cities)
            ck_assert_uint_gt(looks, cut);
        else
            ck_assert_uint_eq(looks, cut);
        free(counted);
        free(looked_at);
        done(registry);
    }
}
END_TEST

/* ---- Segments ----------------------------------------------------------------------------------
 */

static int64_t number_of(struct cbec_registry *registry, const char *sql)
{
    int64_t number;
    ck_assert_int_eq(registry_integer(registry, sql, &number, NULL), CBEC_OK);
    return number;
}

/* Too many segments: no counts are kept until all is counted anew. */
START_TEST(too_many_segments)
{
    struct words words;
    struct tally tally;
    struct cbec_registry *registry = filled(false);
    ck_assert_int_eq(registry_begin(registry, NULL), CBEC_OK);
    ck_assert_int_eq(words_open(&words, registry, NULL), CBEC_OK);
    for (int round = 0; round < 2; round++) {
        ck_assert_int_eq(tally_open(&tally, registry, &words, NULL), CBEC_OK);
        ck_assert_int_eq(tally.none_kept, round > 0);
        tally.segments_most = tally.segments.count + 3;
        for (int64_t set = 100; set < 110; set++) {
            const struct counted counted = {
                .province = {.number = 1}, .source_set = set, .status = 1};
            ck_assert_int_eq(tally_count(&tally, &counted, 1, NULL), CBEC_OK);
        }
        ck_assert(tally.none_kept);
        ck_assert_int_eq(tally_save(&tally, NULL), CBEC_OK);
        tally_close(&tally);
        ck_assert_int_eq(number_of(registry, "SELECT count(*) FROM tally"), 1);
        ck_assert_int_eq(number_of(registry, "SELECT count(*) FROM segment"), 0);
    }
    words_close(&words);
    ck_assert_int_eq(tally_recount(registry, NULL), CBEC_OK);
    ck_assert_int_gt(number_of(registry, "SELECT count(*) FROM tally"), 7);
    ck_assert_int_eq(number_of(registry, "SELECT count(*) FROM tally WHERE id = 0"), 0);
    registry_rollback(registry);
    done(registry);
}
END_TEST

/* ---- Cells in memory ---------------------------------------------------------------------------
 */

static char *all_counts(struct cbec_registry *registry)
{
    struct statement rows = {0};
    bool row;
    ck_assert_int_eq(
        statement_prepare_text(&rows, registry,
                               "SELECT coalesce(group_concat(id || hex(cells)), '') FROM"
                               " (SELECT * FROM tally WHERE cells <> x'' ORDER BY id)",
                               NULL, NULL),
        CBEC_OK);
    ck_assert_int_eq(statement_step(&rows, &row, NULL), CBEC_OK);
    struct slice text = statement_text(&rows, 0);
    char *copy = strndup(text.at, text.length);
    statement_finish(&rows);
    ck_assert_ptr_nonnull(copy);
    return copy;
}

/* Counts that do not all fit into memory, and are written in between, are the same. */
START_TEST(little_room)
{
    struct words words;
    struct tally tally;
    struct cbec_registry *registry = filled(false);
    ck_assert_int_eq(registry_begin(registry, NULL), CBEC_OK);
    ck_assert_int_eq(tally_recount(registry, NULL), CBEC_OK);
    char *before = all_counts(registry);
    ck_assert_int_eq(registry_execute(registry, "DELETE FROM tally; DELETE FROM segment", NULL),
                     CBEC_OK);
    ck_assert_int_eq(words_open(&words, registry, NULL), CBEC_OK);
    ck_assert_int_eq(tally_open(&tally, registry, &words, NULL), CBEC_OK);
    tally.most_bits = CELLS_LEAST_BITS;
    for (int change = 1; change >= -1; change -= 2) {
        char *counted;
        ck_assert_int_eq(tally_count_all(&tally, "counted_enterprises", change, NULL), CBEC_OK);
        ck_assert_int_gt(number_of(registry, "SELECT count(*) FROM tally"), 100);
        ck_assert_int_eq(tally_save(&tally, NULL), CBEC_OK);
        counted = all_counts(registry);
        ck_assert(strcmp(counted, change > 0 ? before : "") == 0);
        free(counted);
    }
    tally_close(&tally);
    words_close(&words);
    registry_rollback(registry);
    free(before);
    done(registry);
}
END_TEST

SUITE_MAIN("tally", changed_cells, cut_cells, keys_say_what_they_are_of,
           counts_are_those_of_the_enterprises, too_many_segments, little_room)
