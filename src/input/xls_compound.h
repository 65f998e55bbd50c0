/* xls_compound.h: a stream of a compound file ([MS-CFB]), the container of .xls workbooks. */
#ifndef CBEC_INPUT_XLS_COMPOUND_H
#define CBEC_INPUT_XLS_COMPOUND_H

#include "cbec.h"

struct compound {
    int file;
    const char *path;
    unsigned sector_size;
    uint32_t *next; /* the sector after each one: the allocation table */
    size_t sector_count;
    bool encrypted;            /* holds an encrypted package instead of a workbook */
    uint32_t start;            /* the first sector of the workbook stream */
    uint64_t size;             /* its bytes */
    uint32_t sector;           /* that is read next */
    uint64_t position;         /* in the stream */
    unsigned char bytes[4096]; /* of the sector at the position */
};

/*
 * Opens the stream of the workbook and checks that its sectors lie in the file and follow each
 * other to an end. With `encrypted` set there may be no stream. Given back with compound_close,
 * also on failure.
 */
enum cbec_status compound_open(struct compound *compound, int file, const char *path,
                               struct cbec_error *error);

/* Reads up to `size` bytes of the stream; `*got` is less only at its end. */
enum cbec_status compound_read(struct compound *compound, void *bytes, size_t size, size_t *got,
                               struct cbec_error *error);

void compound_close(struct compound *compound);

/* "<path>: a damaged .xls workbook (<what>): …", CBEC_ERROR_INPUT. */
enum cbec_status compound_damaged(const char *path, const char *what, struct cbec_error *error);

static inline unsigned little_16(const unsigned char *bytes)
{
    return bytes[0] | (unsigned)bytes[1] << 8;
}

static inline uint32_t little_32(const unsigned char *bytes)
{
    return little_16(bytes) | (uint32_t)little_16(bytes + 2) << 16;
}

#endif
