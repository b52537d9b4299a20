// Package lang says every message of the product in Chinese and English.
//
// A package registers its messages beside the code that says them:
//
//	var _ = lang.Register(map[string]lang.Text{
//		"units.unknown_parent": {Zh: "上级机构 {parent} 不存在", En: "the parent unit {parent} does not exist"},
//	})
//
// A message is named by a stable code and filled from named arguments. Where the
// words depend on a number, {count:row|rows} is "row" for 1 and "rows" otherwise.
package lang

import (
	"context"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Language is one of the two languages that the product speaks.
type Language string

// The languages.
const (
	Zh Language = "zh"
	En Language = "en"
)

// Text is the same words in both languages.
type Text struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// In gives the text in l; a text that lacks that language is given in the other.
func (t Text) In(l Language) string {
	if (l == Zh && t.Zh != "") || t.En == "" {
		return t.Zh
	}
	return t.En
}

// Args fill the {names} of a message. A Text among them is said in the message's language.
type Args map[string]any

var catalog = struct {
	sync.RWMutex
	texts map[string]Text
}{texts: map[string]Text{}}

// Register adds messages to the catalogue. A code that is there already, or a
// message that lacks a language, is a programming error and panics at start.
func Register(messages map[string]Text) struct{} {
	catalog.Lock()
	defer catalog.Unlock()
	for code, text := range messages {
		if _, twice := catalog.texts[code]; twice {
			panic("lang: message registered twice: " + code)
		}
		if text.Zh == "" || text.En == "" {
			panic("lang: message lacks a language: " + code)
		}
		catalog.texts[code] = text
	}
	return struct{}{}
}

// Codes lists every registered code, sorted.
func Codes() []string {
	catalog.RLock()
	defer catalog.RUnlock()
	return slices.Sorted(maps.Keys(catalog.texts))
}

// Lookup gives the registered message of a code.
func Lookup(code string) (Text, bool) {
	catalog.RLock()
	defer catalog.RUnlock()
	text, ok := catalog.texts[code]
	return text, ok
}

// Say gives the message of a code in l, its {names} filled from args.
// A code that nobody registered is said as itself.
func Say(l Language, code string, args Args) string {
	text, ok := Lookup(code)
	if !ok {
		return code
	}
	return Fill(l, text.In(l), args)
}

// Fill replaces the {names} in template by args, and makes the choices that
// depend on them; what has no argument stays.
func Fill(l Language, template string, args Args) string {
	if len(args) == 0 || !strings.Contains(template, "{") {
		return template
	}
	template = choose(template, args)
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		if text, ok := value.(Text); ok {
			value = text.In(l)
		}
		pairs = append(pairs, "{"+name+"}", fmt.Sprint(value))
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

var choice = regexp.MustCompile(`\{([a-z0-9_]+):([^{}|]*)\|([^{}|]*)\}`)

// choose puts the word for one or for many in the place of {name:one|many}.
func choose(template string, args Args) string {
	if !strings.Contains(template, "|") {
		return template
	}
	return choice.ReplaceAllStringFunc(template, func(whole string) string {
		parts := choice.FindStringSubmatch(whole)
		count, ok := args[parts[1]]
		switch {
		case !ok:
			return whole
		case fmt.Sprint(count) == "1":
			return parts[2]
		}
		return parts[3]
	})
}

// Parse reads a language from a flag or a locale such as zh_CN.UTF-8.
func Parse(s string) (Language, bool) {
	switch s = strings.ToLower(s); {
	case strings.HasPrefix(s, "zh"):
		return Zh, true
	case strings.HasPrefix(s, "en"):
		return En, true
	}
	return En, false
}

// FromLocale gives the language of the environment (LC_ALL, LC_MESSAGES, LANG), English if it names none of ours.
func FromLocale(getenv func(string) string) Language {
	if getenv == nil {
		getenv = os.Getenv
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			l, _ := Parse(value)
			return l
		}
	}
	return En
}

type contextKey struct{}

// With hands the language of a request down with its context.
func With(ctx context.Context, l Language) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// Of gives the language that the context carries; English if it carries none.
func Of(ctx context.Context) Language {
	if l, ok := ctx.Value(contextKey{}).(Language); ok {
		return l
	}
	return En
}
