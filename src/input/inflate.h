/*
 * inflate.h: deflated members of a zip archive, inflated by ISA-L: two and a half times as fast as
 * by zlib, which libzip uses. ISA-L is not there for every processor; without it no member can be
 * inflated here.
 */
#ifndef CBEC_INPUT_INFLATE_H
#define CBEC_INPUT_INFLATE_H

#include <stdbool.h>

#include "late/zip.h"

struct inflation;

/* Whether a member is deflated, and its archive says the check sum of what is inflated. */
bool inflate_can(const zip_stat_t *about);

/* Inflates `deflated`, opened as it lies in the archive. NULL if memory has run out. */
struct inflation *inflate_begin(zip_file_t *deflated, const zip_stat_t *about);

/* As member_read. */
zip_int64_t inflate_read(struct inflation *inflation, void *bytes, zip_uint64_t size);

const char *inflate_failure(struct inflation *inflation);

/* `deflated` stays open. NULL is allowed. */
void inflate_end(struct inflation *inflation);

#endif
