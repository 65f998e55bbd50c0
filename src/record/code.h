/* code.h: the numbers that identify an enterprise. */
#ifndef CBEC_RECORD_CODE_H
#define CBEC_RECORD_CODE_H

#include "util/buffer.h"

enum code_class {
    CODE_MISSING, /* no value */
    CODE_VALID,   /* passes the check of GB 32100-2015 */
    CODE_PILOT, /* issued in Fujian's pilot, before the check was settled: fails it, and is real */
    CODE_DAMAGED, /* a spreadsheet took it for a number: 9.1442E+17, or the last digits are zeros */
    CODE_INVALID  /* anything else, and placeholders: 123456789012345678, 18 zeros */
};

#define CODE_LENGTH 18
#define REGISTRATION_NO_LENGTH 15

/* Appends the code as it is compared: NFKC, upper case, without blanks and hyphens. */
void code_fold(struct slice text, struct buffer *out);

/* The class of a unified social credit code (GB 32100-2015) that code_fold has folded. */
enum code_class credit_code_class(struct slice folded);

/* True for 15 digits that pass ISO 7064 MOD 11,10 (GS 15-2006, the numbers before 2015). */
bool registration_no_is_valid(struct slice folded);

/* The check character of the first 17 characters of a credit code; '\0' if one is not in the
 * alphabet. */
char credit_code_check(struct slice first_17);

#endif
