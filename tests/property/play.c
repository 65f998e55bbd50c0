#include "play.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cbec.h"
#include "model.h"
#include "situations.h"

enum { PATH_BYTES = 400, QUESTIONS_AT_A_STEP = 1, QUESTIONS_AT_THE_END = 10 };

/* A registry; its tables are looked at through connections of their own. */
struct opened {
    char path[PATH_BYTES];
    struct cbec_registry *registry;
};

struct playing {
    const struct history *history;
    const char *folder;
    struct opened opened;
    int count; /* of the imports that are in, in their order */
    const struct file *file[MOST_FILES];
    int64_t import[MOST_FILES];
    int defined_count;
    int defined[DEFINITION_COUNT];
    bool undone;
    char *why;
};

static struct model model;
static struct table expected, got;

/* ---- Registries
 * ------------------------------------------------------------------------------------------ */

static void remove_registry(const char *path)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char name[PATH_BYTES + 16];
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

static enum check open_registry(struct opened *opened, const char *folder, const char *name,
                                char *why)
{
    struct cbec_error error = {0};
    snprintf(opened->path, sizeof opened->path, "%s/%s", folder, name);
    remove_registry(opened->path);
    if (cbec_open(opened->path, CBEC_OPEN_CREATE, &opened->registry, &error) != CBEC_OK) {
        snprintf(why, WHY_BYTES, "a registry cannot be made: %s", error.message);
        return CHECK_CALL;
    }
    return CHECK_NOTHING;
}

static void close_registry(struct opened *opened)
{
    cbec_close(opened->registry);
    remove_registry(opened->path);
    *opened = (struct opened){0};
}

/* Adds the rows of a query of the tables, each behind a word. */
static void look(const struct opened *opened, const char *word, const char *sql,
                 struct table *table)
{
    sqlite3 *tables;
    sqlite3_stmt *rows;
    /* Before the first import there is no file, and so no rows. */
    if (sqlite3_open_v2(opened->path, &tables, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        sqlite3_close(tables);
        return;
    }
    if (sqlite3_prepare_v2(tables, sql, -1, &rows, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s\n%s\n", sqlite3_errmsg(tables), sql);
        abort();
    }
    while (sqlite3_step(rows) == SQLITE_ROW) {
        char line[LINE_BYTES] = "";
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const char *text = (const char *)sqlite3_column_text(rows, i);
            size_t length = strlen(line);
            snprintf(line + length, sizeof line - length, "%s%s", i ? "|" : "", text ? text : "");
        }
        table_add(table, "%s%s", word, line);
    }
    sqlite3_finalize(rows);
    sqlite3_close(tables);
}

/* Compares the expected table with the one that is there. */
static enum check compare(enum check check, const char *what, char *why)
{
    int line = 0;
    while (line < expected.count && line < got.count &&
           strcmp(expected.line[line], got.line[line]) == 0)
        line++;
    if (line == expected.count && line == got.count)
        return CHECK_NOTHING;
    snprintf(why, WHY_BYTES, "%s, line %d:\n  expected %s\n  got      %s", what, line + 1,
             line < expected.count ? expected.line[line] : "nothing",
             line < got.count ? got.line[line] : "nothing");
    return check;
}

/* ---- The whole content
 * ------------------------------------------------------------------------------------- */

/* A place in the order of imports instead of by their numbers, which undo leaves gaps in. */
#define PLACE(column)                                                                              \
    "(SELECT count(*) FROM import AS nth WHERE nth.id <= " column " >> 32) || ':' || (" column     \
    " & 4294967295)"
#define NTH(column) "(SELECT count(*) FROM import AS nth WHERE nth.id <= " column ")"
#define SOURCE(column) "(SELECT name FROM source WHERE source.id = " column ")"

/* All that a registry holds but its raw numbers, and hashes that depend on them. */
static const struct {
    const char *word;
    const char *sql;
} contents[] = {
    {"import ",
     "SELECT " NTH("import.id") ", path, hex(hash), bytes, " SOURCE(
         "import.source") ", data_date, data_date_from, format,"
                          " encoding, header_row, new, updated, unchanged, refused, skipped, "
                          "program_version FROM import ORDER BY id"},
    {"refused ",
     "SELECT " NTH(
         "refused_row.import") ", line, reason, text FROM refused_row ORDER BY import, line"},
    {"source ", "SELECT name FROM source ORDER BY name"},
    {"record ",
     "SELECT " PLACE("record.id") ", " SOURCE("record.source") ", " PLACE(
         "enterprise") ", opened, name, credit_code,"
                       " registration_no, organisation_code, founded_on, status, ceased_on, "
                       "capital, type, industry, province, city,"
                       " district, address, scope, former_names, status_group, code_class FROM "
                       "record_text AS record ORDER BY id"},
    {"sighting ",
     "SELECT " PLACE("place") ", " PLACE("record") " FROM sighting_row ORDER BY place"},
    {"enterprise ",
     "SELECT " PLACE("e.id") ", " PLACE("name_from") ", " PLACE(
         "scope_from") ", credit_code, founded_on,"
                       " founded_by, ceased_on, status, province, city, industry, type, "
                       "capital, capital_currency, names, definitions"
                       " FROM enterprise_text AS e JOIN source_set ON source_set.id = e.source_set "
                       "ORDER BY e.id"},
    /* A combination that was settled on the way to another one may be left without an enterprise.
     */
    {"sources ", "SELECT names FROM source_set WHERE id IN (SELECT source_set FROM enterprise) "
                 "ORDER BY names"},
    {"member ",
     "SELECT names, " SOURCE(
         "source") " FROM source_set_member JOIN source_set ON source_set.id = source_set"
                   " WHERE source_set IN (SELECT source_set FROM enterprise) ORDER BY 1, 2"},
    {"definition ",
     /* A registry into which nothing was imported need not be there at all. */
     "SELECT definition.*, wanted, word FROM definition LEFT JOIN definition_word ON "
     "definition = id WHERE EXISTS (SELECT 1 FROM import) ORDER BY 1, 5, 4"},
};

static void dump(const struct opened *opened, struct table *table)
{
    table->count = 0;
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++)
        look(opened, contents[i].word, contents[i].sql, table);
}

