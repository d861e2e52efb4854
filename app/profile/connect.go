package profile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"wapdesk/app/connection"
	"wapdesk/app/secret"
	"wapdesk/app/syncer"
	"wapdesk/store"
)

// ConnectionInput is what a person gives to connect: a token, or a name and a password.
type ConnectionInput struct {
	Address  string `json:"address"`
	Token    string `json:"token"`
	User     string `json:"user"`
	Password string `json:"password"`
	// InFile is the person's yes to a file that only they can read, where there is no keyring.
	InFile bool `json:"inFile"`
}

func (in ConnectionInput) credentials() connection.Credentials {
	return connection.Credentials{Token: in.Token, User: in.User, Password: in.Password}.Trimmed()
}

// TestConnection asks the contact centre who the credentials belong to and what they see.
func (m *Manager) TestConnection(ctx context.Context, in ConnectionInput) (connection.Report, error) {
	if err := m.gate.pass(); err != nil {
		return connection.Report{}, err
	}
	conn, err := m.connect(in.Address, in.credentials())
	if err != nil {
		return connection.Report{}, err
	}
	defer conn.Close()
	report, _, err := conn.Test(ctx, syncer.NotGiven)
	return report, m.firstTime(conn, err)
}

// firstTime adds to what went wrong with a contact centre that no profile of it is on this computer.
func (m *Manager) firstTime(conn *connection.Connection, err error) error {
	if err == nil {
		return nil
	}
	known, listErr := m.disk.all()
	if listErr != nil || slices.ContainsFunc(known, func(d Description) bool { return d.URL == conn.Address() }) {
		return err
	}
	return errors.Join(ErrNothingStored, err)
}

// Connect tests a connection, keeps it and opens its profile; it says where the secret is. Where no
// keyring takes the secret and it may not lie in a file, askEachTime goes on without keeping it;
// otherwise nothing stays and the error is secret.ErrNoKeyring.
func (m *Manager) Connect(ctx context.Context, in ConnectionInput, askEachTime bool) (connection.Report, secret.Kept, error) {
	if err := m.gate.pass(); err != nil {
		return connection.Report{}, secret.Nowhere, err
	}
	cred := in.credentials()
	conn, err := m.connect(in.Address, cred)
	if err != nil {
		return connection.Report{}, 0, err
	}
	report, existed, err := m.useNew(ctx, conn, cred)
	if err != nil {
		conn.Close()
		return connection.Report{}, 0, m.firstTime(conn, err)
	}
	text, err := json.Marshal(cred)
	if err != nil {
		return connection.Report{}, 0, fmt.Errorf("keep the connection: %w", err)
	}
	name := m.OpenName()
	kept, err := m.secrets.Put(name, string(text), in.InFile)
	if errors.Is(err, secret.ErrNoKeyring) && askEachTime {
		return report, kept, nil
	}
	if err != nil {
		// A connection that was not kept leaves nothing behind.
		errs := []error{err, m.Close()}
		if !existed {
			errs = append(errs, store.Wipe(context.WithoutCancel(ctx), m.disk.folder(name)))
		}
		return connection.Report{}, kept, errors.Join(errs...)
	}
	return report, kept, nil
}

// useNew opens the profile of a connection that was just typed.
func (m *Manager) useNew(ctx context.Context, conn *connection.Connection, cred connection.Credentials) (report connection.Report, existed bool, err error) {
	report, login, err := conn.Test(ctx, syncer.NotGiven)
	if err != nil {
		return connection.Report{}, false, err
	}
	name := nameFor(conn.Site(), login)
	d, err := m.disk.read(name)
	if err != nil {
		d = Description{Name: name}
	}
	d.Kind, d.URL, d.Login = kindConnected, conn.Address(), login
	if cred.Token != "" {
		d.Fingerprint = fingerprint(cred.Token)
	}
	existed = m.disk.folder(name).Exists()
	_, err = m.start(ctx, d, opening{conn: conn})
	return report, existed, err
}

// useConnection opens the profile of an address and a token that are not stored.
func (m *Manager) useConnection(ctx context.Context, sel Select) (*Profile, error) {
	conn, err := m.connect(sel.URL, connection.Credentials{Token: sel.Token})
	if err != nil {
		return nil, err
	}
	d, known, err := m.disk.byToken(conn.Address(), sel.Token)
	if err != nil {
		return nil, err
	}
	if sel.Profile != "" && (!known || d.Name != sel.Profile) {
		d, known = Description{Name: sel.Profile}, false
	}
	if !known {
		if sel.Offline {
			return nil, ErrNoProfile
		}
		login, err := conn.Login(ctx)
		if err != nil {
			return nil, m.firstTime(conn, err)
		}
		if d.Name == "" {
			d.Name = nameFor(conn.Site(), login)
		}
		d.Kind, d.URL, d.Login = kindConnected, conn.Address(), login
		d.Fingerprint = fingerprint(sel.Token)
	}
	with := sel.how()
	with.conn = conn
	return m.start(ctx, d, with)
}

// namedByToken returns the profile of a connection that was used before.
func (m *Manager) namedByToken(sel Select) (string, error) {
	address, err := connection.CheckAddress(sel.URL)
	if err != nil {
		return "", err
	}
	d, known, err := m.disk.byToken(address, sel.Token)
	if err != nil {
		return "", err
	}
	if !known {
		return "", ErrNoProfile
	}
	return d.Name, nil
}

// useStored opens a profile with the credentials that are kept for it, or without any.
func (m *Manager) useStored(ctx context.Context, d Description, with opening) (*Profile, error) {
	if d.Kind == kindFile {
		return m.start(ctx, d, with)
	}
	if _, err := connection.CheckAddress(d.URL); err != nil {
		return nil, err
	}
	kept, err := m.keptCredentials(d.Name)
	if errors.Is(err, secret.ErrNone) {
		return m.start(ctx, d, with)
	}
	if err != nil {
		return nil, err
	}
	conn, err := m.connect(d.URL, kept)
	if err != nil {
		return nil, err
	}
	with.conn = conn
	return m.start(ctx, d, with)
}

func (m *Manager) keptCredentials(profile string) (connection.Credentials, error) {
	text, err := m.secrets.Get(profile)
	if err != nil {
		return connection.Credentials{}, err
	}
	var kept connection.Credentials
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return connection.Credentials{}, secret.ErrNone // unreadable is as good as none
	}
	return kept, nil
}

func (m *Manager) connect(address string, cred connection.Credentials) (*connection.Connection, error) {
	return connection.New(address, cred, connection.Options{Version: m.opts.Version, Lang: m.opts.Lang(), OnWait: m.onWait})
}

// onWait passes on that the contact centre asked to wait.
func (m *Manager) onWait(d time.Duration) {
	if p, err := m.Open(); err == nil {
		p.background.waiting(d)
	}
}
