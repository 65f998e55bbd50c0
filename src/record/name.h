/* name.h: an enterprise's name, as shown and as compared. */
#ifndef CBEC_RECORD_NAME_H
#define CBEC_RECORD_NAME_H

#include "util/buffer.h"

/*
 * The name without what vendors hang on to it in brackets: 某公司（已注销）, 某公司(曾用名: …), one
 * after the other if there are several. Points into `name`. Brackets that belong to a name
 * (（集团）, （有限合伙）) stay, and a name of nothing but suffixes stays as it is.
 */
struct slice name_without_suffixes(struct slice name);

/*
 * Appends the form in which two names are the same name: without suffixes, NFKC, no white space,
 * brackets alike; case is kept.
 */
void name_key(struct slice name, struct buffer *out);

#endif
