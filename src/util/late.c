#include "util/late.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool find_functions(const struct late_library *library, void *handle)
{
    for (size_t i = 0; i < library->count; i++) {
        void *function = dlsym(handle, library->names[i]);
        if (!function)
            return false;
        memcpy((char *)library->functions + i * sizeof function, &function, sizeof function);
    }
    return true;
}

const char *late_load(struct late_library *library)
{
    pthread_mutex_lock(&library->mutex);
    if (!library->handle && !*library->failure) {
        void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
        if (handle && find_functions(library, handle)) {
            library->handle = handle;
        } else {
            snprintf(library->failure, sizeof library->failure, "%s", dlerror());
            if (handle)
                dlclose(handle);
        }
    }
    const char *failure = library->handle ? NULL : library->failure;
    pthread_mutex_unlock(&library->mutex);
    return failure;
}
