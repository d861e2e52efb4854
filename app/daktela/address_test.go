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
