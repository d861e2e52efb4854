package syncer

import (
	"context"
	"strconv"

	"wapdesk/app/daktela"
)

// settingPageSize is how many rows the server gives at once, learned by an earlier pull.
const settingPageSize = "sync.page_size"

// pageSize is the size to begin with. A deep pull finds out anew, since limits change.
func (p *pull) pageSize(ctx context.Context) int {
	if _, ranged := p.asked(); p.opts.Deep && !ranged {
		return daktela.MaxPage
	}
	text, _, err := p.db.Setting(ctx, settingPageSize)
	if err != nil {
		return daktela.MaxPage // it is learned again
	}
	rows, err := strconv.Atoi(text)
	if err != nil {
		return daktela.MaxPage
	}
	return rows
}

func (p *pull) keepPageSize(ctx context.Context) error {
	kept, _, err := p.db.Setting(ctx, settingPageSize)
	now := strconv.Itoa(p.client.PageSize())
	if err != nil || kept == now || kept == "" && now == strconv.Itoa(daktela.MaxPage) {
		return err
	}
	return p.db.SetSetting(ctx, settingPageSize, now)
}
