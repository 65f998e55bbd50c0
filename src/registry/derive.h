/*
 * derive.h: what counts of an enterprise, out of all that its sources say.
 *
 * Words are taken in one by one, in the order of their files' data dates, of the same data date in
 * the order in which they came. For each field the last word that fills it wins; only a date does
 * not give way to a less precise one that agrees with it.
 */
#ifndef CBEC_REGISTRY_DERIVE_H
#define CBEC_REGISTRY_DERIVE_H

#include "record/capital.h"
#include "registry/definitions.h"
#include "registry/kept.h"

/* The columns of table enterprise that follow from what is said, but for the combination of
 * sources. */
struct facts {
    int64_t name_from; /* a record; 0: the first one */
    int64_t scope_from;
    int64_t code_from;
    struct date founded;
    struct date ceased; /* year 0: none */
    const struct status_group *status;
    struct value province, city, industry, type;
    struct value currency; /* none: no capital */
    double capital;
    enum capital_band capital_band;
    bool is_defined; /* the definitions have been worked out */
    int64_t definitions;
};

/* The words taken in so far. */
struct said {
    int64_t enterprise;
    int64_t name_from;
    int64_t scope_from; /* 0: nobody says */
    int64_t code_from;
    struct date founded;
    struct date ceased;
    const struct status_group *status;
    struct slice text[FIELD_COUNT];
    int64_t word[FIELD_COUNT];       /* the number of the word that a text is; 0: not looked up */
    struct buffer room[FIELD_COUNT]; /* for texts that have to be kept */
};

/* What capitals mean that were met lately, by the numbers of their words. */
#define CAPITALS_KNOWN 256

struct known_capital {
    int64_t word; /* 0: none */
    bool is_amount;
    struct capital capital;
    struct value currency; /* may point into `capital` */
    enum capital_band band;
};

struct deriving {
    struct known_capital capitals[CAPITALS_KNOWN];
    struct words words;
    struct definitions definitions;
    struct said said;
    struct buffer definition_text;
    struct buffer folded[3]; /* city, industry and type, where they are no words */
    bool no_memory;
};

enum cbec_status deriving_open(struct deriving *deriving, struct cbec_registry *registry,
                               struct cbec_error *error);
void deriving_close(struct deriving *deriving);

/* Forgets what was said, and begins with another enterprise. */
void derive_begin(struct deriving *deriving, int64_t enterprise);

/* Takes in a record, and which words its texts are; `keeps` if its texts will be gone when the
 * facts are asked for. */
void derive_take(struct deriving *deriving, int64_t id, const struct record *record,
                 const struct kept *kept, bool keeps);

/* What follows, but for the definitions. Texts are valid until something else is derived. */
struct facts derive_facts(struct deriving *deriving);

/*
 * Works out the definitions to which an enterprise of this name and scope belongs; false when there
 * is no memory. It takes long, and may go on in another thread than all else, with another `room`.
 */
bool derive_definitions(const struct deriving *deriving, struct slice name, struct slice scope,
                        struct buffer *room, struct facts *facts);

#endif
