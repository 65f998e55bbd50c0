/* xlsx_unpack.h: a part of a workbook, unpacked piece by piece. */
#ifndef CBEC_INPUT_XLSX_UNPACK_H
#define CBEC_INPUT_XLSX_UNPACK_H

#include "input/member.h"

/* Large enough that few rows lie in two pieces, which only expat can read; small enough that they
 * stay in the processor's cache until they are read. */
enum { UNPACK_PIECE_BYTES = 262144 };

struct unpacking;

/* Begins with a part, which is closed by unpack_end; NULL if memory has run out. */
struct unpacking *unpack_begin(struct member *part);

/*
 * Unpacks from here on in a thread of its own, ahead of what is asked for. Nothing else may use
 * the archive until the end.
 */
void unpack_ahead(struct unpacking *unpacking);

/*
 * The length of the next piece; 0 at the end, negative on failure, both of which are the last.
 * `*piece` has room for one byte behind it, and may be written in until the next call.
 */
zip_int64_t unpack_next(struct unpacking *unpacking, char **piece);

const char *unpack_failure(struct unpacking *unpacking);

/* Also before all is unpacked. */
void unpack_end(struct unpacking *unpacking);

#endif
