/*
 * forget.h: what of a registry's files need not stay in memory.
 *
 * The system keeps what is read and written until memory is full, and takes fresh memory for all
 * that comes. Fresh memory costs more than memory that was just in use; on a virtual machine, whose
 * host has to find it first, as much as all other work of an import. All of this is advice: nothing
 * depends on whether the system takes it. Files are named: this process has them open.
 */
#ifndef CBEC_REGISTRY_FORGET_H
#define CBEC_REGISTRY_FORGET_H

#include <stddef.h>
#include <stdint.h>

/*
 * A log that is copied to the registry. It is forgotten in stretches, each when all of it was read:
 * single pages would leave memory in pieces too small for what is written of the registry.
 */
struct forgetting_log {
    unsigned char *pages_read; /* of each stretch */
    size_t stretches;
};

/* A page was read, whose bytes begin at `offset` of the file. */
void forget_read_page(struct forgetting_log *forgetting, const char *path, int page_bytes,
                      int64_t offset);
void forgetting_log_end(struct forgetting_log *forgetting);

/*
 * A file that is written from its beginning on: of what was written the last `kept` bytes stay in
 * memory. Nothing more is forgotten when half as much was asked for again, as where many
 * rows repeat earlier ones.
 */
struct forgetting_file {
    int64_t kept;
    int64_t forgotten;
    int64_t asked_again; /* bytes */
};

/* Half a gigabyte, for whoever asks next. */
#define FORGET_KEEP ((int64_t)512 << 20)

/* The file is written up to `end`. */
void forget_beginning(struct forgetting_file *forgetting, const char *path, int64_t end);

/* To be called for what is read. */
void forget_less(struct forgetting_file *forgetting, int bytes, int64_t offset);

#endif
