package daktela

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// AtOnce is how many requests of a client are under way at the same time; extractors use up to 10, 2-4 is kind.
const AtOnce = 4

const (
	requestTimeout = 30 * time.Second
	maxBody        = 64 << 20 // bytes of one JSON reply, unpacked; one message text may have 16 MB
	apiRoot        = "/api/v6/"
	userAgent      = "Wapdesk"
)

// Client talks to one instance for one user. It is safe for concurrent use.
type Client struct {
	address   Address
	http      *http.Client
	auth      *authority
	gate      *gate
	agent     string
	language  string
	paths     Paths
	timeout   time.Duration
	bodyLimit int64
	onWait    func(Wait)
	now       func() time.Time
	sleep     sleeper
	sizes     pageSize
	tally     tally

	// Lists, one a model.
	Interactions Resource[Interaction]
	Activities   Resource[Activity]
	Users        Resource[User]
	Queues       Resource[Queue]
	Groups       Resource[Group]
	Statuses     Resource[Status]
	Contacts     Resource[Contact]
	Accounts     Resource[Account]
	Databases    Resource[Database]
	Tickets      Resource[Ticket]
	Categories   Resource[Category]
	QAForms      Resource[QAForm]
	QAReviews    Resource[QAReview]
}

// Wait tells that a request is being held back and will be repeated.
type Wait struct {
	For         time.Duration
	RateLimited bool // the server asked for it; otherwise it is out of reach or in trouble
}

// Option configures a Client. New fails with the first option that does not validate.
type Option func(*Client) error

// WithToken signs every request with a user's access token.
func WithToken(token string) Option {
	return func(c *Client) error {
		token = strings.TrimSpace(token)
		if token == "" || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return fmt.Errorf("access token: %w", ErrCredentials)
		}
		c.auth = &authority{token: token}
		return nil
	}
}

// WithLogin signs in with a name and password, renews the token shortly before
// it expires and signs in again once when the server no longer accepts it.
func WithLogin(username, password string) Option {
	return func(c *Client) error {
		if username == "" || password == "" {
			return fmt.Errorf("login: %w", ErrCredentials)
		}
		c.auth = &authority{username: username, password: password}
		return nil
	}
}

// WithUserAgent names the program and its version.
func WithUserAgent(agent string) Option {
	return func(c *Client) error {
		if agent == "" || strings.ContainsAny(agent, "\r\n") {
			return errors.New("user agent: one non-empty line is needed")
		}
		c.agent = agent
		return nil
	}
}

// WithLanguage asks for the server's messages in a language ("cs", "en").
func WithLanguage(tag string) Option {
	return func(c *Client) error {
		if strings.ContainsAny(tag, "\r\n") {
			return errors.New("language: not a language tag")
		}
		c.language = tag
		return nil
	}
}

// WithPaths replaces the addresses of the relations that no published
// description confirms. Empty ones keep their default.
func WithPaths(p Paths) Option {
	return func(c *Client) error {
		merged, err := DefaultPaths().merge(p)
		c.paths = merged
		return err
	}
}

// WithTransport replaces the network, for proxies and tests.
func WithTransport(rt http.RoundTripper) Option {
	return func(c *Client) error {
		if rt == nil {
			return errors.New("transport: none given")
		}
		c.http.Transport = rt
		return nil
	}
}

// WithTimeout limits how long the answer to one attempt of one request takes to begin; the default is 30 seconds.
// An answer that came in parts may take longer: see watch.
func WithTimeout(d time.Duration) Option {
	return func(c *Client) error {
		if d <= 0 {
			return errors.New("timeout: must be positive")
		}
		c.timeout = d
		return nil
	}
}

// WithSleep replaces how the client waits before it repeats a request, for tests.
func WithSleep(sleep func(ctx context.Context, d time.Duration) error) Option {
	return func(c *Client) error {
		if sleep == nil {
			return errors.New("sleep: none given")
		}
		c.sleep = sleep
		return nil
	}
}

// WithWaitHook hears of every wait before a repeated request. It is called
// from the request's goroutine and must return soon.
func WithWaitHook(hook func(Wait)) Option {
	return func(c *Client) error {
		c.onWait = hook
		return nil
	}
}

// New returns a client of the instance. It needs WithToken or WithLogin and
// sends nothing yet.
func New(address Address, opts ...Option) (*Client, error) {
	if address == (Address{}) {
		return nil, fmt.Errorf("new client: %w", ErrAddress)
	}
	c := &Client{
		address:   address,
		gate:      newGate(AtOnce),
		agent:     userAgent,
		paths:     DefaultPaths(),
		timeout:   requestTimeout,
		bodyLimit: maxBody,
		onWait:    func(Wait) {},
		now:       time.Now,
		sleep:     sleep,
		http: &http.Client{
			Transport: transport(),
			// A redirect is an error, and following one could carry the token elsewhere.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	for _, opt := range opts {
		if err := opt(c); err != nil {
			return nil, fmt.Errorf("new client: %w", err)
		}
	}
	if c.auth == nil {
		return nil, fmt.Errorf("new client: %w", ErrCredentials)
	}
	c.resources()
	return c, nil
}

// Address returns the instance the client talks to.
func (c *Client) Address() Address { return c.address }

// Close releases idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

func transport() http.RoundTripper {
	base, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	t := base.Clone() // with the proxy of HTTPS_PROXY and NO_PROXY
	t.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
		switch answer.StatusCode {
		case http.StatusOK:
			return nil
		case http.StatusProxyAuthRequired:
			return ProxySignIn
		}
		return ProxyRefused
	}
	t.MaxIdleConnsPerHost = AtOnce
	t.MaxConnsPerHost = 2 * AtOnce // downloads run beside the lists
	return t
}

func (c *Client) resources() {
	c.Interactions = Resource[Interaction]{c, interactionsModel()}
	c.Activities = Resource[Activity]{c, activitiesModel()}
	c.Users = Resource[User]{c, usersModel()}
	c.Queues = Resource[Queue]{c, queuesModel()}
	c.Groups = Resource[Group]{c, groupsModel()}
	c.Statuses = Resource[Status]{c, statusesModel()}
	c.Contacts = Resource[Contact]{c, contactsModel()}
	c.Accounts = Resource[Account]{c, accountsModel()}
	c.Databases = Resource[Database]{c, databasesModel()}
	c.Tickets = Resource[Ticket]{c, ticketsModel()}
	c.Categories = Resource[Category]{c, categoriesModel()}
	c.QAForms = Resource[QAForm]{c, qaFormsModel()}
	c.QAReviews = Resource[QAReview]{c, qaReviewsModel()}
}
