/* sightings.h: rows that repeat records, put on file as runs of such rows (table sighting). */
#ifndef CBEC_REGISTRY_SIGHTINGS_H
#define CBEC_REGISTRY_SIGHTINGS_H

#include "registry/statement.h"

/* A run has no more rows: a CHECK of the table. */
#define SIGHTING_ROWS 32

struct sightings {
    struct statement insert; /* sighting_insert */
    int64_t place;           /* of the first row of the run under way */
    int64_t record;          /* that it repeats */
    int64_t rows;            /* 0: there is no run */
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
