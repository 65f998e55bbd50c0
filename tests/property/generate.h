/*
 * generate.h: a random history of a registry: exports, and what is done with them. It follows from
 * its seed alone.
 */
#ifndef CBEC_TESTS_PROPERTY_GENERATE_H
#define CBEC_TESTS_PROPERTY_GENERATE_H

#include <stdint.h>

#include "words.h"

enum { MOST_FILES = 6, MOST_ROWS = 14, MOST_STEPS = 24, MOST_BYTES = 16384 };

/* How a row is spoiled. Rows are also empty, notes or refused by what their words are. */
enum damage {
    WHOLE,
    BLANK_LINE, /* no cell at all */
    TOO_WIDE,   /* a filled cell right of the header's last */
    TOO_NARROW, /* fewer cells than the name and founding date need */
    NUL_BYTE,
    UNCLOSED_QUOTE
};

struct row {
    enum damage damage;
    int word[COLUMNS]; /* index in WORDS[column]; below 0: missing, written as MISSING[~word] */
    int cells;         /* of TOO_NARROW: how many it has */
};

struct file {
    int columns; /* how many, and which */
    enum column column[COLUMNS];
    int preamble; /* lines above the header */
    char delimiter;
    bool no_quotes; /* an unclosed quote must not be closed by another row */
    int source;     /* index in SOURCES */
    int day;        /* index in DAYS, or -1: told from the columns */
    bool day_in_name;
    int row_count;
    struct row row[MOST_ROWS];
};

enum action { IMPORT, UNDO, DEFINE };

struct step {
    enum action action;
    int what; /* index of a file or a definition */
};

struct history {
    uint64_t seed;
    bool with_undo;
    int file_count;
    struct file file[MOST_FILES];
    int step_count;
    struct step step[MOST_STEPS];
};

/* Random numbers (splitmix64): the same everywhere. */
int below(uint64_t *random, int limit);

void generate(struct history *history, uint64_t seed, bool with_undo);

/* Writes a file as text; `lines` are those on which its rows begin. The number of bytes. */
size_t render(const struct file *file, char bytes[MOST_BYTES], int lines[MOST_ROWS]);

#endif
