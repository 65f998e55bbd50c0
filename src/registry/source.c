#include "registry/source.h"

#include <string.h>

#include "record/text.h"

static const struct vendor {
    const char *name;
    const char *source;
} vendors[] = {
    {"天眼查", "tianyancha"},
    {"企查查", "qichacha"},
    {"爱企查", "aiqicha"},
    {"启信宝", "qixinbao"},
};

#define VENDORS (sizeof vendors / sizeof *vendors)

const char *source_in(struct slice text)
{
    const char *first = NULL;
    const char *source = NULL;
    for (size_t i = 0; i < VENDORS; i++) {
        const char *at = text.length ? slice_find(text, slice_of(vendors[i].name)) : NULL;
        if (at && (!first || at < first)) {
            first = at;
            source = vendors[i].source;
        }
    }
    return source;
}

const char *source_of_option(const char *option)
{
    for (size_t i = 0; i < VENDORS; i++)
        if (strcmp(option, vendors[i].name) == 0)
            return vendors[i].source;
    return option;
}

const char *source_vendor(struct slice source)
{
    for (size_t i = 0; i < VENDORS; i++)
        if (slice_equal(source, slice_of(vendors[i].source)))
            return vendors[i].name;
    return NULL;
}

bool source_name_is_valid(const char *name)
{
    for (const char *at = name; *at; at++)
        if (*at == '+' || (unsigned char)*at < 0x20 || *at == 0x7f)
            return false;
    return *name != '\0' && text_trim_start(text_trim_end(slice_of(name))).length == strlen(name);
}

enum cbec_status source_number(struct cbec_registry *registry, const char *name, int64_t *number,
                               struct cbec_error *error)
{
    struct statement statement;
    bool row;
    enum cbec_status status = statement_prepare_text(
        &statement, registry, "INSERT INTO source (name) VALUES (?1) ON CONFLICT DO NOTHING", NULL,
        error);
    statement_bind_text(&statement, 1, slice_of(name));
    if (status == CBEC_OK)
        status = statement_run(&statement, error);
    statement_finish(&statement);
    if (status != CBEC_OK)
        return status;
    status = statement_prepare_text(&statement, registry, "SELECT id FROM source WHERE name = ?1",
                                    NULL, error);
    statement_bind_text(&statement, 1, slice_of(name));
    if (status == CBEC_OK)
        status = statement_step(&statement, &row, error);
    if (status == CBEC_OK)
        *number = statement_integer(&statement, 0);
    statement_finish(&statement);
    return status;
}
