/* status.h: what registers say of an enterprise's standing, in twelve groups. */
#ifndef CBEC_RECORD_STATUS_H
#define CBEC_RECORD_STATUS_H

#include "util/slice.h"

struct status_group {
    const char *name; /* active, moved_in, …: the word of tables, columns and outputs */
    int number;       /* in the registry, from 1 */
    bool extant;      /* counts towards the stock (现存) */
};

extern const struct status_group STATUS_ACTIVE, STATUS_MOVED_IN, STATUS_MOVED_OUT, STATUS_DORMANT,
    STATUS_WINDING_UP, STATUS_REVOKED, STATUS_DEREGISTERED, STATUS_RESCINDED, STATUS_CONVERTED,
    STATUS_PENDING, STATUS_UNKNOWN, STATUS_OTHER;

/*
 * The group of a status as written. A missing one is `unknown`. Of the known words that the text
 * contains the longest decides; English words match as a whole, whatever their case. `*known` is
 * set to false when no word of the list matched; the group is then `other`.
 */
const struct status_group *status_classify(struct slice text, bool *known);

/* The group with this number; NULL if there is none. */
const struct status_group *status_group_numbered(int number);

#endif
