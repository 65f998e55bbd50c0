/*
 * key_answers.h: what runs of keys answer to many questions, put to them together.
 *
 * A question put to a run alone has a page of the file read for a few hundred bytes. Questions that
 * are sorted as runs are go through each of them once, and share its pages.
 */
#ifndef CBEC_REGISTRY_KEY_ANSWERS_H
#define CBEC_REGISTRY_KEY_ANSWERS_H

#include "registry/key_run.h"

/* No more questions at a time (one megabyte): if none of them was put they are given up. */
#define KEY_ANSWERS_MOST ((size_t)1 << 17)

/* Without a question at first: all zeros. */
struct key_answers {
    uint64_t *hashes; /* asked for; sorted when they are answered */
    size_t count;
    size_t capacity;
    struct key *found; /* sorted by hash */
    size_t found_count;
    size_t found_capacity;
    bool answered;
};

/* Asks for a hash, beside those asked for since the last answers. False when there is no memory. */
bool key_answers_ask(struct key_answers *answers, uint64_t hash);

/* To be called when runs change: then the same questions are put to them once more. */
void key_answers_forget(struct key_answers *answers);

/* Adds the places that have this hash, if it was asked for; else `*known` is false. */
enum cbec_status key_answers_find(struct key_answers *answers, struct key_runs *runs, uint64_t hash,
                                  struct place_list *places, bool *known, struct cbec_error *error);

void key_answers_close(struct key_answers *answers);

#endif
