/* The book of what was made: every record, every import, every refused row. */
#include "fixtures.h"

struct import_book imports[MOST_IMPORTS];
unsigned import_count;
struct word words[MOST_WORDS];
unsigned word_count;

static struct buffer refused_lines;

void book_warning(unsigned import, const char *name, unsigned rows)
{
    struct import_book *book = &imports[import];
    unsigned i = 0;
    while (i < book->warning_count && strcmp(book->warnings[i].name, name) != 0)
        i++;
    book->warnings[i].name = name;
    book->warnings[i].rows += rows;
    book->warning_count += i == book->warning_count;
}

static const char *meaning_of(const struct facts *facts, enum content content)
{
    const char *text = facts->meaning[content] ? facts->meaning[content] : facts->text[content];
    return text ? text : "";
}

static const char *content_of(const struct facts *facts)
{
    static const enum content kept[] = {NAME,     CODE, NUMBER,  STATUS, CAPITAL, TYPE,
                                        PROVINCE, CITY, ADDRESS, SCOPE,  FORMER};
    const char *content = day_text(facts->founded);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        content = text_of("%s|%s", content, meaning_of(facts, kept[i]));
    return content;
}

/* Any of these leads to the enterprise. */
static void set_keys(struct word *word, const struct facts *facts)
{
    const char *founded = day_text(facts->founded);
    size_t count = 0;
    /* As it is without suffixes: what is written around a name is no part of it. */
    const char *name = enterprise_facts(facts->enterprise).text[NAME];
    word->keys[count++] = text_of("name %s %s", name, founded);
    if (facts->code_is_valid)
        word->keys[count++] = text_of("code %s", meaning_of(facts, CODE));
    if (facts->text[NUMBER])
        word->keys[count++] =
            text_of("number %s %s", facts->text[NUMBER], facts->number_is_valid ? "" : founded);
}

static bool have_common_key(const struct word *a, const struct word *b)
{
    for (size_t i = 0; i < 3 && a->keys[i]; i++)
        for (size_t j = 0; j < 3 && b->keys[j]; j++)
            if (strcmp(a->keys[i], b->keys[j]) == 0)
                return true;
    return false;
}

static void note_day(struct import_book *book, struct day day)
{
    if (!day.day || book->fixture->data_date)
        return;
    const char *text = day_text(day);
    if (!book->data_date || strcmp(text, book->data_date) > 0)
        book->data_date = text;
}

void book_record(unsigned import, const struct facts *facts)
{
    struct import_book *book = &imports[import];
    struct word *word = &words[word_count];
    if (word_count++ == MOST_WORDS)
        give_up("too many records");
    *word = (struct word){.enterprise = facts->enterprise,
                          .import = import,
                          .source = book->fixture->source,
                          .content = content_of(facts),
                          .founded = facts->founded,
                          .group = facts->group,
                          .province = facts->province,
                          .definitions = facts->definitions,
                          .name_definitions = facts->name_definitions,
                          .has_scope = facts->text[SCOPE] != NULL,
                          .code = facts->code_is_valid,
                          .number = facts->number_is_valid};
    set_keys(word, facts);
    bool known = false, repeated = false;
    for (const struct word *old = words; old < word; old++) {
        if (old->enterprise != word->enterprise)
            continue;
        known = known || have_common_key(old, word);
        repeated = repeated || (strcmp(old->source, word->source) == 0 &&
                                strcmp(old->content, word->content) == 0);
    }
    book->new += !known;
    book->unchanged += repeated;
    if (facts->warning)
        book_warning(import, facts->warning, 1);
    if (facts->code_warning)
        book_warning(import, facts->code_warning, 1);
    note_day(book, facts->founded);
    note_day(book, facts->approved);
}

void book_refused(unsigned import, const struct table *table)
{
    struct import_book *book = &imports[import];
    for (size_t i = 0; i < table->count; i++) {
        const struct line *line = &table->lines[i];
        if (line->mark == '#')
            book->header_row = line->number;
        bool skipped = line->mark && strchr("emx", line->mark);
        book->skipped += skipped;
        book->rows += line->mark && line->mark != '#' && !skipped;
        if (!line->refused)
            continue;
        book->refused++;
        buffer_append_format(&refused_lines, "%u|%u|%s\n", import + 1, line->number, line->refused);
    }
}

/* Spreads from the first record of an enterprise to all it leads to, and looks who is left out. */
static void check_enterprise(unsigned enterprise)
{
    static bool reached[MOST_WORDS];
    bool first = true, more = true;
    while (more) {
        more = false;
        for (unsigned i = 0; i < word_count; i++) {
            bool leads = words[i].enterprise == enterprise && !reached[i] && first;
            for (unsigned j = 0; j < word_count && words[i].enterprise == enterprise; j++)
                leads = leads || (!reached[i] && reached[j] && words[j].enterprise == enterprise &&
                                  have_common_key(&words[i], &words[j]));
            if (!leads)
                continue;
            reached[i] = more = true;
            first = false;
        }
    }
    for (unsigned i = 0; i < word_count; i++)
        if (words[i].enterprise == enterprise && !reached[i])
            give_up(text_of("nothing connects enterprise %u in import %u with its other records",
                            enterprise, words[i].import + 1));
}

void book_check(void)
{
    for (unsigned enterprise = 0; enterprise < ENTERPRISES; enterprise++)
        check_enterprise(enterprise);
}

/* path|exit|format|encoding|header_row|source|data_date|rows|new|updated|unchanged|refused|skipped|warnings
 */
static void describe_import(const struct import_book *book, struct buffer *out)
{
    const struct fixture *fixture = book->fixture;
    unsigned accepted = book->rows - book->refused;
    buffer_append_format(
        out, "%s%s%s|%d|%s|%s|%u|%s|%s|%u|%u|%u|%u|%u|%u|", fixture->path,
        fixture->member ? "/" : "", fixture->member ? fixture->member : "", book->refused ? 3 : 0,
        fixture->format, fixture->encoding ? fixture->encoding : "", book->header_row,
        fixture->source, book->data_date, book->rows, book->new,
        accepted - book->new - book->unchanged, book->unchanged, book->refused, book->skipped);
    static const char *const in_order[] = {
        "damaged_code",   "invalid_code",     "pilot_code",    "replacement_character",
        "unknown_column", "unknown_province", "unknown_status"};
    for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++)
        for (unsigned j = 0; j < book->warning_count; j++)
            if (strcmp(book->warnings[j].name, in_order[i]) == 0)
                buffer_append_format(out, " %s %u", in_order[i], book->warnings[j].rows);
    buffer_append(out, SLICE("\n"));
}

void book_write(const char *folder)
{
    struct buffer described = {0}, commands = {0};
    for (unsigned i = 0; i < import_count; i++) {
        describe_import(&imports[i], &described);
        buffer_append_format(&commands, "%s\t%s\n", imports[i].fixture->path,
                             imports[i].fixture->arguments ? imports[i].fixture->arguments : "");
    }
    write_file(folder, "imports.txt", buffer_slice(&described));
    write_file(folder, "refused.txt", buffer_slice(&refused_lines));
    write_file(folder, "commands.txt", buffer_slice(&commands));
    buffer_free(&described);
    buffer_free(&commands);
    buffer_free(&refused_lines);
}
