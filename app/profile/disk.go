package profile

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"wapdesk/store"
	"wapdesk/store/durable"
)

const (
	profileFile = "profile.json"
	// DemoName is the name of the profile of demo data, which no other can have.
	DemoName = "demo"
)

// Kinds of profiles.
const (
	kindConnected = "connected"
	kindDemo      = "demo"
	kindFile      = "file" // an exported file opened for offline review
)

// Description is what a profile's folder says of itself beside its data.
type Description struct {
	Name  string `json:"-"`
	Kind  string `json:"kind"`
	URL   string `json:"url,omitempty"`
	Login string `json:"login,omitempty"`
	// Fingerprint finds the profile of a token without a connection. A token is 160 random
	// bits, so that its hash gives nothing away.
	Fingerprint string `json:"fingerprint,omitempty"`
	File        string `json:"file,omitempty"` // name of the opened file
	// Day is the day the demo data ends on; on another day it is made anew.
	Day string `json:"day,omitempty"`
	// BeganMs is the moment at which they end.
	BeganMs int64 `json:"beganMs,omitempty"`
	// Chosen says that the demo data were opened on the page, not by an option of a command: the
	// window opens them again.
	Chosen bool `json:"chosen,omitempty"`
	// UsedMs orders profiles: the window opens the last one used.
	UsedMs int64 `json:"usedMs,omitempty"`
}

// disk is the data folder with a folder for each profile.
type disk struct{ root string }

func (p disk) folder(name string) store.Folder { return store.Folder(filepath.Join(p.root, name)) }

// all lists the profiles by name; a folder without a readable description is left out.
func (p disk) all() ([]Description, error) {
	entries, err := os.ReadDir(p.root)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the data folder: %w", err)
	}
	var list []Description
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		if pr, err := p.read(e.Name()); err == nil {
			list = append(list, pr)
		}
	}
	slices.SortFunc(list, func(a, b Description) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

func (p disk) read(name string) (Description, error) {
	b, err := os.ReadFile(filepath.Join(p.root, name, profileFile))
	if err != nil {
		return Description{}, err
	}
	pr := Description{Name: name}
	if err := json.Unmarshal(b, &pr); err != nil {
		return Description{}, fmt.Errorf("profile %s: %w", name, err)
	}
	return pr, nil
}

// write keeps the description; a crash leaves the old one or the new one.
func (p disk) write(pr Description) error {
	if err := p.folder(pr.Name).Create(); err != nil {
		return err
	}
	b, err := json.MarshalIndent(pr, "", "  ")
	if err != nil {
		return fmt.Errorf("describe the profile: %w", err)
	}
	path := filepath.Join(p.root, pr.Name, profileFile)
	if err := durable.WriteBytes(path, 0o600, b); err != nil {
		return fmt.Errorf("keep the profile: %w", err)
	}
	return nil
}

// byToken finds the profile of a connection without asking the contact centre.
func (p disk) byToken(url, token string) (Description, bool, error) {
	list, err := p.all()
	if err != nil {
		return Description{}, false, err
	}
	want := fingerprint(token)
	for _, pr := range list {
		if pr.Kind == kindConnected && pr.URL == url && pr.Fingerprint == want {
			return pr, true, nil
		}
	}
	return Description{}, false, nil
}

// only returns the single profile of the folder, or an error that lists the choice. Demo data are
// never meant without being named.
func (p disk) only() (Description, error) {
	list, err := p.all()
	if err != nil {
		return Description{}, err
	}
	list = slices.DeleteFunc(list, func(pr Description) bool { return pr.Kind == kindDemo })
	switch len(list) {
	case 0:
		return Description{}, ErrNoProfile
	case 1:
		return list[0], nil
	}
	names := make([]string, len(list))
	for i, pr := range list {
		names[i] = pr.Name
	}
	return Description{}, &SeveralError{Profiles: names}
}

// last returns the profile used last. Demo data count where they were chosen on the page.
func (p disk) last() (Description, bool, error) {
	list, err := p.all()
	if err != nil {
		return Description{}, false, err
	}
	list = slices.DeleteFunc(list, func(pr Description) bool { return pr.Kind == kindDemo && !pr.Chosen })
	if len(list) == 0 {
		return Description{}, false, nil
	}
	return slices.MaxFunc(list, func(a, b Description) int {
		return int(min(max(a.UsedMs-b.UsedMs, -1), 1))
	}), true, nil
}

func fingerprint(token string) string {
	sum := sha256.Sum256([]byte("wapdesk profile\x00" + token))
	return hex.EncodeToString(sum[:])
}

// nameFor makes a folder name of a company's host and a login. What a file system may
// refuse is written as _xx.
func nameFor(host, login string) string {
	return PortableName(short(safeName(host)) + "~" + short(safeName(login)))
}

// device is a name that means a device to Windows before version 11, whatever comes after its first dot.
var device = regexp.MustCompile(`(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:$|[. ])`)

// PortableName changes a name that Windows takes for another: a device's, and one that ends with a dot or a space, which
// it leaves out.
func PortableName(name string) string {
	if device.MatchString(name) {
		name = "_" + name
	}
	if rest := strings.TrimRight(name, ". "); rest != name {
		name = rest + strings.Repeat("_", len(name)-len(rest))
	}
	return name
}

// maxNamePart keeps a folder's name of two parts within the 255 bytes of a file system.
const maxNamePart = 110

// short cuts a part of a name, and tells it by a sum from others that begin alike.
func short(part string) string {
	if len(part) <= maxNamePart {
		return part
	}
	sum := sha256.Sum256([]byte(part))
	return part[:maxNamePart-9] + "~" + hex.EncodeToString(sum[:4])
}

func safeName(s string) string {
	var b strings.Builder
	for _, c := range []byte(strings.ToLower(s)) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '.', c == '-', c == '@':
			b.WriteByte(c)
		case c == ':':
			b.WriteByte('-')
		default:
			fmt.Fprintf(&b, "_%02x", c)
		}
	}
	return b.String()
}

// validName refuses names that would lead out of the data folder.
func validName(name string) bool {
	return name != "" && name == filepath.Base(name) && !strings.HasPrefix(name, ".") && !strings.ContainsAny(name, `/\:`)
}
