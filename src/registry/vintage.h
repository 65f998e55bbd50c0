/*
 * vintage.h: the registry as it was known at some time.
 *
 * Identities depend on what was known. So the enterprises that later imports have touched are
 * worked out anew from the records known then, by the same rules, in temporary tables; temporary
 * views with the names of the registry's tables put them in the place of today's. Every query then
 * answers as it would have answered. The steps in SQL are in schema/vintage.
 */
#ifndef CBEC_REGISTRY_VINTAGE_H
#define CBEC_REGISTRY_VINTAGE_H

#include "registry/statement.h"

/*
 * Shows what was known after the import of this number, or with the exports up to this data date
 * (YYYY-MM-DD); NULL: all. Must be inside a transaction, which the temporary tables end with.
 * CBEC_ERROR_USAGE if there is no such import, or it is no day.
 */
enum cbec_status vintage_show(struct cbec_registry *registry, const char *known_at,
                              struct cbec_error *error);

#endif
