/* page.h: a report as one web page that needs nothing beside itself: no script, no network. */
#ifndef CBEC_OUTPUT_PAGE_H
#define CBEC_OUTPUT_PAGE_H

#include <stdio.h>

#include "output/document.h"

/*
 * Prints the document as an HTML page, UTF-8. The same document always gives the same bytes. False
 * when writing failed or memory ran out, now or while the document was put together; errno says
 * which.
 */
bool page_print(FILE *file, const struct document *document);

#endif
