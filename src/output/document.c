#include "output/document.h"

#include <stdlib.h>
#include <string.h>

#include "output/cells.h"

void document_begin(struct document *document, enum language language)
{
    *document = (struct document){.language = language};
}

static void table_free(struct table *table)
{
    for (size_t i = 0; i < table->columns; i++)
        free(table->names[i]);
    for (size_t i = 0; i < table->rows * table->columns; i++)
        free((char *)table->cells[i].text);
    free(table->names);
    free(table->cells);
}

void document_free(struct document *document)
{
    for (size_t i = 0; i < document->section_count; i++) {
        struct section *section = &document->sections[i];
        free(section->id);
        free(section->title);
        free(section->note);
        table_free(&section->table);
    }
    for (size_t i = 0; i < document->fact_count; i++) {
        free(document->facts[i].name);
        free(document->facts[i].value);
    }
    free(document->sections);
    free(document->facts);
    free(document->title);
    free(document->sentence);
    free(document->as_of);
    *document = (struct document){.failed = document->failed};
}

void document_set(struct document *document, char **member, const char *text)
{
    free(*member);
    *member = text ? strdup(text) : NULL;
    document->failed |= text && !*member;
}

/* The elements with room for one more behind `count` of them; NULL when there is no memory. */
static void *with_room(struct document *document, void *elements, size_t count, size_t size)
{
    /* Arrays double, so that a table of many rows is not copied for each. */
    bool full = (count & (count - 1)) == 0;
    void *larger = full ? reallocarray(elements, count ? 2 * count : 1, size) : elements;
    document->failed |= !larger;
    return larger;
}

struct section *document_add_section(struct document *document, const char *id, const char *title,
                                     const char *note)
{
    struct section *sections = with_room(document, document->sections, document->section_count,
                                         sizeof *document->sections);
    if (!sections)
        return NULL;
    document->sections = sections;
    struct section *section = &sections[document->section_count++];
    *section = (struct section){.chart = {CHART_NONE, NO_COLUMN, NO_COLUMN, NO_COLUMN, NO_COLUMN}};
    document_set(document, &section->id, id);
    document_set(document, &section->title, title);
    document_set(document, &section->note, note);
    return section;
}

void document_add_fact(struct document *document, const char *name, const char *value)
{
    struct fact *facts =
        with_room(document, document->facts, document->fact_count, sizeof *document->facts);
    if (!facts)
        return;
    document->facts = facts;
    struct fact *fact = &facts[document->fact_count++];
    *fact = (struct fact){0};
    document_set(document, &fact->name, name);
    document_set(document, &fact->value, value);
}

void section_set_columns(struct document *document, struct section *section,
                         const char *const *names, size_t count)
{
    section->table.names = calloc(count ? count : 1, sizeof *section->table.names);
    document->failed |= !section->table.names;
    for (size_t i = 0; section->table.names && i < count; i++)
        document_set(document, &section->table.names[i], names[i]);
    section->table.columns = section->table.names ? count : 0;
}

void section_add_row(struct document *document, struct section *section,
                     const struct cbec_cell *cells)
{
    struct table *table = &section->table;
    if (table->columns == 0)
        return;
    struct cbec_cell *rows =
        with_room(document, table->cells, table->rows, table->columns * sizeof *table->cells);
    if (!rows)
        return;
    table->cells = rows;
    struct cbec_cell *row = &rows[table->rows++ * table->columns];
    for (size_t i = 0; i < table->columns; i++) {
        row[i] = cells[i];
        row[i].text = NULL;
        if (cells[i].type != CBEC_CELL_TEXT)
            continue;
        char *text = malloc(cells[i].length + 1);
        document->failed |= !text;
        row[i].text = text;
        if (!text) {
            row[i].type = CBEC_CELL_NULL;
            continue;
        }
        if (cells[i].length) /* it may hold a NUL */
            memcpy(text, cells[i].text, cells[i].length);
        text[cells[i].length] = '\0';
    }
}

/* ---- Its words ---------------------------------------------------------------------------------
 */

void heading_append(enum language language, const struct table *table, size_t column,
                    struct buffer *out)
{
    word_heading(language, slice_of(table->names[column]), out);
}

void cell_append(enum language language, const struct table *table, size_t row, size_t column,
                 struct buffer *out)
{
    const struct cbec_cell *cell = table_cell_at(table, row, column);
    struct slice name = slice_of(table->names[column]);
    if (cell_is_null(cell))
        buffer_append(out, SLICE("–"));
    else if (cell->type == CBEC_CELL_TEXT)
        word_append(language, name, cell_text(cell), out);
    else if (cell->type == CBEC_CELL_INTEGER && column_is_flag(name))
        buffer_append(out, slice_of(word_phrase(language, cell->integer ? "yes" : "no")));
    else
        format_number(cell, column_is_label(name), out);
}

bool section_row_is_complete(const struct section *section, size_t row)
{
    if (section->chart.kind == CHART_NONE || section->chart.complete >= section->table.columns)
        return true;
    const struct cbec_cell *cell = table_cell_at(&section->table, row, section->chart.complete);
    return cell->type != CBEC_CELL_INTEGER || cell->integer != 0;
}
