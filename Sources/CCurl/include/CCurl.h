/// One request over HTTPS by libcurl, which is loaded when the first is made.
#pragma once
#include <stddef.h>

typedef struct {
  const char *url;
  /// Lines such as `Content-Type: text/plain`, up to a null pointer.
  const char *const *headers;
  /// The body of a POST; a null pointer for a GET.
  const void *body;
  size_t body_size;
  /// A file with the certificates of authorities to trust instead of the system's; may be null.
  const char *authorities;
  /// The milliseconds that connecting, and the whole exchange, may take.
  long connect_milliseconds;
  long milliseconds;
  /// The bytes that the answer's body may have.
  size_t most;
} posemap_https_request;

typedef struct {
  /// A `CURLcode`; 0 if an answer came.
  int fault;
  /// libcurl's words for the fault.
  char reason[256];
  /// Whether the fault is that the body has more bytes than the request allows.
  int is_too_large;
  long status;
  /// The body, for `free`; may be null.
  unsigned char *body;
  size_t body_size;
} posemap_https_answer;

/// Loads libcurl; returns a null pointer, or the reason why it cannot be used. Call it once, before all requests.
const char *posemap_https_load(void);

/// Makes a request, verifies the server's certificate and name, and follows no redirects. Any thread may call it.
posemap_https_answer posemap_https_exchange(const posemap_https_request *request);
