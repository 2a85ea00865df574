# SPDX-License-Identifier: Apache-2.0
#
# Every flag of the project, on one INTERFACE target. Generated code does not link it.
add_library(ll_flags INTERFACE)

target_compile_definitions(ll_flags INTERFACE _XOPEN_SOURCE=700)
# Pictures and statistics are the same bytes on every machine: no fused multiply and add.
target_compile_options(ll_flags INTERFACE -ffp-contract=off)
target_compile_options(ll_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes
    -Wmissing-prototypes -Wold-style-definition -Wvla -Wundef -Wwrite-strings -Wpointer-arith
    -Wcast-align -Wcast-qual -Wformat=2 -Wdouble-promotion -Wfloat-equal -Wimplicit-fallthrough
    -Wnull-dereference -Wredundant-decls)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(ll_flags INTERFACE
        -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init)
elseif(CMAKE_C_COMPILER_ID MATCHES "Clang")
    target_compile_options(ll_flags INTERFACE
        -Wconditional-uninitialized -Wcomma -Wassign-enum -Wunreachable-code)
endif()
if(LL_WERROR)
    target_compile_options(ll_flags INTERFACE -Werror)
endif()

# Hardening belongs to what users run; the sanitizers do the same work better in tests.
if(LL_SANITIZE)
    target_compile_options(ll_flags INTERFACE -fsanitize=address,undefined
        -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(ll_flags INTERFACE -fsanitize=address,undefined)
elseif(CMAKE_BUILD_TYPE MATCHES "Release|RelWithDebInfo")
    target_compile_options(ll_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
        -fstack-protector-strong -fstack-clash-protection -fno-common)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64")
        target_compile_options(ll_flags INTERFACE -fcf-protection)
    endif()
    target_link_options(ll_flags INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
if(LL_FUZZ)
    target_compile_options(ll_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined
        -fno-omit-frame-pointer)
    target_link_options(ll_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined)
endif()
if(LL_COVERAGE)
    target_compile_options(ll_flags INTERFACE --coverage)
    target_link_options(ll_flags INTERFACE --coverage)
endif()

# Readers are made of small functions in other folders (views of text, varints, hashes): seen across files
# they disappear, and ingest takes a sixth less CPU time (docs/performance.md).
include(CheckIPOSupported)
check_ipo_supported(RESULT LL_HAS_LTO LANGUAGES C)
if(LL_HAS_LTO)
    set(CMAKE_INTERPROCEDURAL_OPTIMIZATION_RELEASE ON)
endif()