/* ---- Calls
 * -----------------------------------------------------------------------------------------------
 */

struct summary {
    char text[LINE_BYTES];
    bool already;
    int64_t import;
};

static void note_summary(void *context, const struct cbec_import_summary *said)
{
    struct summary *summary = context;
    if (said->error)
        return;
    summary->already = said->already_imported;
    summary->import = said->import;
    snprintf(summary->text, sizeof summary->text,
             "%s %s, %llu rows: %llu new, %llu updated, %llu unchanged, %llu refused; %llu "
             "skipped; warnings",
             said->source, said->data_date, (unsigned long long)said->rows,
             (unsigned long long)said->added, (unsigned long long)said->updated,
             (unsigned long long)said->unchanged, (unsigned long long)said->refused,
             (unsigned long long)said->skipped);
    for (int i = 0; i < CBEC_WARNING_COUNT; i++)
        snprintf(summary->text + strlen(summary->text), 24, " %llu",
                 (unsigned long long)said->warnings[i]);
}

static void describe_import(const struct model_import *import, char text[LINE_BYTES])
{
    snprintf(text, LINE_BYTES,
             "%s %s, %d rows: %d new, %d updated, %d unchanged, %d refused; %d skipped; warnings",
             import->source, import->data_date,
             import->added + import->updated + import->unchanged + import->refused, import->added,
             import->updated, import->unchanged, import->refused, import->skipped);
    for (int i = 0; i < CBEC_WARNING_COUNT; i++)
        snprintf(text + strlen(text), 24, " %d", import->warnings[i]);
}

