#define _GNU_SOURCE
#include "CCurl.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The names and numbers are those of libcurl's curl.h; they are part of its binary interface.
enum {
  CURL_GLOBAL_ALL = 3,
  CURL_HTTP_VERSION_1_1 = 2,
  CURL_SSLVERSION_TLSv1_2 = 6,
  CURLHEADER_SEPARATE = 1,
  CURLPROTO_HTTPS = 2,
  CURLE_FAILED_INIT = 2,
  CURLINFO_RESPONSE_CODE = 0x200002,
  CURLOPT_POST = 47,
  CURLOPT_NETRC = 51,
  CURLOPT_FOLLOWLOCATION = 52,
  CURLOPT_SSL_VERIFYPEER = 64,
  CURLOPT_SSL_VERIFYHOST = 81,
  CURLOPT_SSLVERSION = 32,
  CURLOPT_HTTP_VERSION = 84,
  CURLOPT_NOSIGNAL = 99,
  CURLOPT_TIMEOUT_MS = 155,
  CURLOPT_CONNECTTIMEOUT_MS = 156,
  CURLOPT_PROTOCOLS = 181,
  CURLOPT_HEADEROPT = 229,
  CURLOPT_WRITEDATA = 10001,
  CURLOPT_URL = 10002,
  CURLOPT_ERRORBUFFER = 10010,
  CURLOPT_POSTFIELDS = 10015,
  CURLOPT_HTTPHEADER = 10023,
  CURLOPT_CAINFO = 10065,
  CURLOPT_WRITEFUNCTION = 20011,
  CURLOPT_POSTFIELDSIZE_LARGE = 30120,
};

static struct {
  int (*global_init)(long flags);
  void *(*init)(void);
  int (*set)(void *handle, int option, ...);
  int (*perform)(void *handle);
  int (*info)(void *handle, int kind, ...);
  void (*cleanup)(void *handle);
  const char *(*words)(int fault);
  void *(*append)(void *list, const char *line);
  void (*free_list)(void *list);
} curl;

static const char *load_functions(void *library) {
#define LOAD(field, name) \
  *(void **)&curl.field = dlsym(library, name); \
  if (!curl.field) return "libcurl has no " name;
  LOAD(global_init, "curl_global_init")
  LOAD(init, "curl_easy_init")
  LOAD(set, "curl_easy_setopt")
  LOAD(perform, "curl_easy_perform")
  LOAD(info, "curl_easy_getinfo")
  LOAD(cleanup, "curl_easy_cleanup")
  LOAD(words, "curl_easy_strerror")
  LOAD(append, "curl_slist_append")
  LOAD(free_list, "curl_slist_free_all")
  return curl.global_init(CURL_GLOBAL_ALL) ? "libcurl does not start" : NULL;
}

const char *posemap_https_load(void) {
  static char reason[512];
  // Debian's build with GnuTLS first: it leaves the OpenSSL alone that posemap brings along.
  void *library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    snprintf(reason, sizeof reason, "%s", dlerror());
    // A newer OpenSSL than posemap's own goes with it, in a space of its own.
    library = dlmopen(LM_ID_NEWLM, "libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  }
  return library ? load_functions(library) : reason;
}

typedef struct {
  posemap_https_answer *answer;
  size_t most, room;
} writing;

static size_t take(char *bytes, size_t size, size_t count, void *context) {
  writing *to = context;
  posemap_https_answer *answer = to->answer;
  const size_t more = size * count;
  if (more > to->most - answer->body_size) {
    answer->is_too_large = 1;
    return 0;
  }
  if (answer->body_size + more > to->room) {
    const size_t room = (answer->body_size + more) * 2;
    unsigned char *larger = realloc(answer->body, room);
    if (!larger) return 0;
    answer->body = larger;
    to->room = room;
  }
  memcpy(answer->body + answer->body_size, bytes, more);
  answer->body_size += more;
  return more;
}

posemap_https_answer posemap_https_exchange(const posemap_https_request *request) {
  posemap_https_answer answer = {0};
  void *handle = curl.init();
  if (!handle) {
    answer.fault = CURLE_FAILED_INIT;
    return answer;
  }
  writing to = {&answer, request->most, 0};
  // libcurl would wait for a "100 Continue" that many a server does not give.
  void *headers = curl.append(NULL, "Expect:");
  for (const char *const *line = request->headers; *line; line++)
    headers = curl.append(headers, *line);
  int fault = 0;
#define SET(option, value) \
  if (!fault) fault = curl.set(handle, option, value);
  SET(CURLOPT_ERRORBUFFER, answer.reason)
  SET(CURLOPT_URL, request->url)
  SET(CURLOPT_PROTOCOLS, (long)CURLPROTO_HTTPS)
  SET(CURLOPT_FOLLOWLOCATION, 0L)
  SET(CURLOPT_NETRC, 0L)
  SET(CURLOPT_SSL_VERIFYPEER, 1L)
  SET(CURLOPT_SSL_VERIFYHOST, 2L)
  SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2)
  SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1)
  // A proxy on the way must not see the headers.
  SET(CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE)
  SET(CURLOPT_HTTPHEADER, headers)
  SET(CURLOPT_NOSIGNAL, 1L)
  SET(CURLOPT_CONNECTTIMEOUT_MS, request->connect_milliseconds)
  SET(CURLOPT_TIMEOUT_MS, request->milliseconds)
  SET(CURLOPT_WRITEFUNCTION, take)
  SET(CURLOPT_WRITEDATA, &to)
  if (request->authorities) SET(CURLOPT_CAINFO, request->authorities)
  if (request->body) {
    SET(CURLOPT_POST, 1L)
    SET(CURLOPT_POSTFIELDS, request->body)
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (long)request->body_size)
  }
  answer.fault = fault ? fault : curl.perform(handle);
  curl.info(handle, CURLINFO_RESPONSE_CODE, &answer.status);
  if (answer.fault && !answer.reason[0])
    snprintf(answer.reason, sizeof answer.reason, "%s", curl.words(answer.fault));
  curl.free_list(headers);
  curl.cleanup(handle);
  return answer;
}
