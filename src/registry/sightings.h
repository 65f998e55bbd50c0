/* sightings.h: rows that repeat a record, put on file some at a time. */
#ifndef CBEC_REGISTRY_SIGHTINGS_H
#define CBEC_REGISTRY_SIGHTINGS_H

#include "registry/statement.h"

/* What sightings_insert.sql takes. */
#define SIGHTINGS_AT_ONCE 8

struct sightings {
    struct statement one;
    struct statement several;
    struct {
        int64_t place;
        int64_t record;
    } pending[SIGHTINGS_AT_ONCE];
    size_t count;
};

enum cbec_status sightings_open(struct sightings *sightings, struct cbec_registry *registry,
                                struct cbec_error *error);
void sightings_close(struct sightings *sightings);

/* Notes that the row at this place repeats a record. */
enum cbec_status sightings_add(struct sightings *sightings, int64_t place, int64_t record,
                               struct cbec_error *error);

/* Writes what was noted; to be called before anybody asks the table. */
enum cbec_status sightings_save(struct sightings *sightings, struct cbec_error *error);

#endif
