/*
 * prints.h: hashes of what records say (table record_print), to know at a glance that a record says
 * what another one does.
 *
 * Those of records one behind the other lie together, PRINT_BYTES for each, the lowest byte first;
 * 0 where there is none. Two records that differ have the same one once in 280 million million
 * times: then what a row says anew is lost. That is taken for less likely than damage to the file.
 */
#ifndef CBEC_REGISTRY_PRINTS_H
#define CBEC_REGISTRY_PRINTS_H

#include "registry/kept.h"

#define PRINT_BYTES 6

/* So many lie together at most. */
#define PRINT_PLACES 1024

/* Prints from the place `first` on. */
struct print_block {
    int64_t first;
    size_t count;
    unsigned char bytes[PRINT_PLACES * PRINT_BYTES];
};

struct prints {
    struct statement find; /* record_print_find */
    struct statement put;  /* record_print_put */
    struct print_block read;
    struct print_block added; /* not on file yet */
};

/* Never 0, and below 2^(8 * PRINT_BYTES). `source`: who says it. */
uint64_t print_of(int64_t source, const struct kept *kept);

enum cbec_status prints_open(struct prints *prints, struct cbec_registry *registry,
                             struct cbec_error *error);
void prints_close(struct prints *prints);

/* Adds the print of a record behind all those that are on file. */
enum cbec_status prints_add(struct prints *prints, int64_t place, uint64_t print,
                            struct cbec_error *error);

/* The print of the record at a place; 0 if there is none. */
enum cbec_status prints_find(struct prints *prints, int64_t place, uint64_t *print,
                             struct cbec_error *error);

/* Writes what was added; to be called before the commit. */
enum cbec_status prints_save(struct prints *prints, struct cbec_error *error);

#endif
