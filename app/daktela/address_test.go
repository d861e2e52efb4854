package daktela

import (
	"errors"
	"testing"
)

func TestParseAddress(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, want, company string
		err                 error
	}{
		{text: "acme", want: "https://acme.daktela.com", company: "acme"},
		{text: "  ACME  ", want: "https://acme.daktela.com", company: "acme"},
		{text: "acme.daktela.com", want: "https://acme.daktela.com", company: "acme"},
		{text: "https://acme.daktela.com/", want: "https://acme.daktela.com", company: "acme"},
		{text: "https://acme.daktela.com/listing/activities/?activityDetail=x", want: "https://acme.daktela.com", company: "acme"},
		{text: "https://acme", want: "https://acme.daktela.com", company: "acme"},
		{text: "daktela.example.org:8443", want: "https://daktela.example.org:8443", company: "daktela.example.org:8443"},
		{text: "http://127.0.0.1:8080", want: "http://127.0.0.1:8080", company: "127.0.0.1:8080"},
		{text: "http://localhost:9/api/v6/", want: "http://localhost:9", company: "localhost:9"},
		{text: "http://127.0.0.1:9/crm/api/v6/whoim.json", want: "http://127.0.0.1:9/crm", company: "127.0.0.1:9/crm"},
		{text: "http://127.0.0.1:9/crm", want: "http://127.0.0.1:9/crm", company: "127.0.0.1:9/crm"},
		{text: "proxy.example:8443/cc/daktela/", want: "https://proxy.example:8443/cc/daktela", company: "proxy.example:8443/cc/daktela"},
		{text: "https://proxy.example/cc/listing/activities/?activityDetail=x", want: "https://proxy.example/cc", company: "proxy.example/cc"},
		{text: "https://proxy.example/crm/crm/contacts/update/c1", want: "https://proxy.example/crm", company: "proxy.example/crm"},
		{text: "https://acme.daktela.com/cc/api/v6", want: "https://acme.daktela.com/cc", company: "acme.daktela.com/cc"},
		{text: "https://acme.daktela.com/some/page", want: "https://acme.daktela.com", company: "acme"},
		{text: "acme.daktela.com.", want: "https://acme.daktela.com", company: "acme"},
		{text: "https://intranet./", want: "https://intranet", company: "intranet"},
		{text: "https://call_centre.example", want: "https://call_centre.example", company: "call_centre.example"},
		{text: "https://ŽLUŤOUČKÝ.example:444", want: "https://xn--luouk-uva4it5a4g.example:444", company: "žluťoučký.example:444"},
		{text: "http://127.0.0.1:9/../x", err: ErrAddress},
		{text: "https://xn--a.example", err: ErrAddress},
		{text: "http://[::1]:9", want: "http://[::1]:9", company: "[::1]:9"},
		{text: "127.0.0.1:8080", want: "http://127.0.0.1:8080", company: "127.0.0.1:8080"},
		{text: "https://localhost", want: "https://localhost", company: "localhost"},
		{text: "http://acme.daktela.com", err: ErrInsecureAddress},
		{text: "http://acme", err: ErrInsecureAddress},
		{text: "http://127.0.0.1.evil.example", err: ErrInsecureAddress},
		{text: "http://10.0.0.1", err: ErrInsecureAddress},
		{text: "ftp://acme.daktela.com", err: ErrAddress},
		{text: "https://user:secret@acme.daktela.com", err: ErrAddress},
		{text: "", err: ErrAddress},
		{text: "https://", err: ErrAddress},
		{text: "a b", err: ErrAddress},
		{text: "acme..com", err: ErrAddress},
		{text: "-acme", err: ErrAddress},
		{text: "https://acme:", err: ErrAddress},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			got, err := ParseAddress(tt.text)
			if !errors.Is(err, tt.err) || (err == nil) != (tt.err == nil) {
				t.Fatalf("ParseAddress error: got %v, want %v", err, tt.err)
			}
			if err == nil && (got.String() != tt.want || got.Company() != tt.company) {
				t.Errorf("ParseAddress: got %s (%s), want %s (%s)", got, got.Company(), tt.want, tt.company)
			}
		})
	}
}
