/*
 * page_parts.h: what the parts of a page share.
 *
 * The page grows in a buffer. Markup goes there as it is (page_markup); everything else is text
 * that may come from files and goes through page_text, which is the only way for it.
 */
#ifndef CBEC_OUTPUT_PAGE_PARTS_H
#define CBEC_OUTPUT_PAGE_PARTS_H

#include "output/document.h"

struct page {
    struct buffer out;
    enum language language;
};

/* The style sheet, page.css. */
extern const char page_css[];

static inline void page_markup(struct page *page, const char *markup)
{
    buffer_append(&page->out, slice_of(markup));
}

/*
 * Appends a text, for between tags and for attribute values in double quotes: hidden characters and
 * broken UTF-8 made visible, <, >, & and quotes escaped.
 */
void page_text(struct page *page, struct slice text);

/*
 * A phrase of words.h with its {0}, {1}, … replaced by `values`, as many as it has. It is text:
 * what it appends to is shown with page_text.
 */
void phrase_append(enum language language, const char *key, const struct slice *values,
                   struct buffer *out);

/* Appends a column's heading, or a cell's content as people read it; both are text. */
void heading_append(enum language language, const struct table *table, size_t column,
                    struct buffer *out);
void cell_append(enum language language, const struct table *table, size_t row, size_t column,
                 struct buffer *out);

/* What a section is called; one without a title by its id, lest it have no name at all. */
static inline const char *section_title(const struct section *section)
{
    return section->title && *section->title ? section->title : section->id;
}

/* False for a row that is no whole period. */
bool section_row_is_complete(const struct section *section, size_t row);

/* Draws the chart of a section, a <figure>; nothing if it has none, or no figure above 0. */
void page_chart(struct page *page, const struct section *section);

#endif
