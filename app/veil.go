package app

import (
	"hash/maphash"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"wapdesk/app/profile"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// hidden stands for what could tell who a customer is.
const hidden = "•••"

// veil is presentation mode. Whatever a call answers passes it on its way to the page, so that no
// screen, tooltip or clipboard has to think of it: the page never gets the values.
//
// The fields of answers say in a tag what they hold of a customer, with a condition on a field
// beside them where it takes one (`personal:"text unless Direction=OUT,BOT"`, or if):
//
//	name   a customer's name: "Contact 17", the same number for the same name
//	text   anything else that can be read: •••
//	gone   nothing of it is given, not even that it is there
//
//	asked  what the page has to send back, as a filter what it looks for: a mark in its place
type veil struct {
	mu      sync.Mutex
	seed    maphash.Seed
	numbers map[uint64]int // by the hash of a name: no name is kept
	asked   []string       // what the marks of filters stand for
}

func newVeil() *veil { return &veil{seed: maphash.MakeSeed(), numbers: map[uint64]int{}} }

// over returns the veil that lies over a profile, nil while presentation mode is off.
func (v *veil) over(p *profile.Profile) *cover {
	if !p.Settings().Presentation {
		return nil
	}
	return &cover{veil: v, words: p.Words(p.Settings().Lang)}
}

// forget drops what the marks of filters stand for, because a person of theirs may have been erased.
func (v *veil) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for i := range v.asked {
		v.asked[i] = ""
	}
}

