# Installs the packages of package-lock.json into node_modules, once for each lock file: all build folders share it, and
# npm ci would empty it each time. cmake -DNPM=npm -DFOLDER=gateway/dashboard -P install.cmake
file(LOCK "${FOLDER}/.install-lock" GUARD PROCESS)  # two presets may build at once
set(stamp "${FOLDER}/node_modules/.zhenhui-lock")
file(SHA256 "${FOLDER}/package-lock.json" wanted)
set(installed "")
if(EXISTS "${stamp}")
  file(READ "${stamp}" installed)
endif()
if(NOT installed STREQUAL wanted)
  execute_process(
    COMMAND "${NPM}" ci --no-audit --no-fund --loglevel=error
    WORKING_DIRECTORY "${FOLDER}" RESULT_VARIABLE failed OUTPUT_QUIET)
  if(failed)
    message(FATAL_ERROR "npm ci failed in ${FOLDER}: is the npm registry reachable?")
  endif()
  file(WRITE "${stamp}" "${wanted}")
endif()
