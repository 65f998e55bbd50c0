/* ahead.h: reading in one thread what another one works on. */
#ifndef CBEC_INPUT_AHEAD_H
#define CBEC_INPUT_AHEAD_H

#include "input/export.h"

/*
 * Like export_read, but the file is read and split in a thread of its own, a batch of rows ahead.
 * `function` is called in the calling thread; where a thread cannot be had, all is done in this
 * one.
 */
enum cbec_status export_read_ahead(const struct export *export, row_function function,
                                   void *context, struct cbec_error *error);

#endif
