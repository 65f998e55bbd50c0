/*
 * settle.h: what counts of an enterprise, out of all that its sources say.
 *
 * Words are taken in one by one, in the order of their files' data dates, of the same data date in
 * the order in which they came. For each field the last word that fills it wins; only a date does
 * not give way to a less precise one that agrees with it.
 */
#ifndef CBEC_REGISTRY_SETTLE_H
#define CBEC_REGISTRY_SETTLE_H

#include "record/record.h"
#include "registry/definitions.h"
#include "registry/statement.h"

struct settled {
    int64_t name_from;
    int64_t scope_from; /* 0: no scope */
    struct date founded;
    struct date ceased;                /* year 0: none */
    const struct status_group *status; /* NULL: nothing said */
    bool given[FIELD_COUNT];
    struct buffer text[FIELD_COUNT]; /* of those given */
    bool has_valid_number;
    int64_t *sources; /* in ascending order */
    size_t source_count;
    size_t source_capacity;
    bool no_memory;
};

struct settling {
    struct cbec_registry *registry;
    struct definitions definitions;
    struct statement said;      /* record_of_enterprise */
    struct statement put;       /* enterprise_put */
    struct statement set_names; /* source_set_names */
    struct statement set_insert;
    struct statement set_members; /* source_set_add_members */
    struct statement set_find;
    struct settled settled;
    struct buffer definition_text;
    struct buffer sources;      /* a combination of sources as a JSON array */
    struct buffer last_sources; /* the last one asked for, and its set */
    int64_t last_set;
};

enum cbec_status settling_open(struct settling *settling, struct cbec_registry *registry,
                               struct cbec_error *error);
void settling_close(struct settling *settling);

/* The record in a row whose columns from `column` on are status_group, code_class and the fields.
 */
void settle_read_record(struct statement *statement, int column, struct record *record);

/* Settles an enterprise whose first and only record is at hand. */
enum cbec_status settle_new(struct settling *settling, int64_t enterprise, int64_t source,
                            const struct record *record, struct cbec_error *error);

/* Settles an enterprise from its records on file. */
enum cbec_status settle_again(struct settling *settling, int64_t enterprise,
                              struct cbec_error *error);

#endif
