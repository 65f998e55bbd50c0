/* survey.h: a look through the whole of a file: its SHA-256, and the encoding of a text. */
#ifndef CBEC_INPUT_SURVEY_H
#define CBEC_INPUT_SURVEY_H

#include <nettle/sha2.h>
#include <pthread.h>
#include <stdatomic.h>

#include "input/export.h"

#define HASH_SIZE SHA256_DIGEST_SIZE

enum {
    SURVEY_GUESS_BYTES = 16384,  /* of the beginning, from which an encoding is guessed */
    SURVEY_PIECE_BYTES = 262144, /* read at a time */
};

/* The SHA-256 of the whole file, and nothing else. */
enum cbec_status survey_hash(const struct export *export, unsigned char hash[HASH_SIZE],
                             struct cbec_error *error);

/*
 * Reads the whole file once: its SHA-256, and for a text file its encoding, which `encoding`
 * overrides where it is not NULL. CBEC_ERROR_INPUT if a text is neither UTF-8 nor UTF-16 with a
 * mark nor GB18030.
 */
enum cbec_status survey_file(struct export *export, const char *encoding,
                             unsigned char hash[HASH_SIZE], struct cbec_error *error);

/*
 * The same piece by piece, while the rows are read: the encoding of a text is guessed from how it
 * begins, and set in the export. The survey says at its end whether the guess was right. If it is
 * another one than UTF-8, that is known only by those who read it: if they fail, it may have been
 * wrong.
 */
struct survey {
    const struct export *export;
    bool checks_encoding;
    bool was_right; /* as far as it has come */
    bool at_end;
    struct sha256_ctx sha;
    unsigned char hash[HASH_SIZE]; /* at the end */
    char *bytes;                   /* room for a piece */
    size_t carried;                /* bytes of a character that lies across two of them */
    uint64_t offset;
    enum cbec_status status;
    struct cbec_error error;
    pthread_t thread;
    bool running;
    atomic_bool stopped;
};

enum cbec_status survey_begin(struct survey *survey, struct export *export,
                              struct cbec_error *error);

/* Surveys a piece; false if there is none left. */
bool survey_step(struct survey *survey);

/* Surveys what is left in a thread of its own, until survey_end. */
void survey_rest(struct survey *survey);

/* Surveys what is left, or waits until that is done. */
enum cbec_status survey_end(struct survey *survey, struct cbec_error *error);

/* To be called in any case, also before the end. */
void survey_free(struct survey *survey);

#endif
