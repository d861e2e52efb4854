package profile

import (
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"wapdesk/app/connection"
	"wapdesk/app/syncer"
	"wapdesk/store"
)

// maxFile bounds an attachment that is downloaded, in bytes; WhatsApp itself takes 100 MB.
const maxFile = 128 << 20

// Story is everything stored of one interaction.
type Story struct {
	store.Detail
	Steps []Step
	// Derived is true when the contact centre gave no flow and the steps come from the times.
	Derived bool
	Rights  store.Rights
	Zone    *time.Location
}

// Story reads one interaction by its unique name or that of one of its activities.
func (p *Profile) Story(ctx context.Context, name string) (Story, error) {
	d, err := p.db.Detail(ctx, name)
	if err != nil {
		return Story{}, err
	}
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return Story{}, err
	}
	s := Story{Detail: d, Rights: rights, Zone: p.db.Zone()}
	s.Steps, s.Derived = processOf(d)
	return s, nil
}

// DownloadStory brings one interaction from the contact centre, by its unique name or that of one
// of its activities, with its transcript.
func (p *Profile) DownloadStory(ctx context.Context, name string) error {
	if p.conn == nil {
		return ErrSignIn
	}
	s := syncer.New(p.conn.Client(), p.db, syncer.Options{Log: p.log, Messages: true, Now: p.now})
	_, err := s.PullOne(ctx, name)
	return err
}

// LinkName returns what the deep link of an interaction names: the contact centre opens
// interactions by the unique name of an activity, by the interaction's own only when it has none.
func (s Story) LinkName() string {
	if s.Selected != "" {
		return s.Selected
	}
	if len(s.Activities) > 0 {
		return s.Activities[0].Name
	}
	return s.Interaction.Name
}

// attachment finds a file of the interaction by its id.
func (s Story) attachment(id string) (store.Attachment, bool) {
	for _, m := range s.Messages {
		for _, a := range m.Attachments {
			if a.File == id {
				return a, true
			}
		}
	}
	for _, a := range s.Files {
		if a.File == id {
			return a, true
		}
	}
	return store.Attachment{}, false
}

// OpenAttachment opens the stored bytes of a file; ErrNoFile when they are not on this computer.
func (p *Profile) OpenAttachment(ctx context.Context, interaction, id string) (*os.File, store.Attachment, error) {
	s, err := p.Story(ctx, interaction)
	if err != nil {
		return nil, store.Attachment{}, err
	}
	a, ok := s.attachment(id)
	if !ok || a.Path == "" {
		return nil, store.Attachment{}, ErrNoFile
	}
	path, err := p.db.FilePath(a)
	if err != nil {
		return nil, store.Attachment{}, err
	}
	f, err := os.Open(path)
	return f, a, err
}

// ownerOf tells the contact centre whose file is wanted.
func ownerOf(a store.Attachment) connection.Owner {
	if a.Origin == store.FromActivities {
		return connection.OfActivity
	}
	return connection.OfInteraction
}

// DownloadAttachment brings the bytes of a file into the profile. It returns the unique name of
// the interaction beside the file.
func (p *Profile) DownloadAttachment(ctx context.Context, interaction, id string) (string, store.Attachment, error) {
	if p.conn == nil {
		return "", store.Attachment{}, ErrSignIn
	}
	s, err := p.Story(ctx, interaction)
	if err != nil {
		return "", store.Attachment{}, err
	}
	a, ok := s.attachment(id)
	if !ok {
		return "", store.Attachment{}, store.ErrNotFound
	}
	tmp, err := os.CreateTemp(p.db.Folder().ExportsTemp(), "file-*")
	if err != nil {
		return "", store.Attachment{}, err
	}
	defer func() {
		_ = tmp.Close() // its bytes are in the store by then, or worth nothing
		_ = os.Remove(tmp.Name())
	}()
	if err := p.conn.Download(ctx, ownerOf(a), a.File, tmp, maxFile); err != nil {
		return "", store.Attachment{}, err
	}
	if _, err := tmp.Seek(0, io.SeekStart); err != nil {
		return "", store.Attachment{}, err
	}
	saved, err := p.db.SaveFile(ctx, s.Interaction.Name, id, tmp, maxFile)
	return s.Interaction.Name, saved, err
}

// Found is where a pasted link or unique name leads.
type Found struct {
	Interaction string `json:"interaction"` // unique name, "" when nothing is stored under it
	Activity    string `json:"activity"`
	Link        string `json:"link"` // to try in the contact centre
}

// Find returns where a pasted deep link or unique name leads. What is not stored comes back
// with the link to try in the contact centre.
func (p *Profile) Find(ctx context.Context, text string) (Found, error) {
	name, err := p.NameOf(text)
	if name == "" || err != nil {
		return Found{}, err
	}
	f, err := p.db.Find(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		return Found{Link: p.DeepLink(name)}, nil
	}
	if err != nil {
		return Found{}, err
	}
	return Found{Interaction: f.Interaction, Activity: f.Activity, Link: p.DeepLink(name)}, nil
}

// NameOf returns the unique name in a deep link or the name itself. A unique name says nothing of
// the company: the same one may be another customer's elsewhere, so that a link of another contact
// centre fails with OtherCompanyError. The demo's data are of no company, and an opened file does
// not tell its own; they take every link.
func (p *Profile) NameOf(text string) (string, error) {
	text = PlainLink(text)
	name, host, path := NameFromLink(text), "", ""
	if u, err := url.Parse(text); err == nil { // else it is a name
		host, path = u.Host, u.Path
	}
	if name == "" || host == "" || p.Kind == kindFile || p.Kind == kindDemo {
		return name, nil
	}
	if site := connection.SiteOf(host + path); !strings.EqualFold(site, p.Company()) {
		return "", &OtherCompanyError{Site: site, Own: p.Company()}
	}
	return name, nil
}

// PlainLink returns what a link of this program's own scheme leads to – wapdesk:NAME, wapdesk://NAME or
// wapdesk:https://… – and any other text as it is, without space around it.
func PlainLink(text string) string {
	text = strings.TrimSpace(text)
	scheme, rest, found := strings.Cut(text, ":")
	if !found || !strings.EqualFold(scheme, "wapdesk") {
		return text
	}
	if rest = strings.Trim(rest, "/"); strings.Contains(rest, "://") {
		return rest
	}
	if u, err := url.Parse(rest); err == nil && u.Query().Get("activityDetail") != "" {
		return u.Query().Get("activityDetail")
	}
	return rest
}

// NameFromLink returns the unique name in a deep link (…/listing/activities/?activityDetail=…),
// or the text itself when it can be a unique name, or "".
func NameFromLink(text string) string {
	text = PlainLink(text)
	if strings.Contains(text, "://") {
		u, err := url.Parse(text)
		if err != nil {
			return ""
		}
		return u.Query().Get("activityDetail")
	}
	if text == "" || len(text) > 200 || strings.ContainsAny(text, " \t\n\"'<>") {
		return ""
	}
	return text
}
