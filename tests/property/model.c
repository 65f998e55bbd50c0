#include "model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cbec.h"

void table_add(struct table *table, const char *format, ...)
{
    va_list arguments;
    if (table->count == MOST_LINES) {
        fprintf(stderr, "a table has more than %d lines\n", MOST_LINES);
        abort();
    }
    va_start(arguments, format);
    vsnprintf(table->line[table->count++], LINE_BYTES, format, arguments);
    va_end(arguments);
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(a, b);
}

void table_sort(struct table *table)
{
    qsort(table->line, (size_t)table->count, LINE_BYTES, compare_lines);
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* ---- Dates: YYYY, YYYY-MM or YYYY-MM-DD
 * ---------------------------------------------------------- */

static int days_in(int year, int month)
{
    bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
    if (month == 2)
        return leap ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

void last_day(const char *date, char day[16])
{
    int year = atoi(date), month = strlen(date) > 4 ? atoi(date + 5) : 12;
    if (strlen(date) == 10)
        snprintf(day, 16, "%s", date);
    else
        snprintf(day, 16, "%04d-%02d-%02d", year % 10000, month % 100, days_in(year, month));
}

static void first_day(const char *date, char day[16])
{
    snprintf(day, 16, "%s%s", date, &"-01-01"[strlen(date) - 4]);
}

bool agrees(const char *vague, const char *precise)
{
    return strlen(vague) < strlen(precise) && strncmp(vague, precise, strlen(vague)) == 0;
}

/* ---- Rows
 * ------------------------------------------------------------------------------------------ */

static const struct word *word_of(const struct file *file, const struct row *row,
                                  enum column column)
{
    for (int i = 0; i < file->columns; i++)
        if (file->column[i] == column && row->word[column] >= 0)
            return &WORDS[column].at[row->word[column]];
    return NULL;
}

static int filled_cells(const struct file *file, const struct row *row)
{
    int filled = row->damage == TOO_WIDE;
    if (row->damage == TOO_NARROW)
        return row->cells;
    for (int i = 0; i < file->columns && row->damage != BLANK_LINE; i++)
        filled += row->word[file->column[i]] >= 0;
    return filled;
}

static bool has_founding_date(const struct file *file, const struct row *row)
{
    const struct word *founded = word_of(file, row, FOUNDED);
    bool read = row->damage == WHOLE || row->damage == TOO_WIDE;
    return read && founded && founded->kept;
}

/* In a table of two columns a single cell is a note only behind the last row with a date. */
static bool is_note(const struct file *file, const struct row *row)
{
    if (filled_cells(file, row) != 1)
        return false;
    for (const struct row *later = row; file->columns == 2 && later < file->row + file->row_count;
         later++)
        if (has_founding_date(file, later))
            return false;
    return true;
}

/* Why a row is refused: the reason, "empty", "note", or NULL for a record. Without a data date
 * nothing is in the future. */
static const char *verdict(const struct file *file, const struct row *row, const char *data_date)
{
    char begin[16];
    const struct word *name = word_of(file, row, NAME), *founded = word_of(file, row, FOUNDED);
    if (row->damage == UNCLOSED_QUOTE)
        return "unclosed_quote";
    if (row->damage == NUL_BYTE)
        return "nul_byte";
    if (filled_cells(file, row) == 0)
        return "empty";
    if (is_note(file, row))
        return "note";
    if (row->damage == TOO_WIDE || row->damage == TOO_NARROW)
        return "wrong_width";
    if (name && same(name->means, UNMATCHED))
        return "unmatched";
    if (!name)
        return "no_name";
    if (!founded)
        return "no_founding_date";
    if (!founded->kept)
        return "bad_founding_date";
    first_day(founded->kept, begin);
    return data_date && strcmp(begin, data_date) > 0 ? "future_founding_date" : NULL;
}

bool model_data_date(const struct file *file, char day[16])
{
    char vague[16] = "", end[16];
    if (file->day >= 0) {
        snprintf(day, 16, "%s", DAYS[file->day]);
        return true;
    }
    *day = '\0';
    for (int i = 0; i < file->row_count; i++) {
        const struct word *dates[] = {word_of(file, &file->row[i], FOUNDED),
                                      word_of(file, &file->row[i], APPROVED)};
        for (int j = 0; j < 2 && !verdict(file, &file->row[i], NULL); j++) {
            if (!dates[j] || !dates[j]->kept)
                continue;
            char *latest = strlen(dates[j]->kept) == 10 ? day : vague;
            last_day(dates[j]->kept, end);
            if (strcmp(end, latest) > 0)
                strcpy(latest, end);
        }
    }
    if (!*day)
        strcpy(day, vague);
    return *day != '\0';
}

/* A valid number of 15 digits is the registration number, in whichever column of codes it stands.
 */
static void read_numbers(struct said *said)
{
    const struct word *code = said->word[CODE], *number = said->word[NUMBER];
    bool code_is_number = code && same(code->means, "number");
    if (code_is_number && !(number && same(number->means, "valid")))
        number = code;
    if (code_is_number)
        said->kept[CODE] = NULL;
    said->number = said->kept[NUMBER] = number ? number->kept : NULL;
    said->number_is_valid = number && !same(number->means, "other");
    if (said->number_is_valid)
        said->province_of_number = number->province;
    if (code && (same(code->means, "valid") || same(code->means, "pilot"))) {
        said->code = code->kept;
        said->province_of_code = code->province;
    }
}

static void read_said(const struct file *file, const struct row *row, struct said *said)
{
    *said = (struct said){0};
    for (int i = 0; i < COLUMNS; i++) {
        const struct word *word = word_of(file, row, (enum column)i);
        bool dropped = i == APPROVED || i == UNKNOWN; /* the registry does not keep them */
        said->word[i] = word && word->kept && !dropped ? word : NULL;
        said->kept[i] = said->word[i] ? word->kept : NULL;
    }
    read_numbers(said);
}

static void count_warnings(struct model_import *import, const struct row *row,
                           const struct said *said)
{
    const struct word *code = said->word[CODE], *province = word_of(import->file, row, PROVINCE);
    import->warnings[CBEC_WARNING_DAMAGED_CODE] += code && same(code->means, "damaged");
    import->warnings[CBEC_WARNING_INVALID_CODE] += code && same(code->means, "invalid");
    import->warnings[CBEC_WARNING_PILOT_CODE] += code && same(code->means, "pilot");
    import->warnings[CBEC_WARNING_UNKNOWN_STATUS] +=
        said->word[STATUS] && same(said->word[STATUS]->means, "other");
    import->warnings[CBEC_WARNING_UNKNOWN_PROVINCE] += province && !province->kept;
}

/* ---- Identity
 * ---------------------------------------------------------------------------------------- */

enum { BY_CODE, BY_NUMBER, BY_NAME, WAYS };

static bool found_by(int way, const struct said *a, const struct said *b)
{
    if (way == BY_CODE)
        return a->code && same(a->code, b->code);
    bool same_day = same(a->kept[FOUNDED], b->kept[FOUNDED]);
    if (way == BY_NUMBER)
        return a->number && same(a->number, b->number) && (a->number_is_valid || same_day);
    return same(a->word[NAME]->means, b->word[NAME]->means) && same_day;
}

/* The credit code of an enterprise: that of any of its records. */
static const char *code_of(const struct model *model, int enterprise)
{
    for (int i = 0; i < model->record_count; i++)
        if (model->record[i].enterprise == enterprise && model->record[i].said.code)
            return model->record[i].said.code;
    return NULL;
}

static bool differ(const char *a, const char *b)
{
    return a && b && strcmp(a, b) != 0;
}

/* The first of the three ways that found an enterprise this record can be of; of several the first
 * on file. */
static int decide(const struct model *model, const struct said *said)
{
    for (int way = 0; way < WAYS; way++) {
        int first = -1;
        for (int i = 0; i < model->record_count; i++) {
            int enterprise = model->record[i].enterprise;
            if (found_by(way, said, &model->record[i].said) &&
                !differ(said->code, code_of(model, enterprise)) &&
                (first < 0 || enterprise < first))
                first = enterprise;
        }
        if (first >= 0)
            return first;
    }
    return -1;
}

/* The enterprise of what is said, -1 for a new one; joins those that it shows to be one. */
static int place(struct model *model, const struct said *said)
{
    bool found[MOST_RECORDS] = {false};
    const char *code = said->code;
    bool codes_meet = false;
    int first = -1;
    for (int i = 0; i < model->record_count; i++) {
        const struct model_record *record = &model->record[i];
        for (int way = 0; way < WAYS; way++)
            found[record->enterprise] |= found_by(way, said, &record->said);
    }
    for (int i = MOST_RECORDS - 1; i >= 0; i--) {
        const char *other = found[i] ? code_of(model, i) : NULL;
        codes_meet |= differ(code, other);
        code = other ? other : code;
        first = found[i] ? i : first;
    }
    if (codes_meet)
        return decide(model, said);
    for (int i = 0; i < model->record_count; i++)
        if (found[model->record[i].enterprise])
            model->record[i].enterprise = first;
    return first;
}

static bool says_the_same(const struct said *a, const struct said *b)
{
    for (int i = 0; i < COLUMNS; i++)
        if (!same(a->kept[i], b->kept[i]))
            return false;
    return true;
}

static void accept(struct model *model, int file, int line, const struct said *said)
{
    struct model_import *import = &model->import[file];
    int record = 0;
    while (record < model->record_count &&
           !(same(model->import[model->record[record].file].source, import->source) &&
             says_the_same(&model->record[record].said, said)))
        record++;
    model->sighting[model->sighting_count++] = (struct sighting){record, file, line};
    if (record < model->record_count) {
        import->unchanged++;
        return;
    }
    int enterprise = place(model, said);
    import->updated += enterprise >= 0;
    import->added += enterprise < 0;
    model->record[model->record_count++] = (struct model_record){
        *said, file, line, enterprise < 0 ? record : enterprise, enterprise < 0};
}

static void import_file(struct model *model, const struct file *file)
{
    int lines[MOST_ROWS], index = model->import_count++, empty = 0;
    char bytes[MOST_BYTES];
    struct model_import *import = &model->import[index];
    *import = (struct model_import){.file = file, .source = SOURCES[file->source].name};
    render(file, bytes, lines);
    model_data_date(file, import->data_date);
    for (int i = 0; i < file->columns; i++)
        import->warnings[CBEC_WARNING_UNKNOWN_COLUMN] += file->column[i] == UNKNOWN;
    for (int i = 0; i < file->row_count; i++) {
        struct said said;
        const char *reason = verdict(file, &file->row[i], import->data_date);
        if (same(reason, "empty")) {
            empty++;
            continue;
        }
        import->skipped += empty + same(reason, "note");
        empty = 0;
        if (!reason) {
            read_said(file, &file->row[i], &said);
            count_warnings(import, &file->row[i], &said);
            accept(model, index, lines[i], &said);
        } else if (!same(reason, "note")) {
            import->refusal[import->refusal_count].line = lines[i];
            import->refusal[import->refusal_count++].reason = reason;
            import->refused++;
        }
    }
}

/* ---- Settling
 * ---------------------------------------------------------------------------------------- */

/* Whether the word a counts before b, so that b replaces it. */
static bool earlier(const struct model *model, const struct sighting *a, const struct sighting *b)
{
    int order = strcmp(model->import[a->file].data_date, model->import[b->file].data_date);
    if (order != 0)
        return order < 0;
    return a->file != b->file ? a->file < b->file : a->line < b->line;
}

static void take(const char **settled, const char *said)
{
    if (said)
        *settled = said;
}

static void take_date(const char **settled, const char *said)
{
    if (said && !(*settled && agrees(said, *settled)))
        *settled = said;
}

static void take_all(struct model_enterprise *enterprise, const struct said *said,
                     const char *provinces[3])
{
    enterprise->name = said->word[NAME];
    if (said->word[SCOPE])
        enterprise->scope = said->word[SCOPE];
    if (said->word[CAPITAL])
        enterprise->capital = said->word[CAPITAL];
    take(&enterprise->code, said->code);
    take_date(&enterprise->founded, said->kept[FOUNDED]);
    take_date(&enterprise->ceased, said->kept[CEASED]);
    take(&enterprise->status, said->word[STATUS] ? said->word[STATUS]->means : NULL);
    take(&enterprise->type, said->word[TYPE] ? said->word[TYPE]->means : NULL);
    take(&enterprise->industry, said->word[INDUSTRY] ? said->word[INDUSTRY]->means : NULL);
    take(&enterprise->city, said->word[CITY] ? said->word[CITY]->means : NULL);
    take(&provinces[0], said->kept[PROVINCE]);
    if (said->code)
        provinces[1] = said->province_of_code;
    if (said->number_is_valid)
        provinces[2] = said->province_of_number;
}

static void join_sources(const struct model *model, struct model_enterprise *enterprise)
{
    static const char *const alphabetical[] = {"aiqicha", "customs", "other", "qichacha",
                                               "tianyancha"};
    for (size_t i = 0; i < sizeof alphabetical / sizeof *alphabetical; i++) {
        bool named = false;
        for (int j = 0; j < model->record_count; j++)
            named |= model->record[j].enterprise == enterprise->first &&
                     same(model->import[model->record[j].file].source, alphabetical[i]);
        if (named) {
            strcat(enterprise->sources, *enterprise->sources ? "+" : "");
            strcat(enterprise->sources, alphabetical[i]);
        }
    }
}

static void settle(struct model *model, int first)
{
    struct model_enterprise *enterprise = &model->enterprise[model->enterprise_count++];
    const char *provinces[3] = {NULL};
    bool taken[MOST_RECORDS] = {false};
    *enterprise = (struct model_enterprise){.first = first};
    for (;;) {
        int next = -1;
        for (int i = 0; i < model->sighting_count; i++)
            if (!taken[i] && model->record[model->sighting[i].record].enterprise == first &&
                (next < 0 || earlier(model, &model->sighting[i], &model->sighting[next])))
                next = i;
        if (next < 0)
            break;
        taken[next] = true;
        take_all(enterprise, &model->record[model->sighting[next].record].said, provinces);
    }
    enterprise->province = "unknown";
    for (int i = 2; i >= 0; i--)
        take(&enterprise->province, provinces[i]);
    if (!enterprise->status)
        enterprise->status = "unknown";
    last_day(enterprise->founded, enterprise->founded_by);
    if (enterprise->ceased)
        last_day(enterprise->ceased, enterprise->ceased_by);
    join_sources(model, enterprise);
}

void model_build(struct model *model, const struct file *const *files, int count)
{
    *model = (struct model){0};
    for (int i = 0; i < count; i++)
        import_file(model, files[i]);
    for (int i = 0; i < model->record_count; i++)
        if (model->record[i].enterprise == i)
            settle(model, i);
}

static bool has_word(const struct model_enterprise *enterprise, const char *word)
{
    static const char *const folded[][2] = {{"Ｅc", "ec"}, {"K海", "k海"}};
    for (size_t i = 0; i < sizeof folded / sizeof *folded; i++)
        if (same(word, folded[i][0]))
            word = folded[i][1];
    return strstr(enterprise->name->shown, word) ||
           (enterprise->scope && strstr(enterprise->scope->shown, word));
}

bool model_in_definition(const struct model_enterprise *enterprise, int definition)
{
    const struct definition_words *words = &DEFINITIONS[definition];
    bool in = words->wanted[0] == NULL;
    for (int i = 0; words->wanted[i]; i++)
        in |= has_word(enterprise, words->wanted[i]);
    for (int i = 0; i < DEFINITION_WORDS && words->unwanted[i]; i++)
        in &= !has_word(enterprise, words->unwanted[i]);
    return in;
}
