/* member.h: a member of a zip archive, unpacked from its beginning to its end, and verified. */
#ifndef CBEC_INPUT_MEMBER_H
#define CBEC_INPUT_MEMBER_H

#include <stdbool.h>

#include "late/zip.h"

bool member_is_encrypted(const zip_stat_t *about);

struct member;

/* NULL on failure, of which zip_strerror tells. One thread may use an archive and its members. */
struct member *member_open(zip_t *archive, zip_uint64_t index);

/*
 * Unpacks up to `size` bytes, not 0, and returns how many; 0 at the end, if all of the member was
 * what it should be; else negative.
 */
zip_int64_t member_read(struct member *member, void *bytes, zip_uint64_t size);

/* Why member_read failed. */
const char *member_failure(struct member *member);

void member_close(struct member *member);

#endif
