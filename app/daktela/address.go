package daktela

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// companyDomain is where instances live that are given by company name only.
const companyDomain = ".daktela.com"

// Sentinels of ParseAddress.
var (
	ErrAddress         = errors.New("not an address of a Daktela instance")
	ErrInsecureAddress = errors.New("only https is allowed, except to this computer")
)

// Address is the root of one instance, for example https://acme.daktela.com. The zero value is no address.
type Address struct {
	scheme, host string // host may carry a port
	base         string // path before /api/v6, "/crm", where a proxy puts the instance below one
}

// String returns scheme, host and base path without a trailing slash.
func (a Address) String() string { return a.scheme + "://" + a.host + a.base }

// Host returns the host, with its port where one was given.
func (a Address) Host() string { return a.host }

// Site returns host and base path: what tells two instances apart.
func (a Address) Site() string { return a.host + a.base }

// Company returns the first label of a hosted instance ("acme"), otherwise the host in the
// letters of its language, with the base path.
func (a Address) Company() string {
	if name, ok := strings.CutSuffix(a.host, companyDomain); ok && a.base == "" {
		return name
	}
	name, port, ported := strings.Cut(a.host, ":")
	if strings.HasPrefix(a.host, "[") {
		return a.Site()
	}
	if unicode, err := idna.Display.ToUnicode(name); err == nil {
		name = unicode
	}
	if ported {
		name += ":" + port
	}
	return name + a.base
}

// ParseAddress reads what a person types or pastes: a company name ("acme"), a host
// ("acme.daktela.com", "127.0.0.1:8080"), or the full address of the API or of any page. A path
// before the API's is kept, the path of a page is dropped. Names in other scripts become what
// the network knows them by; a dot at the end is left out. It fails with ErrAddress, or with
// ErrInsecureAddress for plain http to anything but the loopback interface.
func ParseAddress(text string) (Address, error) {
	text = strings.TrimSpace(text)
	scheme, rest, hasScheme := strings.Cut(text, "://")
	if !hasScheme {
		scheme, rest = "", text
	}
	u, err := url.Parse("//" + rest)
	if err != nil || u.User != nil || u.Hostname() == "" || strings.HasSuffix(u.Host, ":") {
		return Address{}, ErrAddress
	}
	name, ok := hostName(u.Hostname())
	if !ok {
		return Address{}, ErrAddress
	}
	base, ok := basePath(u, strings.HasSuffix(name, companyDomain))
	if !ok {
		return Address{}, ErrAddress
	}
	host := name
	if strings.Contains(name, ":") {
		host = "[" + name + "]"
	}
	if u.Port() != "" {
		host += ":" + u.Port()
	}
	switch strings.ToLower(scheme) {
	case "https":
		return Address{"https", host, base}, nil
	case "http":
		if !isLoopback(name) {
			return Address{}, ErrInsecureAddress
		}
		return Address{"http", host, base}, nil
	case "":
		if isLoopback(name) {
			return Address{"http", host, base}, nil
		}
		return Address{"https", host, base}, nil
	default:
		return Address{}, fmt.Errorf("%w: unknown scheme", ErrAddress)
	}
}

// hostName returns a host as the network knows it; a company's name becomes its instance's host.
func hostName(typed string) (string, bool) {
	if net.ParseIP(typed) != nil {
		return typed, true
	}
	// Underscores are no letters of host names, and yet there are such hosts.
	toNetwork := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))
	absolute := strings.HasSuffix(typed, ".")
	name, err := toNetwork.ToASCII(strings.TrimSuffix(typed, "."))
	if err != nil || !validHost(name) {
		return "", false
	}
	if !strings.Contains(name, ".") && name != "localhost" && !absolute {
		name += companyDomain
	}
	return name, true
}

// pages are the first parts of the addresses of Daktela's own pages; what stands before one is a base path.
var pages = []string{
	"/listing/", "/tickets/", "/crm/contacts/", "/crm/accounts/", "/crm/records/", "/dashboard", "/realtime/", "/manage/",
	"/admin/", "/analytics/", "/wallboard/", "/login", "/user/", "/settings/", "/external/", "/file/", "/index.php",
}

// basePath returns the path that the API lies below. On a hosted instance that is none, unless
// the address of the API itself says otherwise.
func basePath(u *url.URL, hosted bool) (string, bool) {
	path := strings.TrimSuffix(u.EscapedPath(), "/") + "/"
	base, _, api := strings.Cut(path, strings.TrimSuffix(apiRoot, "/")+"/")
	switch {
	case api:
	case hosted:
		return "", true
	default:
		for _, page := range pages {
			base, _, _ = strings.Cut(base, page)
		}
	}
	base = strings.TrimRight(base, "/")
	if strings.Contains(base, "..") || strings.Contains(base, "//") {
		return "", false
	}
	return base, true
}

func validHost(host string) bool {
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
		for _, r := range label {
			if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_' {
				return false
			}
		}
	}
	return len(host) <= 253
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
