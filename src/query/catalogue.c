#include "query/catalogue.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "registry/schema.h"
#include "util/error.h"
#include "util/suggest.h"
#include "util/utf8.h"

/* More than anybody writes by hand; what is larger is another kind of file. */
#define QUERY_BYTES ((off_t)1 << 20)

/* A query with what it points to. */
struct entry {
    struct cbec_query query;
    char *name;
    char *file;
    char *text; /* of a file */
    char *title;
    char *chinese_title;
    char *about;
    char *problem;
    char **parameters;
};

struct cbec_catalogue {
    struct entry **entries;
    size_t count;
};

static void entry_free(struct entry *entry)
{
    if (!entry)
        return;
    for (size_t i = 0; i < entry->query.parameter_count; i++)
        free(entry->parameters[i]);
    free(entry->parameters);
    free(entry->name);
    free(entry->file);
    free(entry->text);
    free(entry->title);
    free(entry->chinese_title);
    free(entry->about);
    free(entry->problem);
    free(entry);
}

/* ---- What a query says of itself ---------------------------------------------------------------
 */

static struct slice first_line(const char *text)
{
    return (struct slice){text, strcspn(text, "\r\n")};
}

static char *copy_slice(struct slice text)
{
    return strndup(text.at ? text.at : "", text.length);
}

/*
 * The comment that a query begins with: its title, its Chinese title in a line "zh: …", and the
 * rest, without the dashes.
 */
static bool read_header(struct entry *entry, const char *sql)
{
    struct buffer about = {0};
    while (strncmp(sql, "--", 2) == 0) {
        struct slice line = first_line(sql);
        sql += line.length;
        sql += strspn(sql, "\r");
        sql += *sql == '\n';
        line = slice_from(line, 2);
        if (line.length && *line.at == ' ')
            line = slice_from(line, 1);
        if (!entry->title)
            entry->title = copy_slice(line);
        else if (slice_starts_with(line, SLICE("zh: ")) && !entry->chinese_title)
            entry->chinese_title = copy_slice(slice_from(line, 4));
        else if (line.length || about.length) {
            buffer_append(&about, line);
            buffer_append_byte(&about, '\n');
        }
    }
    while (about.length && about.data[about.length - 1] == '\n')
        about.length--;
    if (!entry->title)
        entry->title = strdup(entry->name);
    entry->about = copy_slice(buffer_slice(&about));
    bool made = entry->title && entry->about && !about.failed;
    buffer_free(&about);
    entry->query.title = entry->title;
    entry->query.chinese_title = entry->chinese_title;
    entry->query.about = entry->about;
    return made;
}

/* Adds a query; NULL when there is no memory. */
static struct entry *add_entry(struct cbec_catalogue *catalogue, struct slice name, const char *sql,
                               char *text)
{
    struct entry **entries =
        reallocarray(catalogue->entries, catalogue->count + 1, sizeof(struct entry *));
    struct entry *entry = entries ? calloc(1, sizeof *entry) : NULL;
    catalogue->entries = entries ? entries : catalogue->entries;
    if (!entry) {
        free(text);
        return NULL;
    }
    catalogue->entries[catalogue->count++] = entry;
    entry->text = text;
    entry->name = copy_slice(name);
    entry->query.name = entry->name;
    entry->query.sql = sql;
    return entry->name && read_header(entry, sql) ? entry : NULL;
}

/* ---- Files -------------------------------------------------------------------------------------
 */

