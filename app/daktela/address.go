package daktela

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// companyDomain is where instances live that are given by company name only.
const companyDomain = ".daktela.com"

// Sentinels of ParseAddress.
var (
	ErrAddress         = errors.New("not an address of a Daktela instance")
	ErrInsecureAddress = errors.New("only https is allowed, except to this computer")
)

// Address is the root of one instance, for example https://acme.daktela.com.
// The zero value is no address.
type Address struct {
	scheme, host string // host may carry a port
}

// String returns scheme and host without a trailing slash.
func (a Address) String() string { return a.scheme + "://" + a.host }

// Host returns the host, with its port where one was given.
func (a Address) Host() string { return a.host }

// Company returns the first label of a hosted instance ("acme"), otherwise the host.
func (a Address) Company() string {
	if name, ok := strings.CutSuffix(a.host, companyDomain); ok {
		return name
	}
	return a.host
}

// ParseAddress reads what a person types or pastes: a company name ("acme"), a
// host ("acme.daktela.com", "127.0.0.1:8080") or any page's full address, whose
// path is dropped. It fails with ErrAddress, or with ErrInsecureAddress for
// plain http to anything but the loopback interface.
func ParseAddress(text string) (Address, error) {
	text = strings.TrimSpace(text)
	scheme, rest, hasScheme := strings.Cut(text, "://")
	if !hasScheme {
		scheme, rest = "", text
	}
	u, err := url.Parse("//" + rest)
	if err != nil || u.User != nil || u.Hostname() == "" || !validHost(u.Hostname()) || !validPort(u) {
		return Address{}, ErrAddress
	}
	host := strings.ToLower(u.Host)
	name := strings.ToLower(u.Hostname())
	if !strings.ContainsAny(name, ".:") && name != "localhost" {
		host = strings.Replace(host, name, name+companyDomain, 1)
	}
	switch strings.ToLower(scheme) {
	case "https":
		return Address{"https", host}, nil
	case "http":
		if !isLoopback(name) {
			return Address{}, ErrInsecureAddress
		}
		return Address{"http", host}, nil
	case "":
		if isLoopback(name) {
			return Address{"http", host}, nil
		}
		return Address{"https", host}, nil
	default:
		return Address{}, fmt.Errorf("%w: unknown scheme", ErrAddress)
	}
}

func validPort(u *url.URL) bool {
	return u.Port() != "" || !strings.HasSuffix(u.Host, ":")
}

func validHost(host string) bool {
	if net.ParseIP(host) != nil {
		return true
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
		for _, r := range label {
			if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' {
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
