/* The XML of a part, unpacked and parsed piece by piece. */
#include <expat.h>
#include <stdlib.h>

#include "input/xlsx_parts.h"
#include "util/error.h"

enum {
    PIECE_BYTES = 65536,
    /* expat keeps a tag as a whole, and every element that is open: both must end. */
    LIMIT_TAG_BYTES = 16 * 1024 * 1024,
    LIMIT_DEPTH = 256
};

struct xml {
    const char *path;
    char *part;
    const struct xml_handler *handler;
    void *context;
    zip_file_t *file;
    XML_Parser parser;
    uint64_t fed;  /* bytes given to the parser */
    uint64_t done; /* up to the last markup that was handled */
    int depth;
    bool stopped;
    const char *refused; /* why a handler here stopped the reading */
    enum cbec_status status;
};

static const char *without_prefix(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2) {
        if (strcmp(without_prefix(*attributes), name) == 0)
            return attributes[1];
    }
    return NULL;
}

bool xml_number(const char *text, unsigned *number)
{
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length > 9 || text[length] != '\0')
        return false;
    *number = (unsigned)strtoul(text, NULL, 10);
    return true;
}

static void refuse(struct xml *xml, const char *why)
{
    xml->refused = why;
    xml_stop(xml, CBEC_ERROR_INPUT);
}

static void on_start(void *context, const XML_Char *element, const XML_Char **attributes)
{
    struct xml *xml = context;
    if (xml->stopped)
        return;
    if (++xml->depth > LIMIT_DEPTH)
        refuse(xml, "elements nested too deeply");
    else
        xml->handler->start(xml->context, without_prefix(element), attributes);
}

static void on_end(void *context, const XML_Char *element)
{
    struct xml *xml = context;
    if (xml->stopped)
        return;
    xml->depth--;
    xml->handler->end(xml->context, without_prefix(element));
}

static void on_text(void *context, const XML_Char *text, int length)
{
    struct xml *xml = context;
    if (!xml->stopped && xml->handler->text)
        xml->handler->text(xml->context, text, length);
}

/* Workbooks have no document type (ISO/IEC 29500-2, 8.3.10.2): entities that unpack to gigabytes
 * need one. */
static void on_doctype(void *context, const XML_Char *name, const XML_Char *system_id,
                       const XML_Char *public_id, int has_internal_subset)
{
    (void)name, (void)system_id, (void)public_id, (void)has_internal_subset;
    refuse(context, "a document type declaration, which workbooks do not have");
}

/* A part's place in the archive; writers differ in case, and some part folders with backslashes. */
static zip_int64_t locate(zip_t *package, const char *part)
{
    zip_int64_t index = zip_name_locate(package, part, 0);
    if (index < 0)
        index = zip_name_locate(package, part, ZIP_FL_NOCASE);
    char *other = index < 0 && strchr(part, '/') ? strdup(part) : NULL;
    if (other) {
        for (char *at = other; *at; at++)
            *at = *at == '/' ? '\\' : *at;
        index = zip_name_locate(package, other, ZIP_FL_NOCASE);
        free(other);
    }
    return index;
}

static enum cbec_status open_file(struct xml *xml, zip_t *package, struct cbec_error *error)
{
    zip_int64_t index = locate(package, xml->part);
    if (index < 0)
        return error_set(error, CBEC_ERROR_INPUT, "%s: a damaged workbook: %s is missing",
                         xml->path, xml->part);
    zip_stat_t about;
    if (zip_stat_index(package, (zip_uint64_t)index, 0, &about) == 0 &&
        (about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE)
        return error_set(error, CBEC_ERROR_INPUT, "%s: is encrypted: save it without a password",
                         xml->path);
    xml->file = zip_fopen_index(package, (zip_uint64_t)index, 0);
    if (!xml->file)
        return error_set(error, CBEC_ERROR_INPUT, "%s: a damaged workbook: %s: %s", xml->path,
                         xml->part, zip_strerror(package));
    return CBEC_OK;
}

enum cbec_status xml_open(zip_t *package, const char *path, const char *part,
                          const struct xml_handler *handler, void *context, struct xml **xml,
                          struct cbec_error *error)
{
    struct xml *opened = calloc(1, sizeof *opened);
    *xml = opened;
    if (!opened)
        return error_no_memory(error);
    opened->path = path;
    opened->part = strdup(part);
    opened->handler = handler;
    opened->context = context;
    opened->parser = XML_ParserCreate(NULL);
    if (!opened->part || !opened->parser)
        return error_no_memory(error);
    XML_SetUserData(opened->parser, opened);
    XML_SetElementHandler(opened->parser, on_start, on_end);
    XML_SetCharacterDataHandler(opened->parser, on_text);
    XML_SetStartDoctypeDeclHandler(opened->parser, on_doctype);
    return open_file(opened, package, error);
}

void xml_stop(struct xml *xml, enum cbec_status status)
{
    if (xml->stopped)
        return;
    xml->stopped = true;
    xml->status = status;
    XML_StopParser(xml->parser, XML_FALSE);
}

static enum cbec_status fail(const struct xml *xml, const char *why, struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_INPUT,
                     "%s: a damaged workbook: %s, line %llu: %s: save it again, or get it again",
                     xml->path, xml->part,
                     (unsigned long long)XML_GetCurrentLineNumber(xml->parser), why);
}

enum cbec_status xml_step(struct xml *xml, bool *more, struct cbec_error *error)
{
    *more = false;
    void *piece = XML_GetBuffer(xml->parser, PIECE_BYTES);
    if (!piece)
        return error_no_memory(error);
    zip_int64_t got = zip_fread(xml->file, piece, PIECE_BYTES);
    if (got < 0)
        return fail(xml, zip_file_strerror(xml->file), error);
    xml->fed += (uint64_t)got;
    enum XML_Status parsed = XML_ParseBuffer(xml->parser, (int)got, got == 0);
    if (xml->refused)
        return fail(xml, xml->refused, error);
    if (xml->stopped)
        return xml->status;
    if (parsed == XML_STATUS_ERROR && XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY)
        return error_no_memory(error);
    if (parsed == XML_STATUS_ERROR)
        return fail(xml, XML_ErrorString(XML_GetErrorCode(xml->parser)), error);
    /* Negative where expat has put off looking at an unfinished tag until more of it is there. */
    XML_Index done = XML_GetCurrentByteIndex(xml->parser);
    if (done >= 0)
        xml->done = (uint64_t)done;
    if (xml->fed > xml->done + LIMIT_TAG_BYTES)
        return fail(xml, "a tag of more than 16 MiB", error);
    *more = got > 0;
    return CBEC_OK;
}

enum cbec_status xml_read(struct xml *xml, struct cbec_error *error)
{
    bool more = true;
    enum cbec_status status = CBEC_OK;
    while (more && status == CBEC_OK)
        status = xml_step(xml, &more, error);
    return status;
}

void xml_close(struct xml *xml)
{
    if (!xml)
        return;
    if (xml->file)
        zip_fclose(xml->file);
    if (xml->parser)
        XML_ParserFree(xml->parser);
    free(xml->part);
    free(xml);
}
