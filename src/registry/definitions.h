/* definitions.h: the registry's definitions (统计口径), ready to be matched. */
#ifndef CBEC_REGISTRY_DEFINITIONS_H
#define CBEC_REGISTRY_DEFINITIONS_H

#include "record/definition.h"
#include "registry/statement.h"

#define DEFINITION_MOST 63 /* ids are bits of enterprise.definitions */

struct definitions {
    struct definition_index index;
};

enum cbec_status definitions_load(struct definitions *definitions, struct cbec_registry *registry,
                                  struct cbec_error *error);
void definitions_free(struct definitions *definitions);

/*
 * The set of definitions, as bits, to which an enterprise of this name and scope belongs. `text`
 * may be overwritten. False when there is no memory.
 */
bool definitions_of(const struct definitions *definitions, struct slice name, struct slice scope,
                    struct buffer *text, int64_t *set);

#endif
