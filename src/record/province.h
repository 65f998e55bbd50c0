/* province.h: the 34 province-level units of GB/T 2260. */
#ifndef CBEC_RECORD_PROVINCE_H
#define CBEC_RECORD_PROVINCE_H

#include "util/slice.h"

struct province {
    const char *code;       /* GB/T 2260, two digits: 33 */
    const char *name;       /* 浙江省 */
    const char *short_name; /* 浙江 */
    const char *english;    /* Zhejiang */
    const char *iso;        /* ISO 3166-2: CN-ZJ */
};

#define PROVINCE_COUNT 34
extern const struct province PROVINCES[PROVINCE_COUNT];

/* The unit that a cell names, in its long or short form (浙江省, 浙江, 内蒙古自治区, 内蒙古, 内蒙);
 * else NULL. */
const struct province *province_find(struct slice text);

/* The same, and also English names (Zhejiang, Zhejiang Province), codes (33) and ISO 3166-2
 * (CN-ZJ): for options. */
const struct province *province_find_any(struct slice text);

/* The unit with this two-digit code; else NULL. */
const struct province *province_of_code(struct slice two_digits);

#endif