// mark returns what stands for a value that a filter looks for.
func (v *veil) mark(value string) string {
	if _, known := v.meant(value); known {
		return value
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for i, asked := range v.asked {
		if asked == value {
			return hidden + strconv.Itoa(i+1)
		}
	}
	v.asked = append(v.asked, value)
	return hidden + strconv.Itoa(len(v.asked))
}

// meant returns what a mark of a filter stands for.
func (v *veil) meant(mark string) (string, bool) {
	digits, ok := strings.CutPrefix(mark, hidden)
	n, err := strconv.Atoi(digits)
	v.mu.Lock()
	defer v.mu.Unlock()
	if !ok || err != nil || n < 1 || n > len(v.asked) || v.asked[n-1] == "" {
		return "", false
	}
	return v.asked[n-1], true
}

// lift puts back into a filter of the page what its marks stand for.
func (v *veil) lift(f profile.Filter) profile.Filter {
	return withValues(f, func(value string) string {
		if meant, ok := v.meant(value); ok {
			return meant
		}
		return value
	})
}

// cover is the veil over one answer.
type cover struct {
	*veil
	words func(key string, args ...string) string
}

// covered returns an answer as the page may have it. Without a cover that is the answer itself.
func covered[T any](c *cover, answer T) T {
	if c == nil {
		return answer
	}
	out := reflect.New(reflect.TypeFor[T]()).Elem()
	out.Set(reflect.ValueOf(&answer).Elem())
	c.hide(out, "")
	return out.Interface().(T)
}

// name returns what stands for a customer's name.
func (c *cover) name(name string) string {
	if name == "" {
		return ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	hash := maphash.String(c.seed, name)
	if c.numbers[hash] == 0 {
		c.numbers[hash] = len(c.numbers) + 1
	}
	return c.words("presentation.contact", "n", strconv.Itoa(c.numbers[hash]))
}

// filter returns a filter with marks in place of what it looks for.
func (c *cover) filter(f profile.Filter) profile.Filter {
	if c == nil {
		return f
	}
	return withValues(f, c.mark)
}

// record hides a customer in a row that the program itself puts into words.
func (c *cover) record(r *listing.Record) {
	if c == nil {
		return
	}
	r.Contact.Title = c.name(r.Contact.Title)
	texts := []*string{&r.Account.Title, &r.WA, &r.WANumber, &r.Sender, &r.Recipient, &r.Title}
	r.Tickets = append([]string(nil), r.Tickets...)
	for i := range r.Tickets {
		texts = append(texts, &r.Tickets[i])
	}
	for _, text := range texts {
		*text = stars(*text)
	}
}

func stars(text string) string {
	if text == "" {
		return ""
	}
	return hidden
}

// hide changes a value as the tag above it says, and what lies in it as its own tags say. Lists and
// the like are copied first: an answer may share them with what the program keeps.
func (c *cover) hide(v reflect.Value, tag string) {
	if tag == "gone" && v.Kind() != reflect.Slice && v.Kind() != reflect.Map {
		v.SetZero()
		return
	}
	switch v.Kind() {
	case reflect.String:
		switch tag {
		case "name":
			v.SetString(c.name(v.String()))
		case "text":
			v.SetString(stars(v.String()))
		case "asked":
			if v.String() != "" {
				v.SetString(c.mark(v.String()))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			copied := reflect.New(v.Type().Elem())
			copied.Elem().Set(v.Elem())
			c.hide(copied.Elem(), tag)
			v.Set(copied)
		}
	case reflect.Slice:
		c.hideList(v, tag)
	case reflect.Map:
		c.hideMap(v, tag)
	case reflect.Struct:
		c.hideStruct(v, tag)
	}
}

func (c *cover) hideList(v reflect.Value, tag string) {
	if v.IsNil() {
		return
	}
	if tag == "gone" {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0)) // the page counts on a list
		return
	}
	copied := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	reflect.Copy(copied, v)
	for i := range copied.Len() {
		c.hide(copied.Index(i), tag)
	}
	v.Set(copied)
}

func (c *cover) hideMap(v reflect.Value, tag string) {
	if v.IsNil() {
		return
	}
	copied := reflect.MakeMapWithSize(v.Type(), v.Len())
	if tag != "gone" {
		for key, value := range v.Seq2() {
			one := reflect.New(v.Type().Elem()).Elem()
			one.Set(value)
			c.hide(one, tag)
			copied.SetMapIndex(key, one)
		}
	}
	v.Set(copied)
}

func (c *cover) hideStruct(v reflect.Value, tag string) {
	switch one := v.Addr().Interface().(type) {
	case *NamedRef:
		if tag != "" {
			one.Title = stars(one.Title)
		}
		return
	case *profile.Filter:
		*one = c.filter(*one)
		return
	case *query.Node:
		*one = one.WithPersonal(c.mark)
		return
	case *profile.SavedView:
		// A view that looks for somebody may well be called after them.
		if filter := c.filter(one.Filter); !reflect.DeepEqual(filter, one.Filter) {
			one.Filter, one.Title = filter, stars(one.Title)
		}
		return
	}
	before := reflect.New(v.Type()).Elem() // conditions look at fields as they were
	before.Set(v)
	for i := range v.NumField() {
		if tag := v.Type().Field(i).Tag.Get("personal"); v.Field(i).CanSet() {
			c.hide(v.Field(i), kindOf(tag, before))
		}
	}
}

// kindOf returns what a tag says of a field, "" where its condition does not hold.
func kindOf(tag string, beside reflect.Value) string {
	words := strings.Fields(tag) // kind, kind if Field=value,value or kind unless Field=value,value
	if len(words) != 3 {
		return tag
	}
	field, values, _ := strings.Cut(words[2], "=")
	if holds := slices.Contains(strings.Split(values, ","), beside.FieldByName(field).String()); holds != (words[1] == "if") {
		return ""
	}
	return words[0]
}

// withValues changes what a filter looks for in customers' names, numbers and words.
func withValues(f profile.Filter, change func(string) string) profile.Filter {
	for _, value := range []*string{&f.Contact, &f.Sender} {
		if *value != "" {
			*value = change(*value)
		}
	}
	if f.Where != nil {
		where := f.Where.WithPersonal(change)
		f.Where = &where
	}
	return f
}
