/* cache_line.h: keeping apart what two threads use. */
#ifndef CBEC_UTIL_CACHE_LINE_H
#define CBEC_UTIL_CACHE_LINE_H

/*
 * Processors hand memory to one another in pieces of so many bytes: what one thread writes all the
 * time holds up another one that only reads what lies in the same piece.
 */
#define CACHE_LINE 64

#endif