/* Writes the export, which is named as vendors name theirs, and takes it in. */
static enum cbec_status import_file(const struct playing *playing, struct cbec_registry *registry,
                                    const struct file *file, struct summary *summary,
                                    struct cbec_error *error)
{
    char path[PATH_BYTES], bytes[MOST_BYTES];
    int lines[MOST_ROWS];
    const struct source_words *source = &SOURCES[file->source];
    const char *day = file->day >= 0 ? DAYS[file->day] : NULL;
    bool day_in_name = day && file->day_in_name;
    snprintf(path, sizeof path, "%s/%slist-%c%s%s.csv", playing->folder,
             source->in_name ? source->in_name : "", (char)('a' + (file - playing->history->file)),
             day_in_name ? "_" : "", day_in_name ? day : "");
    size_t length = render(file, bytes, lines);
    FILE *stream = fopen(path, "wb");
    if (!stream || fwrite(bytes, 1, length, stream) != length || fclose(stream) != 0) {
        perror(path);
        abort();
    }
    struct cbec_import_options options = {.source = source->option,
                                          .data_date = day_in_name ? NULL : day,
                                          .context = summary,
                                          .done = note_summary};
    enum cbec_status status = cbec_import(registry, path, &options, error);
    unlink(path);
    return status;
}

static enum cbec_status define(struct cbec_registry *registry, int definition,
                               struct cbec_error *error)
{
    const struct definition_words *words = &DEFINITIONS[definition];
    size_t wanted = 0, unwanted = 0;
    while (words->wanted[wanted])
        wanted++;
    while (unwanted < DEFINITION_WORDS && words->unwanted[unwanted])
        unwanted++;
    return cbec_define(registry, words->name, words->wanted, wanted, words->unwanted, unwanted,
                       error);
}

/* ---- Comparing
 * ------------------------------------------------------------------------------------------- */

static void note_problem(void *context, const char *what)
{
    char *why = context;
    size_t length = strlen(why);
    snprintf(why + length, WHY_BYTES - length, "%s\n", what);
}

static enum check check_sound(struct playing *playing)
{
    size_t problems;
    struct cbec_error error = {0};
    *playing->why = '\0';
    if (cbec_check(playing->opened.registry, note_problem, playing->why, &problems, &error) !=
        CBEC_OK) {
        note_problem(playing->why, error.message);
        return CHECK_CALL;
    }
    return problems ? CHECK_SOUND : CHECK_NOTHING;
}

static enum check check_identity(struct playing *playing)
{
    expected.count = got.count = 0;
    for (int i = 0; i < model.record_count; i++) {
        const struct model_record *record = &model.record[i],
                                  *first = &model.record[record->enterprise];
        table_add(&expected, "%d:%d|%d:%d|%d|%s", record->file + 1, record->line, first->file + 1,
                  first->line, record->opened, model.import[record->file].source);
    }
    look(&playing->opened, "",
         "SELECT " PLACE("record.id") ", " PLACE("enterprise") ", opened, " SOURCE(
             "record.source") " FROM record ORDER BY id",
         &got);
    enum check check =
        compare(CHECK_IDENTITY, "record | its enterprise | opened | source", playing->why);
    if (check != CHECK_NOTHING)
        return check;
    expected.count = got.count = 0;
    for (int i = 0; i < model.import_count; i++)
        for (int j = 0; j < model.import[i].refusal_count; j++)
            table_add(&expected, "%d|%d|%s", i + 1, model.import[i].refusal[j].line,
                      model.import[i].refusal[j].reason);
    look(
        &playing->opened, "",
        "SELECT " NTH("refused_row.import") ", line, reason FROM refused_row ORDER BY import, line",
        &got);
    return compare(CHECK_REFUSED, "refused rows", playing->why);
}

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

