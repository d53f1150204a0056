#include "sync/transport/endpoint.hpp"

#include <algorithm>
#include <optional>

namespace kiem {
namespace {

constexpr std::string_view kScheme = "tcp://";
constexpr std::size_t kMaxHost = 253;
constexpr std::size_t kMaxPortDigits = 5;

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_name_or_ipv4(std::string_view host) {
  return std::all_of(host.begin(), host.end(), [](char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_'; });
}

// Enough to keep out what would change the meaning of the address; whether it exists, the system says.
bool is_ipv6(std::string_view host) {
  return host.find(':') != std::string_view::npos && std::all_of(host.begin(), host.end(), [](char c) {
           return is_alnum(c) || c == ':' || c == '.' || c == '%' || c == '-' || c == '_';
         });
}

std::optional<std::uint16_t> port_of(std::string_view digits) {
  if (digits.empty() || digits.size() > kMaxPortDigits) return std::nullopt;
  std::uint32_t port = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    port = port * 10 + static_cast<std::uint32_t>(c - '0');
  }
  if (port > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(port);
}

std::optional<Endpoint> parsed(std::string_view text) {
  if (!text.starts_with(kScheme)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = port_of(text.substr(colon + 1));
  std::string_view host = text.substr(0, colon);
  if (!port || host.empty()) return std::nullopt;
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.size() > kMaxHost) return std::nullopt;
  const bool good = bracketed ? is_ipv6(host) : host == "*" || is_name_or_ipv4(host);
  if (!good) return std::nullopt;
  return Endpoint{std::string(host), *port};
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view text) {
  if (auto endpoint = parsed(text)) return *std::move(endpoint);
  return fail(ErrorCode::bad_address, Fault::person, {std::string(text)});
}

std::string to_text(const Endpoint& endpoint) {
  const bool ipv6 = endpoint.host.find(':') != std::string::npos;
  return std::string(kScheme) + (ipv6 ? "[" + endpoint.host + "]" : endpoint.host) + ":" +
         std::to_string(endpoint.port);
}

bool is_loopback(const Endpoint& endpoint) {
  return endpoint.host.starts_with("127.") || endpoint.host == "::1" || endpoint.host == "localhost";
}

bool is_dialable(const Endpoint& endpoint) {
  return endpoint.port != 0 && !endpoint.host.empty() && endpoint.host != "*";
}

}  // namespace kiem
