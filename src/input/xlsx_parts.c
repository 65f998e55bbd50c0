#include "input/xlsx_parts.h"

#include <stdlib.h>
#include <strings.h>

#include "input/limits.h"
#include "record/row.h"
#include "util/buffer.h"
#include "util/error.h"

#define CONTENT_TYPES "[Content_Types].xml"
#define PACKAGE_RELATIONSHIPS "_rels/.rels"
#define USUAL_WORKBOOK "xl/workbook.xml"

static bool is_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcasecmp(value, "true") == 0);
}

/* ---- Relationships (ISO/IEC 29500-2, 9.3)
 * --------------------------------------------------------- */

struct relationship {
    char *id;
    char *type;   /* the last part of its URI: the same in both editions of the standard */
    char *target; /* the name of the part in the archive */
};

struct relationships {
    const char *source; /* the part they are of; "" for the package */
    struct relationship *items;
    size_t count;
    bool no_memory;
};

static void relationships_free(struct relationships *relationships)
{
    for (size_t i = 0; i < relationships->count; i++) {
        free(relationships->items[i].id);
        free(relationships->items[i].type);
        free(relationships->items[i].target);
    }
    free(relationships->items);
}

/* Cuts the last folder off a path that ends with one; "" stays. */
static void leave_folder(struct buffer *path)
{
    if (path->length > 0)
        path->length--; /* its slash */
    while (path->length > 0 && path->data[path->length - 1] != '/')
        path->length--;
}

/* The name in the archive of what `target` means in the part `source`: /xl/x.xml, x.xml, ../x.xml.
 */
static char *resolve(const char *source, const char *target)
{
    struct buffer path = {0};
    const char *slash = strrchr(source, '/');
    if (*target != '/' && slash)
        buffer_append(&path, (struct slice){source, (size_t)(slash + 1 - source)});
    while (*target) {
        size_t length = strcspn(target, "/\\");
        struct slice step = {target, length};
        bool folder = target[length] != '\0';
        if (slice_equal(step, SLICE(".."))) {
            leave_folder(&path);
        } else if (length > 0 && !slice_equal(step, SLICE("."))) {
            buffer_append(&path, step);
            if (folder)
                buffer_append_byte(&path, '/');
        }
        target += length + folder;
    }
    char *resolved = path.failed ? NULL : strdup(buffer_string(&path));
    buffer_free(&path);
    return resolved;
}

static void relationship_start(void *context, const char *element, const char **attributes)
{
    struct relationships *relationships = context;
    const char *id = xml_attribute(attributes, "Id");
    const char *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    if (strcmp(element, "Relationship") != 0 || !id || !type || !target ||
        (mode && strcasecmp(mode, "External") == 0) ||
        relationships->count == LIMIT_ARCHIVE_MEMBERS)
        return;
    struct relationship *items =
        realloc(relationships->items, (relationships->count + 1) * sizeof *items);
    if (!items) {
        relationships->no_memory = true;
        return;
    }
    relationships->items = items;
    const char *last = strrchr(type, '/');
    struct relationship made = {.id = strdup(id),
                                .type = strdup(last ? last + 1 : type),
                                .target = resolve(relationships->source, target)};
    items[relationships->count++] = made;
    if (!made.id || !made.type || !made.target)
        relationships->no_memory = true;
}

static void ignore_end(void *context, const char *element)
{
    (void)context, (void)element;
}

/* Reads the relationships of relationships->source out of the part `part`. */
static enum cbec_status relationships_read(zip_t *package, const char *path, const char *part,
                                           struct relationships *relationships,
                                           struct cbec_error *error)
{
    static const struct xml_handler handler = {.start = relationship_start, .end = ignore_end};
    struct xml *xml;
    enum cbec_status status = xml_open(package, path, part, &handler, relationships, &xml, error);
    if (status == CBEC_OK)
        status = xml_read(xml, error);
    xml_close(xml);
    if (status == CBEC_OK && relationships->no_memory)
        status = error_no_memory(error);
    return status;
}