static void describe_enterprise(const struct playing *playing,
                                const struct model_enterprise *enterprise)
{
    const struct model_record *first = &model.record[enterprise->first];
    const struct word *capital = enterprise->capital;
    char amount[32] = "", definitions[CELL_BYTES] = "";
    if (capital && capital->means)
        snprintf(amount, sizeof amount, "%.2f", capital->amount);
    for (int i = 0; i < BUILT_IN_COUNT + playing->defined_count; i++) {
        int definition = i < BUILT_IN_COUNT ? i : playing->defined[i - BUILT_IN_COUNT];
        if (model_in_definition(enterprise, definition))
            strcat(strcat(definitions, " "), DEFINITIONS[definition].name);
    }
    table_add(&expected, "%d:%d|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s", first->file + 1,
              first->line, enterprise->name->kept, enterprise->scope ? enterprise->scope->kept : "",
              or_nothing(enterprise->code), enterprise->founded, enterprise->founded_by,
              or_nothing(enterprise->ceased), enterprise->status, enterprise->province,
              or_nothing(enterprise->city), or_nothing(enterprise->industry),
              or_nothing(enterprise->type), amount, *amount ? capital->means : "",
              enterprise->sources, definitions);
}

static enum check check_settled(struct playing *playing)
{
    expected.count = got.count = 0;
    for (int i = 0; i < model.enterprise_count; i++)
        describe_enterprise(playing, &model.enterprise[i]);
    look(&playing->opened, "",
         "SELECT " PLACE("e.id") ", (SELECT name FROM record WHERE id = name_from),"
                                 " (SELECT scope FROM record WHERE id = scope_from), credit_code, "
                                 "founded_on, founded_by, ceased_on, status,"
                                 " province, city, industry, type, iif(capital IS NULL, '', "
                                 "printf('%.2f', capital)), capital_currency, names,"
                                 " (SELECT group_concat(' ' || name, '') FROM (SELECT name FROM "
                                 "definition WHERE e.definitions >> id & 1"
                                 "  ORDER BY id))"
                                 " FROM enterprise_text AS e JOIN source_set ON source_set.id = "
                                 "e.source_set ORDER BY e.id",
         &got);
    return compare(CHECK_SETTLED, "settled enterprises", playing->why);
}

/* The registry against a new one with the remaining imports. */
static enum check check_as_new(struct playing *playing)
{
    struct opened fresh = {0};
    struct cbec_error error = {0};
    struct summary summary;
    enum cbec_status status = CBEC_OK;
    enum check check = open_registry(&fresh, playing->folder, "fresh.db", playing->why);
    for (int i = 0; i < playing->defined_count && check == CHECK_NOTHING && status == CBEC_OK; i++)
        status = define(fresh.registry, playing->defined[i], &error);
    for (int i = 0; i < playing->count && check == CHECK_NOTHING && status == CBEC_OK; i++)
        status = import_file(playing, fresh.registry, playing->file[i], &summary, &error);
    if (status != CBEC_OK) {
        snprintf(playing->why, WHY_BYTES, "the remaining imports cannot be taken in anew: %s",
                 error.message);
        check = CHECK_CALL;
    }
    if (check == CHECK_NOTHING) {
        dump(&fresh, &expected);
        dump(&playing->opened, &got);
        check = compare(CHECK_UNDO, "after undo, against a new registry", playing->why);
    }
    close_registry(&fresh);
    return check;
}

/* ---- Queries
 * --------------------------------------------------------------------------------------------- */

static void choose_question(const struct playing *playing, uint64_t *random,
                            struct cbec_question *question, struct model_question *asked)
{
    static const char *const provinces[][2] = {{"浙江", "浙江省"},
                                               {"Guangdong", "广东省"},
                                               {"31", "上海市"},
                                               {"福建省", "福建省"},
                                               {"unknown", "unknown"}};
    static const char *const bounds[] = {NULL,      NULL,         NULL,      "2023", "2024",
                                         "2024-02", "2023-05-06", "2020-03", "2026"};
    *question = (struct cbec_question){0};
    *asked = (struct model_question){0};
    int day = below(random, AS_OF_COUNT + 4), province = below(random, 15),
        definition = below(random, 8);
    int source = below(random, 20);
    for (int i = 0; i < model.import_count; i++)
        if (strcmp(model.import[i].data_date, asked->as_of) > 0)
            strcpy(asked->as_of, model.import[i].data_date);
    if (day < AS_OF_COUNT || model.import_count == 0)
        strcpy(asked->as_of, question->as_of = DAYS[day % AS_OF_COUNT]);
    if (province < 5) {
        question->province = provinces[province][0];
        asked->province = provinces[province][1];
    }
    if (definition < BUILT_IN_COUNT)
        asked->definition = definition;
    else if (definition < BUILT_IN_COUNT + playing->defined_count)
        asked->definition = playing->defined[definition - BUILT_IN_COUNT];
    question->definition = asked->definition ? DEFINITIONS[asked->definition].name : NULL;
    if (source < model.import_count)
        question->source = asked->source = model.import[source].source;
    question->since = asked->since = bounds[below(random, 9)];
    question->until = asked->until = bounds[below(random, 9)];
}

