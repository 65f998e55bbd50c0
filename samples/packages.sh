# shellcheck shell=sh
# What building and testing needs on Debian 12, and how it gets there. Sourced by other scripts.

# A compiler without recommendations comes without the headers of the C library, so they are named.
# shellcheck disable=SC2034 # used by those who source this file
BUILD_PACKAGES='gcc libc6-dev make cmake pkg-config libsqlite3-dev libcsv-dev libutf8proc-dev
libzip-dev libexpat1-dev libfreexl-dev nettle-dev libxxhash-dev libxlsxwriter-dev'
case $(dpkg --print-architecture 2>/dev/null) in # what inflates faster is there for these only
amd64 | arm64) BUILD_PACKAGES="$BUILD_PACKAGES libisal-dev" ;;
esac

# need_packages PACKAGE...: installs those that are missing, and says which; silent if none is.
need_packages() {
    if ! command -v dpkg-query >/dev/null; then
        echo "Not a Debian system: taking it that there are equivalents of: $*" >&2
        return 0
    fi
    missing=
    for package; do
        # shellcheck disable=SC2016 # the dollar sign is for dpkg-query
        state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || state=
        [ "$state" = installed ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0

    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Please install as root:$missing" >&2
            return 1
        fi
        as_root=sudo
    fi
    echo "Installing packages:$missing" >&2
    # A fresh container has no lists of packages. Output shows only where it explains a failure.
    # shellcheck disable=SC2086 # lists of words
    if ! log=$({ $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends $missing; } 2>&1); then
        printf '%s\n' "$log" >&2
        echo "Could not install:$missing" >&2
        return 1
    fi
}