/* The whole of a file that holds text; NULL, and why not. */
static char *read_text(const char *path, const char **problem)
{
    struct stat about;
    char *text = NULL;
    size_t length = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *problem = NULL;
    if (file < 0 || fstat(file, &about) != 0)
        *problem = strerror(errno);
    else if (!S_ISREG(about.st_mode))
        *problem = "not a file";
    else if (about.st_size > QUERY_BYTES)
        *problem = "larger than 1 MiB: not a query";
    else if (!(text = calloc(1, (size_t)about.st_size + 1)))
        *problem = "out of memory";
    for (ssize_t got = 1; text && got > 0 && (off_t)length < about.st_size; length += (size_t)got) {
        got = read(file, text + length, (size_t)about.st_size - length);
        if (got < 0) {
            *problem = strerror(errno);
            got = 0;
        }
    }
    if (file >= 0)
        close(file);
    bool cut;
    if (text && !*problem &&
        (strlen(text) != length || utf8_valid_prefix((struct slice){text, length}, &cut) != length))
        *problem = "not text in UTF-8";
    return text;
}

/* What editors on other systems put before a text. */
static const char *without_mark(const char *text)
{
    return strncmp(text, "\xef\xbb\xbf", 3) == 0 ? text + 3 : text;
}

/* The first of this name: a query that comes with the library is before any other. */
static struct entry *find_entry(const struct cbec_catalogue *catalogue, struct slice name)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (slice_equal(slice_of(catalogue->entries[i]->name), name))
            return catalogue->entries[i];
    return NULL;
}

static enum cbec_status set_problem(struct entry *entry, const char *file, const char *problem,
                                    struct cbec_error *error)
{
    if (asprintf(&entry->problem, "%s: %s", file, problem) < 0)
        return error_no_memory(error);
    entry->query.problem = entry->problem;
    return CBEC_OK;
}

static enum cbec_status add_file(struct cbec_catalogue *catalogue, const char *folder,
                                 const char *file_name, struct cbec_error *error)
{
    const char *problem;
    char *path;
    struct slice name = {file_name, strlen(file_name) - strlen(".sql")};
    struct entry *before = find_entry(catalogue, name);
    if (asprintf(&path, "%s/%s", folder, file_name) < 0)
        return error_no_memory(error);
    if (before && before->file) { /* of an earlier folder */
        free(path);
        return CBEC_OK;
    }
    char *text = read_text(path, &problem);
    if (before)
        problem = "has the name of a query that comes with cbec: rename the file";
    struct entry *entry =
        add_entry(catalogue, name, text && !problem ? without_mark(text) : "", text);
    if (!entry) {
        free(path);
        return error_no_memory(error);
    }
    entry->file = path;
    entry->query.file = path;
    return problem ? set_problem(entry, path, problem, error) : CBEC_OK;
}

static int is_query_file(const struct dirent *file)
{
    struct slice name = slice_of(file->d_name);
    return *file->d_name != '.' && name.length > 4 && slice_ends_with(name, SLICE(".sql"));
}

static enum cbec_status add_folder(struct cbec_catalogue *catalogue, const char *folder,
                                   struct cbec_error *error)
{
    struct dirent **files;
    int count = scandir(folder, &files, is_query_file, NULL);
    if (count < 0)
        return error_set(error, CBEC_ERROR_INPUT, "cannot read the folder of queries %s: %s",
                         folder, strerror(errno));
    enum cbec_status status = CBEC_OK;
    for (int i = 0; i < count; i++) {
        if (status == CBEC_OK)
            status = add_file(catalogue, folder, files[i]->d_name, error);
        free(files[i]);
    }
    free(files);
    return status;
}

/* ---- Does it run? ------------------------------------------------------------------------------
 */

static enum cbec_status read_parameters(struct entry *entry, const struct statement *statement,
                                        struct cbec_error *error)
{
    size_t count = (size_t)statement_parameters(statement);
    entry->parameters = calloc(count + 1, sizeof *entry->parameters);
    if (!entry->parameters)
        return error_no_memory(error);
    entry->query.parameters = (const char *const *)entry->parameters;
    for (size_t i = 0; i < count; i++) {
        const char *name = sqlite3_bind_parameter_name(statement->handle, (int)i + 1);
        if (!name || *name == '?')
            return set_problem(entry, entry->file, "has a parameter without a name: write :name",
                               error);
        entry->parameters[i] = strdup(name + 1);
        if (!entry->parameters[i])
            return error_no_memory(error);
        entry->query.parameter_count++;
    }
    return CBEC_OK;
}

