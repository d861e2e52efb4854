package app

import "wapdesk/app/export"

// words gives the texts of a language for files.
func (c *Core) words(lang string) export.Words {
	if lang == "" {
		lang = c.opts.Lang
	}
	return func(key string, args ...string) string { return c.opts.Words(lang, key, args...) }
}
