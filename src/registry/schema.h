/* schema.h: the SQL files of schema/, embedded at build (schema/embed.cmake). */
#ifndef CBEC_REGISTRY_SCHEMA_H
#define CBEC_REGISTRY_SCHEMA_H

struct sql_file {
    const char *name; /* the file's name without .sql */
    const char *text;
};

/* In the order of their names; each list ends with a NULL name. */
extern const struct sql_file schema_migrations[];
extern const struct sql_file schema_statements[];
extern const struct sql_file schema_queries[];
extern const struct sql_file schema_listings[];
extern const struct sql_file schema_session[];
extern const struct sql_file schema_undo[];
extern const struct sql_file schema_vintage[];
extern const struct sql_file schema_derive[];
extern const struct sql_file schema_checks_on_file[];
extern const struct sql_file schema_checks_derived[];

#endif
