/* The XML of a part, unpacked and parsed piece by piece. */
#include <expat.h>
#include <stdlib.h>

#include "input/plain_xml.h"
#include "input/xlsx_parts.h"
#include "input/xlsx_unpack.h"
#include "util/error.h"

enum {
    /* expat keeps a tag as a whole, and every element that is open: both must end. */
    LIMIT_TAG_BYTES = 16 * 1024 * 1024,
    LIMIT_DEPTH = 256
};

struct xml {
    const char *path;
    char *part;
    const struct xml_handler *handler;
    void *context;
    struct unpacking *unpacking;
    XML_Parser parser;
    uint64_t fed;     /* bytes given to the parser */
    uint64_t done;    /* up to the last markup that was handled */
    uint64_t skipped; /* lines that the parser has not seen */
    bool is_utf8;
    bool in_cdata;
    int depth;
    bool stopped;
    const char *refused; /* why a handler here stopped the reading */
    enum cbec_status status;
};

/* Names are a few letters: going through them here is faster than calling strchr. */
static const char *without_prefix(const char *name)
{
    for (const char *at = name; *at; at++) {
        if (*at == ':')
            return at + 1;
    }
    return name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2) {
        if (xml_is(without_prefix(*attributes), name))
            return attributes[1];
    }
    return NULL;
}

bool xml_number(struct slice text, unsigned *number)
{
    unsigned read = 0;
    if (text.length == 0 || text.length > 9)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        read = read * 10 + (unsigned)(text.at[i] - '0');
    }
    *number = read;
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

static void on_cdata_start(void *context)
{
    ((struct xml *)context)->in_cdata = true;
}

static void on_cdata_end(void *context)
{
    ((struct xml *)context)->in_cdata = false;
}

static void on_declaration(void *context, const XML_Char *version, const XML_Char *encoding,
                           int standalone)
{
    struct xml *xml = context;
    (void)version, (void)standalone;
    if (encoding && strcasecmp(encoding, "UTF-8") != 0)
        xml->is_utf8 = false;
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

static enum cbec_status open_member(struct xml *xml, zip_t *package, struct cbec_error *error)
{
    zip_int64_t index = locate(package, xml->part);
    if (index < 0)
        return error_set(error, CBEC_ERROR_INPUT, "%s: a damaged workbook: %s is missing",
                         xml->path, xml->part);
    zip_stat_t about;
    if (zip_stat_index(package, (zip_uint64_t)index, 0, &about) == 0 && member_is_encrypted(&about))
        return error_set(error, CBEC_ERROR_INPUT, "%s: is encrypted: save it without a password",
                         xml->path);
    struct member *member = member_open(package, (zip_uint64_t)index);
    if (!member)
        return error_set(error, CBEC_ERROR_INPUT, "%s: a damaged workbook: %s: %s", xml->path,
                         xml->part, zip_strerror(package));
    xml->unpacking = unpack_begin(member);
    if (!xml->unpacking) {
        member_close(member);
        return error_no_memory(error);
    }
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
    XML_SetCdataSectionHandler(opened->parser, on_cdata_start, on_cdata_end);
    XML_SetXmlDeclHandler(opened->parser, on_declaration);
    return open_member(opened, package, error);
}

void xml_unpack_ahead(struct xml *xml)
{
    unpack_ahead(xml->unpacking);
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
    return error_set(
        error, CBEC_ERROR_INPUT,
        "%s: a damaged workbook: %s, line %llu: %s: save it again, or get it again", xml->path,
        xml->part, (unsigned long long)(XML_GetCurrentLineNumber(xml->parser) + xml->skipped), why);
}

static bool feed(struct xml *xml, struct slice text, bool at_end)
{
    xml->fed += text.length;
    bool parsed = XML_Parse(xml->parser, text.at, (int)text.length, at_end) != XML_STATUS_ERROR;
    /* Negative where expat has put off looking at an unfinished tag until more of it is there. */
    XML_Index done = XML_GetCurrentByteIndex(xml->parser);
    if (done >= 0)
        xml->done = (uint64_t)done;
    return parsed;
}

/* Whether the parser has handled all it was given, and stands where an element may follow. */
static bool is_between_elements(const struct xml *xml)
{
    return xml->is_utf8 && !xml->in_cdata && xml->done == xml->fed && xml->depth > 0 &&
           xml->depth <= LIMIT_DEPTH - PLAIN_XML_DEPTH;
}

/* The length of the elements that the text begins with and that the parser need not see. */
static size_t read_plain(struct xml *xml, struct slice text)
{
    struct slice rest = text;
    size_t taken = 1;
    while (taken > 0 && !xml->stopped && xml->handler->plain && is_between_elements(xml)) {
        taken = xml->handler->plain(xml->context, rest);
        rest = slice_from(rest, taken);
    }
    const char *end = rest.at;
    for (const char *line = text.at; (line = memchr(line, '\n', (size_t)(end - line))); line++)
        xml->skipped++;
    return (size_t)(end - text.at);
}

/* How much of the text is before the next element that is likely to be plain. */
static size_t length_before_next(const struct xml *xml, struct slice text)
{
    const char *repeated = xml->handler->repeated;
    const char *next = repeated ? slice_find(slice_from(text, 1), slice_of(repeated)) : NULL;
    return next ? (size_t)(next - text.at) : text.length;
}

/* Nearly all of a large part is elements that need no parser: it sees what is around them. */
static bool parse(struct xml *xml, struct slice text)
{
    bool parsed = true;
    if (text.length == 0)
        return feed(xml, text, true);
    while (text.length > 0 && parsed && !xml->stopped) {
        size_t taken = read_plain(xml, text);
        if (taken == 0) {
            taken = length_before_next(xml, text);
            parsed = feed(xml, (struct slice){text.at, taken}, false);
        }
        text = slice_from(text, taken);
    }
    return parsed;
}

/* Texts in other encodings begin with a mark or have NULs between their letters, or declare what
 * they are. */
static bool begins_as_utf8(struct slice text)
{
    struct slice mark = SLICE("\xef\xbb\xbf");
    if (slice_starts_with(text, mark))
        text = slice_from(text, mark.length);
    return text.length > 1 && text.at[0] == '<' && text.at[1] > ' ';
}

enum cbec_status xml_step(struct xml *xml, bool *more, struct cbec_error *error)
{
    *more = false;
    char *piece;
    zip_int64_t got = unpack_next(xml->unpacking, &piece);
    if (got < 0)
        return fail(xml, unpack_failure(xml->unpacking), error);
    struct slice text = {piece, (size_t)got};
    piece[got] = '\0';
    if (xml->fed == 0)
        xml->is_utf8 = begins_as_utf8(text);
    bool parsed = parse(xml, text);
    if (xml->refused)
        return fail(xml, xml->refused, error);
    if (xml->stopped)
        return xml->status;
    if (!parsed && XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY)
        return error_no_memory(error);
    if (!parsed)
        return fail(xml, XML_ErrorString(XML_GetErrorCode(xml->parser)), error);
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
    unpack_end(xml->unpacking);
    if (xml->parser)
        XML_ParserFree(xml->parser);
    free(xml->part);
    free(xml);
}
