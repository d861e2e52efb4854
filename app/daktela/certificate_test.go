package daktela

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// issuer issues certificates.
type issuer struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "A company’s own authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(24 * time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, of, of, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &issuer{key, cert}
}

func (i *issuer) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: i.cert.Raw})
}

// serve answers with a certificate for a host that is valid between two moments from now.
func (i *issuer) serve(t *testing.T, handler http.Handler, host string, from, to time.Duration) *httptest.Server {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Now().Add(from), NotAfter: time.Now().Add(to), ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, of, i.cert, &key.PublicKey, i.key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der, i.cert.Raw}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

// Each way for a certificate to be wrong is told apart, and the token is sent in none.
func TestWhyACertificateIsNotTrusted(t *testing.T) {
	t.Parallel()
	ours := newIssuer(t)
	known := x509.NewCertPool()
	known.AddCert(ours.cert)
	reply := fixture(t, "whoim.json")
	const day = 24 * time.Hour
	for name, tt := range map[string]struct {
		of       *issuer
		host     string
		from, to time.Duration
		want     CertificateFault
	}{
		"expired":           {ours, "acme.example", -2 * day, -time.Hour, CertificateExpired},
		"not valid yet":     {ours, "acme.example", time.Hour, 2 * day, CertificateExpired},
		"for another host":  {ours, "other.example", -day, day, CertificateHost},
		"unknown authority": {newIssuer(t), "acme.example", -day, day, CertificateIssuer},
		"trusted after all": {ours, "acme.example", -day, day, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := 0
			server := tt.of.serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				asked++
				w.Write(reply) //nolint:errcheck // a test's answer
			}), tt.host, tt.from, tt.to)
			address, err := ParseAddress(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			c, err := New(address, WithToken(testToken), WithTransport(&http.Transport{TLSClientConfig: &tls.Config{
				RootCAs: known, ServerName: "acme.example", MinVersion: tls.VersionTLS12,
			}}))
			if err != nil {
				t.Fatal(err)
			}
			_, err = c.Whoim(t.Context())
			if tt.want == "" {
				if err != nil {
					t.Errorf("got %v", err)
				}
				return
			}
			e, ok := errors.AsType[*CertificateError](err)
			if !ok || e.Fault != tt.want || asked > 0 {
				t.Errorf("got %v, asked %d times", err, asked)
			}
		})
	}
}
