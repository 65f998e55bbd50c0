/*
 * duckdb FILE SQL…: runs statements on a DuckDB database, and closes it; without arguments, prints
 * the version. A program of its own, so that what is measured is DuckDB alone and not the start of
 * an interpreter. The library comes without its header: these few of its functions are declared
 * here as there.
 */
#include <stdint.h>
#include <stdio.h>

typedef struct {
    uint64_t counts[3];
    void *pointers[3];
} duckdb_result;

int duckdb_open(const char *path, void **database);
int duckdb_connect(void *database, void **connection);
int duckdb_query(void *connection, const char *sql, duckdb_result *result);
void duckdb_destroy_result(duckdb_result *result);
void duckdb_disconnect(void **connection);
void duckdb_close(void **database);
const char *duckdb_result_error(duckdb_result *result);
const char *duckdb_library_version(void);

int main(int count, char **arguments)
{
    void *database, *connection;
    if (count < 2)
        return puts(duckdb_library_version()) < 0;
    if (duckdb_open(arguments[1], &database) || duckdb_connect(database, &connection)) {
        fprintf(stderr, "%s: cannot be opened\n", arguments[1]);
        return 1;
    }
    for (int i = 2; i < count; i++) {
        duckdb_result result;
        if (duckdb_query(connection, arguments[i], &result)) {
            fprintf(stderr, "%s\n", duckdb_result_error(&result));
            return 1;
        }
        duckdb_destroy_result(&result);
    }
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    return 0;
}
