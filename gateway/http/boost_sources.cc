// The code of Asio and Beast, compiled here once for all who include their headers (see zhenhui_boost in
// cmake/).
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