static void add_result_row(const struct cbec_cell *cells, size_t count)
{
    char line[LINE_BYTES] = "";
    for (size_t i = 0; i < count; i++) {
        char text[CELL_BYTES] = "";
        if (cells[i].type == CBEC_CELL_INTEGER)
            snprintf(text, sizeof text, "%lld", (long long)cells[i].integer);
        else if (cells[i].type == CBEC_CELL_REAL)
            snprintf(text, sizeof text, "%.1f", cells[i].real);
        else if (cells[i].type == CBEC_CELL_TEXT)
            snprintf(text, sizeof text, "%.*s", (int)cells[i].length, cells[i].text);
        size_t length = strlen(line);
        snprintf(line + length, sizeof line - length, "%s%s", i ? "|" : "", text);
    }
    table_add(&got, "%s", line);
}

/* The same for all registries. */
static const struct cbec_catalogue *catalogue(void)
{
    static struct cbec_catalogue *opened;
    if (!opened && cbec_catalogue_open(NULL, 0, &opened, NULL) != CBEC_OK)
        abort();
    return opened;
}

static enum check run_query(struct playing *playing, const struct cbec_query *query,
                            const struct cbec_question *question)
{
    struct cbec_result *result;
    struct cbec_error error = {0};
    const struct cbec_cell *cells = NULL;
    got.count = 0;
    enum cbec_status status =
        cbec_query_run(playing->opened.registry, query, question, &result, &error);
    while (status == CBEC_OK) {
        status = cbec_result_next(result, &cells, &error);
        if (status != CBEC_OK || !cells)
            break;
        add_result_row(cells, cbec_result_columns(result));
    }
    cbec_result_close(result);
    if (status == CBEC_OK)
        return CHECK_NOTHING;
    snprintf(playing->why, WHY_BYTES, "query %s fails: %s", query->name, error.message);
    return CHECK_CALL;
}

static enum check check_question(struct playing *playing, const struct cbec_question *question,
                                 const struct model_question *asked)
{
    const struct cbec_query *query;
    enum check check = CHECK_NOTHING;
    for (size_t i = 0; check == CHECK_NOTHING; i++) {
        const char *name = model_query_at(i);
        char what[LINE_BYTES];
        query = cbec_catalogue_at(catalogue(), i);
        if (!query && !name)
            break;
        if (!query || !name || strcmp(query->name, name) != 0) {
            snprintf(playing->why, WHY_BYTES, "the program has query %s where the model has %s",
                     query ? query->name : "none", name ? name : "none");
            return CHECK_CALL;
        }
        bool ordered = model_query(&model, i, asked, &expected);
        check = run_query(playing, query, question);
        if (!ordered) {
            table_sort(&expected);
            table_sort(&got);
        }
        snprintf(what, sizeof what,
                 "query %s as of %s definition %s province %s source %s since %s until %s",
                 query->name, asked->as_of, DEFINITIONS[asked->definition].name,
                 or_nothing(asked->province), or_nothing(asked->source), or_nothing(asked->since),
                 or_nothing(asked->until));
        if (check == CHECK_NOTHING)
            check = compare(CHECK_QUERY, what, playing->why);
    }
    return check;
}

