#include "input/xls_compound.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "input/file.h"
#include "util/error.h"

/* Sector numbers from here on are marks ([MS-CFB] 2.1). */
#define SECTOR_MARKS 0xfffffffaU
#define SECTOR_END 0xfffffffeU

enum {
    HEADER_BYTES = 512,
    HEADER_TABLES = 109, /* sectors of the allocation table that the header names */
    ENTRY_BYTES = 128,
    ENTRY_NAME_BYTES = 64
};

enum cbec_status compound_damaged(const char *path, const char *what, struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_INPUT,
                     "%s: a damaged .xls workbook (%s): get it again, or open it in a spreadsheet "
                     "program and save it as .xlsx",
                     path, what);
}

static enum cbec_status read_sector(struct compound *compound, uint32_t sector,
                                    unsigned char bytes[4096], struct cbec_error *error)
{
    uint64_t offset = ((uint64_t)sector + 1) * compound->sector_size;
    if (sector >= compound->sector_count)
        return compound_damaged(compound->path, "it ends early", error);
    ssize_t got =
        file_read(compound->file, compound->path, bytes, compound->sector_size, offset, error);
    if (got < 0)
        return CBEC_ERROR_SYSTEM;
    /* The last sector may be cut short by careless writers. */
    memset(bytes + got, 0, compound->sector_size - (size_t)got);
    return CBEC_OK;
}

/* ---- The allocation table ([MS-CFB] 2.3)
 * ------------------------------------------------------------ */

/* Takes in sector `sector` of the allocation table as its part number `*part`. */
static enum cbec_status read_table(struct compound *compound, uint32_t sector, size_t *part,
                                   struct cbec_error *error)
{
    unsigned char bytes[4096];
    size_t entries = compound->sector_size / 4;
    if (sector >= SECTOR_MARKS)
        return CBEC_OK; /* a place that is not used */
    enum cbec_status status = read_sector(compound, sector, bytes, error);
    size_t first = (*part)++ * entries;
    for (size_t i = 0; status == CBEC_OK && i < entries && first + i < compound->sector_count; i++)
        compound->next[first + i] = little_32(bytes + 4 * i);
    return status;
}

/* Reads the table: its sectors are named by the header and by a chain of sectors that name more. */
static enum cbec_status read_tables(struct compound *compound,
                                    const unsigned char header[HEADER_BYTES],
                                    struct cbec_error *error)
{
    size_t part = 0;
    enum cbec_status status = CBEC_OK;
    for (size_t i = 0; i < HEADER_TABLES && status == CBEC_OK; i++)
        status = read_table(compound, little_32(header + 76 + 4 * i), &part, error);
    uint32_t sector = little_32(header + 68);
    uint32_t left = little_32(header + 72);
    size_t last = compound->sector_size / 4 - 1; /* names the next sector of the chain */
    for (; left > 0 && sector < SECTOR_MARKS && status == CBEC_OK; left--) {
        unsigned char bytes[4096];
        if (left > compound->sector_count)
            return compound_damaged(compound->path, "its allocation table is too large", error);
        status = read_sector(compound, sector, bytes, error);
        for (size_t i = 0; i < last && status == CBEC_OK; i++)
            status = read_table(compound, little_32(bytes + 4 * i), &part, error);
        sector = little_32(bytes + 4 * last);
    }
    return status;
}

/* ---- The directory ([MS-CFB] 2.6)
 * -------------------------------------------------------------------- */

static bool is_named(const unsigned char *entry, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length; i++) {
        if (little_16(entry + 2 * i) != (unsigned char)name[i])
            return false;
    }
    return length < 32 && little_16(entry + 2 * length) == 0 &&
           little_16(entry + 64) == 2 * (length + 1);
}

static enum cbec_status read_directory(struct compound *compound, uint32_t sector,
                                       struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    bool first_sector = true;
    compound->start = SECTOR_END;
    for (size_t steps = 0; sector < SECTOR_MARKS && status == CBEC_OK; steps++) {
        unsigned char bytes[4096];
        if (steps > compound->sector_count)
            return compound_damaged(compound->path, "its directory has no end", error);
        status = read_sector(compound, sector, bytes, error);
        for (size_t i = 0; i < compound->sector_size && status == CBEC_OK; i += ENTRY_BYTES) {
            const unsigned char *entry = bytes + i;
            if (little_16(entry + 64) > ENTRY_NAME_BYTES)
                return compound_damaged(compound->path, "its directory", error);
            if (is_named(entry, "EncryptedPackage") || is_named(entry, "EncryptionInfo"))
                compound->encrypted = true;
            /* freexl looks for the workbook in the first sector only. */
            if (first_sector && compound->start == SECTOR_END &&
                (is_named(entry, "Workbook") || is_named(entry, "Book"))) {
                compound->start = little_32(entry + 116);
                compound->size = little_32(entry + 120);
            }
        }
        first_sector = false;
        if (status == CBEC_OK)
            sector = compound->next[sector];
    }
    return status;
}

