/* limits.h: limits that keep a damaged or hostile file from taking the memory; what goes beyond is
 * refused. */
#ifndef CBEC_INPUT_LIMITS_H
#define CBEC_INPUT_LIMITS_H

enum {
    LIMIT_CELL_BYTES = 1024 * 1024,
    LIMIT_ROW_BYTES = 64 * 1024 * 1024,
    LIMIT_COLUMNS = 16384,
    LIMIT_SHEET_ROWS = 1048576,
    LIMIT_SHARED_STRINGS = 10 * 1000 * 1000,
    LIMIT_ARCHIVE_MEMBERS = 10000
};

#endif
