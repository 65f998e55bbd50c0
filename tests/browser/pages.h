/* pages.h: short ways to put documents together. */
#ifndef CBEC_TESTS_PAGES_H
#define CBEC_TESTS_PAGES_H

#include "../cells.h"
#include "output/document.h"

/* A part of a whole in percent, as queries round it; nothing if there is no whole. */
struct cbec_cell percent_of(int64_t part, int64_t whole);

/* A document with everything that a report must never stumble over. */
void fill_nasty(struct document *document);

#endif