/* Conflicts are sorted by the name of their enterprise. */
static enum check check_order_of_conflicts(struct playing *playing)
{
    const struct cbec_question question = {.as_of = "2025-12-31"};
    char before[LINE_BYTES] = "";
    const struct cbec_query *query;
    cbec_catalogue_find(catalogue(), "conflicts", &query, NULL);
    enum check check = run_query(playing, query, &question);
    for (int i = 0; i < got.count && check == CHECK_NOTHING; i++) {
        *strchr(got.line[i], '|') = '\0';
        if (strcmp(before, got.line[i]) > 0) {
            snprintf(playing->why, WHY_BYTES, "conflicts: %s stands before %s", before,
                     got.line[i]);
            check = CHECK_QUERY;
        }
        strcpy(before, got.line[i]);
    }
    return check;
}

static enum check check_queries(struct playing *playing, int questions)
{
    uint64_t random = playing->history->seed ^ (uint64_t)questions;
    enum check check = check_order_of_conflicts(playing);
    for (int i = 0; i < questions && check == CHECK_NOTHING; i++) {
        struct cbec_question question;
        struct model_question asked;
        choose_question(playing, &random, &question, &asked);
        situations_note(&model, &asked);
        check = check_question(playing, &question, &asked);
    }
    return check;
}

/* ---- Vintages
 * ----------------------------------------------------------------------------------------------
 */

/* Compares what the registry says as known then with a model of nothing but what was known. */
static enum check check_vintage(struct playing *playing, const char *known_at,
                                const struct file *const *known, int count, uint64_t *random)
{
    struct cbec_question question;
    struct model_question asked;
    char why[WHY_BYTES];
    model_build(&model, known, count);
    choose_question(playing, random, &question, &asked);
    question.known_at = known_at;
    enum check check = check_question(playing, &question, &asked);
    if (check == CHECK_NOTHING)
        return check;
    memcpy(why, playing->why, WHY_BYTES);
    snprintf(playing->why, WHY_BYTES, "known at %s, %.*s", known_at, WHY_BYTES - 50, why);
    return CHECK_VINTAGE;
}

/* After each import, and with the exports up to each data date; then all that is known now. */
static enum check check_vintages(struct playing *playing)
{
    uint64_t random = playing->history->seed;
    enum check check = CHECK_NOTHING;
    if (cbec_snapshot_begin(playing->opened.registry, NULL) != CBEC_OK)
        return CHECK_CALL;
    for (int i = 0; i < playing->count && check == CHECK_NOTHING; i++) {
        char number[32], day[16], other[16];
        const struct file *known[MOST_FILES];
        int count = 0;
        snprintf(number, sizeof number, "%lld", (long long)playing->import[i]);
        check = check_vintage(playing, number, playing->file, i + 1, &random);
        model_data_date(playing->file[i], day);
        for (int j = 0; j < playing->count; j++)
            if (model_data_date(playing->file[j], other) && strcmp(other, day) <= 0)
                known[count++] = playing->file[j];
        if (check == CHECK_NOTHING)
            check = check_vintage(playing, day, known, count, &random);
    }
    model_build(&model, playing->file, playing->count);
    if (check == CHECK_NOTHING)
        check = check_queries(playing, 1);
    cbec_snapshot_end(playing->opened.registry);
    return check;
}

/* Where something is undone, the queries can wait for the end: the tables are compared at each
 * step. */
static enum check check_all(struct playing *playing)
{
    enum check check = check_sound(playing);
    if (check == CHECK_NOTHING)
        check = check_identity(playing);
    if (check == CHECK_NOTHING)
        check = check_settled(playing);
    if (check == CHECK_NOTHING && !playing->history->with_undo)
        check = check_queries(playing, QUESTIONS_AT_A_STEP);
    return check;
}

/* ---- Steps
 * -----------------------------------------------------------------------------------------------
 */

/* The place among those that are in of a file with the same bytes; -1 if there is none. */
static int place_of(const struct playing *playing, const struct file *file)
{
    static char a[MOST_BYTES], b[MOST_BYTES];
    int lines[MOST_ROWS];
    size_t length = render(file, a, lines);
    for (int i = 0; i < playing->count; i++)
        if (render(playing->file[i], b, lines) == length && memcmp(a, b, length) == 0)
            return i;
    return -1;
}

