package daktela

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// judge turns a whole response into an envelope or a typed error. Statuses
// come first, because bodies of 401, 403 and 404 may be empty.
func (c *Client) judge(q call, res *http.Response, body []byte) (envelope, error) {
	at := q.at(res.StatusCode)
	if err := c.statusError(at, res); err != nil {
		if forbidden, ok := errors.AsType[*ForbiddenError](err); ok {
			e, _, _ := parseEnvelope(body) // a page or nothing at all has no words
			forbidden.Messages = c.scrubAll(e.problems.all())
		}
		return envelope{}, err
	}
	if res.StatusCode == http.StatusNoContent {
		return envelope{}, nil
	}
	e, why, cut := parseEnvelope(body)
	if res.StatusCode == http.StatusBadRequest || res.StatusCode == http.StatusUnprocessableEntity {
		return envelope{}, c.refusal(q, at, e.problems)
	}
	if why != "" {
		return envelope{}, &MalformedError{Call: at, Why: why, Cut: cut}
	}
	if !e.problems.none() && (noResult(e.result) || q.method != http.MethodGet && len(e.problems.form) > 0) {
		return envelope{}, c.refusal(q, at, e.problems)
	}
	e.problems.messages = c.scrubAll(e.problems.messages)
	return e, nil
}

// statusError returns the error of a status that needs no body, nil otherwise.
func (c *Client) statusError(at Call, res *http.Response) error {
	switch status := res.StatusCode; {
	case status == http.StatusUnauthorized:
		return &UnauthorisedError{at}
	case status == http.StatusForbidden:
		return &ForbiddenError{Call: at}
	case status == http.StatusNotFound || status == http.StatusGone:
		return &NotFoundError{at}
	case status == http.StatusMethodNotAllowed || status == http.StatusNotImplemented:
		return &MethodNotAllowedError{at}
	case status == http.StatusTooManyRequests:
		return &RateLimitedError{Call: at, RetryAfter: retryAfter(res.Header.Get("Retry-After"), clockOf(res, c.now()))}
	case status >= 500:
		return &ServerError{at}
	case status >= 200 && status < 300, status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return nil
	case status >= 300 && status < 400 && status != http.StatusNotModified:
		return &RedirectError{Call: at, Host: redirectHost(res)}
	default:
		return &StatusError{at}
	}
}

func redirectHost(res *http.Response) string {
	to, err := res.Location()
	if err != nil {
		return ""
	}
	return to.Host
}

// refusal is what the server's own error means: of a question that it was not answered, of a
// write that it was refused.
func (c *Client) refusal(q call, at Call, p problems) error {
	if q.method == http.MethodGet {
		return &FailedError{Call: at, Messages: c.scrubAll(p.messages)}
	}
	return c.validation(at, p)
}

// noResult reports a result that holds nothing: null, false, or none at all.
func noResult(result []byte) bool {
	text, _ := scalarText(result)
	return isNull(result) || text == "false"
}

func (c *Client) validation(at Call, p problems) error {
	form := make(map[string][]string, len(p.form))
	for field, messages := range p.form {
		form[field] = c.scrubAll(messages)
	}
	return &ValidationError{Call: at, Messages: c.scrubAll(p.messages), Form: form}
}

// networkError classifies a request that got no complete answer. The
// surrounding url.Error is dropped: it quotes the address with its filters.
func (c *Client) networkError(ctx context.Context, q call, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	at := q.at(0)
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	if fault := certificateFault(err); fault != "" {
		return &CertificateError{Call: at, Fault: fault}
	}
	var netErr net.Error
	timeout := errors.Is(err, context.DeadlineExceeded) || errors.As(err, &netErr) && netErr.Timeout()
	reason := c.scrub(err.Error())
	if timeout {
		reason = "no answer in time"
	}
	op, isOp := errors.AsType[*net.OpError](err)
	proxy, _ := errors.AsType[ProxyFault](err)
	if proxy == "" && isOp && op.Op == "proxyconnect" {
		proxy = ProxyAway
	}
	_, isDNS := errors.AsType[*net.DNSError](err)
	_, isTLS := errors.AsType[tls.RecordHeaderError](err)
	sent := !isDNS && !isTLS && proxy == "" && (!isOp || op.Op != "dial")
	return &UnreachableError{Call: at, Sent: sent, Timeout: timeout, Proxy: proxy, reason: reason}
}

// certificateFault returns why a certificate is not trusted, "" for another error.
func certificateFault(err error) CertificateFault {
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return CertificateIssuer
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return CertificateHost
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		if invalid.Reason == x509.Expired {
			return CertificateExpired
		}
		return CertificateOther
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return CertificateOther
	}
	return ""
}

// isAPIError reports whether err was already made by this package.
func isAPIError(err error) bool {
	var own interface{ text(string) string }
	return errors.As(err, &own)
}

const scrubbed = "[removed]"

// scrub removes the secrets in use from a text that came from outside.
func (c *Client) scrub(text string) string {
	for _, secret := range c.auth.secrets() {
		text = strings.ReplaceAll(text, secret, scrubbed)
		text = strings.ReplaceAll(text, url.QueryEscape(secret), scrubbed)
	}
	return text
}

func (c *Client) scrubAll(texts []string) []string {
	out := make([]string, 0, len(texts))
	for _, t := range texts {
		out = append(out, c.scrub(t))
	}
	return out
}
