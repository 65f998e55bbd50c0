/* Any bytes as a number of an enterprise: folding settles, and a valid code has its check
 * character. */
#include "fuzz.h"
#include "record/code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer once = {0}, twice = {0};
    code_fold((struct slice){(const char *)data, size}, &once);
    code_fold(buffer_slice(&once), &twice);
    struct slice code = buffer_slice(&once);
    PROMISE(slice_equal(code, buffer_slice(&twice)));
    enum code_class class = credit_code_class(code);
    PROMISE((class == CODE_MISSING) == (code.length == 0));
    if (class == CODE_VALID || class == CODE_PILOT) {
        PROMISE(code.length == CODE_LENGTH);
        bool passes = credit_code_check((struct slice){code.at, CODE_LENGTH - 1}) == code.at[17];
        PROMISE(passes == (class == CODE_VALID));
    }
    if (registration_no_is_valid(code)) {
        PROMISE(code.length == REGISTRATION_NO_LENGTH);
        PROMISE(class != CODE_VALID);
        once.data[3] = (char)('0' + (once.data[3] - '0' + 1) % 10);
        PROMISE(!registration_no_is_valid(buffer_slice(&once))); /* one wrong digit is noticed */
    }
    buffer_free(&once);
    buffer_free(&twice);
    return 0;
}
