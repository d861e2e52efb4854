package app

import "wapdesk/store/listing"

func (s *Session) State() (SessionState, error) { return SessionState{}, errNotReady }
func (s *Session) TestConnection(in ConnectionInput) (ConnectionReport, error) {
	return ConnectionReport{}, errNotReady
}
func (s *Session) Connect(in ConnectionInput) (SessionState, error) {
	return SessionState{}, errNotReady
}
func (s *Session) StartDemo() (SessionState, error)          { return SessionState{}, errNotReady }
func (s *Session) LeaveDemo() (SessionState, error)          { return SessionState{}, errNotReady }
func (s *Session) OpenFile() (OpenReport, error)             { return OpenReport{}, errNotReady }
func (s *Session) CloseFile() (SessionState, error)          { return SessionState{}, errNotReady }
func (s *Session) Wipe(company string) (SessionState, error) { return SessionState{}, errNotReady }
func (s *Session) OpenLink(url string) error                 { return errNotReady }
func (s *Session) CopyText(text string) error                { return errNotReady }
func (s *Session) Painted() error                            { return errNotReady }

func (i *Interactions) Fields() ([]FieldInfo, error)          { return nil, errNotReady }
func (i *Interactions) Search(f Filter) (SearchResult, error) { return SearchResult{}, errNotReady }
func (i *Interactions) Window(snapshot string, offset, limit int) (Window, error) {
	return Window{}, errNotReady
}
func (i *Interactions) Release(snapshot string) error              { return errNotReady }
func (i *Interactions) IndexOf(snapshot, name string) (int, error) { return -1, errNotReady }
func (i *Interactions) Count(f Filter) (int, error)                { return 0, errNotReady }
func (i *Interactions) Pick(field string, f Filter, deactivated bool) ([]PickOption, error) {
	return nil, errNotReady
}
func (i *Interactions) Values(field string) ([]PickOption, error)            { return nil, errNotReady }
func (i *Interactions) PeriodInfo(p Period) (PeriodInfo, error)              { return PeriodInfo{}, errNotReady }
func (i *Interactions) ShiftPeriod(p Period, steps int) (Period, error)      { return Period{}, errNotReady }
func (i *Interactions) Calendar(month string, months int) ([]DayMark, error) { return nil, errNotReady }
func (i *Interactions) Parse(text, lang string) (ParsedFilter, error) {
	return ParsedFilter{}, errNotReady
}
func (i *Interactions) Format(f Filter, lang string) (string, error) { return "", errNotReady }
func (i *Interactions) FormatWhere(where listing.Node, lang string) (string, error) {
	return "", errNotReady
}
func (i *Interactions) Changed(snapshot string) (Changed, error) { return Changed{}, errNotReady }
func (i *Interactions) CopyRows(sel Selection, columns []string, lang string) (string, error) {
	return "", errNotReady
}
func (i *Interactions) Views() ([]SavedView, error)             { return nil, errNotReady }
func (i *Interactions) SaveView(v SavedView) (SavedView, error) { return SavedView{}, errNotReady }
func (i *Interactions) DeleteView(id string) error              { return errNotReady }

func (d *Details) Open(name string) (Detail, error)                    { return Detail{}, errNotReady }
func (d *Details) Find(text string) (Found, error)                     { return Found{}, errNotReady }
func (d *Details) DownloadFile(interaction, file string) (File, error) { return File{}, errNotReady }
func (d *Details) DownloadMessages(interaction string) (Detail, error) { return Detail{}, errNotReady }
func (d *Details) SaveTranscript(interaction, format, lang string) (ExportProgress, error) {
	return ExportProgress{}, errNotReady
}

func (s *Sync) Status() (SyncStatus, error) { return SyncStatus{}, errNotReady }
func (s *Sync) Start(r SyncRequest) error   { return errNotReady }
func (s *Sync) Cancel() error               { return errNotReady }
func (s *Sync) Pause(paused bool) error     { return errNotReady }
func (s *Sync) Rights() (RightsInfo, error) { return RightsInfo{}, errNotReady }

func (e *Exports) Preview(r ExportRequest) (ExportPreview, error) {
	return ExportPreview{}, errNotReady
}
func (e *Exports) Start(r ExportRequest) (ExportProgress, error) {
	return ExportProgress{}, errNotReady
}
func (e *Exports) Cancel(id string) error       { return errNotReady }
func (e *Exports) Open(id string) error         { return errNotReady }
func (e *Exports) ShowInFolder(id string) error { return errNotReady }

func (e *Erasure) Preview(sel Selection) (ErasePreview, error)  { return ErasePreview{}, errNotReady }
func (e *Erasure) Anonymise(sel Selection) (EraseResult, error) { return EraseResult{}, errNotReady }
func (e *Erasure) Stop() error                                  { return errNotReady }

func (c *Changes) List() ([]Change, error)                              { return nil, errNotReady }
func (c *Changes) Cancel(id int64) error                                { return errNotReady }
func (c *Changes) Retry(id int64) error                                 { return errNotReady }
func (c *Changes) Discard(id int64) error                               { return errNotReady }
func (c *Changes) KeepTheirs(id int64) error                            { return errNotReady }
func (c *Changes) SendMine(id int64) error                              { return errNotReady }
func (c *Changes) Contacts(activity, text string) ([]ContactHit, error) { return nil, errNotReady }
func (c *Changes) Pair(activity, contact string) (Detail, error)        { return Detail{}, errNotReady }
func (c *Changes) Unpair(activity string) (Detail, error)               { return Detail{}, errNotReady }
func (c *Changes) AddContact(activity string, in ContactInput) (Detail, error) {
	return Detail{}, errNotReady
}
func (c *Changes) Tickets(text string) ([]TicketCard, error)            { return nil, errNotReady }
func (c *Changes) AttachTicket(activity, ticket string) (Detail, error) { return Detail{}, errNotReady }
func (c *Changes) Forms(activity string) ([]QAFormInfo, error)          { return nil, errNotReady }
func (c *Changes) AddReview(in QAInput) (Detail, error)                 { return Detail{}, errNotReady }
func (c *Changes) ContactedBack(interaction string) (Detail, error)     { return Detail{}, errNotReady }
func (c *Changes) StartActivity(interaction, queue, note string) (string, error) {
	return "", errNotReady
}

func (p *Preferences) Get() (Settings, error)           { return Settings{}, errNotReady }
func (p *Preferences) Set(s Settings) (Settings, error) { return Settings{}, errNotReady }
func (p *Preferences) Data() (DataInfo, error)          { return DataInfo{}, errNotReady }