static const struct relationship *by_type(const struct relationships *relationships,
                                          const char *type)
{
    for (size_t i = 0; i < relationships->count; i++) {
        if (strcmp(relationships->items[i].type, type) == 0)
            return &relationships->items[i];
    }
    return NULL;
}

static const struct relationship *by_id(const struct relationships *relationships, const char *id)
{
    for (size_t i = 0; id && i < relationships->count; i++) {
        if (strcmp(relationships->items[i].id, id) == 0)
            return &relationships->items[i];
    }
    return NULL;
}

/* ---- The package
 * ---------------------------------------------------------------------------------- */

bool xlsx_is_package(zip_t *package)
{
    if (zip_name_locate(package, CONTENT_TYPES, ZIP_FL_NOCASE) < 0)
        return false;
    if (zip_name_locate(package, USUAL_WORKBOOK, ZIP_FL_NOCASE) >= 0)
        return true;
    struct relationships relationships = {.source = ""};
    bool found =
        relationships_read(package, "", PACKAGE_RELATIONSHIPS, &relationships, NULL) == CBEC_OK &&
        by_type(&relationships, "officeDocument");
    relationships_free(&relationships);
    return found;
}

/* The main part of the package. */
static enum cbec_status find_workbook(zip_t *package, const char *path, char **workbook,
                                      struct cbec_error *error)
{
    struct relationships relationships = {.source = ""};
    enum cbec_status status = CBEC_OK;
    if (zip_name_locate(package, PACKAGE_RELATIONSHIPS, ZIP_FL_NOCASE) >= 0)
        status = relationships_read(package, path, PACKAGE_RELATIONSHIPS, &relationships, error);
    if (status == CBEC_OK) {
        const struct relationship *main_part = by_type(&relationships, "officeDocument");
        *workbook = strdup(main_part ? main_part->target : USUAL_WORKBOOK);
        if (!*workbook)
            status = error_no_memory(error);
        else if (slice_ends_with(slice_of(*workbook), SLICE(".bin")))
            status = error_set(error, CBEC_ERROR_INPUT,
                               "%s: is a binary workbook (.xlsb): save it as .xlsx", path);
    }
    relationships_free(&relationships);
    return status;
}

/* ---- The workbook part (ISO/IEC 29500-1, 18.2)
 * ----------------------------------------------------- */

struct workbook {
    const char *path;
    struct xml *xml;
    struct cbec_error *error;
    const struct relationships *relationships;
    struct xlsx_parts *parts;
    size_t visible; /* sheets that stand before the hidden ones */
    bool root_seen;
};

/* Puts a sheet behind the visible ones, or at the end. */
static bool add_sheet(struct workbook *workbook, const char *name, const char *part, bool hidden)
{
    struct xlsx_parts *parts = workbook->parts;
    struct xlsx_sheet *sheets = realloc(parts->sheets, (parts->sheet_count + 1) * sizeof *sheets);
    if (!sheets)
        return false;
    parts->sheets = sheets;
    struct xlsx_sheet made = {.name = strdup(name), .part = part ? strdup(part) : NULL};
    size_t place = hidden ? parts->sheet_count : workbook->visible++;
    memmove(&sheets[place + 1], &sheets[place], (parts->sheet_count - place) * sizeof *sheets);
    sheets[place] = made;
    parts->sheet_count++;
    return made.name && (made.part || !part);
}

