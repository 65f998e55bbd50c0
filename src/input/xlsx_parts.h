/*
 * xlsx_parts.h: the parts of a workbook package (ISO/IEC 29500-2): which ones there are, and their
 * XML.
 */
#ifndef CBEC_INPUT_XLSX_PARTS_H
#define CBEC_INPUT_XLSX_PARTS_H

#include "late/zip.h"

#include "cbec.h"
#include "record/date.h"
#include "util/slice.h"

/* ---- The XML of a part
 * --------------------------------------------------------------------------- */

struct xml;

/* What a reader of a part does with it; names come without their namespace prefix. */
struct xml_handler {
    void (*start)(void *context, const char *element, const char **attributes);
    void (*end)(void *context, const char *element);
    void (*text)(void *context, const char *text, int length); /* may be NULL */
    /* How the tag begins ("<row") of which a large part has very many; NULL if it has none. */
    const char *repeated;
    /* Takes the element that the text begins with, without the others being called for it; its
     * length, or 0 if it is left to them. A NUL stands behind the text. */
    size_t (*plain)(void *context, struct slice text);
};

/* Opens a part. It is read with xml_step and closed with xml_close. */
enum cbec_status xml_open(zip_t *package, const char *path, const char *part,
                          const struct xml_handler *handler, void *context, struct xml **xml,
                          struct cbec_error *error);

/* For a large part, of an archive that is used for nothing else: unpacks it in a thread of its own.
 */
void xml_unpack_ahead(struct xml *xml);

/* Reads a piece of the part; `*more` is false at its end, and once xml_stop was called. */
enum cbec_status xml_step(struct xml *xml, bool *more, struct cbec_error *error);

/* Reads all the rest. */
enum cbec_status xml_read(struct xml *xml, struct cbec_error *error);

/* For handlers: ends the reading, with what is wrong or CBEC_OK. No handler is called after it. */
void xml_stop(struct xml *xml, enum cbec_status status);

/* NULL is allowed. */
void xml_close(struct xml *xml);

/* Whether a name is this one. Names are a few letters: calling strcmp would take longer. */
static inline bool xml_is(const char *name, const char *wanted)
{
    while (*name && *name == *wanted)
        name++, wanted++;
    return *name == *wanted;
}

/* An element's attribute by its name without prefix; NULL if it has none. */
const char *xml_attribute(const char **attributes, const char *name);

/* Reads a whole number without sign of at most nine digits. */
bool xml_number(struct slice text, unsigned *number);

/* ---- The parts of a workbook
 * ---------------------------------------------------------------------- */

struct xlsx_sheet {
    char *name;
    char *part; /* NULL if the workbook does not say where it lies */
};

struct xlsx_parts {
    char *workbook;
    char *strings;             /* NULL if there are none */
    char *styles;              /* the same */
    struct xlsx_sheet *sheets; /* visible ones first */
    size_t sheet_count;
    enum date_system dates;
};

/* True if the archive is a package of Open XML: a workbook, or a document of another kind. */
bool xlsx_is_package(zip_t *package);

/* Finds the parts, by the relationships between them; given back with xlsx_parts_free, also on
 * failure. */
enum cbec_status xlsx_parts_read(zip_t *package, const char *path, struct xlsx_parts *parts,
                                 struct cbec_error *error);
void xlsx_parts_free(struct xlsx_parts *parts);

#endif
