#include "generate.h"

#include <string.h>

static uint64_t next(uint64_t *random)
{
    uint64_t mixed = *random += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

int below(uint64_t *random, int limit)
{
    return (int)(next(random) % (uint64_t)limit);
}

static bool chance(uint64_t *random, int percent)
{
    return below(random, 100) < percent;
}

/*
 * How a history is disposed: from how many words of a column it chooses, and how often a cell is
 * filled. A few words make many joins and conflicts; one date puts everything on one day.
 */
struct mood {
    int words[COLUMNS];
    int filled[COLUMNS]; /* percent */
    int first[COLUMNS];  /* the words begin there */
    int repeated;        /* percent of rows that repeat one of an earlier file */
    int spoiled;         /* percent */
};

static void choose_mood(struct mood *mood, uint64_t *random)
{
    static const int filled[COLUMNS] = {
        [NAME] = 97,   [FOUNDED] = 97, [CODE] = 45,     [NUMBER] = 45,   [STATUS] = 80,
        [CEASED] = 60, [CAPITAL] = 60, [TYPE] = 60,     [INDUSTRY] = 60, [PROVINCE] = 50,
        [CITY] = 60,   [SCOPE] = 70,   [APPROVED] = 60, [UNKNOWN] = 50};
    for (int i = 0; i < COLUMNS; i++) {
        int count = WORDS[i].count;
        bool few = chance(random, 40);
        mood->words[i] = few ? 1 + below(random, count < 4 ? count : 4) : count;
        mood->first[i] = few ? below(random, count) : 0;
        mood->filled[i] = chance(random, 15) ? 95 : filled[i];
    }
    if (chance(random, 30))
        mood->filled[CODE] = below(random, 100);
    if (chance(random,
               50)) { /* few enterprises that share much: many a record could be of several */
        static const enum column keys[] = {NAME, FOUNDED, CODE, NUMBER};
        for (int i = 0; i < 4; i++) {
            mood->words[keys[i]] = 2 + below(random, 3);
            mood->first[keys[i]] = 0;
        }
        mood->filled[CODE] = mood->filled[NUMBER] = 20 + below(random, 60);
    }
    mood->repeated = below(random, 60);
    mood->spoiled = chance(random, 50) ? below(random, 20) : 0;
}

static int choose_word(const struct mood *mood, enum column column, uint64_t *random)
{
    if (!chance(random, mood->filled[column]))
        return ~below(random, MISSING_COUNT);
    return (mood->first[column] + below(random, mood->words[column])) % WORDS[column].count;
}

/* ---- Files -------------------------------------------------------------------------------------
 */

static void choose_columns(struct file *file, uint64_t *random)
{
    bool sparse = chance(random, 15);
    file->columns = 0;
    for (int i = 0; i < COLUMNS; i++)
        if (i == NAME || i == FOUNDED || chance(random, sparse ? 10 : i == UNKNOWN ? 10 : 85))
            file->column[file->columns++] = (enum column)i;
    for (int i = file->columns - 1; i > 0; i--) {
        int other = below(random, i + 1);
        enum column kept = file->column[i];
        file->column[i] = file->column[other];
        file->column[other] = kept;
    }
}

/* Where the name and the founding date stand: a row needs as many cells. */
static int needed_cells(const struct file *file)
{
    int needed = 0;
    for (int i = 0; i < file->columns; i++)
        if (file->column[i] == NAME || file->column[i] == FOUNDED)
            needed = i + 1;
    return needed;
}

/* Two unclosed quotes would close each other. */
static bool may_stay_unclosed(const struct file *file, const struct row *row)
{
    for (const struct row *other = file->row; other < file->row + file->row_count; other++)
        if (other != row && other->damage == UNCLOSED_QUOTE)
            return false;
    return file->no_quotes;
}

/* Where no quotes may be, neither may words that need them. */
static void avoid_quotes(struct row *row)
{
    for (int i = 0; i < COLUMNS; i++) {
        int word = row->word[i];
        const char *text = word < 0 ? MISSING[~word] : WORDS[i].at[word].written;
        if (strpbrk(text, "\"\n,;\t"))
            row->word[i] = ~0;
    }
}

/* Two different registration numbers in one row: the rules do not say which of them it is. */
static void avoid_two_numbers(struct row *row)
{
    const struct word *code = row->word[CODE] < 0 ? NULL : &WORDS[CODE].at[row->word[CODE]];
    const struct word *number = row->word[NUMBER] < 0 ? NULL : &WORDS[NUMBER].at[row->word[NUMBER]];
    if (code && number && strcmp(code->means, "number") == 0 &&
        strcmp(number->means, "valid") == 0 && strcmp(code->kept, number->kept) != 0)
        row->word[NUMBER] = ~0;
}

static void spoil(struct file *file, struct row *row, uint64_t *random)
{
    int needed = needed_cells(file);
    switch (below(random, 8)) {
    case 0:
        row->damage = BLANK_LINE;
        break;
    case 1:
        for (int i = 0; i < COLUMNS; i++)
            row->word[i] = ~below(random, MISSING_COUNT);
        break;
    case 2: /* a note, if the column of names comes in that file with others */
        for (int i = 0; i < COLUMNS; i++)
            row->word[i] = i == NAME ? below(random, 3) : ~0;
        break;
    case 3:
        row->damage = TOO_WIDE;
        break;
    case 4:
        row->damage = needed > 2 ? TOO_NARROW : WHOLE;
        row->cells = needed > 2 ? 2 + below(random, needed - 2) : 0;
        break;
    case 5:
        row->damage = NUL_BYTE;
        break;
    case 6:
        row->damage = may_stay_unclosed(file, row) ? UNCLOSED_QUOTE : WHOLE;
        break;
    default:
        row->word[chance(random, 50) ? NAME : FOUNDED] = ~0;
    }
}

static void generate_row(const struct history *history, struct file *file, struct row *row,
                         const struct mood *mood, uint64_t *random)
{
    int others = (int)(file - history->file);
    *row = (struct row){0};
    for (int i = 0; i < COLUMNS; i++)
        row->word[i] = choose_word(mood, (enum column)i, random);
    if (others > 0 && chance(random, mood->repeated)) {
        const struct file *other = &history->file[below(random, others)];
        memcpy(row->word, other->row[below(random, other->row_count)].word, sizeof row->word);
        if (chance(random, 50)) {
            enum column changed = (enum column)below(random, COLUMNS);
            row->word[changed] = choose_word(mood, changed, random);
        }
    }
    if (chance(random, mood->spoiled))
        spoil(file, row, random);
    avoid_two_numbers(row);
    /* What stands between a closing quote and the next delimiter is another matter. */
    if (file->no_quotes || row->damage == NUL_BYTE)
        avoid_quotes(row);
}

/* A later export of an earlier list: much of it is as it was, perhaps all. */
static void generate_again(const struct history *history, struct file *file,
                           const struct mood *mood, uint64_t *random)
{
    int kept = 40 + 15 * below(random, 5);
    *file = history->file[below(random, (int)(file - history->file))];
    file->day = chance(random, 20) ? file->day : below(random, DAY_COUNT);
    file->preamble = below(random, 3);
    for (int i = 0; i < file->row_count; i++)
        if (!chance(random, kept))
            generate_row(history, file, &file->row[i], mood, random);
    if (file->row_count < MOST_ROWS)
        generate_row(history, file, &file->row[file->row_count++], mood, random);
}

static void generate_file(const struct history *history, struct file *file, const struct mood *mood,
                          uint64_t *random)
{
    if (file > history->file && chance(random, 45)) {
        generate_again(history, file, mood, random);
        return;
    }
    *file = (struct file){.delimiter = ",,,;\t"[below(random, 5)],
                          .preamble = below(random, 3),
                          .no_quotes = chance(random, 20),
                          .source = below(random, SOURCE_COUNT),
                          .day = chance(random, 15) ? -1 : below(random, DAY_COUNT),
                          .day_in_name = chance(random, 30),
                          .row_count = 1 + below(random, MOST_ROWS)};
    choose_columns(file, random);
    for (int i = 0; i < file->row_count; i++)
        generate_row(history, file, &file->row[i], mood, random);
}

/* ---- Histories ---------------------------------------------------------------------------------
 */

static void add_step(struct history *history, enum action action, int what)
{
    if (history->step_count < MOST_STEPS)
        history->step[history->step_count++] = (struct step){action, what};
}

void generate(struct history *history, uint64_t seed, bool with_undo)
{
    uint64_t random = seed;
    struct mood mood;
    *history = (struct history){
        .seed = seed, .with_undo = with_undo, .file_count = 2 + below(&random, MOST_FILES - 1)};
    choose_mood(&mood, &random);
    for (int i = 0; i < history->file_count; i++)
        generate_file(history, &history->file[i], &mood, &random);
    for (int i = 0; i < history->file_count; i++) {
        if (chance(&random, 25))
            add_step(history, DEFINE,
                     BUILT_IN_COUNT + below(&random, DEFINITION_COUNT - BUILT_IN_COUNT));
        if (with_undo && i > 0 && chance(&random, 40))
            add_step(history, UNDO, below(&random, i));
        if (i > 0 && chance(&random, with_undo ? 30 : 5))
            add_step(history, IMPORT, below(&random, i));
        add_step(history, IMPORT, i);
    }
    for (int i = 0; with_undo && i < 1 + below(&random, 6); i++)
        add_step(history, chance(&random, 65) ? UNDO : IMPORT, below(&random, history->file_count));
}

/* ---- Writing -----------------------------------------------------------------------------------
 */

struct writer {
    char *bytes;
    size_t length;
    int line;
};

static void put(struct writer *writer, const char *text)
{
    for (; *text && writer->length < MOST_BYTES; text++) {
        writer->bytes[writer->length++] = *text;
        writer->line += *text == '\n';
    }
}

static void put_byte(struct writer *writer, char byte)
{
    if (writer->length < MOST_BYTES)
        writer->bytes[writer->length++] = byte;
}

static void put_cell(struct writer *writer, const struct file *file, const char *text)
{
    bool special = strchr(text, file->delimiter) || strpbrk(text, "\"\n");
    if (!special || strcmp(text, "=\"-\"") == 0) { /* vendors do not quote that one */
        put(writer, text);
        return;
    }
    put_byte(writer, '"');
    for (; *text; text++) {
        if (*text == '"')
            put_byte(writer, '"');
        writer->line += *text == '\n';
        put_byte(writer, *text);
    }
    put_byte(writer, '"');
}

static void put_row(struct writer *writer, const struct file *file, const struct row *row)
{
    const char delimiter[] = {file->delimiter, '\0'};
    if (row->damage == UNCLOSED_QUOTE)
        put_byte(writer, '"');
    int cells = row->damage == TOO_NARROW ? row->cells : file->columns;
    for (int i = 0; i < cells && row->damage != BLANK_LINE; i++) {
        enum column column = file->column[i];
        int word = row->word[column];
        if (i > 0)
            put(writer, delimiter);
        if (row->damage == TOO_NARROW)
            put(writer, "x");
        else
            put_cell(writer, file, word < 0 ? MISSING[~word] : WORDS[column].at[word].written);
    }
    if (row->damage == NUL_BYTE)
        put_byte(writer, '\0');
    if (row->damage == TOO_WIDE) {
        put(writer, delimiter);
        put(writer, "x");
    }
    put(writer, "\n");
}

size_t render(const struct file *file, char bytes[MOST_BYTES], int lines[MOST_ROWS])
{
    struct writer writer = {.bytes = bytes, .line = 1};
    for (int i = 0; i < file->preamble; i++)
        put(&writer, i == 0 ? "说明\n" : "\n");
    for (int i = 0; i < file->columns; i++) {
        const char delimiter[] = {file->delimiter, '\0'};
        put(&writer, i ? delimiter : "");
        put(&writer, WORDS[file->column[i]].header);
    }
    put(&writer, "\n");
    for (int i = 0; i < file->row_count; i++) {
        lines[i] = writer.line;
        put_row(&writer, file, &file->row[i]);
    }
    return writer.length;
}
