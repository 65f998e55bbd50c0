#include "output/page.h"

#include <errno.h>
#include <stdlib.h>

#include "output/cells.h"
#include "output/page_parts.h"
#include "output/width.h"

/* ---- Text --------------------------------------------------------------------------------------
 */

void page_text(struct page *page, struct slice text)
{
    struct buffer visible = {0};
    text_visible(text, &visible);
    for (size_t i = 0; i < visible.length; i++) {
        const char *escape = NULL;
        switch (visible.data[i]) {
        case '&':
            escape = "&amp;";
            break;
        case '<':
            escape = "&lt;";
            break;
        case '>':
            escape = "&gt;";
            break;
        case '"':
            escape = "&quot;";
            break;
        case '\'':
            escape = "&#39;";
            break;
        }
        if (escape)
            buffer_append(&page->out, slice_of(escape));
        else
            buffer_append_byte(&page->out, visible.data[i]);
    }
    page->out.failed |= visible.failed;
    buffer_free(&visible);
}

static void page_string(struct page *page, const char *text)
{
    page_text(page, slice_of(text));
}

static void page_phrase(struct page *page, const char *key, const struct slice *values)
{
    struct buffer text = {0};
    phrase_append(page->language, key, values, &text);
    page_text(page, buffer_slice(&text));
    page->out.failed |= text.failed;
    buffer_free(&text);
}

/* ---- Tables ------------------------------------------------------------------------------------
 */

/* True if the column holds figures, which stand at its right edge. */
static bool is_figures(const struct table *table, size_t column)
{
    struct column kind = {0};
    if (column_is_flag(slice_of(table->names[column])))
        return false;
    for (size_t row = 0; row < table->rows; row++) {
        const struct cbec_cell *cell = table_cell_at(table, row, column);
        kind.words |= cell->type == CBEC_CELL_TEXT;
        kind.figures |= !cell_is_null(cell) && cell->type != CBEC_CELL_TEXT;
    }
    return column_is_right(&kind);
}

/* How a column is printed. */
enum place { LEFT, RIGHT, NAMING, NOWHERE };

static enum place place_of(const struct section *section, size_t column)
{
    const struct chart *chart = &section->chart;
    bool charted = chart->kind != CHART_NONE;
    if (column == (charted ? chart->label : 0))
        return NAMING;
    /* Nearly all rows are complete: those that are not say so at their name. */
    if (charted && column == chart->complete)
        return NOWHERE;
    return is_figures(&section->table, column) ? RIGHT : LEFT;
}

static void table_head(struct page *page, const struct table *table, const enum place *places)
{
    page_markup(page, "<thead>\n<tr>");
    for (size_t column = 0; column < table->columns; column++) {
        struct buffer text = {0};
        if (places[column] == NOWHERE)
            continue;
        heading_append(page->language, table, column, &text);
        page_markup(page, places[column] == RIGHT ? "<th scope=\"col\" class=\"figure\">"
                                                  : "<th scope=\"col\">");
        page_text(page, buffer_slice(&text));
        page_markup(page, "</th>");
        page->out.failed |= text.failed;
        buffer_free(&text);
    }
    page_markup(page, "</tr>\n</thead>\n");
}

static void table_row(struct page *page, const struct section *section, size_t row,
                      const enum place *places)
{
    enum { SHORT_NAME = 24 }; /* columns of text_width; longer ones may be broken */
    static const char *const begin[] = {"<td>", "<td class=\"figure\">", "<th scope=\"row\""};
    static const char *const end[] = {"</td>", "</td>", "</th>"};
    struct buffer text = {0};
    page_markup(page, "<tr>");
    for (size_t column = 0; column < section->table.columns; column++) {
        enum place place = places[column];
        if (place == NOWHERE)
            continue;
        buffer_clear(&text);
        cell_append(page->language, &section->table, row, column, &text);
        page_markup(page, begin[place]);
        if (place == NAMING)
            page_markup(page,
                        text_width(buffer_slice(&text)) > SHORT_NAME ? ">" : " class=\"short\">");
        page_text(page, buffer_slice(&text));
        if (place == NAMING && !section_row_is_complete(section, row)) {
            page_markup(page, " <small>");
            page_phrase(page, "incomplete", NULL);
            page_markup(page, "</small>");
        }
        page_markup(page, end[place]);
    }
    page_markup(page, "</tr>\n");
    page->out.failed |= text.failed;
    buffer_free(&text);
}

/* On a narrow screen the table scrolls in a region of its own, with tabindex by keys as well. One
 * of very many rows scrolls upright, too; if it is one of years or months it begins at its end. */
static void table_region(struct page *page, const struct section *section)
{
    enum { MANY_ROWS = 60 };
    enum chart_kind kind = section->chart.kind;
    page_markup(page, "<div class=\"scroll");
    if (section->table.rows > MANY_ROWS)
        page_markup(page, kind == CHART_COLUMNS || kind == CHART_PAIRS ? " long latest" : " long");
    page_markup(page, "\" role=\"region\" tabindex=\"0\" aria-labelledby=\"");
    page_string(page, section->id);
    page_markup(page, "-title\">\n<table aria-labelledby=\"");
    page_string(page, section->id);
    page_markup(page, "-title\">\n");
}