/* Tries the user's own queries on a registry without any record. */
static enum cbec_status try_own(struct cbec_catalogue *catalogue, struct cbec_error *error)
{
    struct cbec_registry *registry;
    enum cbec_status status = registry_open_memory(&registry, error);
    if (status == CBEC_OK)
        status = query_prepare_session(registry, error);
    for (size_t i = 0; i < catalogue->count && status == CBEC_OK; i++) {
        struct entry *entry = catalogue->entries[i];
        struct statement statement = {0};
        struct cbec_error why;
        if (!entry->file || entry->problem)
            continue;
        status =
            query_prepare(registry, entry->name, entry->file, entry->query.sql, &statement, &why);
        if (status == CBEC_OK)
            status = read_parameters(entry, &statement, error);
        else if (status == CBEC_ERROR_INPUT) {
            entry->problem = strdup(why.message);
            entry->query.problem = entry->problem;
            status = entry->problem ? CBEC_OK : error_no_memory(error);
        }
        statement_finish(&statement);
    }
    cbec_close(registry);
    return status;
}

/* ---- The catalogue -----------------------------------------------------------------------------
 */

static int by_name(const void *a, const void *b)
{
    const struct entry *const *left = a;
    const struct entry *const *right = b;
    int order = strcmp((*left)->name, (*right)->name);
    return order ? order : ((*left)->file != NULL) - ((*right)->file != NULL);
}

enum cbec_status cbec_catalogue_open(const char *const *folders, size_t count,
                                     struct cbec_catalogue **catalogue, struct cbec_error *error)
{
    enum cbec_status status = CBEC_OK;
    struct cbec_catalogue *made = calloc(1, sizeof *made);
    *catalogue = NULL;
    if (!made)
        return error_no_memory(error);
    for (const struct sql_file *file = schema_queries; file->name && status == CBEC_OK; file++)
        if (!add_entry(made, slice_of(file->name), file->text, NULL))
            status = error_no_memory(error);
    size_t own = made->count;
    for (size_t i = 0; i < count && status == CBEC_OK; i++)
        status = add_folder(made, folders[i], error);
    if (status == CBEC_OK && made->count > own)
        status = try_own(made, error);
    if (status != CBEC_OK) {
        cbec_catalogue_close(made);
        return status;
    }
    qsort(made->entries, made->count, sizeof(struct entry *), by_name);
    *catalogue = made;
    return CBEC_OK;
}

void cbec_catalogue_close(struct cbec_catalogue *catalogue)
{
    if (!catalogue)
        return;
    for (size_t i = 0; i < catalogue->count; i++)
        entry_free(catalogue->entries[i]);
    free(catalogue->entries);
    free(catalogue);
}

const struct cbec_query *cbec_catalogue_at(const struct cbec_catalogue *catalogue, size_t number)
{
    return number < catalogue->count ? &catalogue->entries[number]->query : NULL;
}

enum cbec_status cbec_catalogue_find(const struct cbec_catalogue *catalogue, const char *name,
                                     const struct cbec_query **query, struct cbec_error *error)
{
    const struct entry *entry = find_entry(catalogue, slice_of(name));
    *query = entry ? &entry->query : NULL;
    if (entry && entry->problem)
        return error_set(error, CBEC_ERROR_INPUT, "%s", entry->problem);
    if (entry)
        return CBEC_OK;
    struct suggestion near = {.written = slice_of(name)};
    char hint[128];
    for (size_t i = 0; i < catalogue->count; i++)
        suggestion_add(&near, slice_of(catalogue->entries[i]->name));
    return error_set(error, CBEC_ERROR_USAGE,
                     "unknown query '%s'%s (`cbec query --list` lists them)", name,
                     suggestion_text(&near, hint));
}
