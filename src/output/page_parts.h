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

/* Draws the chart of a section, a <figure>; nothing if it has none, or no figure above 0. */
void page_chart(struct page *page, const struct section *section);

#endif
