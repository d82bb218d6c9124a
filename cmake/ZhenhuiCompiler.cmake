# Compiler settings: warnings as errors for our own code, sanitizers, ccache where it is present.
add_library(zhenhui_warnings INTERFACE)
target_compile_options(zhenhui_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)

if(ZHENHUI_SANITIZE)
  add_compile_options(-fsanitize=${ZHENHUI_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${ZHENHUI_SANITIZE})
  # An undefined-behaviour report must fail the test that caused it. The vptr check doubles the time to compile.
  if(ZHENHUI_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=vptr -fno-sanitize-recover=undefined)
  endif()
endif()

# For tests/fuzz, with clang: counts which code an input reaches. Only the fuzzers' own targets are built so.
option(ZHENHUI_FUZZ "build libFuzzer programs" OFF)
if(ZHENHUI_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(ZHENHUI_CCACHE ccache)
if(ZHENHUI_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${ZHENHUI_CCACHE}")
endif()

# Several sources of a target are compiled as one file, because gRPC's headers cost more than our code (the command line:
# 57 CPU seconds instead of about 250). So file-local names are distinct within a target. ZHENHUI_UNITY=OFF compiles each file alone.
option(ZHENHUI_UNITY "compile sources of a target together" ON)
if(ZHENHUI_UNITY)
  set(CMAKE_UNITY_BUILD ON)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
  # It takes a source inside such a file for a header, in which file-local types would be a fault.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(zhenhui_warnings INTERFACE -Wno-subobject-linkage)
  endif()
endif()
