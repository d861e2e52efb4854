package connection

import (
	"errors"

	"wapdesk/app/daktela"
)

// Explain names what a contact centre's reply means to a person: "unreachable", "forbidden" and so
// on, the keys of the catalogue below "error.", with their parameters in pairs of name and value;
// "" for an error that is not the wire's.
func Explain(err error) (code string, params []string) {
	if e, ok := errors.AsType[*daktela.RedirectError](err); ok {
		if e.Host == "" {
			return "redirected_away", nil
		}
		return "redirected", []string{"host", e.Host}
	}
	if e, ok := errors.AsType[*daktela.FailedError](err); ok {
		return "no_answer", []string{"what", e.Op, "host", e.Asked()}
	}
	if e, ok := errors.AsType[*daktela.CertificateError](err); ok {
		return certificateCode(e.Fault), []string{"host", e.Asked()}
	}
	if e, ok := errors.AsType[*daktela.UnreachableError](err); ok && e.Proxy != "" {
		return proxyCode(e.Proxy), []string{"host", e.Asked()}
	}
	code = codeOf(err)
	// Every error of a request tells where it went.
	if e, ok := errors.AsType[interface {
		error
		Asked() string
	}](err); ok {
		params = []string{"host", e.Asked()}
	}
	return code, params
}

func certificateCode(fault daktela.CertificateFault) string {
	switch fault {
	case daktela.CertificateExpired:
		return "certificate_expired"
	case daktela.CertificateHost:
		return "certificate_host"
	case daktela.CertificateIssuer:
		return "certificate_issuer"
	}
	return "certificate"
}

func proxyCode(fault daktela.ProxyFault) string {
	if fault == daktela.ProxySignIn {
		return "proxy_sign_in"
	}
	return "proxy"
}

func codeOf(err error) string {
	switch {
	case errors.Is(err, daktela.ErrNoInteractions):
		return "too_old"
	case is[*daktela.UnauthorisedError](err):
		return "wrong_credentials"
	case is[*daktela.ForbiddenError](err):
		return "forbidden"
	case is[*daktela.IncompleteError](err):
		return "incomplete"
	case is[*daktela.UnreachableError](err):
		return "unreachable"
	case is[*daktela.RateLimitedError](err):
		return "rate_limited"
	case is[*daktela.MalformedError](err), is[*daktela.TooLargeError](err):
		return "not_daktela"
	case is[*daktela.ServerError](err), is[*daktela.StatusError](err):
		return "server_trouble"
	case is[*daktela.NotFoundError](err), is[*daktela.MethodNotAllowedError](err), errors.Is(err, daktela.ErrNotAvailable):
		return "not_offered"
	case is[*daktela.ValidationError](err):
		return "refused"
	case errors.Is(err, daktela.ErrInsecureAddress):
		return "insecure_address"
	case errors.Is(err, daktela.ErrAddress):
		return "bad_address"
	case errors.Is(err, daktela.ErrCredentials):
		return "no_credentials"
	case errors.Is(err, ErrNumber):
		return "bad_number"
	}
	return ""
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
