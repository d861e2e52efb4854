package connection

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"wapdesk/app/daktela"
)

// Credentials are a token, or a name and a password.
type Credentials struct {
	Token    string `json:"token,omitempty"`
	User     string `json:"user,omitempty"`
	Password string `json:"password,omitempty"`
}

// Trimmed returns the credentials as a person meant them: a token stands alone.
func (c Credentials) Trimmed() Credentials {
	c.Token, c.User = strings.TrimSpace(c.Token), strings.TrimSpace(c.User)
	if c.Token != "" {
		c.User, c.Password = "", ""
	}
	return c
}

// Options are what a connection is opened with.
type Options struct {
	Version string // of this program
	Lang    string // of the contact centre's own words: en or cs
	// OnWait is told how long the contact centre asked to wait; nil drops it.
	OnWait func(time.Duration)
}

// Connection is a contact centre with the credentials to it. It is safe for concurrent use.
type Connection struct {
	client  *daktela.Client
	address daktela.Address
}

// CheckAddress returns the root address that a typed one means, such as
// https://acme.daktela.com.
func CheckAddress(address string) (string, error) {
	a, err := daktela.ParseAddress(address)
	if err != nil {
		return "", err
	}
	return a.String(), nil
}

// SiteOf returns what names the contact centre of a root address to a person: its host, and the
// path where there is one; the address itself when it is none.
func SiteOf(address string) string {
	a, err := daktela.ParseAddress(address)
	if err != nil {
		return address
	}
	return a.Site()
}

// New returns a connection without asking the contact centre anything yet.
func New(address string, cred Credentials, opts Options) (*Connection, error) {
	a, err := daktela.ParseAddress(address)
	if err != nil {
		return nil, err
	}
	signIn := daktela.WithToken(cred.Token)
	if cred.Token == "" {
		signIn = daktela.WithLogin(cred.User, cred.Password)
	}
	onWait := func(w daktela.Wait) {
		if w.RateLimited && opts.OnWait != nil {
			opts.OnWait(w.For)
		}
	}
	client, err := daktela.New(a, signIn, daktela.WithUserAgent("Wapdesk/"+opts.Version),
		daktela.WithLanguage(opts.Lang), daktela.WithWaitHook(onWait))
	if err != nil {
		return nil, err
	}
	return &Connection{client: client, address: a}, nil
}

// Client returns the client that the sync works with.
func (c *Connection) Client() *daktela.Client { return c.client }

// Address returns the root address.
func (c *Connection) Address() string { return c.address.String() }

// Site returns what names the contact centre to a person.
func (c *Connection) Site() string { return c.address.Site() }

// Close frees what the connection holds open.
func (c *Connection) Close() { c.client.Close() }

// Login returns the unique name of the user whom the credentials belong to.
func (c *Connection) Login(ctx context.Context) (string, error) {
	who, err := c.client.Whoim(ctx)
	return string(who.User.Name), err
}

// Report is what a test of a connection found.
type Report struct {
	Company       string `json:"company"`
	ServerVersion string `json:"serverVersion"`
	UserTitle     string `json:"userTitle"`
	VisibleUsers  int    `json:"visibleUsers"`  // -1 when the list was not given
	VisibleQueues int    `json:"visibleQueues"` // -1 when the list was not given
	// Missing names the lists that were not given: users, queues.
	Missing []string `json:"missing"`
	// Interactions estimates how many there are in the last 30 days, -1 when unknown.
	Interactions int `json:"interactions"`
}

// Test asks who the credentials belong to, what that user sees, and how many interactions the
// last 30 days have. A list is left out where notGiven says so of its error. It returns the user's
// unique name beside the report, and daktela.ErrNoInteractions where there is nothing to download.
func (c *Connection) Test(ctx context.Context, notGiven func(error) bool) (report Report, login string, err error) {
	who, err := c.client.Whoim(ctx)
	if err != nil {
		return Report{}, "", err
	}
	report = Report{
		Company: c.address.Site(), ServerVersion: who.Version,
		UserTitle: who.User.Title.Value, Interactions: -1,
	}
	if err := c.countVisible(ctx, &report, notGiven); err != nil {
		return Report{}, "", err
	}
	if since, ok := daysAgo(who.Clock, 30); ok {
		n, _, err := c.client.Interactions.Total(ctx, daktela.Gte("time", since))
		if err = daktela.OfInteractions(err); errors.Is(err, daktela.ErrNoInteractions) {
			return Report{}, "", err
		}
		if err == nil { // the estimate is a kindness: without it the connection is just as good
			report.Interactions = n
		}
	}
	return report, string(who.User.Name), nil
}

// countVisible asks how many users and WhatsApp queues the contact centre lists. A list that it
// does not give is named in the report and counts as -1.
func (c *Connection) countVisible(ctx context.Context, report *Report, notGiven func(error) bool) error {
	report.Missing = []string{}
	users, _, err := c.client.Users.Count(ctx, daktela.Filter{})
	if report.VisibleUsers, err = report.count("users", users, err, notGiven); err != nil {
		return err
	}
	queues, _, err := c.client.Queues.Count(ctx, daktela.Eq("type", daktela.QueueWhatsApp))
	report.VisibleQueues, err = report.count("queues", queues, err, notGiven)
	return err
}

func (r *Report) count(list string, n int, err error, notGiven func(error) bool) (int, error) {
	if err != nil && notGiven(err) {
		r.Missing = append(r.Missing, list)
		return -1, nil
	}
	return n, err
}

// daysAgo is a wire time so many days before the server's own clock: the same time of day,
// whatever the zone.
func daysAgo(clock daktela.Clock, days int) (string, bool) {
	wall := daktela.Zone{}
	ms, ok := wall.UTC(clock.Time)
	return wall.Wire(ms - int64(days)*24*60*60*1000), ok
}

// ErrNumber is returned for a number that no message can be sent to.
var ErrNumber = errors.New("not a phone number")

// NewActivity says whom to write to: a contact, or whoever has the number when one is given.
type NewActivity struct {
	Queue, Contact, Title string // unique names of queue and contact
	Number                string
	Note                  string
}

// StartActivity creates a WhatsApp activity in the contact centre and returns its unique name.
func (c *Connection) StartActivity(ctx context.Context, a NewActivity) (string, error) {
	wanted := daktela.StartWhatsApp(daktela.Name(a.Queue), daktela.Name(a.Contact), a.Title)
	if number := strings.TrimSpace(a.Number); number != "" {
		var err error
		if wanted, err = daktela.StartWhatsAppTo(daktela.Name(a.Queue), number); err != nil {
			return "", fmt.Errorf("%w: %w", ErrNumber, err)
		}
	}
	wanted.Description = strings.TrimSpace(a.Note)
	created, err := c.client.CreateActivity(ctx, wanted)
	if err != nil {
		return "", err
	}
	return string(created.Value.Name), nil
}

// Owner is whose file is wanted.
type Owner = daktela.Owner

// The owners of files.
const (
	OfInteraction = daktela.OfInteraction
	OfActivity    = daktela.OfActivity
)

// Download writes a file of an interaction or of an activity to w, at most limit bytes.
func (c *Connection) Download(ctx context.Context, owner Owner, file string, w io.Writer, limit int64) error {
	_, err := c.client.Download(ctx, owner, daktela.Name(file), w, limit)
	return err
}
