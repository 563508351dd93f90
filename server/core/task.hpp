#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace frontdesk {

namespace asio = boost::asio;

/// Each core runs one io_context, so the executor's type is fixed and costs no type erasure.
using Executor = asio::io_context::executor_type;

/// A coroutine on one of the io_contexts. A lambda that is itself such a coroutine captures
/// nothing: its captures die before it does.
template <class T>
using Task = asio::awaitable<T, Executor>;

}  // namespace frontdesk
