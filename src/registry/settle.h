/* settle.h: enterprises on file, settled from their records (derive.h says how). */
#ifndef CBEC_REGISTRY_SETTLE_H
#define CBEC_REGISTRY_SETTLE_H

#include "registry/tally.h"
#include "util/cache_line.h"

/* What a combination of sources is with one source more. */
struct grown_set {
    int64_t set, source;
    int64_t number;
    size_t sources;
};

#define GROWN_SETS 32 /* are remembered, by the number of the set */

struct settling {
    struct cbec_registry *registry;
    _Alignas(CACHE_LINE) struct deriving deriving; /* used by another thread than what follows */
    _Alignas(CACHE_LINE) struct tally tally;
    struct statement records;   /* record_of_enterprise */
    struct statement said;      /* enterprise_said */
    struct statement put;       /* enterprise_put */
    struct statement dispute;   /* notes that what is said differs */
    struct statement agree;     /* or that it does not */
    struct statement set_names; /* source_set_names */
    struct statement set_insert;
    struct statement set_members; /* source_set_add_members */
    struct statement set_find;
    struct statement members; /* of a combination of sources */
    int64_t *source_ids;      /* of the enterprise under way, in ascending order */
    size_t source_count;
    size_t source_capacity;
    struct buffer sources;      /* a combination of sources as a JSON array */
    struct buffer last_sources; /* the last one asked for, and its set */
    int64_t last_set;
    int64_t only_source; /* the last one that was alone, and its set */
    int64_t only_set;
    struct grown_set grown[GROWN_SETS];
    struct buffer definition_text;
    bool no_memory;
};

enum cbec_status settling_open(struct settling *settling, struct cbec_registry *registry,
                               struct cbec_error *error);
void settling_close(struct settling *settling);

/* Settles an enterprise that this source alone names, and that is not counted up to now: it has
 * these facts, name and scope. */
enum cbec_status settle_alone(struct settling *settling, int64_t enterprise, int64_t source,
                              struct facts facts, struct slice name, struct slice scope,
                              struct cbec_error *error);

/*
 * Settles an enterprise, which these sources (`set`) name up to now, with a further record (`id`,
 * with these facts) whose word comes last, if its other records need not be looked at for that: the
 * record leaves nothing open that they say. Else `*settled` is false, and it is as it was.
 */
enum cbec_status settle_last(struct settling *settling, int64_t enterprise, int64_t set, int64_t id,
                             int64_t source, const struct kept *kept, struct facts facts,
                             bool *settled, struct cbec_error *error);

/* Settles an enterprise from its records on file. */
enum cbec_status settle_again(struct settling *settling, int64_t enterprise,
                              struct cbec_error *error);

#endif
