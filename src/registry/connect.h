/* connect.h: which enterprises hang together, because records of theirs share keys. */
#ifndef CBEC_REGISTRY_CONNECT_H
#define CBEC_REGISTRY_CONNECT_H

#include "registry/store.h"

/*
 * Adds to temp.affected the enterprises that share a key with one there (in round 0), until there
 * are no more.
 */
enum cbec_status connect_affected(struct store *store, struct cbec_error *error);

#endif