/* The sectors of the stream must lead to an end, and hold all of it. */
static enum cbec_status check_chain(const struct compound *compound, struct cbec_error *error)
{
    uint64_t sectors = 0;
    uint32_t sector = compound->start;
    for (; sector < SECTOR_MARKS; sectors++) {
        if (sector >= compound->sector_count)
            return compound_damaged(compound->path, "it ends early", error);
        if (sectors > compound->sector_count)
            return compound_damaged(compound->path, "its sectors go round in a circle", error);
        sector = compound->next[sector];
    }
    if (sector != SECTOR_END || sectors * compound->sector_size < compound->size)
        return compound_damaged(compound->path, "sectors are missing", error);
    return CBEC_OK;
}

static enum cbec_status find_stream(struct compound *compound,
                                    const unsigned char header[HEADER_BYTES],
                                    struct cbec_error *error)
{
    compound->next = malloc(compound->sector_count * sizeof *compound->next);
    if (!compound->next)
        return error_no_memory(error);
    memset(compound->next, 0xff, compound->sector_count * sizeof *compound->next);
    enum cbec_status status = read_tables(compound, header, error);
    if (status == CBEC_OK)
        status = read_directory(compound, little_32(header + 48), error);
    if (status != CBEC_OK || compound->encrypted)
        return status;
    if (compound->start == SECTOR_END)
        return error_set(error, CBEC_ERROR_INPUT,
                         "%s: holds no .xls workbook (it may be a document of another kind): open "
                         "it in a spreadsheet program and save it as .xlsx",
                         compound->path);
    /* Small streams lie elsewhere ([MS-CFB] 2.4); writers of workbooks fill them up to be none. */
    if (compound->size < little_32(header + 56) && little_32(header + 64) > 0)
        return error_set(error, CBEC_ERROR_INPUT,
                         "%s: an .xls workbook that is too small to be read: open it in a "
                         "spreadsheet program and save it as .xlsx",
                         compound->path);
    return check_chain(compound, error);
}

enum cbec_status compound_open(struct compound *compound, int file, const char *path,
                               struct cbec_error *error)
{
    unsigned char header[HEADER_BYTES] = {0};
    struct stat about;
    *compound = (struct compound){.file = file, .path = path};
    if (fstat(file, &about) != 0)
        return error_system(error, "read", path);
    if (file_read(file, path, header, sizeof header, 0, error) < 0)
        return CBEC_ERROR_SYSTEM;
    unsigned shift = little_16(header + 30);
    if (shift != 9 && shift != 12)
        return compound_damaged(path, "its header is wrong", error);
    compound->sector_size = 1U << shift;
    uint64_t sectors = ((uint64_t)about.st_size + compound->sector_size - 1) >> shift;
    if (sectors < 2 || sectors > SECTOR_MARKS)
        return compound_damaged(path, "it ends early", error);
    compound->sector_count = (size_t)sectors - 1; /* without the header's */
    enum cbec_status status = find_stream(compound, header, error);
    compound->sector = compound->start;
    return status;
}

enum cbec_status compound_read(struct compound *compound, void *bytes, size_t size, size_t *got,
                               struct cbec_error *error)
{
    *got = 0;
    while (*got < size && compound->position < compound->size) {
        size_t from = (size_t)(compound->position % compound->sector_size);
        if (from == 0) {
            enum cbec_status status =
                read_sector(compound, compound->sector, compound->bytes, error);
            if (status != CBEC_OK)
                return status;
            compound->sector = compound->next[compound->sector];
        }
        size_t piece = compound->sector_size - from;
        if (piece > size - *got)
            piece = size - *got;
        if (piece > compound->size - compound->position)
            piece = (size_t)(compound->size - compound->position);
        memcpy((char *)bytes + *got, compound->bytes + from, piece);
        *got += piece;
        compound->position += piece;
    }
    return CBEC_OK;
}

void compound_close(struct compound *compound)
{
    free(compound->next);
    compound->next = NULL;
}
