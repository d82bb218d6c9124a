# The packages we build on (reasons: CONTRIBUTING.md), each found once and given one target name.
find_package(Threads REQUIRED)
find_package(absl REQUIRED)
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(spdlog REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost 1.81 REQUIRED)  # headers only: Asio and Beast
find_package(PkgConfig REQUIRED)
pkg_check_modules(PQXX REQUIRED IMPORTED_TARGET libpqxx)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(CTEMPLATE REQUIRED IMPORTED_TARGET libctemplate)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)

# The one way to use libpqxx. PQXX_HAVE_OPTIONAL: libpqxx 6.4 does not find std::optional by itself.
# SYSTEM headers: its deprecated dynamic exception specifications are not ours to fix.
add_library(zhenhui_pqxx INTERFACE)
target_link_libraries(zhenhui_pqxx INTERFACE PkgConfig::PQXX)
target_compile_definitions(zhenhui_pqxx INTERFACE PQXX_HAVE_OPTIONAL)

# cpp-jwt is header-only and brings its own copy of the JSON header unless told otherwise.
find_path(CPP_JWT_INCLUDE_DIR jwt/jwt.hpp REQUIRED)
add_library(zhenhui_jwt INTERFACE)
target_include_directories(zhenhui_jwt SYSTEM INTERFACE "${CPP_JWT_INCLUDE_DIR}")
target_link_libraries(zhenhui_jwt INTERFACE OpenSSL::SSL OpenSSL::Crypto nlohmann_json::nlohmann_json)

# Asio and Beast, with their code compiled once (gateway/http/boost_sources.cc) instead of in every file that
# includes them. Only the gateway may use them.
add_library(zhenhui_boost INTERFACE)
target_link_libraries(zhenhui_boost INTERFACE Boost::headers OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
target_compile_definitions(zhenhui_boost INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
# g++ 12 takes Asio's recycling of coroutine frames for a mismatch of new and delete.
target_compile_options(zhenhui_boost INTERFACE -Wno-mismatched-new-delete)
if(ZHENHUI_SANITIZE MATCHES "thread")
  # The sanitizer does not understand Asio's fences, and g++ refuses them; the locks around its queues order the same.
  target_compile_definitions(zhenhui_boost INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()

if(ZHENHUI_TESTS)
  find_package(GTest CONFIG REQUIRED)
  find_package(rapidcheck CONFIG REQUIRED)
  find_package(benchmark CONFIG REQUIRED)
endif()
