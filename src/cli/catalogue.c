/* Where the user's own queries are looked for. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "util/paths.h"

/* $XDG_DATA_HOME/cbec/queries, of the XDG Base Directory Specification; it need not be there. */
static char *home_folder(void)
{
    const char *data = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    char *folder = NULL;
    int made = -1;
    if (data && *data == '/')
        made = asprintf(&folder, "%s/cbec/queries", data);
    else if (home && *home)
        made = asprintf(&folder, "%s/.local/share/cbec/queries", home);
    if (made >= 0 && access(folder, F_OK) == 0)
        return folder;
    free(made >= 0 ? folder : NULL);
    return NULL;
}

int read_catalogue(const struct own_queries *own, struct cbec_catalogue **catalogue)
{
    struct text_list folders = {0};
    struct cbec_error error;
    const char *path = getenv("CBEC_QUERY_PATH");
    char *copy = strdup(path ? path : "");
    char *home = home_folder();
    char *rest = NULL;
    int status = EXIT_DONE;
    if (!copy) {
        complain("out of memory");
        status = EXIT_FAILED;
    }
    for (size_t i = 0; i < own->folders.count && status == EXIT_DONE; i++)
        status = list_add(&folders, own->folders.at[i]);
    for (char *folder = copy ? strtok_r(copy, ":", &rest) : NULL; folder && status == EXIT_DONE;
         folder = strtok_r(NULL, ":", &rest))
        if (access(folder, F_OK) == 0)
            status = list_add(&folders, folder);
        else
            complain("$CBEC_QUERY_PATH: there is no folder %s", folder);
    if (home && status == EXIT_DONE)
        status = list_add(&folders, home);
    if (status == EXIT_DONE &&
        cbec_catalogue_open(folders.at, folders.count, catalogue, &error) != CBEC_OK)
        status = fail(&error);
    free(folders.at);
    free(copy);
    free(home);
    return status;
}

int check_is_no_query(const char *path, const struct cbec_catalogue *catalogue)
{
    const struct cbec_query *query;
    for (size_t i = 0; (query = cbec_catalogue_at(catalogue, i)); i++)
        if (query->file && path_same_file(path, query->file)) {
            complain("%s is the query %s: name another file for the output", path, query->name);
            return EXIT_FAILED;
        }
    return EXIT_DONE;
}