static void workbook_start(void *context, const char *element, const char **attributes)
{
    struct workbook *workbook = context;
    if (!workbook->root_seen && strcmp(element, "workbook") != 0) {
        xml_stop(workbook->xml,
                 error_set(workbook->error, CBEC_ERROR_INPUT,
                           "%s: is no workbook but another kind of document: export it as .xlsx",
                           workbook->path));
    } else if (strcmp(element, "workbookPr") == 0) {
        workbook->parts->dates =
            is_true(xml_attribute(attributes, "date1904")) ? DATE_SYSTEM_1904 : DATE_SYSTEM_1900;
    } else if (strcmp(element, "sheet") == 0 &&
               workbook->parts->sheet_count < LIMIT_ARCHIVE_MEMBERS) {
        const char *name = xml_attribute(attributes, "name");
        const char *state = xml_attribute(attributes, "state");
        const struct relationship *related =
            by_id(workbook->relationships, xml_attribute(attributes, "id"));
        bool hidden = state && strcmp(state, "visible") != 0; /* hidden, veryHidden */
        bool is_worksheet = !related || strcmp(related->type, "worksheet") == 0; /* no chart */
        if (is_worksheet &&
            !add_sheet(workbook, name ? name : "", related ? related->target : NULL, hidden))
            xml_stop(workbook->xml, error_no_memory(workbook->error));
    }
    workbook->root_seen = true;
}

static enum cbec_status read_workbook(zip_t *package, struct workbook *workbook)
{
    static const struct xml_handler handler = {.start = workbook_start, .end = ignore_end};
    enum cbec_status status = xml_open(package, workbook->path, workbook->parts->workbook, &handler,
                                       workbook, &workbook->xml, workbook->error);
    if (status == CBEC_OK)
        status = xml_read(workbook->xml, workbook->error);
    xml_close(workbook->xml);
    return status;
}

static enum cbec_status copy_target(const struct relationships *relationships, const char *type,
                                    char **target, struct cbec_error *error)
{
    const struct relationship *found = by_type(relationships, type);
    *target = found ? strdup(found->target) : NULL;
    return found && !*target ? error_no_memory(error) : CBEC_OK;
}

/* xl/workbook.xml has its relationships in xl/_rels/workbook.xml.rels. */
static char *relationships_part(const char *part)
{
    struct buffer name = {0};
    const char *slash = strrchr(part, '/');
    size_t folder = slash ? (size_t)(slash + 1 - part) : 0;
    buffer_append_format(&name, "%.*s_rels/%s.rels", (int)folder, part, part + folder);
    char *made = name.failed ? NULL : strdup(buffer_string(&name));
    buffer_free(&name);
    return made;
}

enum cbec_status xlsx_parts_read(zip_t *package, const char *path, struct xlsx_parts *parts,
                                 struct cbec_error *error)
{
    *parts = (struct xlsx_parts){.dates = DATE_SYSTEM_1900};
    enum cbec_status status = find_workbook(package, path, &parts->workbook, error);
    if (status != CBEC_OK)
        return status;
    char *part = relationships_part(parts->workbook);
    struct relationships relationships = {.source = parts->workbook};
    struct workbook workbook = {
        .path = path, .error = error, .relationships = &relationships, .parts = parts};
    status = part ? CBEC_OK : error_no_memory(error);
    /* A document of another kind may have none: the workbook part tells, and is read in any case.
     */
    if (status == CBEC_OK && zip_name_locate(package, part, ZIP_FL_NOCASE) >= 0)
        status = relationships_read(package, path, part, &relationships, error);
    if (status == CBEC_OK)
        status = read_workbook(package, &workbook);
    if (status == CBEC_OK)
        status = copy_target(&relationships, "sharedStrings", &parts->strings, error);
    if (status == CBEC_OK)
        status = copy_target(&relationships, "styles", &parts->styles, error);
    relationships_free(&relationships);
    free(part);
    return status;
}

void xlsx_parts_free(struct xlsx_parts *parts)
{
    for (size_t i = 0; i < parts->sheet_count; i++) {
        free(parts->sheets[i].name);
        free(parts->sheets[i].part);
    }
    free(parts->sheets);
    free(parts->workbook);
    free(parts->strings);
    free(parts->styles);
    *parts = (struct xlsx_parts){0};
}
