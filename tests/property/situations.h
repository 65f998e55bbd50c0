/* situations.h: what the rules of counting are particular about. Random registries in which one of
 * these never occurs would prove too little. */
#ifndef CBEC_TESTS_PROPERTY_SITUATIONS_H
#define CBEC_TESTS_PROPERTY_SITUATIONS_H

#include "model.h"

/* Notes which situations a question meets. */
void situations_note(const struct model *model, const struct model_question *question);

/* Prints those that no question has met so far; how many they are. */
int situations_missing(void);

#endif
