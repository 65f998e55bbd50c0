#include "util/error.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

enum cbec_status error_set(struct cbec_error *error, enum cbec_status status, const char *format,
                           ...)
{
    if (!error)
        return status;
    error->status = status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

enum cbec_status error_no_memory(struct cbec_error *error)
{
    return error_set(error, CBEC_ERROR_SYSTEM, "out of memory");
}

enum cbec_status error_system(struct cbec_error *error, const char *what, const char *path)
{
    char text[256];
    return error_set(error, CBEC_ERROR_SYSTEM, "cannot %s %s: %s", what, path,
                     strerror_r(errno, text, sizeof text));
}