static enum check step_import(struct playing *playing, const struct file *file)
{
    char day[16], text[LINE_BYTES];
    struct summary summary = {.text = ""};
    struct cbec_error error = {0};
    int place = place_of(playing, file);
    bool already = place >= 0, possible = already || model_data_date(file, day);
    enum cbec_status status =
        import_file(playing, playing->opened.registry, file, &summary, &error);
    if ((status == CBEC_OK) != possible || (possible && summary.already != already)) {
        snprintf(playing->why, WHY_BYTES, "import: %s%s", error.message,
                 summary.already ? "already imported" : "");
        return CHECK_CALL;
    }
    if (!possible)
        return CHECK_NOTHING;
    if (!already) {
        place = playing->count++;
        playing->file[place] = file;
        playing->import[place] = summary.import;
        model_build(&model, playing->file, playing->count);
    }
    describe_import(&model.import[place], text);
    if (already) /* the warnings of then are not shown again */
        *strrchr(text, ';') = *strrchr(summary.text, ';') = '\0';
    if (strcmp(text, summary.text) == 0 && summary.import == playing->import[place])
        return CHECK_NOTHING;
    snprintf(playing->why, WHY_BYTES, "import %lld:\n  expected %s\n  got      %s",
             (long long)summary.import, text, summary.text);
    return CHECK_SUMMARY;
}

static enum check step_undo(struct playing *playing, const struct file *file)
{
    struct cbec_error error = {0};
    int place = place_of(playing, file);
    int64_t import = place < 0 ? 1000 : playing->import[place];
    enum cbec_status status = cbec_undo(playing->opened.registry, import, &error);
    const enum cbec_status right = place < 0 ? CBEC_ERROR_USAGE : CBEC_OK;
    if (status != right) {
        snprintf(playing->why, WHY_BYTES, "undo %lld: %s", (long long)import, error.message);
        return CHECK_CALL;
    }
    if (place < 0)
        return CHECK_NOTHING;
    playing->count--;
    for (int i = place; i < playing->count; i++) {
        playing->file[i] = playing->file[i + 1];
        playing->import[i] = playing->import[i + 1];
    }
    playing->undone = true;
    model_build(&model, playing->file, playing->count);
    return check_as_new(playing);
}

static enum check step_define(struct playing *playing, int definition)
{
    struct cbec_error error = {0};
    for (int i = 0; i < playing->defined_count; i++)
        if (playing->defined[i] == definition)
            return CHECK_NOTHING;
    playing->defined[playing->defined_count++] = definition;
    if (define(playing->opened.registry, definition, &error) == CBEC_OK)
        return CHECK_NOTHING;
    snprintf(playing->why, WHY_BYTES, "define: %s", error.message);
    return CHECK_CALL;
}

static enum check take_step(struct playing *playing, const struct step *step)
{
    switch (step->action) {
    case IMPORT:
        return step_import(playing, &playing->history->file[step->what]);
    case UNDO:
        return step_undo(playing, &playing->history->file[step->what]);
    default:
        return step_define(playing, step->what);
    }
}

enum check play(const struct history *history, const char *folder, char why[WHY_BYTES])
{
    struct playing playing = {.history = history, .folder = folder, .why = why};
    enum check check = open_registry(&playing.opened, folder, "registry.db", why);
    model_build(&model, NULL, 0);
    for (int i = 0; i < history->step_count && check == CHECK_NOTHING; i++) {
        check = take_step(&playing, &history->step[i]);
        if (check == CHECK_NOTHING)
            check = check_all(&playing);
    }
    if (check == CHECK_NOTHING)
        check = check_queries(&playing, QUESTIONS_AT_THE_END);
    if (check == CHECK_NOTHING)
        check = check_vintages(&playing);
    if (check == CHECK_NOTHING && playing.undone)
        check = check_as_new(&playing);
    close_registry(&playing.opened);
    return check;
}