static void page_table(struct page *page, const struct section *section)
{
    const struct table *table = &section->table;
    if (table->columns == 0)
        return;
    if (table->rows == 0) {
        page_markup(page, "<p class=\"note\">");
        page_phrase(page, "no_rows", NULL);
        page_markup(page, "</p>\n");
        return;
    }
    enum place *places = calloc(table->columns, sizeof *places);
    page->out.failed |= !places;
    if (!places)
        return;
    for (size_t column = 0; column < table->columns; column++)
        places[column] = place_of(section, column);
    table_region(page, section);
    table_head(page, table, places);
    page_markup(page, "<tbody>\n");
    for (size_t row = 0; row < table->rows; row++)
        table_row(page, section, row, places);
    page_markup(page, "</tbody>\n</table>\n</div>\n");
    free(places);
}

/* ---- The page ----------------------------------------------------------------------------------
 */

static const char *page_title(const struct document *document)
{
    return document->title ? document->title : word_phrase(document->language, "title");
}

static void page_head(struct page *page, const struct document *document)
{
    page_markup(page, "<!DOCTYPE html>\n<html lang=\"");
    page_markup(page, language_tag(document->language));
    /* The policy forbids what the page does not do, should a text ever get past page_text; the
     * empty icon keeps browsers from asking a server for one. */
    page_markup(page, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'; img-src data:\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<title>");
    page_string(page, page_title(document));
    page_markup(page, "</title>\n");
    if (document->sentence) {
        page_markup(page, "<meta name=\"description\" content=\"");
        page_string(page, document->sentence);
        page_markup(page, "\">\n");
    }
    page_markup(page, "<link rel=\"icon\" href=\"data:,\">\n<style>\n");
    page_markup(page, page_css);
    page_markup(page, "</style>\n</head>\n<body>\n<main>\n");
}

static void page_header(struct page *page, const struct document *document)
{
    page_markup(page, "<header>\n<h1>");
    page_string(page, page_title(document));
    page_markup(page, "</h1>\n");
    if (document->sentence) {
        page_markup(page, "<p class=\"sentence\">");
        page_string(page, document->sentence);
        page_markup(page, "</p>\n");
    }
    if (document->as_of) {
        struct slice as_of = slice_of(document->as_of);
        page_markup(page, "<p class=\"as-of\">");
        page_phrase(page, "as_of_day", &as_of);
        page_markup(page, "</p>\n");
    }
    page_markup(page, "</header>\n");
}

static void contents_line(struct page *page, const char *id, const char *title)
{
    page_markup(page, "<li><a href=\"#");
    page_string(page, id);
    page_markup(page, "\">");
    page_string(page, title);
    page_markup(page, "</a></li>\n");
}

static void page_contents(struct page *page, const struct document *document)
{
    if (document->section_count == 0)
        return;
    page_markup(page, "<nav aria-label=\"");
    page_phrase(page, "contents", NULL);
    page_markup(page, "\">\n<ul>\n");
    for (size_t i = 0; i < document->section_count; i++)
        contents_line(page, document->sections[i].id, section_title(&document->sections[i]));
    if (document->fact_count)
        contents_line(page, "method", word_phrase(page->language, "method"));
    page_markup(page, "</ul>\n</nav>\n");
}

static void page_section(struct page *page, const struct section *section)
{
    page_markup(page, "<section id=\"");
    page_string(page, section->id);
    page_markup(page, "\">\n<h2 id=\"");
    page_string(page, section->id);
    page_markup(page, "-title\">");
    page_string(page, section_title(section));
    page_markup(page, "</h2>\n");
    page_chart(page, section);
    page_table(page, section);
    if (section->note) {
        page_markup(page, "<p class=\"note\">");
        page_string(page, section->note);
        page_markup(page, "</p>\n");
    }
    page_markup(page, "</section>\n");
}

static void page_method(struct page *page, const struct document *document)
{
    if (document->fact_count == 0)
        return;
    page_markup(page, "<section id=\"method\">\n<h2>");
    page_phrase(page, "method", NULL);
    page_markup(page, "</h2>\n<dl>\n");
    for (size_t i = 0; i < document->fact_count; i++) {
        page_markup(page, "<dt>");
        page_string(page, document->facts[i].name);
        page_markup(page, "</dt><dd>");
        page_string(page, document->facts[i].value);
        page_markup(page, "</dd>\n");
    }
    page_markup(page, "</dl>\n</section>\n");
}

bool page_print(FILE *file, const struct document *document)
{
    struct page page = {.language = document->language};
    if (document->failed) {
        errno = ENOMEM;
        return false;
    }
    page_head(&page, document);
    page_header(&page, document);
    page_contents(&page, document);
    for (size_t i = 0; i < document->section_count; i++)
        page_section(&page, &document->sections[i]);
    page_method(&page, document);
    page_markup(&page, "</main>\n</body>\n</html>\n");

    errno = page.out.failed ? ENOMEM : 0;
    bool written = !page.out.failed &&
                   fwrite(page.out.data, 1, page.out.length, file) == page.out.length &&
                   fflush(file) == 0;
    if (!written && !errno)
        errno = EIO;
    int error = errno;
    buffer_free(&page.out);
    errno = error;
    return written;
}
