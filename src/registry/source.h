/* source.h: who made an export: tianyancha, qichacha, aiqicha, qixinbao, other, or what the user
 * says. */
#ifndef CBEC_REGISTRY_SOURCE_H
#define CBEC_REGISTRY_SOURCE_H

#include "registry/statement.h"

/* The source that a text (a file's name, a declaration) names; NULL if it names none. */
const char *source_in(struct slice text);

/* The source that the user means: a vendor's Chinese name stands for its source. */
const char *source_of_option(const char *option);

/* True for names that can be joined by '+' and printed. */
bool source_name_is_valid(const char *name);

/* The number of a source, which is added if it is new. */
enum cbec_status source_number(struct cbec_registry *registry, const char *name, int64_t *number,
                               struct cbec_error *error);

/* The Chinese name of the vendor whose source this is; NULL if it is no vendor's. */
const char *source_vendor(struct slice source);

#endif
